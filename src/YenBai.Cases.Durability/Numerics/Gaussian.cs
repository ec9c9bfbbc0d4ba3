using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace YenBai.Cases.Durability;

/// <summary>Normal quantiles and tail probabilities that stay right far out in the tail.</summary>
static class Gaussian
{
    /// <summary>z = Φ⁻¹((1 + level)/2): 1.959963984540054 for 95 %.</summary>
    public static double Quantile(double level) => level is > 0 and < 1
        ? Normal.InvCDF(0, 1, (1 + level) / 2)
        : throw new ArgumentOutOfRangeException(nameof(level), level, "A confidence level lies between 0 and 1.");

    /// <summary>Two-sided p-value. 2Φ(−|z|), not 2(1 − Φ(|z|)): the latter is zero from |z| = 8.3 on.</summary>
    public static double TwoSided(double z) => 2 * Normal.CDF(0, 1, -Math.Abs(z));

    /// <summary>Upper tail of χ², as the regularised incomplete gamma Q(df/2, χ²/2); 1 − CDF loses all digits below 1e-16.</summary>
    public static double ChiSquaredTail(double statistic, int degreesOfFreedom) => statistic <= 0
        ? 1
        : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2.0, statistic / 2);
}
