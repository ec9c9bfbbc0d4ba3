using System.Text.Json.Serialization;
using YenBai.Cases.Ledger;
using YenBai.Cases.Places;

namespace YenBai.Cases.Plan;

/// <summary>Why a figure is missing. A missing figure is never a nought.</summary>
[JsonConverter(typeof(SnakeCase<Missing>))]
public enum Missing { NoDenominator, NotRecorded, NotStarted, Suppressed }

/// <summary>A value, or the reason why there is none.</summary>
public readonly record struct Figure(decimal? Value, Missing? Reason)
{
    public static implicit operator Figure(decimal value) => new(value, null);

    public static implicit operator Figure(Missing reason) => new(null, reason);
}

/// <summary>Poor households over all households, never without the total, its day and its source.</summary>
/// <param name="Of">The last total on or before the day; none where no totals file has one.</param>
public sealed record PovertyRate(int Households, DateOnly On, HouseholdTotal? Of)
{
    /// <summary>Not rounded; the official form prints two decimals.</summary>
    public decimal? Percent => Of is null ? null : 100m * Households / Of.Households;
}

/// <param name="ParentId">The unit of the report that it lies in.</param>
public sealed record ReportedUnit(Unit Unit, string? ParentId);

/// <summary>What the figures of a unit are made of.</summary>
/// <param name="Counts">The unit with all that lies in it.</param>
/// <param name="InNoChild">Of these, what belongs to none of the units listed below it.</param>
/// <param name="MeritHouseholds">On the list at the closing, with a person of merit.</param>
/// <param name="MeritNotTold">On the list at the closing; nothing tells whether with a person of merit.</param>
public sealed record UnitArithmetic(
    Unit Unit, string? ParentId, MovementCounts Counts, MovementCounts InNoChild, int MeritHouseholds, int MeritNotTold,
    PovertyRate OpeningRate, PovertyRate ClosingRate)
{
    /// <summary>What waits for a decision, in the unit with all that lies in it.</summary>
    public PipelineCounts Pipeline { get; init; }
}

/// <summary>What a plan states for a unit beside what it states for the units in it. Both stand; none is corrected.</summary>
/// <param name="Difference">Stated less derived.</param>
/// <param name="Parts">The targets that make the derived sum.</param>
/// <param name="WithoutTarget">Units that the plan lists but gives no target of this measure.</param>
public sealed record StatedAndDerived(
    string UnitId, Measure Measure, decimal Stated, decimal Derived, IReadOnlyList<PlanTarget> Parts, IReadOnlyList<string> WithoutTarget)
{
    public decimal Difference => Stated - Derived;

    public bool AddsUp => Difference == 0;

    /// <summary>Where a unit and the units in it both have a target. Rates are never added up; of a range its lower bound is.</summary>
    public static IReadOnlyList<StatedAndDerived> Of(AnnualPlan plan, PlaceCatalog places) => [.. Of(plan, PlanUnits.Of(plan, places, null))];

    internal static IEnumerable<StatedAndDerived> Of(AnnualPlan plan, PlanUnits units)
    {
        for (var unit = 0; unit < units.All.Count; unit++)
        {
            var children = units.ChildrenOf(unit).Select(i => units.All[i].Id).ToList();
            foreach (var stated in plan.Targets)
            {
                if (stated.UnitId != units.All[unit].Id || stated.Measure.IsRate()) continue;
                var parts = plan.Targets.Where(t => t.Measure == stated.Measure && children.Contains(t.UnitId)).ToList();
                if (parts.Count > 0)
                    yield return new(stated.UnitId, stated.Measure, stated.Value, parts.Sum(t => t.Value), parts, [.. children.Except(parts.Select(t => t.UnitId))]);
            }
        }
    }
}

/// <summary>One measure in one unit.</summary>
/// <param name="Target">None where the plan states none.</param>
/// <param name="Gap">Actual less target.</param>
/// <param name="Met">
/// Unknown where the actual is. "Exactly" is met by reaching the figure: who brings down 60 households of 59 has met the
/// plan; a rate reaches it as the form prints it, with two decimals. So is a range, by its nearer bound. Bounds are held to the unrounded figure.
/// </param>
/// <param name="Arithmetic">None where it is withheld.</param>
public sealed record MeasureProgress(
    Unit Unit, string? ParentId, Measure Measure, Basis Basis, PlanTarget? Target, Figure Actual, decimal? Gap, bool? Met,
    StatedAndDerived? Sum, UnitArithmetic? Arithmetic)
{
    /// <summary>What decisions that only wait for the chairman would bring; never part of the actual. None where that cannot be told.</summary>
    public int? Pipeline => (Measure, Arithmetic?.Pipeline) switch
    {
        (Measure.NetReductionHouseholds, { } p) => p.Exits - p.Entries,
        (Measure.VoluntaryExits, { } p) => p.VoluntaryExits,
        (Measure.MeritHouseholds, { } p) => p.MeritExits,
        _ => null,
    };

    /// <summary>What is still to do: nothing once the target is met.</summary>
    public decimal? Remaining => Met is null || Gap is null ? null : Met.Value ? 0 : Math.Abs(Gap.Value);

    /// <summary>Without what it is made of; a unit below the districts is not published.</summary>
    internal MeasureProgress Published() =>
        Unit.Level is Level.Province or Level.District || Basis == Basis.Assignment || Actual.Reason is Missing.NoDenominator or Missing.NotStarted
            ? this with { Arithmetic = null }
            : this with { Actual = Missing.Suppressed, Gap = null, Met = null, Arithmetic = null };

    internal static bool IsMet(PlanTarget target, decimal actual)
    {
        var measure = target.Measure;
        return target.Comparator switch
        {
            Comparator.AtLeast => actual >= target.Value,
            Comparator.MoreThan => actual > target.Value,
            Comparator.AtMost => actual <= target.Value,
            _ => AsPrinted(actual) is var printed && (measure.MoreIsBetter() ? printed >= target.Aim : printed <= target.Aim),
        };

        decimal AsPrinted(decimal value) => measure.IsRate() ? Math.Round(value, 2, MidpointRounding.AwayFromZero) : value;
    }
}
