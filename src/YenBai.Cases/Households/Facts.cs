using System.Text.Json.Serialization;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Households;

/// <summary>What an event is to the list of the poor.</summary>
[JsonConverter(typeof(SnakeCase<FactKind>))]
public enum FactKind : short { Enter = 1, Exit, Confirm, MoveOut, Dissolve, TakeOver, Transfer, Split, Void, Withdraw }

/// <summary>What an event is to the rest of the product.</summary>
/// <param name="Name">The name under which it is stored, for ever.</param>
/// <param name="Fact">Which fact of the list it is; none for all others.</param>
/// <param name="Masked">What an evaluator may read of it: nothing that could tell whose it is.</param>
/// <param name="ForSponsors">What a sponsor may read of it; nothing where it is none of their business.</param>
public sealed record EventType(
    Type Type, string Name, FactKind? Fact, Func<HouseholdEvent, EventMask, HouseholdEvent> Masked, Func<HouseholdEvent, HouseholdEvent?> ForSponsors)
{
    /// <summary>The key of the sentence that says it.</summary>
    public string WordingKey => $"event.{Name}";
}

/// <summary>How an evaluator reads ids: households by a code made for one purpose, all else by an id that only this store can lead back.</summary>
/// <param name="CodeOf">What a household is called.</param>
public sealed record EventMask(Func<Guid, string> CodeOf)
{
    /// <summary>What facts refer to among themselves: an agreement, its conditions.</summary>
    public Guid Own(Guid id) => Ids.Named(Guid.Empty, CodeOf(id));
}

/// <summary>
/// Every event of a household's stream: its stored name, which fact of the list it is, and what of it evaluators and
/// sponsors may read. Names and shapes are the longest promise that the project makes: an entry is added, never changed.
/// </summary>
public static class Facts
{
    public static readonly IReadOnlyList<EventType> All =
    [
        Event<HouseholdRegistered>("household_registered", null, (x, m) => x with { Code = "", Hamlet = null, HeadId = null }, x => x with { Then = null }),
        Event<HouseholdTakenOver>("household_taken_over", FactKind.TakeOver, (x, _) => x, Whole),
        Event<HouseholdSplitFrom>("household_split_from", FactKind.Split, (x, m) => x with { Parent = Guid.Empty, ParentCode = m.CodeOf(x.Parent) }, Whole),
        Event<MembersJoined>("members_joined", null, (x, _) => x, Hidden),
        Event<MembersLeft>("members_left", null, (x, m) => x with { To = null }, Hidden),
        Event<HeadChanged>("head_changed", null, (x, m) => x with { HeadId = Guid.Empty }, Whole),
        Event<MovedWithin>("moved_within", FactKind.Transfer, (x, m) => x with { Hamlet = null }, Whole),
        // All answers of a form together tell one household from every other.
        Event<Assessed>("assessed", null, (x, m) => x with { Answers = null }, Hidden),
        Event<ClassDecided>("class_decided", null, (x, m) => x with { DecisionNumber = null }, x => x with { DecisionNumber = null }),
        Event<ListedPoor>("listed_poor", FactKind.Enter, (x, _) => x, Whole),
        Event<ExitRequested>("exit_requested", null, (x, m) => x with { WordingId = null, WitnessId = null, HelpId = null }, Hidden),
        Event<ExitRequestWithdrawn>("exit_request_withdrawn", null, (x, m) => x with { ReasonId = null }, Hidden),
        Event<Exited>("exited", FactKind.Exit, (x, _) => x, x => x with { ScoresSaid = null }),
        Event<ExitConfirmed>("exit_confirmed", FactKind.Confirm, (x, _) => x, Whole),
        Event<ReEntered>("re_entered", FactKind.Enter, (x, _) => x, Whole),
        Event<LoanGranted>("loan_granted", null, (x, m) => x with { SupportId = m.Own(x.SupportId), Lender = null, PurposeId = null }, Hidden),
        Event<TrainingJoined>("training_joined", null, (x, m) => x with { SupportId = m.Own(x.SupportId), Course = "", Provider = null }, Whole),
        Event<TrainingCompleted>("training_completed", null, (x, m) => x with { SupportId = m.Own(x.SupportId), Certificate = null }, Whole),
        Event<LivestockSupported>("livestock_supported", null, (x, m) => x with { SupportId = m.Own(x.SupportId) }, Whole),
        Event<ServiceProvided>("service_provided", null, (x, m) => x with { SupportId = m.Own(x.SupportId) }, Whole),
        Event<MeetingHeld>("meeting_held", null, (x, m) => x with { Minutes = null }, Hidden),
        Event<JobPlaced>("job_placed", null, (x, m) => x with { SupportId = m.Own(x.SupportId) }, Whole),
        Event<LivestockChanged>("livestock_changed", null, (x, m) => x with { SupportId = m.Own(x.SupportId) }, Whole),
        Event<LivestockPassedOn>("livestock_passed_on", null, (x, m) => x with { SupportId = m.Own(x.SupportId), To = Guid.Empty, ToCode = m.CodeOf(x.To) }, Whole),
        Event<LoanStatusReported>("loan_status_reported", null, (x, m) => x with { SupportId = m.Own(x.SupportId) }, Hidden),
        Event<SupportAsked>("support_asked", null, (x, _) => x, Hidden),
        Event<SupportRefused>("support_refused", null, (x, m) => x with { ReasonId = null }, Hidden),
        Event<SupportAgreed>("support_agreed", null,
            (x, m) => x with { SupportId = m.Own(x.SupportId), Sponsor = null, PersonId = null, Conditions = [.. x.Conditions.Select(c => c with { Id = m.Own(c.Id), TitleId = null, Owner = null })] },
            x => Instruments.FamilyOf(x.Instrument) == "loan" ? null : x with { PersonId = null, Conditions = [.. x.Conditions.Select(c => c with { TitleId = null, Owner = null })] }),
        Event<SupportSuspended>("support_suspended", null, (x, m) => x with { SupportId = m.Own(x.SupportId), ReasonId = null }, x => x with { ReasonId = null }),
        Event<SupportResumed>("support_resumed", null, (x, m) => x with { SupportId = m.Own(x.SupportId) }, Whole),
        Event<SupportExtended>("support_extended", null, (x, m) => x with { SupportId = m.Own(x.SupportId), ReasonId = null }, x => x with { ReasonId = null }),
        Event<SupportEnded>("support_ended", null, (x, m) => x with { SupportId = m.Own(x.SupportId), ReasonId = null }, x => x with { ReasonId = null }),
        Event<EvidenceHandedIn>("evidence_handed_in", null,
            (x, m) => x with { SupportId = m.Own(x.SupportId), ConditionId = m.Own(x.ConditionId), Attachments = [], NoteId = null },
            Hidden),
        Event<ConditionMet>("condition_met", null,
            (x, m) => x with { SupportId = m.Own(x.SupportId), ConditionId = m.Own(x.ConditionId), Attachments = [], NoteId = null },
            x => x with { Attachments = [], NoteId = null }),
        Event<ConditionMissed>("condition_missed", null, (x, m) => x with { SupportId = m.Own(x.SupportId), ConditionId = m.Own(x.ConditionId) }, Whole),
        Event<ConditionWaived>("condition_waived", null,
            (x, m) => x with { SupportId = m.Own(x.SupportId), ConditionId = m.Own(x.ConditionId), ReasonId = null },
            x => x with { ReasonId = null }),
        Event<ConditionReassigned>("condition_reassigned", null,
            (x, m) => x with { SupportId = m.Own(x.SupportId), ConditionId = m.Own(x.ConditionId), Owner = "" },
            x => x with { Owner = "" }),
        Event<SponsorAssigned>("sponsor_assigned", null, (x, m) => x with { Sponsor = "", From = null }, Whole),
        Event<SponsorReleased>("sponsor_released", null, (x, m) => x with { Sponsor = "", ReasonId = null }, Whole),
        Event<PledgeMade>("pledge_made", null, (x, m) => x with { PledgeId = m.Own(x.PledgeId), Sponsor = "", WhatId = null }, Whole),
        Event<PledgeDelivered>("pledge_delivered", null, (x, m) => x with { PledgeId = m.Own(x.PledgeId) }, Whole),
        Event<PledgeVerified>("pledge_verified", null, (x, m) => x with { PledgeId = m.Own(x.PledgeId), NoteId = null }, Whole),
        Event<HouseholdPlanSet>("household_plan_set", null, (x, m) => x with { Steps = [.. x.Steps.Select(s => s with { Owner = null, GoalId = null })] }, Hidden),
        Event<WorkerAssigned>("worker_assigned", null, (x, m) => x with { Worker = "" }, Hidden),
        Event<GroupJoined>("group_joined", null, (x, m) => x with { Group = "" }, Whole),
        Event<GroupLeft>("group_left", null, (x, m) => x with { Group = "" }, Whole),
        Event<ShockReported>("shock_reported", null, (x, m) => x with { NoteId = null }, Hidden),
        Event<Commended>("commended", null, (x, m) => x with { DecisionNumber = null, AwardId = null }, Whole),
        Event<ComplaintLodged>("complaint_lodged", null, (x, m) => x with { ComplaintId = m.Own(x.ComplaintId), WordingId = null }, Hidden),
        Event<ComplaintAnswered>("complaint_answered", null, (x, m) => x with { ComplaintId = m.Own(x.ComplaintId), AnswerId = null }, Hidden),
        Event<VisitPlanned>("visit_planned", null, (x, m) => x with { Owner = null }, x => x with { Owner = null }),
        Event<VisitRecorded>("visit_recorded", null, (x, m) => x with { NoteId = null }, x => x with { NoteId = null }),
        Event<VisitSuggestionDeclined>("visit_suggestion_declined", null, (x, m) => x with { ReasonId = null }, Hidden),
        Event<MovedOut>("moved_out", FactKind.MoveOut, (x, _) => x, Whole),
        Event<Dissolved>("dissolved", FactKind.Dissolve, (x, _) => x, Whole),
        Event<MergedInto>("merged_into", FactKind.Dissolve, (x, m) => x with { Into = Guid.Empty, IntoCode = m.CodeOf(x.Into) }, Whole),
        Event<FactAnnulled>("fact_annulled", FactKind.Void, (x, m) => x with { ReasonId = null }, x => x with { ReasonId = null }),
        Event<ImportWithdrawn>("import_withdrawn", FactKind.Withdraw, (x, _) => x, Whole),
        Event<ConsentGiven>("consent_given", null, (x, m) => x with { PersonId = null }, Whole),
        Event<ConsentWithdrawn>("consent_withdrawn", null, (x, _) => x, Whole),
        Event<ProcessingRestricted>("processing_restricted", null, (x, m) => x with { ReasonId = null }, Hidden),
        Event<RestrictionUpheld>("restriction_upheld", null, (x, m) => x with { AnswerId = null }, Hidden),
        Event<RestrictionLifted>("restriction_lifted", null, (x, m) => x with { AnswerId = null }, Hidden),
        Event<PersonCorrected>("person_corrected", null, (x, m) => x with { PersonId = Guid.Empty }, Whole),
        Event<PersonalDataErased>("personal_data_erased", null, (x, m) => x with { PersonIds = [] }, Whole),
    ];

    private static readonly Dictionary<Type, EventType> ByType = All.ToDictionary(e => e.Type);

    private static readonly Dictionary<string, EventType> ByName = All.ToDictionary(e => e.Name);

    /// <summary>The event that is stored under a name.</summary>
    public static EventType Named(string name) => ByName[name];

    public static EventType Of(HouseholdEvent e) => ByType[e.GetType()];

    public static string NameOf(HouseholdEvent e) => ByType[e.GetType()].Name;

    private static EventType Event<T>(string name, FactKind? fact, Func<T, EventMask, T> masked, Func<T, T?> forSponsors) where T : HouseholdEvent =>
        new(typeof(T), name, fact, (e, mask) => masked((T)e, mask), e => forSponsors((T)e));

    private static T? Whole<T>(T e) where T : HouseholdEvent => e;

    private static T? Hidden<T>(T e) where T : HouseholdEvent => null;
}
