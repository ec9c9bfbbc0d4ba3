using MathNet.Numerics.LinearAlgebra;

namespace YenBai.Cases.Durability;

/// <summary>Signs of a coefficient without finite estimate.</summary>
static class Separation
{
    /// <summary>A covariate that multiplies odds or hazard by more than e^15 over its range separates, whatever the iteration says.</summary>
    const double Limit = 15;

    /// <summary>The variance of a coefficient is inflated a hundredfold by the other columns (Belsley et al. 1980).</summary>
    const double LargestInflation = 100;

    public static bool Suspected(Vector<double> beta, ReadOnlySpan<double> span)
    {
        for (var j = 0; j < span.Length; j++)
            if (!(Math.Abs(beta[j]) * span[j] <= Limit)) return true;
        return false;
    }

    /// <summary>
    /// What large coefficients mean: columns that say nearly the same have large ones of opposite sign that cancel in every row's predictor;
    /// where a covariate separates, the predictors themselves run away.
    /// </summary>
    public static Reason Of(double[] rows, Vector<double> beta) =>
        Range(rows, beta) <= Limit && Inflation(rows, beta.Count) > LargestInflation ? Reason.Singular : Reason.Separated;

    static double Range(double[] rows, Vector<double> beta)
    {
        double low = double.MaxValue, high = double.MinValue;
        for (var i = 0; i < rows.Length; i += beta.Count)
        {
            double sum = 0;
            for (var j = 0; j < beta.Count; j++) sum += rows[i + j] * beta[j];
            if (!double.IsFinite(sum)) return double.MaxValue;
            (low, high) = (Math.Min(low, sum), Math.Max(high, sum));
        }

        return high - low;
    }

    /// <summary>The largest inflation of a variance by the other columns; without bound where they have no inverse.</summary>
    static double Inflation(double[] rows, int width)
    {
        var products = Matrix<double>.Build.Dense(width, width);
        for (var i = 0; i < rows.Length; i += width)
            for (var j = 0; j < width; j++)
                for (var k = 0; k < width; k++) products[j, k] += rows[i + j] * rows[i + k];
        if (PositiveDefinite.Inverse(products) is not { } inverse) return double.PositiveInfinity;
        return Enumerable.Range(0, width).Max(j => products[j, j] * inverse[j, j]);
    }
}
