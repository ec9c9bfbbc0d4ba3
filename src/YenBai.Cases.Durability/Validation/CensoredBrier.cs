namespace YenBai.Cases.Durability;

/// <summary>Brier score at one horizon.</summary>
/// <param name="Horizon">The horizon.</param>
/// <param name="Model">Score of the predictions.</param>
/// <param name="Null">Score of the Kaplan-Meier curve, which knows no covariates.</param>
/// <param name="Scaled">1 − model/null: share of the error that the covariates take away.</param>
public readonly record struct BrierScore(int Horizon, Measure Model, Measure Null, Measure Scaled);

/// <summary>
/// Brier score under censoring (Graf et al. 1999): (y − S)² weighted by the inverse probability of not being censored, 1/G(T−) for
/// events by the horizon and 1/G(t) for those still out; censored before it count nothing.
/// </summary>
public static class CensoredBrier
{
    /// <summary>The score at a horizon.</summary>
    /// <param name="horizon">The horizon.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="observation">Their observations (delayed entry is not handled by these weights).</param>
    /// <param name="survival">Predicted share still out of a row at a time.</param>
    public static BrierScore At<T>(int horizon, IReadOnlyList<T> rows, Func<T, Observation> observation, Func<T, int, double> survival)
    {
        if (rows.Count == 0) return new BrierScore(horizon, Reason.NoData, Reason.NoData, Reason.NoData);
        var observations = rows.Select(observation).ToArray();
        var plain = new KaplanMeierOptions { Variance = VarianceKind.Greenwood };
        var curve = KaplanMeier.Fit(observations, plain);
        var uncensored = KaplanMeier.FitReverse(observations, plain);
        if (horizon > curve.LastTime) return new BrierScore(horizon, Reason.NotReached, Reason.NotReached, Reason.NotReached);

        double still = uncensored.LastStepAt(horizon)?.Survival ?? 1, common = curve.LastStepAt(horizon)?.Survival ?? 1;
        double model = 0, none = 0;
        for (var i = 0; i < observations.Length; i++)
        {
            var row = observations[i];
            var happened = row.End == EndKind.ReEntry && row.Time <= horizon;
            if (!happened && row.Time <= horizon) continue;
            double weight = 1 / (happened ? uncensored.JustBefore(row.Time) : still), outcome = happened ? 0 : 1;
            model += weight * Square(outcome - survival(rows[i], horizon));
            none += weight * Square(outcome - common);
        }

        model /= observations.Length;
        none /= observations.Length;
        return new BrierScore(horizon, Measure.Finite(model, Reason.RiskSetEmpty), Measure.Finite(none, Reason.RiskSetEmpty),
            none > 0 ? Measure.Finite(1 - model / none, Reason.RiskSetEmpty) : Reason.NoEvents);
    }

    /// <summary>The integrated score ∫₀^τ BS(t)dt/τ by the trapezoidal rule over the given horizons; at time zero the score is zero.</summary>
    public static Measure Integrated(IReadOnlyList<BrierScore> scores)
    {
        if (scores.Count == 0) return Reason.NoData;
        double area = 0, before = 0;
        var from = 0;
        foreach (var score in scores.OrderBy(s => s.Horizon))
        {
            if (!score.Model.TryGet(out var value)) return score.Model;
            area += (score.Horizon - from) * (before + value) / 2;
            (from, before) = (score.Horizon, value);
        }

        return Measure.Ratio(area, from);
    }

    static double Square(double x) => x * x;
}
