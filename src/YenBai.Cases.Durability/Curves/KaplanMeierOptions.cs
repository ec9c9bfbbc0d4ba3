namespace YenBai.Cases.Durability;

/// <summary>How the variance of a survival curve is estimated.</summary>
public enum VarianceKind : byte
{
    /// <summary>Squared influences summed within clusters; equal to Greenwood where every cluster has one row and none enters late.</summary>
    ClusterRobust,

    /// <summary>Greenwood 1926: rows taken as independent.</summary>
    Greenwood,
}

/// <summary>How <see cref="KaplanMeier"/> estimates.</summary>
public sealed record KaplanMeierOptions
{
    /// <summary>The product's defaults: log-log 95 % limits, variance by household.</summary>
    public static KaplanMeierOptions Default { get; } = new();

    /// <summary>Scale of the limits.</summary>
    public IntervalKind Interval { get; init; } = IntervalKind.LogLog;

    /// <summary>Confidence level.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Variance estimator.</summary>
    public VarianceKind Variance { get; init; } = VarianceKind.ClusterRobust;

    /// <summary>
    /// Conditional start: the curve given "still out at this time". The remedy where a tiny early risk set would bring the curve to zero.
    /// </summary>
    public int? GivenStillOutAt { get; init; }
}
