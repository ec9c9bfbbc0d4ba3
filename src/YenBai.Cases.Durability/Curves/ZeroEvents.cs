namespace YenBai.Cases.Durability;

/// <summary>What can be said when none of n came back.</summary>
public static class ZeroEvents
{
    /// <summary>
    /// One-sided upper limit of the share re-entered, 1 − (1 − level)^(1/n) (Clopper &amp; Pearson 1934 with zero events; about 3/n at 95 %).
    /// Exact only when all n were followed to the horizon.
    /// </summary>
    /// <param name="atRisk">Number at risk at the horizon.</param>
    /// <param name="level">Confidence level.</param>
    public static Measure UpperLimit(int atRisk, double level = 0.95)
        => atRisk <= 0 ? Reason.NoData : 1 - Math.Pow(1 - level, 1.0 / atRisk);
}
