using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace YenBai.Cases.Durability;

/// <summary>One group of a log-rank comparison.</summary>
/// <param name="Group">The group.</param>
/// <param name="Count">Rows.</param>
/// <param name="Observed">O: (weighted) events.</param>
/// <param name="Expected">E: (weighted) events expected if all groups had the same hazard.</param>
public readonly record struct LogRankGroup<TGroup>(TGroup Group, int Count, double Observed, double Expected);

/// <summary>Result of a log-rank comparison.</summary>
/// <param name="Groups">Groups in order of first appearance.</param>
/// <param name="Covariance">Covariance of O − E, in the order of the groups.</param>
/// <param name="DegreesOfFreedom">Groups with E &gt; 0, less one.</param>
/// <param name="ChiSquared">U'V⁻¹U, or why there is none.</param>
/// <param name="PValue">Upper tail of χ².</param>
public sealed record LogRankResult<TGroup>(
    ImmutableArray<LogRankGroup<TGroup>> Groups, ImmutableArray<ImmutableArray<double>> Covariance, int DegreesOfFreedom,
    Measure ChiSquared, Measure PValue);

/// <summary>
/// The log-rank test of k groups (Mantel 1966; Peto &amp; Peto 1972), stratified, weighted S(t−)^ρ (Harrington &amp; Fleming 1982), with
/// delayed entry: per stratum and event time E_g += d n_g/n and V_gh += d (n−d)/(n−1) · n_g/n (1{g=h} − n_h/n).
/// </summary>
/// <remarks>
/// Rows are taken as independent. Where households have several spells compare first spells, or use the robust test of a Cox model.
/// </remarks>
public static class LogRank
{
    /// <summary>Compares groups.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="observation">Their observations.</param>
    /// <param name="group">What is compared.</param>
    /// <param name="rho">0 = log-rank, 1 = Peto: weight on early differences.</param>
    public static LogRankResult<TGroup> Compare<T, TGroup>(
        IReadOnlyList<T> rows, Func<T, Observation> observation, Func<T, TGroup> group, double rho = 0) where TGroup : notnull
        => Compare(rows, observation, group, static _ => 0, rho);

    /// <summary>Compares groups within strata.</summary>
    public static LogRankResult<TGroup> Compare<T, TGroup, TStratum>(
        IReadOnlyList<T> rows, Func<T, Observation> observation, Func<T, TGroup> group, Func<T, TStratum> stratifyBy, double rho = 0)
        where TGroup : notnull where TStratum : notnull
    {
        var groups = new Coding<TGroup>();
        var strata = new Coding<TStratum>();
        int[] groupOf = new int[rows.Count], stratumOf = new int[rows.Count];
        var all = new Observation[rows.Count];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = observation(rows[i]);
            groupOf[i] = groups.Code(group(rows[i]));
            stratumOf[i] = strata.Code(stratifyBy(rows[i]));
        }

        var sums = new LogRankSums(groups.Count);
        foreach (var members in strata.Members(stratumOf)) sums.AddStratum(all, groupOf, members, rho);

        var counts = new int[groups.Count];
        foreach (var g in groupOf) counts[g]++;
        var table = groups.Keys.Select((key, g) => new LogRankGroup<TGroup>(key, counts[g], sums.Observed[g], sums.Expected[g])).ToImmutableArray();
        var (statistic, freedom) = Statistic(sums);
        return new LogRankResult<TGroup>(table, sums.CovarianceRows(), freedom, statistic,
            statistic.TryGet(out var value) ? Gaussian.ChiSquaredTail(value, freedom) : statistic);
    }

    static (Measure Statistic, int DegreesOfFreedom) Statistic(LogRankSums sums)
    {
        var present = Enumerable.Range(0, sums.Observed.Length).Where(g => sums.Expected[g] > 0).ToArray();
        var freedom = Math.Max(0, present.Length - 1);
        if (present.Length == 0) return (sums.Observed.Length == 0 ? Reason.NoData : Reason.NoEvents, 0);

        // One group alone has nothing to be compared with: its observed are its expected.
        if (freedom == 0) return (Reason.Singular, 0);

        var kept = present[..freedom];
        var scores = Vector<double>.Build.Dense(freedom, i => sums.Observed[kept[i]] - sums.Expected[kept[i]]);
        var covariance = Matrix<double>.Build.Dense(freedom, freedom, (i, j) => sums.Covariance[kept[i], kept[j]]);
        return (PositiveDefinite.Solve(covariance, scores) is { } solved ? scores.DotProduct(solved) : Reason.Singular, freedom);
    }
}
