namespace YenBai.Cases.Durability;

/// <summary>Scale on which covariates add up.</summary>
public enum Link : byte
{
    /// <summary>log(h/(1 − h)): odds (Cox 1972, discrete; Allison 1982; Jenkins 1995).</summary>
    Logit,

    /// <summary>log(−log(1 − h)): grouped proportional hazards (Prentice &amp; Gloeckler 1978).</summary>
    ComplementaryLogLog,
}

/// <summary>How the hazard depends on the cycle alone.</summary>
public enum BaselineKind : byte
{
    /// <summary>A level for each cycle, the last ones together; no assumption, but a parameter a cycle.</summary>
    PerCycle,

    /// <summary>An intercept and the logarithm of the cycle.</summary>
    LogCycle,
}

/// <summary>How <see cref="DiscreteHazard"/> regresses.</summary>
public sealed record HazardOptions
{
    /// <summary>The defaults.</summary>
    public static HazardOptions Default { get; } = new();

    /// <summary>The link.</summary>
    public Link Link { get; init; } = Link.Logit;

    /// <summary>The baseline.</summary>
    public BaselineKind Baseline { get; init; } = BaselineKind.PerCycle;

    /// <summary>K: cycles from this one on share a level.</summary>
    public int LastCycle { get; init; } = 5;

    /// <summary>Confidence level.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Fewer events a parameter than this are refused; 0 = never.</summary>
    public int MinimumEventsPerParameter { get; init; } = 10;

    /// <summary>
    /// Weight of a penalty λ/2·Σβ² on the standardised covariates (Hoerl &amp; Kennard 1970; le Cessie &amp; van Houwelingen 1992): for prediction
    /// from few events. The baseline is not penalised. Zero = maximum likelihood.
    /// </summary>
    public double Ridge { get; init; }
}
