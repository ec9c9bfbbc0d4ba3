using System.Collections.Immutable;

namespace YenBai.Cases.Durability;

/// <summary>A reporting period, both days included.</summary>
public readonly record struct ReportPeriod(DateOnly From, DateOnly To)
{
    /// <summary>A calendar year.</summary>
    public static ReportPeriod Year(int year) => new(new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
}

/// <summary>One row of the movement table: closing = opening − exits + re-entries + newly poor + other in − other out.</summary>
/// <param name="District">District, or null for the whole area.</param>
/// <param name="Period">The period.</param>
/// <param name="Opening">Poor households on the eve of the period.</param>
/// <param name="Exits">Exits of listed households.</param>
/// <param name="ReEntries">Re-entries by deterioration.</param>
/// <param name="ReEntriesByStandard">Re-entries by a change of standard.</param>
/// <param name="ReEntriesAfterAbsence">Re-entries of households that had left after an exit.</param>
/// <param name="NewlyPoor">Entries of households without an earlier exit.</param>
/// <param name="OtherIn">Returned, exits withdrawn, transfers from another district.</param>
/// <param name="OtherOut">Moved, dissolved, transfers to another district.</param>
public sealed record MovementRow(
    string? District, ReportPeriod Period, int Opening, int Exits, int ReEntries, int ReEntriesByStandard, int ReEntriesAfterAbsence,
    int NewlyPoor, int OtherIn, int OtherOut)
{
    /// <summary>Poor households at the end of the period.</summary>
    public int Closing => Opening - Exits + ReEntries + ReEntriesByStandard + ReEntriesAfterAbsence + NewlyPoor + OtherIn - OtherOut;

    /// <summary>Re-entries over exits of the same period: a flow ratio that may pass 100 %, no measure of durability.</summary>
    public Measure FlowRatio => Measure.Ratio(ReEntries, Exits);

    /// <summary>Exits over the opening stock.</summary>
    public Measure ExitRate => Measure.Ratio(Exits, Opening);
}

/// <summary>The official movement of poor households, folded from the same facts and by the same rules as the spells.</summary>
public static class MovementTable
{
    /// <summary>The rows of the whole area, then of each district (ordinal order), each by period.</summary>
    /// <param name="facts">All facts, in any order.</param>
    /// <param name="periods">Periods of the rows.</param>
    /// <param name="asOf">Facts effective later are left out.</param>
    /// <param name="knownAt">Facts recorded later are left out.</param>
    /// <remarks>
    /// A household leaves the stock in the district in which it is listed, and a transfer is out there and in here, so that the identity
    /// holds in every district and the districts add up to the area.
    /// </remarks>
    public static ImmutableArray<MovementRow> Build(
        IEnumerable<SpellFact> facts, IReadOnlyList<ReportPeriod> periods, DateOnly asOf, DateTimeOffset knownAt)
    {
        var flows = new SortedDictionary<string, List<Flow>>(StringComparer.Ordinal);
        var status = new HouseholdStatus();
        string? household = null;
        var listedIn = "";
        foreach (var fact in VisibleFacts.Of(facts, asOf, knownAt))
        {
            if (fact.Household != household) (household, status, listedIn) = (fact.Household, new HouseholdStatus(), fact.District);
            var change = status.Apply(fact);
            switch (change)
            {
                case StatusChange.NewlyPoor or StatusChange.ReEntered or StatusChange.ReEnteredByStandard
                    or StatusChange.ReEnteredAfterAbsence or StatusChange.Returned or StatusChange.ExitWithdrawn:
                    listedIn = fact.District;
                    Add(listedIn, new Flow(fact.Effective, change, +1));
                    break;
                case StatusChange.Exited or StatusChange.MovedOutPoor or StatusChange.DissolvedPoor:
                    Add(listedIn, new Flow(fact.Effective, change, -1));
                    break;
                case StatusChange.TransferredPoor when fact.District != listedIn:
                    Add(listedIn, new Flow(fact.Effective, change, -1));
                    listedIn = fact.District;
                    Add(listedIn, new Flow(fact.Effective, change, +1));
                    break;
            }
        }

        var districts = flows.SelectMany(district => periods.Select(period => Row(district.Key, district.Value, period))).ToList();
        var area = periods.Select(period => Sum(period, districts.Where(row => row.Period == period)));
        return [.. area, .. districts];

        void Add(string district, Flow flow)
        {
            if (!flows.TryGetValue(district, out var list)) flows.Add(district, list = []);
            list.Add(flow);
        }
    }

    readonly record struct Flow(DateOnly Day, StatusChange Change, int Sign);

    static MovementRow Row(string district, List<Flow> flows, ReportPeriod period)
    {
        int opening = 0, exits = 0, reEntries = 0, byStandard = 0, afterAbsence = 0, newlyPoor = 0, otherIn = 0, otherOut = 0;
        foreach (var flow in flows)
        {
            if (flow.Day > period.To) continue;
            if (flow.Day < period.From)
            {
                opening += flow.Sign;
                continue;
            }

            switch (flow.Change)
            {
                case StatusChange.Exited: exits++; break;
                case StatusChange.ReEntered: reEntries++; break;
                case StatusChange.ReEnteredByStandard: byStandard++; break;
                case StatusChange.ReEnteredAfterAbsence: afterAbsence++; break;
                case StatusChange.NewlyPoor: newlyPoor++; break;
                default:
                    if (flow.Sign > 0) otherIn++;
                    else otherOut++;
                    break;
            }
        }

        return new MovementRow(district, period, opening, exits, reEntries, byStandard, afterAbsence, newlyPoor, otherIn, otherOut);
    }

    static MovementRow Sum(ReportPeriod period, IEnumerable<MovementRow> rows) => rows.Aggregate(
        new MovementRow(null, period, 0, 0, 0, 0, 0, 0, 0, 0),
        (a, b) => new MovementRow(null, period, a.Opening + b.Opening, a.Exits + b.Exits, a.ReEntries + b.ReEntries,
            a.ReEntriesByStandard + b.ReEntriesByStandard, a.ReEntriesAfterAbsence + b.ReEntriesAfterAbsence,
            a.NewlyPoor + b.NewlyPoor, a.OtherIn + b.OtherIn, a.OtherOut + b.OtherOut));
}
