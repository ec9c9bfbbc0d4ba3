using System.Collections.Immutable;

namespace YenBai.Cases.Durability;

/// <summary>One review cycle of a discrete-time life table.</summary>
/// <param name="Cycle">k-th review after the exit.</param>
/// <param name="AtRisk">n: out and reviewed in this cycle.</param>
/// <param name="Events">d: found poor again.</param>
/// <param name="Hazard">h = d/n.</param>
/// <param name="StandardError">√(h(1 − h)/n).</param>
/// <param name="Survival">∏(1 − h): equals Kaplan-Meier on cycles.</param>
public readonly record struct HazardStep(int Cycle, int AtRisk, int Events, Measure Hazard, Measure StandardError, double Survival)
{
    /// <summary>Share re-entered by this review.</summary>
    public double ReEntered => 1 - Survival;
}

/// <summary>A household in one review cycle after an exit: the row of the discrete-time model.</summary>
/// <param name="Source">What the row comes from.</param>
/// <param name="Cycle">Cycle since the exit.</param>
/// <param name="ReEntered">Found poor again in this cycle.</param>
public readonly record struct PersonPeriod<T>(T Source, int Cycle, bool ReEntered);

/// <summary>
/// Time counted in review cycles. Since exits and re-entries are both decided at reviews, this is the main model of durability;
/// the continuous one is the approximation.
/// </summary>
public static class DiscreteHazard
{
    /// <summary>The life table by cycle.</summary>
    /// <param name="rows">Observations in cycles: entry &lt; k ≤ time is watched in cycle k.</param>
    public static ImmutableArray<HazardStep> Table(ReadOnlySpan<Observation> rows)
    {
        var last = 0;
        foreach (ref readonly var row in rows) last = Math.Max(last, row.Time);
        var change = new int[last + 2];
        var events = new int[last + 2];
        foreach (ref readonly var row in rows)
        {
            var entry = Math.Max(0, row.Entry);
            if (entry >= row.Time) continue;
            change[entry + 1]++;
            change[row.Time + 1]--;
            if (row.End == EndKind.ReEntry) events[row.Time]++;
        }

        var steps = ImmutableArray.CreateBuilder<HazardStep>(last);
        var n = 0;
        double survival = 1;
        for (var k = 1; k <= last; k++)
        {
            n += change[k];
            var hazard = Measure.Ratio(events[k], n, Reason.RiskSetEmpty);
            if (hazard.TryGet(out var h)) survival *= 1 - h;
            steps.Add(new HazardStep(k, n, events[k], hazard, hazard.Map(x => Math.Sqrt(x * (1 - x) / n)), survival));
        }

        return steps.MoveToImmutable();
    }

    /// <summary>The person-periods of each row: cycles entry + 1 … p, the last one an event where the row is.</summary>
    public static IEnumerable<PersonPeriod<T>> Expand<T>(IEnumerable<T> rows, Func<T, Observation> inCycles)
    {
        foreach (var row in rows)
        {
            var observation = inCycles(row);
            for (var k = Math.Max(0, observation.Entry) + 1; k <= observation.Time; k++)
                yield return new PersonPeriod<T>(row, k, k == observation.Time && observation.End == EndKind.ReEntry);
        }
    }

    /// <summary>The person-periods of spells.</summary>
    public static IEnumerable<PersonPeriod<Spell>> Expand(IEnumerable<Spell> spells) => Expand(spells, spell => spell.ObservationInCycles);

    /// <summary>Regression on person-periods; see <see cref="HazardFit{T}"/>.</summary>
    /// <param name="rows">One row a household and cycle.</param>
    /// <param name="cycle">Its cycle, from 1.</param>
    /// <param name="reEntered">Whether the event came in it.</param>
    /// <param name="design">Covariates known at the start of the cycle.</param>
    /// <param name="options">How.</param>
    /// <param name="cluster">Number of the household, for the clustered standard errors.</param>
    public static Outcome<HazardFit<T>> Fit<T>(
        IReadOnlyList<T> rows, Func<T, int> cycle, Func<T, bool> reEntered, Design<T> design, HazardOptions? options = null, Func<T, int>? cluster = null)
        => new HazardRegression<T>(rows, cycle, reEntered, design, options ?? HazardOptions.Default, cluster).Fit();
}
