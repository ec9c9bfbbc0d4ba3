using System.Collections.Immutable;

namespace YenBai.Cases.Durability;

/// <summary>A Kaplan-Meier curve and what can be read from it.</summary>
public sealed class SurvivalCurve
{
    /// <summary>Two levels that differ by less are the same level: products of fractions miss 0.5 by some 1e-16.</summary>
    const double SameLevel = 1e-9;

    readonly int[] delayedEntries;
    readonly int initiallyAtRisk;
    readonly KaplanMeierOptions options;

    internal SurvivalCurve(ImmutableArray<SurvivalStep> steps, int[] delayedEntries, int initiallyAtRisk, KaplanMeierOptions options)
    {
        (Steps, this.delayedEntries, this.initiallyAtRisk, this.options) = (steps, delayedEntries, initiallyAtRisk, options);
        Gaps = FindGaps();
        foreach (var step in steps) Events += step.Events;
    }

    /// <summary>The curve with its first steps alone.</summary>
    internal SurvivalCurve Until(int steps) => steps == Steps.Length ? this : new(Steps[..steps], delayedEntries, initiallyAtRisk, options);

    /// <summary>One row for every distinct time, also where only censoring happens.</summary>
    public ImmutableArray<SurvivalStep> Steps { get; }

    /// <summary>Rows that were ever at risk.</summary>
    public int Count => initiallyAtRisk + delayedEntries.Length;

    /// <summary>Events in all.</summary>
    public int Events { get; }

    /// <summary>Last time seen; zero without data.</summary>
    public int LastTime => Steps.IsEmpty ? 0 : Steps[^1].Time;

    /// <summary>Stretches without anybody under observation: there the curve stays flat for want of information, not of events.</summary>
    public ImmutableArray<InformationGap> Gaps { get; }

    /// <summary>
    /// The curve fell to zero while others were still to enter, because all of a small early risk set re-entered. It then stays at zero
    /// whatever happens later; <see cref="KaplanMeierOptions.GivenStillOutAt"/> is the way out.
    /// </summary>
    public bool FellToZeroEarly
    {
        get
        {
            foreach (var step in Steps)
                if (step.Survival == 0) return step.Time < LastTime;
            return false;
        }
    }

    /// <summary>The share still out at a horizon. Past the last time the value is carried flat and flagged.</summary>
    /// <remarks>
    /// The number at risk is that of the first time not before the horizon, as R prints it; with delayed entry it may count some who
    /// enter in between. <see cref="AtRisk(int)"/> counts who is watched on the very day.
    /// </remarks>
    public Estimate At(int horizon)
    {
        if (Steps.IsEmpty) return Estimate.Not(Reason.NoData);
        var next = FirstStepAfter(horizon - 1);
        var atRisk = next < Steps.Length ? Steps[next].AtRisk : 0;
        var beyond = horizon > LastTime;
        if (LastStepAt(horizon) is not { } step)
        {
            var (lower, upper) = ConfidenceInterval.Of(1, 0, Gaussian.Quantile(options.Level), options.Interval);
            return new Estimate(1, 0, lower, upper, atRisk);
        }

        return new Estimate(step.Survival, step.StandardError, step.Lower, step.Upper, atRisk, beyond);
    }

    /// <summary>The row in force at a time, or null before the first.</summary>
    public SurvivalStep? LastStepAt(int time)
    {
        var next = FirstStepAfter(time);
        return next == 0 ? null : Steps[next - 1];
    }

    /// <summary>S(t−), the share still out just before a time.</summary>
    public double JustBefore(int time) => LastStepAt(time - 1)?.Survival ?? 1;

    /// <summary>Number under observation at a time: entry &lt; t ≤ end; at time 0 all who are watched from the start.</summary>
    public int AtRisk(int time)
    {
        var next = FirstStepAfter(time - 1);
        if (next == Steps.Length) return 0;
        return Steps[next].AtRisk - CountEntries(time, Steps[next].Time);
    }

    /// <summary>Numbers at risk at several times, as printed under a curve.</summary>
    public ImmutableArray<(int Time, int AtRisk)> AtRiskTable(params ReadOnlySpan<int> times)
    {
        var table = ImmutableArray.CreateBuilder<(int, int)>(times.Length);
        foreach (var time in times) table.Add((time, AtRisk(time)));
        return table.MoveToImmutable();
    }

    /// <summary>
    /// Time by which a share p has re-entered: the smallest t with S(t) ≤ 1 − p, its limits by the same rule on the limits of S
    /// (Brookmeyer &amp; Crowley 1982). On a flat stretch exactly at 1 − p this is its start (Stata, lifelines), not the midpoint (R, SAS).
    /// </summary>
    public QuantileEstimate Quantile(double p)
    {
        if (p is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "A share lies between 0 and 1.");
        if (Steps.IsEmpty) return new QuantileEstimate(p, Reason.NoData, Reason.NoData, Reason.NoData);
        var level = 1 - p + SameLevel;
        Measure value = Reason.NotReached, lower = Reason.NotReached, upper = Reason.NotReached;
        for (var i = Steps.Length - 1; i >= 0; i--)
        {
            var step = Steps[i];
            if (step.Survival <= level) value = step.Time;
            if (step.Lower.TryGet(out var below) && below <= level) lower = step.Time;
            if (step.Upper.TryGet(out var above) && above <= level) upper = step.Time;
        }

        return new QuantileEstimate(p, value, lower, upper);
    }

    /// <summary>Mean time out of poverty within the first <paramref name="tau"/>; see <see cref="RestrictedMeanEstimate"/>.</summary>
    public RestrictedMeanEstimate RestrictedMean(int tau) => RestrictedMeanEstimate.Of(this, tau);

    /// <summary>Index of the first step later than a time.</summary>
    int FirstStepAfter(int time)
    {
        int low = 0, high = Steps.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Steps[middle].Time <= time) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>Delayed entries in [from, before).</summary>
    int CountEntries(int from, int before) => FirstEntryFrom(before) - FirstEntryFrom(from);

    int FirstEntryFrom(int time)
    {
        int low = 0, high = delayedEntries.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (delayedEntries[middle] < time) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    ImmutableArray<InformationGap> FindGaps()
    {
        var gaps = ImmutableArray.CreateBuilder<InformationGap>();
        if (initiallyAtRisk == 0 && delayedEntries.Length > 0 && delayedEntries[0] > 0) gaps.Add(new InformationGap(0, delayedEntries[0]));
        foreach (var step in Steps)
        {
            if (step.AtRisk > step.Events + step.Censored) continue;
            var next = FirstEntryFrom(step.Time);
            if (next < delayedEntries.Length && delayedEntries[next] > step.Time)
                gaps.Add(new InformationGap(step.Time, delayedEntries[next]));
        }

        return gaps.ToImmutable();
    }
}
