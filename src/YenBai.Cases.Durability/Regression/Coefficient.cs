using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace YenBai.Cases.Durability;

/// <summary>One coefficient of a regression.</summary>
/// <param name="Term">Covariate or baseline term.</param>
/// <param name="Value">β.</param>
/// <param name="StandardError">From the information matrix.</param>
/// <param name="RobustError">From score residuals summed by cluster; none where rows carry no clusters.</param>
/// <param name="Z">β over its (robust, where there is one) standard error.</param>
/// <param name="PValue">Two-sided.</param>
/// <param name="Lower">Lower limit of β.</param>
/// <param name="Upper">Upper limit of β.</param>
public sealed record Coefficient(
    string Term, double Value, double StandardError, Measure RobustError, Measure Z, Measure PValue, double Lower, double Upper)
{
    /// <summary>exp β: hazard ratio (Cox, cloglog) or odds ratio (logit).</summary>
    public Measure Ratio => Measure.Finite(Math.Exp(Value), Reason.Separated);

    /// <summary>Lower limit of the ratio.</summary>
    public Measure RatioLower => Measure.Finite(Math.Exp(Lower), Reason.Separated);

    /// <summary>Upper limit of the ratio.</summary>
    public Measure RatioUpper => Measure.Finite(Math.Exp(Upper), Reason.Separated);

    internal static ImmutableArray<Coefficient> Table(
        IEnumerable<string> terms, Vector<double> beta, Matrix<double> covariance, Matrix<double>? robust, double level)
    {
        var half = Gaussian.Quantile(level);
        return [.. terms.Select((term, j) =>
        {
            double own = Math.Sqrt(covariance[j, j]), used = robust is null ? own : Math.Sqrt(Math.Max(0, robust[j, j]));
            var z = Measure.Ratio(beta[j], used, Reason.Singular);
            return new Coefficient(term, beta[j], own, robust is null ? Reason.NoData : used, z,
                z.Map(Gaussian.TwoSided), beta[j] - half * used, beta[j] + half * used);
        })];
    }
}

/// <summary>A χ² test of all coefficients together.</summary>
/// <param name="ChiSquared">The statistic.</param>
/// <param name="DegreesOfFreedom">Its degrees of freedom.</param>
/// <param name="PValue">Upper tail.</param>
public readonly record struct ChiSquaredTest(double ChiSquared, int DegreesOfFreedom, double PValue)
{
    internal static ChiSquaredTest Of(double statistic, int freedom)
        => new(statistic, freedom, freedom == 0 ? 1 : Gaussian.ChiSquaredTail(statistic, freedom));
}

/// <summary>How many events a regression asks for, and what it says of few.</summary>
static class EventsPerParameter
{
    /// <summary>Between the minimum and this many the fit stands but is marked.</summary>
    public const int Comfortable = 20;

    public static bool TooFew(int events, int parameters, int minimum) => events < minimum * parameters;

    public static bool Few(int events, int parameters) => events < Comfortable * parameters;
}
