using MathNet.Numerics.LinearAlgebra;

namespace YenBai.Cases.Durability;

/// <summary>Log partial likelihood, score and information.</summary>
sealed class CoxLikelihood(int width) : CoxVisitor
{
    public double Value { get; private set; }

    public Vector<double> Score { get; } = Vector<double>.Build.Dense(width);

    public Matrix<double> Information { get; } = Matrix<double>.Build.Dense(width, width);

    public override void Event(CoxStratum stratum, ReadOnlySpan<double> risk, CoxEventTime time)
    {
        Value += time.LogLikelihood;
        for (var j = 0; j < width; j++)
        {
            Score[j] += time.Score[j];
            for (var k = 0; k <= j; k++)
            {
                Information[j, k] += time.Information[j * width + k];
                Information[k, j] = Information[j, k];
            }
        }
    }
}

/// <summary>Baseline hazard increments (Efron's version of Breslow's estimator), for centred covariates.</summary>
sealed class CoxBaseline : CoxVisitor
{
    public Dictionary<string, List<(int Time, double Hazard)>> Increments { get; } = [];

    public override void Event(CoxStratum stratum, ReadOnlySpan<double> risk, CoxEventTime time)
    {
        if (!Increments.TryGetValue(stratum.Name, out var list)) Increments.Add(stratum.Name, list = []);
        list.Add((time.Time, time.Hazard));
    }
}

/// <summary>
/// Score residuals (Lin &amp; Wei 1989), per row of the caller. A row collects −e^η ∫(x − mean)dH over its time at risk, as a difference of
/// the integral so far at its two ends, and x − mean at its own event.
/// </summary>
sealed class CoxScoreResiduals(int width, int rows) : CoxVisitor
{
    readonly double[] hazardMean = new double[width];
    double hazard;

    public double[] Residuals { get; } = new double[rows * width];

    public override void Added(CoxStratum stratum, int row, double risk) => Integral(stratum, row, risk);

    public override void Removed(CoxStratum stratum, int row, double risk) => Integral(stratum, row, -risk);

    public override void Event(CoxStratum stratum, ReadOnlySpan<double> risk, CoxEventTime time)
    {
        for (var i = time.From; i < time.To; i++)
        {
            if (stratum.Rows[i].End != EndKind.ReEntry) continue;
            var x = stratum.X.AsSpan(i * width, width);
            var residual = Of(stratum, i);
            for (var j = 0; j < width; j++)
            {
                // A tied event sees this time with weight 1 − f; the integral gives it weight 1, so the excess comes back.
                var excess = x[j] * (time.Hazard - time.TiedHazard) - (time.HazardMean[j] - time.TiedHazardMean[j]);
                residual[j] += x[j] - time.Mean[j] + risk[i] * excess;
            }
        }

        hazard += time.Hazard;
        for (var j = 0; j < width; j++) hazardMean[j] += time.HazardMean[j];
    }

    public override void Finished(CoxStratum stratum, ReadOnlySpan<double> risk, ReadOnlySpan<bool> removed)
    {
        for (var i = 0; i < risk.Length; i++)
            if (!removed[i]) Integral(stratum, i, -risk[i]);
        hazard = 0;
        Array.Clear(hazardMean);
    }

    Span<double> Of(CoxStratum stratum, int row) => Residuals.AsSpan(stratum.Source[row] * width, width);

    void Integral(CoxStratum stratum, int row, double risk)
    {
        var x = stratum.X.AsSpan(row * width, width);
        var residual = Of(stratum, row);
        for (var j = 0; j < width; j++) residual[j] += risk * (x[j] * hazard - hazardMean[j]);
    }
}
