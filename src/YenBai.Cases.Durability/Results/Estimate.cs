namespace YenBai.Cases.Durability;

/// <summary>A point estimate with its standard error and limits, each a value or a reason.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Lower">Lower confidence limit.</param>
/// <param name="Upper">Upper confidence limit.</param>
/// <param name="AtRisk">Number under observation at that time.</param>
/// <param name="BeyondFollowUp">The value is carried flat past the last observed time: nobody was followed that long.</param>
public readonly record struct Estimate(
    Measure Value, Measure StandardError, Measure Lower, Measure Upper, int AtRisk = 0, bool BeyondFollowUp = false)
{
    /// <summary>An estimate without anything, for one reason.</summary>
    public static Estimate Not(Reason reason) => new(reason, reason, reason, reason);

    /// <summary>One minus the estimate (share re-entered from share still out): limits change places.</summary>
    public Estimate Complement() => this with
    {
        Value = Value.Map(OneMinus),
        Lower = Upper.Map(OneMinus),
        Upper = Lower.Map(OneMinus),
    };

    static double OneMinus(double x) => 1 - x;
}
