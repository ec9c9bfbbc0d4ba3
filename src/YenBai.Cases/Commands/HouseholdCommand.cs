using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Commands;

/// <summary>
/// What somebody wants to have recorded of a household. Deciding is pure: the command, the household as its facts tell
/// it, and the occasion go in; events or a refusal come out.
/// </summary>
/// <param name="On">The day on which it became true.</param>
public abstract record HouseholdCommand(DateOnly On)
{
    public const int LongestText = 4000;

    /// <summary>The code of another household that the decision must look at.</summary>
    internal virtual string? OtherCode => null;

    /// <summary>Whether that code is to become a new household's: that it is taken cannot be hidden from who would take it.</summary>
    internal virtual bool TakesOtherCode => false;

    /// <summary>The code of an agency that the decision must look at.</summary>
    internal virtual string? SponsorCode => null;

    /// <summary>The staff codes that it names, with the field of each.</summary>
    internal virtual IEnumerable<(string Field, string Code)> StaffCodes => [];

    /// <summary>Whether the decision must know the persons of the household.</summary>
    internal virtual bool NeedsPeople => false;

    /// <summary>The attachments that it refers to.</summary>
    internal virtual IReadOnlyList<Guid> AttachmentIds => [];

    /// <summary>
    /// Whether it only adds a fact that nothing recorded meanwhile can contradict: a version that is no longer the newest is then no
    /// reason to refuse it. It is decided on the household as it is now, and refused if it does not fit that.
    /// </summary>
    internal virtual bool OnlyAppends => false;

    /// <summary>Whether it may still be said of a household that moved away or was dissolved.</summary>
    protected virtual bool ForTheGone => false;

    public Decision Decide(Household household, Occasion occasion)
    {
        if (On > occasion.Today) return new Refusal("date_in_future", "on", On, occasion.Today);
        if (On.Year < 1945) return new Refusal("date_too_early", "on", On);

        var then = household.StateAt(On, occasion.Now);
        if (then.Status == ListStatus.Gone && !ForTheGone) return new Refusal("household_gone", null, then.StatusSince);

        if (WaitsUnderRestriction(household) is { } restricted) return restricted;

        var decision = Decide(then, household, occasion);
        if (decision.Refusal is null && UnknownStaff(occasion) is { } unknown) return unknown;
        return decision.Refusal is null ? decision with { Warnings = [.. decision.Warnings, .. Oddities(decision, then, household)] } : decision;
    }

    /// <summary>It counts whether the household is restricted now, whatever day the command is about: the restriction has effect at once.</summary>
    private Refusal? WaitsUnderRestriction(Household household) =>
        (CommandCatalog.Of(this)?.Ground ?? RestrictionGround.AddsPersonalData) is RestrictionGround.AddsPersonalData or RestrictionGround.Shares
        && household.Latest().Restriction is { } standing
            ? new Refusal("processing_restricted", null, standing.Since)
            : null;

    /// <summary>A name in place of a staff code would stay in the event for ever: only who has an account is taken.</summary>
    private Refusal? UnknownStaff(Occasion occasion)
    {
        if (occasion.Staff is not { } staff) return null;
        foreach (var (field, code) in StaffCodes)
            if (!string.IsNullOrWhiteSpace(code) && !staff.Contains(code.Trim())) return new Refusal("unknown_staff", field);
        return null;
    }

    protected abstract Decision Decide(HouseholdState then, Household household, Occasion occasion);

    /// <summary>A true fact that makes another look odd is taken, and said to be odd.</summary>
    private static List<string> Oddities(Decision decision, HouseholdState then, Household household)
    {
        var odd = new List<string>();
        if (household.Exists && !then.Known && !(decision.Events.Count > 0 && decision.Events.All(e => e is FactAnnulled))) odd.Add("before_registration");
        var before = household.Latest().IgnoredFacts.Count;
        var version = household.Version;
        var after = household.With(decision.Events.Select(e => new Fact(++version, Guid.Empty, e, null))).Latest().IgnoredFacts.Count;
        if (after > before) odd.Add("contradicts_other_facts");
        return odd;
    }

    /// <summary>The place to freeze on a fact: that of the day, or the first one known where the day lies before it.</summary>
    protected static string UnitOn(HouseholdState then, Household household) => then.Known ? then.Unit : household.Latest().Unit;

    /// <summary>A person of this household whose record is there, or what is wrong.</summary>
    protected static (Person? Person, Refusal? Refusal) OfThisHousehold(Guid id, Occasion occasion) =>
        occasion.People.FirstOrDefault(p => p.Id == id) switch
        {
            null => (null, new("unknown_person", "person")),
            { Erased: not null } => (null, new("person_erased", "person")),
            var person => (person, null),
        };

    protected Refusal? UnknownAttachment(Occasion occasion) =>
        AttachmentIds.FirstOrDefault(id => !occasion.Attachments.Contains(id)) is var unknown && unknown != Guid.Empty ? new("unknown_attachment", "attachments", unknown) : null;

    protected static Note? NoteFor(string? text, string purpose, Household household, Occasion occasion) =>
        string.IsNullOrWhiteSpace(text) ? null : new Note(occasion.Id(purpose), household.Id, text.Trim(), occasion.Now);

    protected static Refusal? TooLong(string? text, string field, int longest = LongestText) =>
        text?.Length > longest ? new Refusal("text_too_long", field, longest) : null;

    protected static Refusal? Missing(string? text, string field) =>
        string.IsNullOrWhiteSpace(text) ? new Refusal("required", field) : null;
}

/// <summary>A command that starts a household, and is given for none.</summary>
public abstract record StartingCommand(DateOnly On) : HouseholdCommand(On)
{
    /// <summary>The code that the household is to have.</summary>
    internal abstract string? NewCode { get; }
}
