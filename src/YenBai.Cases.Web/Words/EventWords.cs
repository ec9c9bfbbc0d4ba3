using Microsoft.Extensions.Localization;
using YenBai.Cases.CaseFiles;
using YenBai.Cases.Households;
using YenBai.Cases.Support;

namespace YenBai.Cases.Web.Words;

/// <summary>One sentence a fact. What stands in person and note records is not in it.</summary>
public sealed class EventWords(IStringLocalizer<Texts> texts, Wording words, StandardWords standards)
{
    /// <param name="file">The file that the fact is from: with it a fact about an agreement or a condition says which.</param>
    public string Sentence(HouseholdEvent e, CaseFile? file = null) => e switch
    {
        HouseholdRegistered x => Join(Say(e, Where(x.Unit, x.Hamlet)), x.Members is { } m ? texts["part.members", m].Value : null),
        HouseholdTakenOver x => Join(Say(e), words.Choice(x.History)),
        HouseholdSplitFrom x => Join(Say(e, x.ParentCode), x.Status == ListStatus.Unknown ? null : texts["part.status_kept", words.Choice(x.Status)].Value),
        MembersJoined x => Join(Say(e, x.Count, words.Choice(x.Change)), Children(x.Under16)),
        MembersLeft x => Join(Say(e, x.Count, words.Choice(x.Change)), Children(x.Under16)),
        HeadChanged x => Join(Say(e), x.Change is { } c ? words.Choice(c) : null),
        MovedWithin x => x.Unit == x.From ? texts["event.moved_hamlet", x.Hamlet ?? "–"].Value : Say(e, words.PlaceInFull(x.From), Where(x.Unit, x.Hamlet)),
        Assessed x => Join(Say(e, words.Standard(x.Standard)), Scores(x), Listed("part.deprivations", standards.Deprivations(x.Standard, x.Deprivations)), Listed("part.causes", standards.Causes(x.Standard, x.Causes)), Listed("part.needs", standards.Needs(x.Standard, x.Needs))),
        MeetingHeld x => Join(
            Say(e, words.Choice(x.Proposed), words.Standard(x.Standard)), texts["part.agreed_of_present", x.Agreed, x.Present].Value,
            x.Minutes is { Length: > 0 } minutes ? texts["part.minutes", minutes].Value : null),
        ClassDecided x => Join(
            Say(e, words.Choice(x.Class), words.Standard(x.Standard)), Number(x.DecisionNumber), x.Signatory is { } s ? texts["part.signed_by", words.Choice(s)].Value : null),
        ExitRequested x => Join(Say(e), ScoresSaid(x.ScoresSaid)),
        ListedPoor x => Join(Say(e), Cause(x.Cause), Under(x.Standard)),
        ReEntered x => Join(Say(e), Cause(x.Cause), Under(x.Standard)),
        Exited x => Join(
            x.To switch { PovertyClass.NearPoor => texts["event.exited_to_near_poor"].Value, PovertyClass.NotPoor => texts["event.exited_fully"].Value, _ => Say(e) },
            x.Voluntary switch { true => texts["part.voluntary"].Value, false => texts["part.not_voluntary"].Value, _ => null },
            x.Support is null or "none" ? null : texts["part.supported_by", words.Supports(x.Support)].Value,
            ScoresSaid(x.ScoresSaid)),
        LoanGranted x => Join(Say(e, words.Money(x.Amount)), x.Lender, x.TermMonths is { } t ? texts["part.term", t].Value : null),
        TrainingJoined x => Join(Say(e, x.Course), x.Provider),
        TrainingCompleted x => Join(Say(e), x.Certificate is null ? null : texts["part.certificate", x.Certificate].Value),
        LivestockSupported x => Join(Say(e, x.Count, words.Choice(x.Species)), x.Worth is { } w ? texts["part.worth", words.Money(w)].Value : null),
        ServiceProvided x => Join(Say(e, words.Choice(x.Service)), x.Until is { } u ? texts["part.until", words.Day(u)].Value : null),
        JobPlaced x => Say(e, words.Choice(x.Kind)),
        LivestockChanged x => Join(Say(e, words.Choice(x.Change), x.Count), x.Proceeds is { } p ? texts["part.proceeds", words.Money(p)].Value : null),
        LivestockPassedOn x => Say(e, x.Count, x.ToCode),
        LoanStatusReported x => Join(
            Say(e, words.Money(x.Balance)), x.Overdue > 0 ? texts["part.overdue", words.Money(x.Overdue), words.Number((long)x.DaysOverdue)].Value : texts["part.no_overdue"].Value),
        SupportAsked x => Say(e, words.Instrument(x.Instrument)),
        SupportRefused x => Say(e, words.Instrument(x.Instrument), words.Choice(x.Ground)),
        SupportAgreed x => Join(
            Say(e, words.Instrument(x.Instrument)), x.Amount > 0 ? words.Money(x.Amount) : null, texts["part.from_to", words.Day(x.Start), words.Day(x.End)].Value,
            x.Conditions.Count > 0 ? texts["part.conditions", x.Conditions.Count].Value : null,
            x.Funding.Count > 0 ? texts["part.funding", words.Fundings(x.Funding)].Value : null, Sponsor(x.Sponsor)),
        SupportSuspended x => About(Say(e), x.SupportId, file),
        SupportResumed x => About(Say(e), x.SupportId, file),
        SupportExtended x => About(Say(e, x.Days), x.SupportId, file),
        SupportEnded x => About(texts[$"event.support_ended.{Wording.Code(x.Outcome)}"].Value, x.SupportId, file),
        EvidenceHandedIn x => Join(About(Say(e), x.SupportId, x.ConditionId, file), Attached(x.Attachments)),
        ConditionMet x => Join(About(Say(e), x.SupportId, x.ConditionId, file), Attached(x.Attachments)),
        ConditionMissed x => About(Say(e, words.Day(x.Due)), x.SupportId, x.ConditionId, file),
        ConditionWaived x => About(Say(e), x.SupportId, x.ConditionId, file),
        ConditionReassigned x => Join(About(Say(e), x.SupportId, x.ConditionId, file), x.Owner.Length > 0 ? texts["part.owner", x.Owner].Value : null),
        SponsorAssigned x => Join(Say(e), Sponsor(x.Sponsor), x.From is { Length: > 0 } from ? texts["part.hand_over", from].Value : null),
        SponsorReleased x => Join(Say(e), Sponsor(x.Sponsor)),
        PledgeMade x => Join(Say(e, words.Instrument(x.Instrument), words.Day(x.By)), x.Amount > 0 ? words.Money(x.Amount) : null, Sponsor(x.Sponsor)),
        PledgeDelivered x => Say(e, words.Money(x.Amount)),
        HouseholdPlanSet x => Join(Say(e, x.Steps.Count), string.Join(", ", x.Steps.Select(s => s.Instrument).OfType<string>().Distinct().Select(words.Instrument))),
        WorkerAssigned x => Join(Say(e), x.Worker),
        GroupJoined x => Join(Say(e, words.Choice(x.Kind)), x.Group),
        GroupLeft x => Join(Say(e, words.Choice(x.Kind)), x.Group),
        ShockReported x => Say(e, words.Choice(x.Kind)),
        Commended x => Join(Say(e, words.Choice(x.By)), Number(x.DecisionNumber)),
        ComplaintLodged x => Say(e, words.Choice(x.About)),
        ComplaintAnswered { Upheld: true } => texts["event.complaint_answered.upheld"].Value,
        VisitPlanned x => Say(e, words.Day(x.Day), words.Choice(x.Purpose)),
        VisitSuggestionDeclined x => Say(e, words.Choice(x.Ground)),
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
        LoanGranted or LoanStatusReported => "payments",
        TrainingJoined or TrainingCompleted => "school",
        LivestockSupported or LivestockChanged or LivestockPassedOn => "pets",
        ServiceProvided => "medical_services",
        VisitRecorded or VisitPlanned or VisitSuggestionDeclined => "directions_walk",
        MeetingHeld or GroupJoined or GroupLeft => "groups",
        SupportAsked or SupportAgreed or PledgeMade or PledgeDelivered or PledgeVerified or SponsorAssigned or SponsorReleased => "volunteer_activism",
        SupportRefused => "block",
        SupportSuspended or SupportResumed or SupportExtended => "schedule",
        SupportEnded { Outcome: SupportOutcome.Completed } or ConditionMet => "check_circle",
        SupportEnded or ConditionMissed => "cancel",
        EvidenceHandedIn => "upload_file",
        ConditionWaived or ConditionReassigned => "event_note",
        JobPlaced => "place",
        HouseholdPlanSet => "flag",
        WorkerAssigned => "assignment_ind",
        ShockReported => "warning",
        Commended => "star",
        ComplaintLodged or ComplaintAnswered => "help",
        FactAnnulled or ImportWithdrawn => "block",
        ConsentGiven or ConsentWithdrawn => "front_hand",
        ProcessingRestricted or RestrictionUpheld or RestrictionLifted => "block",
        PersonCorrected or PersonalDataErased => "assignment_ind",
        _ => "event_note",
    };

    /// <summary>The colour that a fact has for its meaning: worse, better, or none.</summary>
    public static string Tone(HouseholdEvent e) => e switch
    {
        ListedPoor or ReEntered or ConditionMissed or SupportEnded { Outcome: SupportOutcome.Lapsed or SupportOutcome.EndedEarly } or ShockReported => "worse",
        Exited or ExitConfirmed or ConditionMet or SupportEnded or Commended => "better",
        LoanGranted or TrainingJoined or TrainingCompleted or LivestockSupported or ServiceProvided or SupportAgreed or JobPlaced => "support",
        _ => "",
    };

    /// <summary>What changes where a household stands on the list.</summary>
    public static bool IsWeighty(HouseholdEvent e) => e is Exited or ReEntered or ListedPoor or ClassDecided or MovedOut or Dissolved or MergedInto;

    private string Say(HouseholdEvent e, params object[] data) => texts[Facts.Of(e).WordingKey, data].Value;

    private string About(string said, Guid support, CaseFile? file) => Agreed(support, file) is { } agreed ? $"{said}: {words.Instrument(agreed.Instrument)}" : said;

    private string About(string said, Guid support, Guid condition, CaseFile? file) =>
        Agreed(support, file)?.Conditions.FirstOrDefault(c => c.Id == condition) is { } asked ? $"{said}: {words.Condition(asked, file!.Notes)}" : said;

    private static SupportAgreed? Agreed(Guid support, CaseFile? file) => file?.Household.Facts.Select(f => f.Event).OfType<SupportAgreed>().FirstOrDefault(a => a.SupportId == support);

    private string? Attached(IReadOnlyList<Guid> attachments) => attachments.Count == 0 ? null : texts["part.attachments", attachments.Count].Value;

    private string? Sponsor(string? code) => string.IsNullOrEmpty(code) ? null : texts["part.sponsor", code].Value;

    private string? ScoresSaid(PovertyClass? said) => said is { } c ? texts["part.scores_said", words.Choice(c)].Value : null;

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
