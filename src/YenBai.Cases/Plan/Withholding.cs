using YenBai.Cases.Durability;

namespace YenBai.Cases.Plan;

/// <summary>
/// Which figures of a plan are withheld from those who may not learn who anybody is. Units lie in units: what is withheld of
/// one can be reckoned from the unit above it and the others in it, so others are withheld until no such sum confines a
/// withheld count, or a small one of what lies in none of the units, to a range narrower than the rule's least count.
/// </summary>
/// <remarks>
/// The opening, the closing, their difference and their rates lead to one another: of a unit all are shown or none. So the
/// only equations left are those of a tree. A shown unit less the shown units below it is a sum over the parts between them
/// that are not shown; each part lies anywhere between nought and that sum, as far as its ceiling and theirs allow.
/// </remarks>
internal sealed class Withholding
{
    private static readonly Measure[] Net = [Measure.NetReductionHouseholds, Measure.NetReductionPoints, Measure.EndRatePercent];

    private readonly IReadOnlyList<UnitArithmetic> units;
    private readonly List<int>[] children;
    private readonly int[] parent;
    private readonly int least;

    /// <summary>Counts of what each unit holds beside the units in it, with how much a set of such parts can hold at most.</summary>
    private sealed record Table(long[] Parts, Func<IEnumerable<int>, long> Ceiling);

    /// <summary>Parts of which only the sum can be reckoned; not even that where the unit above them is withheld.</summary>
    private sealed record Region(int Top, List<int> Parts, bool SumIsKnown);

    private Withholding(IReadOnlyList<UnitArithmetic> units, int least)
    {
        (this.units, this.least) = (units, least);
        var index = units.Select((u, i) => (u.Unit.Id, i)).ToDictionary(u => u.Id, u => u.i);
        parent = [.. units.Select(u => u.ParentId is { } id && index.TryGetValue(id, out var at) ? at : -1)];
        children = [.. units.Select((_, i) => Enumerable.Range(0, units.Count).Where(c => parent[c] == i).ToList())];
    }

    public static HashSet<(string Unit, Measure Measure)> Of(IReadOnlyList<UnitArithmetic> units, DisclosureRule rule)
    {
        var all = new Withholding(units, rule.MinimumCount);
        bool Small(long count) => rule.IsSmall((int)Math.Abs(count));
        bool TellsByRate(PovertyRate r) => r.Of is { } of && (r.Households > of.Households || !rule.Rate(r.Households, (int)Math.Min(of.Households, int.MaxValue)).IsEstimable);

        var opening = all.Parts(u => u.Counts.Opening);
        var closing = all.Parts(u => u.Counts.Closing);
        var net = all.Withhold(
            u => Small(u.Counts.Opening) || Small(u.Counts.Closing) || Small(u.Counts.NetReduction) || TellsByRate(u.OpeningRate) || TellsByRate(u.ClosingRate),
            i => Small(opening[i]) || Small(closing[i]) || Small(opening[i] - closing[i]), null,
            new(closing, all.Totals(u => u.ClosingRate)), new(opening, all.Totals(u => u.OpeningRate)));

        var exits = all.Parts(u => u.Counts.VoluntaryExits);
        var voluntary = all.Withhold(u => Small(u.Counts.VoluntaryExits), i => Small(exits[i]), null, new Table(exits, _ => long.MaxValue));

        // Among the poor: no more than they, and where their number is withheld so is that of those among them.
        var merits = all.Parts(u => u.MeritHouseholds);
        var regions = all.Regions(net);
        var merit = all.Withhold(u => Small(u.MeritHouseholds), i => Small(merits[i]), net, new Table(merits, parts =>
        {
            var touched = regions.Where(r => r.Parts.Intersect(parts).Any()).ToList();
            return touched.Exists(r => !r.SumIsKnown) ? long.MaxValue : touched.Sum(r => r.Parts.Sum(p => closing[p]));
        }));

        var withheld = new HashSet<(string, Measure)>();
        for (var i = 0; i < units.Count; i++)
        {
            if (net[i]) withheld.UnionWith(Net.Select(m => (units[i].Unit.Id, m)));
            if (voluntary[i]) withheld.Add((units[i].Unit.Id, Measure.VoluntaryExits));
            if (merit[i]) withheld.Add((units[i].Unit.Id, Measure.MeritHouseholds));
        }
        return withheld;
    }

    private long[] Parts(Func<UnitArithmetic, long> count) => [.. units.Select((u, i) => count(u) - children[i].Sum(c => count(units[c])))];

    /// <summary>No more are poor than live there; how many live beside the units of the plan nobody says.</summary>
    private Func<IEnumerable<int>, long> Totals(Func<UnitArithmetic, PovertyRate> rate) => parts =>
    {
        var sum = 0L;
        foreach (var i in parts)
        {
            if (children[i].Count > 0 || rate(units[i]).Of is not { } of) return long.MaxValue;
            sum += of.Households;
        }
        return sum;
    };

    /// <summary>For each unit whether it is withheld.</summary>
    /// <param name="tells">Whether a unit's own figures tell of a few.</param>
    /// <param name="partTells">Whether what lies beside the units in it does.</param>
    /// <param name="before">What is withheld already.</param>
    private bool[] Withhold(Func<UnitArithmetic, bool> tells, Func<int, bool> partTells, bool[]? before, params Table[] tables)
    {
        bool[] withheld = [.. units.Select((u, i) => before?[i] == true || tells(u))];
        while (Regions(withheld).FirstOrDefault(r => tables.Any(t => Confines(r, t, withheld, partTells))) is { } region)
            withheld[Cheapest(region, withheld, tables[0])] = true;
        return withheld;
    }

    /// <summary>A region below each unit that is shown, and below each that is withheld and lies in none.</summary>
    private List<Region> Regions(bool[] withheld)
    {
        var regions = new List<Region>();
        for (var i = 0; i < units.Count; i++)
        {
            if (withheld[i] && parent[i] >= 0) continue;
            regions.Add(new(i, [.. Below(i, withheld)], !withheld[i]));
        }
        return regions;
    }

    private IEnumerable<int> Below(int unit, bool[] withheld) => children[unit].Where(c => withheld[c]).SelectMany(c => Below(c, withheld)).Prepend(unit);

    private bool Confines(Region region, Table table, bool[] withheld, Func<int, bool> partTells)
    {
        if (!region.SumIsKnown) return false;
        // What is beside the units, where nothing is, is taken to be known to be nothing.
        var parts = region.Parts.Where(p => table.Parts[p] > 0 || children[p].Count == 0).ToList();
        var sum = parts.Sum(p => table.Parts[p]);
        foreach (var unit in region.Parts)
        {
            if (withheld[unit] && Width(Below(unit, withheld)) < least) return true;
            if (children[unit].Count > 0 && partTells(unit) && Width([unit]) < least) return true;
        }
        return false;

        long Width(IEnumerable<int> some)
        {
            var inside = parts.Intersect(some).ToList();
            var outside = parts.Except(inside).ToList();
            if (outside.Count == 0) return 0;
            return Math.Min(sum, table.Ceiling(inside)) - Math.Max(0, sum - table.Ceiling(outside));
        }
    }

    /// <summary>What costs the reader least: a unit below before the one above, a nought, which hides little, after a count, then the smallest.</summary>
    private int Cheapest(Region region, bool[] withheld, Table table)
    {
        var shown = region.Parts.SelectMany(p => children[p]).Where(c => !withheld[c]).ToList();
        return shown.Count == 0 ? region.Top : shown.MinBy(c => (All(c) == 0, All(c)));

        long All(int unit) => table.Parts[unit] + children[unit].Sum(All);
    }
}
