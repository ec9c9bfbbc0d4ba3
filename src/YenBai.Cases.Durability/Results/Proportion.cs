namespace YenBai.Cases.Durability;

/// <summary>A share of a count, with the score interval of Wilson 1927: right also for few events, unlike p ± z√(p(1−p)/n).</summary>
public static class Proportion
{
    /// <summary>The share of <paramref name="part"/> in <paramref name="whole"/>.</summary>
    public static Estimate Of(int part, int whole, double level = 0.95)
    {
        if (part < 0 || part > whole) throw new ArgumentOutOfRangeException(nameof(part), part, "A part is not larger than its whole.");
        if (whole == 0) return Estimate.Not(Reason.NoData);
        var share = (double)part / whole;
        var (lower, upper) = ConfidenceInterval.Wilson(part, whole, Gaussian.Quantile(level));
        return new Estimate(share, Math.Sqrt(share * (1 - share) / whole), lower, upper, whole);
    }
}
