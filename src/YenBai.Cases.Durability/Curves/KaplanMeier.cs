using System.Collections.Immutable;

namespace YenBai.Cases.Durability;

/// <summary>
/// The product-limit estimator S(t) = ∏_{t_j ≤ t}(1 − d_j/n_j) (Kaplan &amp; Meier 1958), with delayed entry,
/// and beside it the cumulative hazard H(t) = Σ d_j/n_j (Nelson 1972, Aalen 1978).
/// </summary>
/// <remarks>Moves and dissolutions count as censored: "durability if nobody left". For shares of the real exits see <see cref="AalenJohansen"/>.</remarks>
public static class KaplanMeier
{
    /// <summary>The curve of re-entry.</summary>
    public static SurvivalCurve Fit(ReadOnlySpan<Observation> rows, KaplanMeierOptions? options = null)
        => Fit(rows, options ?? KaplanMeierOptions.Default, reverse: false);

    /// <summary>The curve of re-entry of whatever carries an observation.</summary>
    public static SurvivalCurve Fit<T>(IEnumerable<T> rows, Func<T, Observation> observation, KaplanMeierOptions? options = null)
        => Fit(rows.Select(observation).ToArray(), options);

    /// <summary>
    /// The reverse curve, in which everything but re-entry is the event: its median is the median follow-up (Schemper &amp; Smith 1996).
    /// </summary>
    public static SurvivalCurve FitReverse(ReadOnlySpan<Observation> rows, KaplanMeierOptions? options = null)
        => Fit(rows, options ?? KaplanMeierOptions.Default, reverse: true);

    /// <summary>One curve a group, in order of first appearance.</summary>
    public static IReadOnlyDictionary<TKey, SurvivalCurve> FitBy<T, TKey>(
        IEnumerable<T> rows, Func<T, TKey> group, Func<T, Observation> observation, KaplanMeierOptions? options = null)
        where TKey : notnull
    {
        var groups = new OrderedDictionary<TKey, List<Observation>>();
        foreach (var row in rows)
        {
            var key = group(row);
            if (!groups.TryGetValue(key, out var members)) groups.Add(key, members = []);
            members.Add(observation(row));
        }

        var curves = new OrderedDictionary<TKey, SurvivalCurve>(groups.Count);
        foreach (var (key, members) in groups)
            curves.Add(key, Fit(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(members), options));
        return curves;
    }

    static SurvivalCurve Fit(ReadOnlySpan<Observation> rows, KaplanMeierOptions options, bool reverse)
    {
        if (options.GivenStillOutAt is { } start) rows = StillOut(rows, start);
        var z = Gaussian.Quantile(options.Level);
        var order = RiskSweep.Over(rows);
        var influence = options.Variance == VarianceKind.ClusterRobust && Clusters.AnyShared(rows)
            ? new ClusterInfluence(Clusters.Of(rows), order)
            : null;

        var steps = ImmutableArray.CreateBuilder<SurvivalStep>();
        double survival = 1, hazard = 0, greenwood = 0, hazardVariance = 0;
        var sets = new RiskSets(rows, order);
        while (sets.MoveNext())
        {
            int n = sets.AtRisk, d = reverse ? sets.Ended - sets.ReEntered : sets.ReEntered;
            var left = n - d;
            if (d > 0)
            {
                survival *= (double)left / n;
                hazard += (double)d / n;
                hazardVariance += d / ((double)n * n);
                if (left > 0) greenwood += d / ((double)n * left);
            }

            influence?.Advance(rows, sets, d, reverse);
            var logError = Math.Sqrt(influence?.OfLogSurvival ?? greenwood);
            var hazardError = Math.Sqrt(influence?.OfHazard ?? hazardVariance);
            var (lower, upper) = ConfidenceInterval.Of(survival, logError, z, options.Interval);
            steps.Add(new SurvivalStep(sets.Time, n, d, sets.Ended - d, survival,
                survival > 0 ? survival * logError : Reason.RiskSetEmpty,
                survival > 0 ? logError : Reason.RiskSetEmpty,
                hazard, hazardError, lower, upper));
        }

        return new SurvivalCurve(steps.ToImmutable(), DelayedEntries(rows, order), order.InitiallyAtRisk, options);
    }

    static Observation[] StillOut(ReadOnlySpan<Observation> rows, int start)
    {
        var kept = new List<Observation>(rows.Length);
        foreach (ref readonly var row in rows)
            if (row.Time > start) kept.Add(row with { Entry = Math.Max(row.Entry, start) });
        return [.. kept];
    }

    static int[] DelayedEntries(ReadOnlySpan<Observation> rows, RiskSweep order)
    {
        var entries = new int[order.Entries.Length];
        for (var i = 0; i < entries.Length; i++) entries[i] = rows[order.Entries[i]].Entry;
        return entries;
    }
}
