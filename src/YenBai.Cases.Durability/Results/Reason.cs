namespace YenBai.Cases.Durability;

/// <summary>Why an estimate has no value. Every estimate of this library is a value or one of these.</summary>
public enum Reason : byte
{
    /// <summary>No observation reached the estimator.</summary>
    NoData,

    /// <summary>Observations, but none ended with the event in question.</summary>
    NoEvents,

    /// <summary>The curve never comes down to the level asked for.</summary>
    NotReached,

    /// <summary>Nobody was left under observation, so that no variance or limit can be given.</summary>
    RiskSetEmpty,

    /// <summary>The covariance or information matrix has no inverse.</summary>
    Singular,

    /// <summary>Fewer events than the number of parameters calls for.</summary>
    TooFewEvents,

    /// <summary>Withheld to protect the households behind the figure.</summary>
    Suppressed,

    /// <summary>Some covariate separates events from non-events perfectly: the coefficient has no finite estimate.</summary>
    Separated,
}
