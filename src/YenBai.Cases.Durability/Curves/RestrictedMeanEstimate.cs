namespace YenBai.Cases.Durability;

/// <summary>
/// Restricted mean RMST(τ) = ∫₀^τ S(t)dt, "2.7 of the first 3 years", with variance
/// Σ_{t_j &lt; τ} (∫_{t_j}^τ S)² d_j/(n_j(n_j − d_j)) (Irwin 1949; Klein &amp; Moeschberger).
/// </summary>
/// <param name="Tau">End of the window; the same for all groups that are compared.</param>
/// <param name="Value">The mean, in the unit of time.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="BeyondFollowUp">τ lies past the last time: the curve was extended flat.</param>
public readonly record struct RestrictedMeanEstimate(int Tau, Measure Value, Measure StandardError, bool BeyondFollowUp)
{
    internal static RestrictedMeanEstimate Of(SurvivalCurve curve, int tau)
    {
        if (tau <= 0) throw new ArgumentOutOfRangeException(nameof(tau), tau, "A window has a positive length.");
        if (curve.Steps.IsEmpty) return new RestrictedMeanEstimate(tau, Reason.NoData, Reason.NoData, true);

        // From the right, so that the area beyond each event time is at hand when the event is met.
        double area = 0, variance = 0;
        var right = tau;
        for (var i = curve.Steps.Length - 1; i >= 0; i--)
        {
            var step = curve.Steps[i];
            if (step.Time >= tau) continue;
            area += (right - step.Time) * step.Survival;
            right = step.Time;
            int n = step.AtRisk, d = step.Events;
            if (d > 0 && n > d) variance += area * area * d / ((double)n * (n - d));
        }

        return new RestrictedMeanEstimate(tau, area + right, Math.Sqrt(variance), tau > curve.LastTime);
    }

    /// <summary>Limits of the mean: normal, cut to [0, τ].</summary>
    public (Measure Lower, Measure Upper) Limits(double level = 0.95)
    {
        if (!Value.TryGet(out var mean) || !StandardError.TryGet(out var error)) return (Value, Value);
        var half = Gaussian.Quantile(level) * error;
        return (Math.Max(0, mean - half), Math.Min(Tau, mean + half));
    }

    /// <summary>The difference of two independent groups, normal with summed variances.</summary>
    public static Estimate Difference(RestrictedMeanEstimate a, RestrictedMeanEstimate b, double level = 0.95)
    {
        if (a.Tau != b.Tau) throw new ArgumentException("Restricted means over different windows do not compare.", nameof(b));
        if (!a.Value.TryGet(out var mean) || !b.Value.TryGet(out var other)) return Estimate.Not(a.Value.Reason ?? b.Value.Reason ?? Reason.NoData);
        double difference = mean - other, half = Gaussian.Quantile(level);
        var error = Math.Sqrt(Square(a.StandardError.Value) + Square(b.StandardError.Value));
        return new Estimate(difference, error, difference - half * error, difference + half * error,
            BeyondFollowUp: a.BeyondFollowUp || b.BeyondFollowUp);
    }

    static double Square(double x) => x * x;
}
