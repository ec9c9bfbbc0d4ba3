using MathNet.Numerics.LinearAlgebra;

namespace YenBai.Cases.Durability;

/// <summary>Solving with covariance and information matrices, which are positive definite or of no use.</summary>
static class PositiveDefinite
{
    /// <summary>Pivots below this part of their diagonal are taken as zero (the rule of R's survival package).</summary>
    const double Tolerance = 1e-9;

    /// <summary>A⁻¹b, or null where A is not numerically positive definite.</summary>
    public static Vector<double>? Solve(Matrix<double> matrix, Vector<double> right)
        => Inverse(matrix) is { } inverse ? inverse * right : null;

    /// <summary>A⁻¹, or null where A is not numerically positive definite.</summary>
    public static Matrix<double>? Inverse(Matrix<double> matrix)
    {
        var n = matrix.RowCount;

        // Scaled to a unit diagonal, so that years of birth and 0/1 marks are judged by the same tolerance.
        var scale = new double[n];
        for (var i = 0; i < n; i++)
        {
            if (!(matrix[i, i] > 0) || !double.IsFinite(matrix[i, i])) return null;
            scale[i] = 1 / Math.Sqrt(matrix[i, i]);
        }

        var lower = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = i == j ? 1 : matrix[i, j] * scale[i] * scale[j];
                for (var k = 0; k < j; k++) sum -= lower[i, k] * lower[j, k];
                if (i > j) lower[i, j] = sum / lower[j, j];
                else if (sum > Tolerance) lower[i, i] = Math.Sqrt(sum);
                else return null;
            }
        }

        var inverse = Matrix<double>.Build.Dense(n, n);
        var column = new double[n];
        for (var c = 0; c < n; c++)
        {
            for (var i = 0; i < n; i++)
            {
                var sum = i == c ? 1.0 : 0;
                for (var k = 0; k < i; k++) sum -= lower[i, k] * column[k];
                column[i] = sum / lower[i, i];
            }

            for (var i = n - 1; i >= 0; i--)
            {
                var sum = column[i];
                for (var k = i + 1; k < n; k++) sum -= lower[k, i] * column[k];
                column[i] = sum / lower[i, i];
            }

            for (var i = 0; i < n; i++) inverse[i, c] = column[i] * scale[i] * scale[c];
        }

        return inverse;
    }
}
