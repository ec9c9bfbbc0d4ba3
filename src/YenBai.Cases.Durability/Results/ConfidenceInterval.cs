namespace YenBai.Cases.Durability;

/// <summary>Scale on which a confidence interval is symmetric.</summary>
public enum IntervalKind : byte
{
    /// <summary>exp(−exp(log(−log S) ± z√G/log S)) (Kalbfleisch &amp; Prentice): stays inside (0, 1), best in small groups.</summary>
    LogLog,

    /// <summary>S·exp(±z√G), upper limit cut at 1.</summary>
    Log,

    /// <summary>S ± zS√G, cut to [0, 1].</summary>
    Plain,
}

/// <summary>Limits of a probability from the standard error of its logarithm.</summary>
static class ConfidenceInterval
{
    /// <summary>Limits of S. At S = 1 the log-log scale has none (no events yet), at S = 0 no scale has (nobody left).</summary>
    public static (Measure Lower, Measure Upper) Of(double survival, double logError, double z, IntervalKind kind)
    {
        if (survival <= 0) return (Reason.RiskSetEmpty, Reason.RiskSetEmpty);
        switch (kind)
        {
            case IntervalKind.Log:
                return (survival * Math.Exp(-z * logError), Math.Min(1, survival * Math.Exp(z * logError)));
            case IntervalKind.Plain:
                return (Math.Max(0, survival - z * survival * logError), Math.Min(1, survival + z * survival * logError));
            default:
                if (survival >= 1) return (Reason.NoEvents, Reason.NoEvents);
                double log = Math.Log(survival), centre = Math.Log(-log), half = z * logError / log;
                return (Math.Exp(-Math.Exp(centre - half)), Math.Exp(-Math.Exp(centre + half)));
        }
    }

    /// <summary>
    /// Wilson score interval of a proportion (Wilson 1927): right also for few events, unlike p ± z√(p(1−p)/n).
    /// </summary>
    public static (double Lower, double Upper) Wilson(int events, int n, double z)
    {
        double p = (double)events / n, z2 = z * z, scale = 1 + z2 / n;
        double centre = (p + z2 / (2 * n)) / scale;
        double half = z / scale * Math.Sqrt(p * (1 - p) / n + z2 / (4.0 * n * n));
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
