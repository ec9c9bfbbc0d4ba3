using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace YenBai.Cases.Durability;

/// <summary>What is computed once the maximum is found, brought back from the standardised to the caller's scale.</summary>
sealed class CoxResults<T>(
    int rowCount, int events, Design<T> design, DesignMatrix matrix, CoxStratum[] strata, CoxSweep sweep, CoxMaximum maximum, CoxOptions options)
{
    readonly double[] standardised = maximum.Beta.ToArray();

    public CoxFit<T> Build()
    {
        var width = matrix.Width;
        var scale = Matrix<double>.Build.DenseOfDiagonalArray([.. matrix.Scale.Select(s => 1 / s)]);
        var beta = scale * maximum.Beta;
        var covariance = scale * maximum.Covariance * scale;
        var robust = RobustCovariance() is { } sandwich ? scale * sandwich * scale : null;
        var gain = 2 * (maximum.Likelihood.Value - maximum.NullLogLikelihood);
        var wald = PositiveDefinite.Solve(robust ?? covariance, beta) is { } solved ? beta.DotProduct(solved) : 0;
        var predictorAtMeans = beta.DotProduct(Vector<double>.Build.DenseOfArray(matrix.Mean));
        return new CoxFit<T>(design, predictorAtMeans)
        {
            Coefficients = Coefficient.Table(design.Covariates.Select(c => c.Name), beta, covariance, robust, options.Level),
            Covariance = Rows(covariance),
            RobustCovariance = robust is null ? null : Rows(robust),
            Count = matrix.Count,
            Missing = rowCount - matrix.Count,
            Events = events,
            FewEvents = EventsPerParameter.Few(events, width),
            NullLogLikelihood = maximum.NullLogLikelihood,
            LogLikelihood = maximum.Likelihood.Value,
            LikelihoodRatio = ChiSquaredTest.Of(Math.Max(0, gain), width),
            Wald = ChiSquaredTest.Of(wald, width),
            Score = ChiSquaredTest.Of(maximum.Score, width),
            Baseline = Baseline(predictorAtMeans),
            Proportionality = Proportionality(),
        };
    }

    public static ImmutableArray<ImmutableArray<double>> Rows(Matrix<double> matrix)
        => [.. Enumerable.Range(0, matrix.RowCount).Select(i => matrix.Row(i).ToImmutableArray())];

    Matrix<double>? RobustCovariance()
    {
        if (options.Ties == Ties.Exact || !strata.Any(stratum => Clusters.AnyShared(stratum.Rows))) return null;
        var residuals = new CoxScoreResiduals(matrix.Width, rowCount);
        sweep.Run(strata, standardised, residuals);
        var numbers = new int[rowCount];
        Array.Fill(numbers, -1);
        foreach (var stratum in strata)
            for (var i = 0; i < stratum.Rows.Length; i++) numbers[stratum.Source[i]] = stratum.Rows[i].Cluster;
        return maximum.Covariance * ClusteredSum.Of(residuals.Residuals, matrix.Width, Clusters.Of(numbers)) * maximum.Covariance;
    }

    Dictionary<string, ImmutableArray<BaselineStep>> Baseline(double predictorAtMeans)
    {
        var increments = new CoxBaseline();
        sweep.Run(strata, standardised, increments);
        var origin = Math.Exp(-predictorAtMeans);
        return strata.ToDictionary(stratum => stratum.Name, stratum =>
        {
            var jumps = increments.Increments.TryGetValue(stratum.Name, out var list) ? list.ToDictionary(j => j.Time, j => j.Hazard) : [];
            var steps = ImmutableArray.CreateBuilder<BaselineStep>();
            double hazard = 0;
            for (var i = stratum.Rows.Length - 1; i >= 0; i--)
            {
                var time = stratum.Rows[i].Time;
                if (steps.Count > 0 && steps[^1].Time == time) continue;
                hazard += jumps.GetValueOrDefault(time);
                steps.Add(new BaselineStep(time, hazard, Measure.Finite(hazard * origin, Reason.Singular)));
            }

            return steps.ToImmutable();
        });
    }

    ImmutableArray<ProportionalityTest> Proportionality()
    {
        // The time scale is 1 − S(t−) of all rows together, which spreads events evenly whatever the shape of the hazard.
        Observation[] all = [.. strata.SelectMany(stratum => stratum.Rows)];
        var curve = KaplanMeier.Fit(all, new KaplanMeierOptions { Variance = VarianceKind.Greenwood });
        var trend = new CoxTrend(matrix.Width, curve);
        sweep.Run(strata, standardised, trend);

        var remaining = trend.Squared - trend.Crossed * maximum.Covariance * trend.Crossed;
        if (PositiveDefinite.Solve(remaining, trend.Score) is not { } solved) return [];
        var each = design.Covariates.Select((covariate, j) => new ProportionalityTest(
            covariate.Name, ChiSquaredTest.Of(trend.Score[j] * trend.Score[j] / remaining[j, j], 1)));
        return [.. each, new ProportionalityTest(null, ChiSquaredTest.Of(trend.Score.DotProduct(solved), matrix.Width))];
    }
}

/// <summary>Score and information of x·g(t) beside x, with g(t) = 1 − S(t−).</summary>
sealed class CoxTrend(int width, SurvivalCurve curve) : CoxVisitor
{
    public Vector<double> Score { get; } = Vector<double>.Build.Dense(width);

    public Matrix<double> Crossed { get; } = Matrix<double>.Build.Dense(width, width);

    public Matrix<double> Squared { get; } = Matrix<double>.Build.Dense(width, width);

    public override void Event(CoxStratum stratum, ReadOnlySpan<double> risk, CoxEventTime time)
    {
        var g = 1 - curve.JustBefore(time.Time);
        for (var j = 0; j < width; j++)
        {
            Score[j] += g * time.Score[j];
            for (var k = 0; k < width; k++)
            {
                var information = time.Information[Math.Max(j, k) * width + Math.Min(j, k)];
                Crossed[j, k] += g * information;
                Squared[j, k] += g * g * information;
            }
        }
    }
}

/// <summary>The middle of a sandwich: Σ_c u_c u_c' with u_c = Σ_{i∈c} u_i (CR0).</summary>
static class ClusteredSum
{
    public static Matrix<double> Of(ReadOnlySpan<double> scores, int width, Clusters clusters)
    {
        var sums = new double[clusters.Count * width];
        for (var i = 0; i * width < scores.Length; i++)
            for (var j = 0; j < width; j++) sums[clusters[i] * width + j] += scores[i * width + j];

        var meat = Matrix<double>.Build.Dense(width, width);
        for (var c = 0; c < clusters.Count; c++)
            for (var j = 0; j < width; j++)
                for (var k = 0; k < width; k++) meat[j, k] += sums[c * width + j] * sums[c * width + k];
        return meat;
    }
}
