using MathNet.Numerics.Distributions;

namespace YenBai.Cases.Outcomes;

/// <summary>
/// Between which shares of n chance alone leaves a share that is θ in truth: exact limits of the binomial distribution with
/// interpolation between whole numbers (Spiegelhalter 2005, Funnel plots for comparing institutional performance, Statistics in
/// Medicine 24: 1185–1202, appendix A.1). With F the distribution function of Binomial(n, θ) and r the least number with F(r) ≥ p,
/// the limit is (r − a)/n where a = (F(r) − p)/(F(r) − F(r − 1)).
/// </summary>
public readonly record struct BinomialLimits(double Lower, double Upper)
{
    public bool Holds(double share) => share >= Lower && share <= Upper;

    /// <param name="share">θ, from 0 to 1.</param>
    /// <param name="level">The probability of lying within, in halves outside on either side.</param>
    public static BinomialLimits Of(double share, int n, double level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        if (share is <= 0 or >= 1) return new(share, share);
        return new(Limit(share, n, (1 - level) / 2), Limit(share, n, (1 + level) / 2));
    }

    private static double Limit(double share, int n, double p)
    {
        var (low, high) = (0, n);
        while (low < high)
            if ((low + high) / 2 is var middle && Binomial.CDF(share, n, middle) >= p) high = middle;
            else low = middle + 1;
        var (at, before) = (Binomial.CDF(share, n, low), low == 0 ? 0 : Binomial.CDF(share, n, low - 1));
        return Math.Clamp((low - (at - p) / (at - before)) / n, 0, 1);
    }
}
