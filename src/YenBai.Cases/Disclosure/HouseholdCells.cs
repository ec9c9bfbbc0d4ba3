using System.Globalization;
using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Disclosure;

/// <summary>
/// The cells of a household: along the cuts that are published (district, year of the exit) and along what became of the first
/// exit, so that counts by these are rounded with the least noise.
/// </summary>
internal static class HouseholdCells
{
    private const string Nowhere = "-";

    /// <param name="facts">Its visible facts in their order; at least one.</param>
    public static IReadOnlyList<string> Of(ReadOnlySpan<ListFact> facts, Func<string?, string?> districtOf)
    {
        var exit = -1;
        for (var i = 0; i < facts.Length && exit < 0; i++)
            if (facts[i].Kind == FactKind.Exit) exit = i;
        if (exit < 0)
        {
            ref readonly var last = ref facts[^1];
            var course = $"stay {last.Kind}";
            var place = districtOf(last.Unit ?? UnitOf(facts)) ?? Nowhere;
            return [Join(place, course, Year(facts[0].On)), Join(place, course), course, "stay"];
        }

        var (kind, cycles) = ("out", 0);
        for (var i = exit + 1; i < facts.Length; i++)
        {
            ref readonly var fact = ref facts[i];
            cycles = fact.On.Year - facts[exit].On.Year;
            if (fact.Kind is not (FactKind.Enter or FactKind.MoveOut or FactKind.Dissolve)) continue;
            kind = fact is { Kind: FactKind.Enter, Cause: EntryCause.StandardChange or EntryCause.Correction } ? $"{fact.Cause}" : $"{fact.Kind}";
            break;
        }
        var district = districtOf(facts[exit].Unit) ?? Nowhere;
        var ended = Join(kind, cycles.ToString(CultureInfo.InvariantCulture));
        return [Join(district, ended, Year(facts[exit].On)), Join(district, ended), Join(district, kind), kind];
    }

    /// <summary>The district of a unit, looked up once; none for the province and for a commune of two districts.</summary>
    public static Func<string?, string?> DistrictsOf(PlaceCatalog places)
    {
        var known = new Dictionary<string, string?>();
        return unit =>
        {
            if (unit is null) return null;
            if (!known.TryGetValue(unit, out var district))
                known[unit] = district = (places.DistrictOf(unit) ?? (places.OldDistrictsOf(unit) is [var only] ? only : null))?.Id;
            return district;
        };
    }

    private static string? UnitOf(ReadOnlySpan<ListFact> facts)
    {
        for (var i = facts.Length - 1; i >= 0; i--)
            if (facts[i].Unit is { } unit) return unit;
        return null;
    }

    private static string Year(DateOnly day) => day.Year.ToString(CultureInfo.InvariantCulture);

    private static string Join(params ReadOnlySpan<string> parts) => string.Join('|', parts);
}
