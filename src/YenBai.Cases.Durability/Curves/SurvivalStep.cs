namespace YenBai.Cases.Durability;

/// <summary>One row of a survival curve: a time at which at least one observation ended.</summary>
/// <param name="Time">Duration.</param>
/// <param name="AtRisk">n: under observation just before.</param>
/// <param name="Events">d: re-entries at this time.</param>
/// <param name="Censored">Ends at this time for any other cause.</param>
/// <param name="Survival">S: share still out.</param>
/// <param name="StandardError">Of S; none once S is 0.</param>
/// <param name="LogError">Standard error of log S.</param>
/// <param name="CumulativeHazard">H = Σ d/n.</param>
/// <param name="HazardError">Standard error of H.</param>
/// <param name="Lower">Lower limit of S.</param>
/// <param name="Upper">Upper limit of S.</param>
public readonly record struct SurvivalStep(
    int Time, int AtRisk, int Events, int Censored, double Survival, Measure StandardError, Measure LogError,
    double CumulativeHazard, double HazardError, Measure Lower, Measure Upper);

/// <summary>A stretch in which nobody was under observation.</summary>
/// <param name="From">Nobody from here (exclusive) …</param>
/// <param name="To">… to here (inclusive).</param>
public readonly record struct InformationGap(int From, int To);

/// <summary>A quantile of the time to re-entry with its limits, each reached or not.</summary>
/// <param name="P">Share re-entered.</param>
/// <param name="Value">Smallest t with S(t) ≤ 1 − p.</param>
/// <param name="Lower">The same of the lower limit of S.</param>
/// <param name="Upper">The same of the upper limit of S.</param>
public readonly record struct QuantileEstimate(double P, Measure Value, Measure Lower, Measure Upper);
