using Microsoft.Extensions.Localization;
using YenBai.Cases.Households;

namespace YenBai.Cases.Web.Words;

/// <summary>One sentence a fact. What stands in person and note records is not in it.</summary>
public sealed class EventWords(IStringLocalizer<Texts> texts, Wording words, StandardWords standards)
{
    public string Sentence(HouseholdEvent e) => e switch
    {
        HouseholdRegistered x => Join(Say(e, Where(x.Unit, x.Hamlet)), x.Members is { } m ? texts["part.members", m].Value : null),
        HouseholdTakenOver x => Join(Say(e), words.Choice(x.History)),
        HouseholdSplitFrom x => Join(Say(e, x.ParentCode), x.Status == ListStatus.Unknown ? null : texts["part.status_kept", words.Choice(x.Status)].Value),
        MembersJoined x => Join(Say(e, x.Count, words.Choice(x.Change)), Children(x.Under16)),
        MembersLeft x => Join(Say(e, x.Count, words.Choice(x.Change)), Children(x.Under16)),
        HeadChanged x => Join(Say(e), x.Change is { } c ? words.Choice(c) : null),
        MovedWithin x => x.Unit == x.From ? texts["event.moved_hamlet", x.Hamlet ?? "–"].Value : Say(e, words.PlaceInFull(x.From), Where(x.Unit, x.Hamlet)),
        Assessed x => Join(Say(e, words.Standard(x.Standard)), Scores(x), Listed("part.deprivations", standards.Deprivations(x.Standard, x.Deprivations)), Listed("part.causes", standards.Causes(x.Standard, x.Causes)), Listed("part.needs", standards.Needs(x.Standard, x.Needs))),
        ClassDecided x => Join(Say(e, words.Choice(x.Class), words.Standard(x.Standard)), Number(x.DecisionNumber)),
        ListedPoor x => Join(Say(e), Cause(x.Cause), Under(x.Standard)),
        ReEntered x => Join(Say(e), Cause(x.Cause), Under(x.Standard)),
        Exited x => Join(
            x.To switch { PovertyClass.NearPoor => texts["event.exited_to_near_poor"].Value, PovertyClass.NotPoor => texts["event.exited_fully"].Value, _ => Say(e) },
            x.Voluntary switch { true => texts["part.voluntary"].Value, false => texts["part.not_voluntary"].Value, _ => null },
            x.Support is null or "none" ? null : texts["part.supported_by", words.Supports(x.Support)].Value),
        LoanGranted x => Join(Say(e, words.Money(x.Amount)), x.Lender, x.TermMonths is { } t ? texts["part.term", t].Value : null),
        TrainingJoined x => Join(Say(e, x.Course), x.Provider),
        TrainingCompleted x => Join(Say(e), x.Certificate is null ? null : texts["part.certificate", x.Certificate].Value),
        LivestockSupported x => Join(Say(e, x.Count, words.Choice(x.Species)), x.Worth is { } w ? texts["part.worth", words.Money(w)].Value : null),
        ServiceProvided x => Join(Say(e, words.Choice(x.Service)), x.Until is { } u ? texts["part.until", words.Day(u)].Value : null),
        MergedInto x => Say(e, x.IntoCode),
        ConsentGiven x => Say(e, words.Choice(x.Scope), words.Choice(x.Form)),
        ConsentWithdrawn x => Say(e, words.Choice(x.Scope)),
        _ => Say(e),
    };

    /// <summary>The kind of a fact in a few words, as lists have it.</summary>
    public string Kind(string storedName) => texts[$"kind.{storedName}"].Value;

    public static string Icon(HouseholdEvent e) => e switch
    {
        HouseholdRegistered or HouseholdTakenOver => "assignment_ind",
        HouseholdSplitFrom or MergedInto => "call_split",
        MembersJoined or MembersLeft or HeadChanged => "groups",
        MovedWithin or MovedOut => "local_shipping",
        Assessed => "fact_check",
        ClassDecided => "gavel",
        ListedPoor or ReEntered => "trending_down",
        Exited => "trending_up",
        ExitConfirmed => "verified",
        ExitRequested or ExitRequestWithdrawn => "front_hand",
        LoanGranted => "payments",
        TrainingJoined or TrainingCompleted => "school",
        LivestockSupported => "pets",
        ServiceProvided => "medical_services",
        VisitRecorded => "directions_walk",
        FactAnnulled or ImportWithdrawn => "block",
        ConsentGiven or ConsentWithdrawn => "front_hand",
        ProcessingRestricted or RestrictionUpheld or RestrictionLifted => "block",
        PersonCorrected or PersonalDataErased => "assignment_ind",
        _ => "event_note",
    };

    /// <summary>The colour that a fact has for its meaning: worse, better, or none.</summary>
    public static string Tone(HouseholdEvent e) => e switch
    {
        ListedPoor or ReEntered => "worse",
        Exited or ExitConfirmed => "better",
        LoanGranted or TrainingJoined or TrainingCompleted or LivestockSupported or ServiceProvided => "support",
        _ => "",
    };

    private string Say(HouseholdEvent e, params object[] data) => texts[$"event.{Facts.NameOf(e)}", data].Value;

    private string Where(string unit, string? hamlet) => string.IsNullOrEmpty(hamlet) ? words.PlaceInFull(unit) : $"{hamlet}, {words.PlaceInFull(unit)}";

    private string? Children(int under16) => under16 > 0 ? texts["part.under16", under16].Value : null;

    private string? Cause(EntryCause cause) => cause == EntryCause.Unknown ? null : words.Choice(cause);

    private string? Under(string? standard) => standard is null ? null : words.Standard(standard);

    private string? Number(string? decision) => string.IsNullOrEmpty(decision) ? null : texts["part.decision", decision].Value;

    private string? Scores(Assessed e) => (e.ScoreA, e.ScoreB) switch
    {
        (null, null) => null,
        ({ } a, null) => texts["part.score_a", words.Number(a)].Value,
        (null, { } b) => texts["part.score_b", words.Number(b)].Value,
        ({ } a, { } b) => texts["part.scores", words.Number(a), words.Number(b)].Value,
    };

    private string? Listed(string key, string names) => names.Length == 0 ? null : texts[key, names].Value;

    private static string Join(params string?[] parts) => string.Join("; ", parts.Where(p => !string.IsNullOrEmpty(p)));
}
