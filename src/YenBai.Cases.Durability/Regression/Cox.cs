using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace YenBai.Cases.Durability;

/// <summary>How <see cref="Cox"/> fits.</summary>
public sealed record CoxOptions
{
    /// <summary>The defaults.</summary>
    public static CoxOptions Default { get; } = new();

    /// <summary>Treatment of tied events.</summary>
    public Ties Ties { get; init; } = Ties.Efron;

    /// <summary>Confidence level.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Fewer events a covariate than this are refused (Peduzzi et al. 1996); 0 = never.</summary>
    public int MinimumEventsPerParameter { get; init; } = 10;
}

/// <summary>
/// Proportional hazards (Cox 1972) by partial likelihood, with delayed entry, strata and, where rows carry clusters, the robust
/// variance of Lin &amp; Wei 1989.
/// </summary>
/// <remarks>
/// Several spells a household: time since the exit, strata by spell number (1, 2, 3 and more), cluster = household
/// (Prentice, Williams &amp; Peterson 1981, gap time). With annual ties prefer <see cref="DiscreteHazard"/>.
/// </remarks>
public static class Cox
{
    const int MaximumSteps = 30;
    const double Convergence = 1e-11;

    /// <summary>Fits the model.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="observation">Their observations.</param>
    /// <param name="design">Covariates.</param>
    /// <param name="options">How.</param>
    /// <param name="stratifyBy">Strata, each with a baseline hazard of its own.</param>
    public static Outcome<CoxFit<T>> Fit<T>(
        IReadOnlyList<T> rows, Func<T, Observation> observation, Design<T> design, CoxOptions? options = null, Func<T, string>? stratifyBy = null)
    {
        options ??= CoxOptions.Default;
        var matrix = design.Matrix(rows);
        if (matrix.Count == 0) return Reason.NoData;
        var strata = CoxStratum.Split(rows, observation, stratifyBy, matrix);
        var events = strata.Sum(stratum => stratum.Rows.Count(row => row.End == EndKind.ReEntry));
        if (events == 0) return Reason.NoEvents;
        if (EventsPerParameter.TooFew(events, matrix.Width, options.MinimumEventsPerParameter)) return Reason.TooFewEvents;
        if (matrix.HasConstant) return Reason.Singular;

        var sweep = new CoxSweep(matrix.Width, options.Ties);
        var (found, failure) = Maximise(sweep, strata, matrix);
        return found is null ? failure : new CoxResults<T>(rows.Count, events, design, matrix, strata, sweep, found, options).Build();
    }

    static (CoxMaximum? Found, Reason Failure) Maximise(CoxSweep sweep, CoxStratum[] strata, DesignMatrix matrix)
    {
        var beta = Vector<double>.Build.Dense(matrix.Width);
        var start = Likelihood(sweep, strata, beta);
        if (PositiveDefinite.Inverse(start.Information) is not { } inverse) return (null, Reason.Singular);
        var score = start.Score.DotProduct(inverse * start.Score);
        var current = start;
        for (var step = 0; step < MaximumSteps; step++)
        {
            var move = inverse * current.Score;
            var next = Likelihood(sweep, strata, beta + move);
            for (var halvings = 0; !(next.Value >= current.Value - Math.Abs(current.Value) * Convergence) && halvings < 20; halvings++)
            {
                move /= 2;
                next = Likelihood(sweep, strata, beta + move);
            }

            beta += move;
            if (!double.IsFinite(next.Value) || Separation.Suspected(beta, matrix.Span)) return (null, Separation.Of(Kept(matrix), beta));
            var converged = Math.Abs(next.Value - current.Value) <= Convergence * Math.Abs(next.Value);
            current = next;
            if (PositiveDefinite.Inverse(current.Information) is not { } covariance) return (null, Reason.Singular);
            inverse = covariance;
            if (converged) return (new CoxMaximum(beta, start.Value, current, covariance, score), default);
        }

        return (null, Separation.Of(Kept(matrix), beta));
    }

    static double[] Kept(DesignMatrix matrix) => matrix.Values[..(matrix.Count * matrix.Width)];

    static CoxLikelihood Likelihood(CoxSweep sweep, CoxStratum[] strata, Vector<double> beta)
    {
        var likelihood = new CoxLikelihood(beta.Count);
        sweep.Run(strata, beta.AsArray() ?? beta.ToArray(), likelihood);
        return likelihood;
    }
}

/// <summary>The maximum, on the standardised scale.</summary>
sealed record CoxMaximum(Vector<double> Beta, double NullLogLikelihood, CoxLikelihood Likelihood, Matrix<double> Covariance, double Score);
