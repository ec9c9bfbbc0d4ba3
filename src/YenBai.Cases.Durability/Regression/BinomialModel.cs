using MathNet.Numerics.LinearAlgebra;

namespace YenBai.Cases.Durability;

/// <summary>The maximum of a binomial likelihood.</summary>
sealed record BinomialMaximum(Vector<double> Beta, double LogLikelihood, Matrix<double> Covariance);

/// <summary>Binomial regression by Fisher scoring, which for these links is iteratively re-weighted least squares.</summary>
/// <param name="rows">Covariates, row after row.</param>
/// <param name="happened">Outcomes.</param>
/// <param name="width">Columns.</param>
/// <param name="link">Link.</param>
/// <param name="free">Columns before this one are not penalised.</param>
/// <param name="ridge">Weight of the penalty.</param>
/// <param name="offset">Known part of the predictor.</param>
sealed class BinomialModel(double[] rows, bool[] happened, int width, LinkFunction link, int free = 0, double ridge = 0, double[]? offset = null)
{
    public (BinomialMaximum? Found, Reason Failure) Maximise(Vector<double> start, int maximumSteps, double convergence, double[] spans)
    {
        var beta = start;
        var current = Evaluate(beta);
        for (var step = 0; step < maximumSteps; step++)
        {
            if (PositiveDefinite.Inverse(current.Information) is not { } inverse) return (null, Reason.Singular);
            var move = inverse * current.Score;
            var next = Evaluate(beta + move);
            for (var halvings = 0; !(next.Penalised >= current.Penalised - 1e-12 * Math.Abs(current.Penalised)) && halvings < 20; halvings++)
            {
                move /= 2;
                next = Evaluate(beta + move);
            }

            beta += move;
            if (Separation.Suspected(beta, spans)) return (null, Separation.Of(rows, beta));
            var converged = Math.Abs(next.Penalised - current.Penalised) <= convergence * (Math.Abs(next.Penalised) + 0.05);
            current = next;
            if (!converged) continue;
            return PositiveDefinite.Inverse(current.Information) is { } covariance
                ? (new BinomialMaximum(beta, current.LogLikelihood, covariance), default)
                : (null, Reason.Singular);
        }

        return (null, Separation.Of(rows, beta));
    }

    /// <summary>Score of every row, x·dℓ/dη.</summary>
    public double[] Scores(Vector<double> beta)
    {
        var scores = new double[rows.Length];
        for (var i = 0; i < happened.Length; i++)
        {
            var (_, score, _) = link.Row(Predictor(i, beta), happened[i]);
            for (var j = 0; j < width; j++) scores[i * width + j] = rows[i * width + j] * score;
        }

        return scores;
    }

    (double LogLikelihood, double Penalised, Vector<double> Score, Matrix<double> Information) Evaluate(Vector<double> beta)
    {
        double log = 0, penalty = 0;
        var scores = new double[width];
        var information = new double[width, width];
        for (var i = 0; i < happened.Length; i++)
        {
            var x = rows.AsSpan(i * width, width);
            var (value, score, weight) = link.Row(Predictor(i, beta), happened[i]);
            log += value;
            for (var j = 0; j < width; j++)
            {
                if (x[j] == 0) continue;
                scores[j] += score * x[j];
                for (var k = 0; k <= j; k++) information[j, k] += weight * x[j] * x[k];
            }
        }

        for (var j = 0; j < width; j++)
        {
            for (var k = 0; k < j; k++) information[k, j] = information[j, k];
            if (j < free) continue;
            penalty += ridge / 2 * beta[j] * beta[j];
            scores[j] -= ridge * beta[j];
            information[j, j] += ridge;
        }

        return (log, log - penalty, Vector<double>.Build.DenseOfArray(scores), Matrix<double>.Build.DenseOfArray(information));
    }

    double Predictor(int row, Vector<double> beta)
    {
        var sum = offset is null ? 0 : offset[row];
        for (var j = 0; j < width; j++) sum += rows[row * width + j] * beta[j];
        return sum;
    }
}
