using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>One reason for or against, as a code with what its words need.</summary>
public sealed record EligibilityGround(string Code, bool Speaks, params object?[] Data);

/// <summary>Whether a household may have an instrument on a day, and why.</summary>
public sealed record Eligibility(bool Eligible, IReadOnlyList<EligibilityGround> Grounds)
{
    /// <summary>A household is newly escaped for so long (Decision 28/2015).</summary>
    public const int NewlyEscapedMonths = 36;

    /// <param name="then">The household as it was on that day.</param>
    public static Eligibility Of(Instrument instrument, HouseholdState then, DateOnly day)
    {
        List<EligibilityGround> grounds = [];
        if (day < instrument.From) grounds.Add(new("instrument_not_yet", false, instrument.From));
        if (day > instrument.Until) grounds.Add(new("instrument_no_more", false, instrument.Until));
        grounds.Add(new("class_is", instrument.ForClasses.Contains(StandingOn(then, day)), StandingOn(then, day), string.Join(';', instrument.ForClasses)));
        if (then.Status == ListStatus.Gone) grounds.Add(new("household_gone", false, then.StatusSince));
        return new(grounds.TrueForAll(g => g.Speaks), grounds);
    }

    /// <summary>poor, near_poor, newly_escaped or not_poor: what instruments are for.</summary>
    public static string StandingOn(HouseholdState then, DateOnly day) => then.ClassOn(day)?.Class.Class switch
    {
        PovertyClass.Poor => "poor",
        PovertyClass.NearPoor => "near_poor",
        _ when then.Status == ListStatus.Out && then.LastExit is { } exit && exit.AddMonths(NewlyEscapedMonths) >= day => "newly_escaped",
        null => "unknown",
        _ => "not_poor",
    };
}
