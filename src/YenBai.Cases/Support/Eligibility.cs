using System.Globalization;
using System.Text.Json;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>One reason for or against, as a code with what its words need.</summary>
/// <param name="CanBeMended">The household can still do something about it; what it is entitled to does not hang on it.</param>
public sealed record EligibilityGround(string Code, bool Speaks, bool CanBeMended, params object?[] Data)
{
    /// <summary>In one text, as a refusal names it: the code and what its words need.</summary>
    public string Written => string.Join('|', Data.Select(d => d switch { DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Enum e => JsonNamingPolicy.SnakeCaseLower.ConvertName(e.ToString()), _ => d?.ToString() }).Prepend(Code));
}

/// <summary>Whether a household may have an instrument on a day, and why.</summary>
/// <param name="Terms">How much of it, to whom it is granted.</param>
public sealed record Eligibility(IReadOnlyList<EligibilityGround> Grounds, GrantTerms? Terms)
{
    /// <summary>A household is newly escaped for so long (Decision 28/2015).</summary>
    public const int NewlyEscapedMonths = 36;

    public bool Eligible => Grounds.All(g => g.Speaks);

    /// <summary>Who asks and is entitled waits; what it still has to do for it (to join a group) is part of the help.</summary>
    public bool Entitled => Grounds.All(g => g.Speaks || g.CanBeMended);

    public IEnumerable<EligibilityGround> Against => Grounds.Where(g => !g.Speaks);

    /// <param name="then">The household as it was on that day.</param>
    /// <param name="disabled">The person for whom it is meant is disabled; nothing of the household's record says so.</param>
    public static Eligibility Of(Instrument instrument, HouseholdState then, DateOnly day, bool disabled = false)
    {
        List<EligibilityGround> grounds = [];
        void Say(string code, bool speaks, params object?[] data) => grounds.Add(new(code, speaks, false, data));

        if (day < instrument.From) Say("instrument_not_yet", false, instrument.From);
        if (day > instrument.Until) Say("instrument_no_more", false, instrument.Until);
        if (instrument.Gap is { } gap && day >= gap.From && day <= gap.Through) Say("no_legal_basis", false, gap.From, gap.Through);

        var standing = StandingOn(then, day);
        Say("class_is", instrument.ForClasses.Contains(standing), standing, string.Join(';', instrument.ForClasses));
        if (instrument.ForClasses.Contains("newly_escaped") && LeftOn(then) is { } left)
        {
            var last = left.AddMonths(NewlyEscapedMonths);
            if (standing == "newly_escaped") Say("newly_escaped_until", true, left, last);
            else if (standing == "not_poor") Say("escaped_too_long_ago", false, left, last);
        }
        if (instrument.NeedsGroup is { } kind) grounds.Add(new("group_member", then.Groups.Any(g => g.Kind == kind), CanBeMended: true, kind));
        if (Instruments.CausesFor(instrument.Code).ToList() is { Count: > 0 } causes)
            Say("cause_recorded", then.LastAssessment is { } a && causes.Exists(c => c.Standard == a.Standard && a.Causes.Contains(c.Code)), instrument.Code);
        if (then.Status == ListStatus.Gone) Say("household_gone", false, then.StatusSince);

        List<string> groups = [standing];
        if (standing == "poor" && then.Then.EthnicMinority == true) groups.Add("poor_minority");
        if (disabled) groups.Add("disabled");
        return new(grounds, Instruments.TermsOf(instrument.Code, groups, day));
    }

    /// <summary>poor, near_poor, newly_escaped or not_poor: what instruments are for.</summary>
    public static string StandingOn(HouseholdState then, DateOnly day) => then.ClassOn(day)?.Class.Class switch
    {
        PovertyClass.Poor => "poor",
        PovertyClass.NearPoor => "near_poor",
        // Above the line of the near-poor alone: who went from poor to near-poor is near-poor.
        _ when LeftOn(then) is { } left && left.AddMonths(NewlyEscapedMonths) >= day => "newly_escaped",
        null => "unknown",
        _ => "not_poor",
    };

    /// <summary>When it came to be neither poor nor near-poor, after having been one of them.</summary>
    private static DateOnly? LeftOn(HouseholdState then) => then.LeftPoverty ?? (then.Status == ListStatus.Out ? then.LastExit : null);
}
