using System.Globalization;
using YenBai.Cases.Durability;

namespace YenBai.Cases.Bench;

/// <summary>A spell off the list with what a comparison asks of it.</summary>
internal readonly record struct MadeSpell(Observation Observed, string District, bool Voluntary, bool NearPoor, bool Minority, bool Female)
{
    private static readonly string[] Districts = ["Luc Yen", "Mu Cang Chai", "Nghia Lo", "Tram Tau", "Tran Yen", "Van Chan", "Van Yen", "Yen Bai", "Yen Binh"];

    /// <summary>Spells on any day of ten years, one in ten of them watched late, some households with several; the same seed gives the same.</summary>
    public static MadeSpell[] Of(int count, int seed)
    {
        var dice = new Random(seed);
        var spells = new List<MadeSpell>(count);
        for (var household = 0; spells.Count < count; household++)
        {
            var (district, minority, female) = (dice.Next(Districts.Length), dice.Next(2) == 0, dice.Next(5) == 0);
            var frailty = Math.Exp(dice.NextDouble() - 0.5);
            for (var n = dice.Next(4) == 0 ? 2 : 1; n > 0 && spells.Count < count; n--)
            {
                var (voluntary, nearPoor) = (dice.Next(12) == 0, dice.Next(3) > 0);
                var hazard = 1e-4 * frailty * Math.Exp((0.1 * district) - (voluntary ? 0.5 : 0) + (nearPoor ? 0.4 : 0) + (minority ? 0.2 : 0) + (female ? 0.1 : 0));
                var back = 1 + (int)Math.Min(10_000, -Math.Log(1 - dice.NextDouble()) / hazard);
                var watched = dice.Next(1, 3650);
                var entry = dice.Next(10) == 0 ? dice.Next(1, 366) : 0;
                if (Math.Min(back, watched) <= entry) continue;
                spells.Add(new(new(Math.Min(back, watched), back <= watched ? EndKind.ReEntry : EndKind.Censored, entry, household), Districts[district], voluntary, nearPoor, minority, female));
            }
        }
        return [.. spells];
    }

    public static void Write(string path, MadeSpell[] spells)
    {
        using var file = new StreamWriter(path);
        file.WriteLine("entry,time,event,household,district,voluntary,near_poor,minority,female");
        foreach (var s in spells)
            file.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{s.Observed.Entry},{s.Observed.Time},{(s.Observed.End == EndKind.ReEntry ? 1 : 0)},{s.Observed.Cluster},{s.District},{(s.Voluntary ? 1 : 0)},{(s.NearPoor ? 1 : 0)},{(s.Minority ? 1 : 0)},{(s.Female ? 1 : 0)}"));
    }
}
