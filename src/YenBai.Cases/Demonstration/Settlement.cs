using YenBai.Cases.Places;

namespace YenBai.Cases.Demonstration;

/// <summary>A commune where made-up households may live.</summary>
/// <param name="UnitId">The unit of 2021, as the catalogue of places names it.</param>
public sealed record Commune(string UnitId, string DistrictCode, Area Area);

/// <summary>Which communes each district has, and how many of its households live in each.</summary>
internal sealed class Settlement
{
    private readonly int[][] communesOf;
    private readonly int[][] weightsOf;

    public Settlement(IReadOnlyList<Commune> communes, IReadOnlyList<District> districts, int seed)
    {
        Communes = communes;
        DistrictOf = new byte[communes.Count];
        communesOf = new int[districts.Count][];
        weightsOf = new int[districts.Count][];
        for (var d = 0; d < districts.Count; d++)
        {
            var of = Enumerable.Range(0, communes.Count).Where(c => communes[c].DistrictCode == districts[d].Code).ToArray();
            if (of.Length == 0) throw new ArgumentException($"No commune of district {districts[d].Code}.", nameof(communes));
            foreach (var c in of) DistrictOf[c] = (byte)d;
            communesOf[d] = of;
            // A commune has a half to one and a half times the usual number of poor households, a town a third of that.
            weightsOf[d] = [.. of.Select(c => (50 + (int)(Dice.Fraction(seed, c, Purpose.Commune, 1) * 100)) / (communes[c].Area == Area.Urban ? 3 : 1))];
        }
    }

    public IReadOnlyList<Commune> Communes { get; }

    /// <summary>The district's index of each commune.</summary>
    public byte[] DistrictOf { get; }

    public int Settle(int district, double fraction)
    {
        var weights = weightsOf[district];
        var at = fraction * weights.Sum();
        for (var i = 0; i < weights.Length; i++)
            if ((at -= weights[i]) < 0) return communesOf[district][i];
        return communesOf[district][^1];
    }
}
