using System.Text.Json.Serialization;
using YenBai.Cases.Durability;

namespace YenBai.Cases.Outcomes;

/// <summary>The indicators that come from facts of the list (durability contract, section 6).</summary>
[JsonConverter(typeof(SnakeCase<Indicator>))]
public enum Indicator
{
    PovertyRate,
    NetReductionPoints,
    NetReductionHouseholds,
    GrossExitRate,
    VoluntaryShare,

    /// <summary>What the papers call tái nghèo: it may pass 100 % and says nothing about how long exits last.</summary>
    FlowRatio,
    ReentryRateOfExited,
    ReentryByReview1,
    ReentryByReview2,
    ReentryByReview3,
    SustainedShare,
    YearsOutOfThree,
    Restored,
    ConfirmationCoverage,
}

[JsonConverter(typeof(SnakeCase<OutcomeUnit>))]
public enum OutcomeUnit { Share, Points, Households, Years }

/// <summary>Why an indicator has no value. A missing value is never a nought.</summary>
[JsonConverter(typeof(SnakeCase<Lacking>))]
public enum Lacking { NoDenominator, NoData, BeyondFollowUp, NotRecorded, Suppressed }

public sealed record OutcomeRange(double? Lower, double? Upper);

/// <param name="N">What the value is a share of; households at risk for what comes from a curve.</param>
/// <param name="Interval">At 95 %.</param>
/// <param name="Bounds">Between these the value lies whatever is true of what nobody recorded, or however a change of standard is counted.</param>
public sealed record Outcome(Indicator Code, OutcomeUnit Unit, double? Value, long? N, long? Numerator, OutcomeRange? Interval, OutcomeRange? Bounds, Lacking? Reason)
{
    public static Outcome Not(Indicator code, OutcomeUnit unit, Lacking reason) => new(code, unit, null, null, null, null, null, reason);

    public static Outcome Share(Indicator code, int part, int whole, OutcomeRange? bounds = null)
    {
        if (whole == 0) return Not(code, OutcomeUnit.Share, Lacking.NoData);
        // More can leave in a year than stood on the list when it began.
        if (part > whole) return new(code, OutcomeUnit.Share, (double)part / whole, whole, part, null, bounds, null);
        var share = Proportion.Of(part, whole);
        return new(code, OutcomeUnit.Share, share.Value.OrNull, whole, part, new(share.Lower.OrNull, share.Upper.OrNull), bounds, null);
    }
}
