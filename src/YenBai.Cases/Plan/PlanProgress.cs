using YenBai.Cases.Ledger;
using YenBai.Cases.Places;

namespace YenBai.Cases.Plan;

/// <summary>How far a plan has come, as of a day and as known at an instant. The same arguments give the same figures.</summary>
public sealed class PlanProgress
{
    private readonly PlanUnits units;
    private readonly List<(int Unit, Transition Transition)> counted = [];
    private readonly List<(int Unit, Pending Pending)> waiting = [];
    private readonly ILookup<string, HouseholdTotal> totals;

    private PlanProgress(
        AnnualPlan plan, PlanUnits units, IEnumerable<HouseholdTotal> totals, DateOnly asOf, DateTimeOffset knownAt)
    {
        (Plan, this.units, AsOf, KnownAt) = (plan, units, asOf < plan.Through ? asOf : plan.Through, knownAt);
        Started = AsOf >= plan.From;
        Layout = [.. units.All.Select((unit, i) => new ReportedUnit(unit, units.Parent[i] is var parent and not PlanUnits.Outside ? units.All[parent].Id : null))];
        this.totals = totals.Where(t => t.Households > 0).ToLookup(t => t.UnitId);
    }

    public AnnualPlan Plan { get; }

    /// <summary>The last day that counts: the day asked for, or the plan's last when that is earlier.</summary>
    public DateOnly AsOf { get; }

    public DateTimeOffset KnownAt { get; }

    public bool Started { get; }

    /// <summary>Of the published register, for readers who may not learn who anybody is.</summary>
    public bool IsPublished { get; private init; }

    /// <summary>The units in the order of the plan.</summary>
    public IReadOnlyList<ReportedUnit> Layout { get; private init; } = [];

    /// <summary>What the figures of the units are made of; none where that is withheld.</summary>
    public IReadOnlyList<UnitArithmetic> Units { get; private set; } = [];

    /// <summary>
    /// Every measure of the plan in every unit; where the plan has no target the actual stands alone. Of what the register
    /// does not record, only what the plan states.
    /// </summary>
    public IReadOnlyList<MeasureProgress> Rows { get; private set; } = [];

    /// <summary>Where a unit and the units in it both have a target. Rates are never added up.</summary>
    public IReadOnlyList<StatedAndDerived> Sums { get; private set; } = [];

    /// <param name="facts">All facts of the ledger, in any order.</param>
    /// <param name="pending">What waits for a decision on that day.</param>
    /// <param name="place">A place in the public notation, read on the plan's last day; none for the whole plan.</param>
    /// <exception cref="ArgumentException">There is no such place.</exception>
    public static PlanProgress Of(
        AnnualPlan plan, IEnumerable<ListFact> facts, PlaceCatalog places, IReadOnlyList<HouseholdTotal> totals,
        DateOnly asOf, DateTimeOffset knownAt, string? place = null, IReadOnlyList<Pending>? pending = null)
    {
        var progress = new PlanProgress(plan, PlanUnits.Of(plan, places, place), totals, asOf, knownAt);
        progress.Count(facts, pending ?? []);
        return progress;
    }

    public MeasureProgress? Row(string unitId, Measure measure) =>
        Rows.FirstOrDefault(r => r.Unit.Id == unitId && r.Measure == measure);

    /// <summary>The households behind a count of a unit, as many as the count says; none for a unit that is not reported.</summary>
    public IReadOnlyList<Counted> HouseholdsBehind(Component component, string unitId)
    {
        var behind = new List<Counted>();
        for (var unit = 0; unit < units.All.Count; unit++)
            if (units.All[unit].Id == unitId)
            {
                foreach (var (where, t) in counted)
                    if (t.CountsAs(component) && units.IsIn(where, unit)) behind.Add(new(t.Household, t.Version, t.On));
                if (component != Component.Pending) continue;
                foreach (var (where, p) in waiting)
                    if (units.IsIn(where, unit)) behind.Add(new(p.Household, p.Version, p.On));
            }
        return behind;
    }

    /// <summary>
    /// For readers who may not learn who anybody is, on the published register: districts and the province, and not what the figures
    /// are made of.
    /// </summary>
    public PlanProgress Published() => new(Plan, units, [], AsOf, KnownAt)
    {
        IsPublished = true,
        Sums = Sums,
        Rows = [.. Rows.Select(r => r.Published())],
    };

    private void Count(IEnumerable<ListFact> facts, IReadOnlyList<Pending> pending)
    {
        var own = new MovementCounts[units.All.Count];
        var merit = new int[own.Length];
        var meritNotTold = new int[own.Length];

        var window = new ListWindow(Plan.From, AsOf, KnownAt, Plan.Standard);
        var households = new FactsByHousehold(facts);
        var transitions = new List<Transition>();
        var buffer = new ListFact[64];
        for (var i = 0; i < households.Count; i++)
        {
            transitions.Clear();
            ListWalk.Walk(households.Of(i, ref buffer), window, transitions);
            foreach (var t in transitions)
            {
                var unit = units.IndexOf(t.Unit);
                if (unit == PlanUnits.Outside || (t.Elsewhere is { } other && units.IndexOf(other) == unit)) continue;
                counted.Add((unit, t));
                own[unit].Count(t);
                if (t.CountsAs(Component.MeritHouseholds)) merit[unit]++;
                if (t.CountsAs(Component.MeritNotTold)) meritNotTold[unit]++;
            }
        }

        var pipeline = new PipelineCounts[own.Length];
        foreach (var p in pending)
        {
            if (units.IndexOf(p.Unit) is var unit && unit == PlanUnits.Outside) continue;
            waiting.Add((unit, p));
            pipeline[unit] = pipeline[unit].With(p);
        }

        Units = [.. units.All.Select((unit, i) =>
        {
            var inside = Enumerable.Range(0, own.Length).Where(other => units.IsIn(other, i)).ToList();
            var counts = inside.Aggregate(default(MovementCounts), (sum, other) => sum + own[other]);
            var parent = units.Parent[i];
            return new UnitArithmetic(
                unit, parent == PlanUnits.Outside ? null : units.All[parent].Id, counts, own[i],
                inside.Sum(other => merit[other]), inside.Sum(other => meritNotTold[other]),
                // What holds at the beginning of a day held at the end of the day before.
                Rate(unit, counts.Opening, Plan.From), Rate(unit, counts.Closing, AsOf))
            {
                Pipeline = inside.Aggregate(default(PipelineCounts), (sum, other) => sum + pipeline[other]),
            };
        })];
        Sums = [.. StatedAndDerived.Of(Plan, units)];
        Rows = [.. Measures.All.Where(m => Plan.Targets.Any(t => t.Measure == m)).SelectMany(m => Units.Select(u => RowOf(u, m))).OfType<MeasureProgress>()];
    }

    private PovertyRate Rate(Unit unit, int poor, DateOnly on) =>
        new(poor, on, totals[unit.Id].Where(t => t.On <= on).MaxBy(t => t.On));

    private MeasureProgress? RowOf(UnitArithmetic unit, Measure measure)
    {
        var target = Plan.Target(unit.Unit.Id, measure);
        if (target is null && measure.BasisOf() == Basis.Assignment) return null;
        var actual = Started ? Actual(unit, measure) : Missing.NotStarted;
        bool? met = target is null || actual.Value is not { } value ? null : MeasureProgress.IsMet(target, value);
        // A nought of which not every household is known proves nothing; nor does a shortfall that the untold might fill.
        if (met == true && measure == Measure.MeritHouseholds && unit.MeritNotTold > 0) met = null;
        if (met == false && measure == Measure.VoluntaryExits && MeasureProgress.IsMet(target!, actual.Value!.Value + unit.Counts.ExitsNotTold)) met = null;
        return new(unit.Unit, unit.ParentId, measure, measure.BasisOf(), target, actual, actual.Value - target?.Aim, met,
            Sums.FirstOrDefault(s => s.UnitId == unit.Unit.Id && s.Measure == measure), unit);
    }

    private static Figure Actual(UnitArithmetic unit, Measure measure)
    {
        switch (measure)
        {
            case Measure.NetReductionHouseholds:
                return unit.Counts.NetReduction;
            case Measure.NetReductionPoints:
                return unit.OpeningRate.Percent - unit.ClosingRate.Percent is { } points ? points : Missing.NoDenominator;
            case Measure.EndRatePercent:
                return unit.ClosingRate.Percent is { } rate ? rate : Missing.NoDenominator;
            case Measure.VoluntaryExits:
                return unit.Counts.Exits > 0 && unit.Counts.ExitsNotTold == unit.Counts.Exits ? Missing.NotRecorded : unit.Counts.VoluntaryExits;
            case Measure.MeritHouseholds:
                return unit.Counts.Closing > 0 && unit.MeritNotTold == unit.Counts.Closing ? Missing.NotRecorded : unit.MeritHouseholds;
            default:
                return Missing.NotRecorded;
        }
    }
}
