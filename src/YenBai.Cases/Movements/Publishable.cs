using YenBai.Cases.Durability;
using YenBai.Cases.Ledger;
using YenBai.Cases.Places;

namespace YenBai.Cases.Movements;

/// <summary>A row of the table as it is shown.</summary>
public sealed record ShownMovement(MovementRow Row)
{
    /// <summary>The movements that are withheld.</summary>
    public IReadOnlySet<Flow> Withheld { get; init; } = new HashSet<Flow>();

    public bool StockIsWithheld { get; init; }


    public int? this[Flow flow] => Withheld.Contains(flow) ? null : Flows.Of(Row.Counts, flow);
}

/// <summary>The columns of the table between opening and closing.</summary>
public enum Flow { Exits, Reentries, ReentriesStandardChange, ReentriesAfterAbsence, NewlyPoor, OtherIn, OtherOut }

public static class Flows
{
    public static readonly IReadOnlyList<Flow> All = Enum.GetValues<Flow>();

    /// <summary>Whether the list gains or loses by it.</summary>
    public static readonly IReadOnlyList<int> Signs = [.. All.Select(f => f is Flow.Exits or Flow.OtherOut ? -1 : 1)];

    public static int Of(in MovementCounts counts, Flow flow) => flow switch
    {
        Flow.Exits => counts.Exits,
        Flow.Reentries => counts.Reentries,
        Flow.ReentriesStandardChange => counts.ReentriesStandardChange,
        Flow.ReentriesAfterAbsence => counts.ReentriesAfterAbsence,
        Flow.NewlyPoor => counts.NewlyPoor,
        Flow.OtherIn => counts.OtherIn,
        _ => counts.OtherOut,
    };
}

/// <summary>
/// The table for those who may not learn who anybody is (durability contract 2.12). Of each year the movements are a table
/// with two margins, the province and the net change: small cells are withheld, and others until none can be reckoned to
/// within the least count. Of a unit the openings and closings of all years are shown or none, since the net changes lead
/// from one to the next.
/// </summary>
public static class Publishable
{
    private static readonly DisclosureRule Rule = DisclosureRule.Report;

    /// <summary>
    /// The districts and their sum; the sum alone where the table is cut otherwise, since the cuts would lead to one another.
    /// Of a district its own row; of any smaller place nothing but its name.
    /// </summary>
    public static IReadOnlyList<ShownMovement> Rows(MovementReport table, MovementCut by, Unit? place)
    {
        var rows = Withhold(table);
        if (place is { Level: Level.District })
        {
            var own = rows.Where(r => r.Row.Place?.Id == place.Id).ToList();
            return [.. own.Select(r => r with { Row = r.Row with { Unit = MovementReport.All, Place = null } }), .. by == MovementCut.District ? own : []];
        }
        if (place is { Level: Level.Commune }) return [.. rows.Where(r => r.Row.Unit == MovementReport.All).Select(Nothing)];
        return by == MovementCut.District ? rows : [.. rows.Where(r => r.Row.Unit == MovementReport.All)];
    }

    private static ShownMovement Nothing(ShownMovement row) => row with { Withheld = Flows.All.ToHashSet(), StockIsWithheld = true };

    private static List<ShownMovement> Withhold(MovementReport table)
    {
        var units = table.Rows.Where(r => r.Unit != MovementReport.All).GroupBy(r => r.Unit).Select(g => g.ToList()).ToList();
        var sums = table.Rows.Where(r => r.Unit == MovementReport.All).ToList();
        var stocks = StocksWithheld(sums, units);
        var shown = new Dictionary<MovementRow, ShownMovement>();
        for (var year = 0; year < sums.Count; year++)
        {
            var inner = new int[units.Count, Flows.All.Count];
            for (var u = 0; u < units.Count; u++)
                for (var f = 0; f < Flows.All.Count; f++) inner[u, f] = Flows.Of(units[u][year].Counts, Flows.All[f]);
            var safe = Suppression.ApplyToFlows(inner, Rule, Flows.Signs);
            HashSet<Flow> WithheldIn(int row) => [.. Flows.All.Where((_, f) => !safe.IsSafe || safe.Status(row, f) != CellStatus.Published)];
            for (var u = 0; u < units.Count; u++)
                shown[units[u][year]] = new(units[u][year]) { Withheld = WithheldIn(u), StockIsWithheld = stocks.Contains(u) };
            shown[sums[year]] = new(sums[year]) { Withheld = WithheldIn(units.Count), StockIsWithheld = stocks.Contains(-1) };
        }
        return [.. table.Rows.Select(r => shown[r])];
    }

    /// <summary>The numbers of the units, and −1 for their sum.</summary>
    private static HashSet<int> StocksWithheld(List<MovementRow> sums, List<List<MovementRow>> units)
    {
        static IEnumerable<int> Stocks(IEnumerable<MovementRow> years) => years.SelectMany(r => new[] { r.Counts.Opening, r.Counts.Closing });
        var withheld = Enumerable.Range(0, units.Count).Where(u => Stocks(units[u]).Any(Rule.IsSmall)).ToHashSet();
        // Each could be as much smaller, and another of them larger, as its smallest stock is large.
        while (withheld.Count == 1 || (withheld.Count > 0 && withheld.Sum(u => Stocks(units[u]).Min()) < Rule.MinimumCount))
        {
            var others = Enumerable.Range(0, units.Count).Where(u => !withheld.Contains(u)).ToList();
            if (others.Count == 0) break;
            withheld.Add(others.MinBy(u => (Stocks(units[u]).Max(), u)));
        }
        if (Stocks(sums).Any(Rule.IsSmall) || (withheld.Count == units.Count && withheld.Count > 0)) withheld.Add(-1);
        return withheld;
    }
}
