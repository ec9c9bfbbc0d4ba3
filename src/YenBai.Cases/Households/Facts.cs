using System.Text.Json.Serialization;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Households;

/// <summary>What an event is to the list of the poor.</summary>
[JsonConverter(typeof(SnakeCase<FactKind>))]
public enum FactKind : short { Enter = 1, Exit, Confirm, MoveOut, Dissolve, TakeOver, Transfer, Split, Void, Withdraw }

/// <param name="Name">The name under which it is stored, for ever.</param>
/// <param name="Fact">Which fact of the list it is; none for all others.</param>
public sealed record EventType(Type Type, string Name, FactKind? Fact);

/// <summary>
/// Every event of a household's stream, its stored name, and which fact of the list it is. Names and shapes are the
/// longest promise that the project makes: an entry is added, never changed.
/// </summary>
public static class Facts
{
    public static readonly IReadOnlyList<EventType> All =
    [
        Event<HouseholdRegistered>("household_registered"),
        Event<HouseholdTakenOver>("household_taken_over", FactKind.TakeOver),
        Event<HouseholdSplitFrom>("household_split_from", FactKind.Split),
        Event<MembersJoined>("members_joined"),
        Event<MembersLeft>("members_left"),
        Event<HeadChanged>("head_changed"),
        Event<MovedWithin>("moved_within", FactKind.Transfer),
        Event<Assessed>("assessed"),
        Event<ClassDecided>("class_decided"),
        Event<ListedPoor>("listed_poor", FactKind.Enter),
        Event<ExitRequested>("exit_requested"),
        Event<ExitRequestWithdrawn>("exit_request_withdrawn"),
        Event<Exited>("exited", FactKind.Exit),
        Event<ExitConfirmed>("exit_confirmed", FactKind.Confirm),
        Event<ReEntered>("re_entered", FactKind.Enter),
        Event<LoanGranted>("loan_granted"),
        Event<TrainingJoined>("training_joined"),
        Event<TrainingCompleted>("training_completed"),
        Event<LivestockSupported>("livestock_supported"),
        Event<ServiceProvided>("service_provided"),
        Event<MeetingHeld>("meeting_held"),
        Event<JobPlaced>("job_placed"),
        Event<LivestockChanged>("livestock_changed"),
        Event<LivestockPassedOn>("livestock_passed_on"),
        Event<LoanStatusReported>("loan_status_reported"),
        Event<SupportAsked>("support_asked"),
        Event<SupportRefused>("support_refused"),
        Event<SupportAgreed>("support_agreed"),
        Event<SupportSuspended>("support_suspended"),
        Event<SupportResumed>("support_resumed"),
        Event<SupportExtended>("support_extended"),
        Event<SupportEnded>("support_ended"),
        Event<EvidenceHandedIn>("evidence_handed_in"),
        Event<ConditionMet>("condition_met"),
        Event<ConditionMissed>("condition_missed"),
        Event<ConditionWaived>("condition_waived"),
        Event<ConditionReassigned>("condition_reassigned"),
        Event<SponsorAssigned>("sponsor_assigned"),
        Event<SponsorReleased>("sponsor_released"),
        Event<PledgeMade>("pledge_made"),
        Event<PledgeDelivered>("pledge_delivered"),
        Event<PledgeVerified>("pledge_verified"),
        Event<HouseholdPlanSet>("household_plan_set"),
        Event<WorkerAssigned>("worker_assigned"),
        Event<GroupJoined>("group_joined"),
        Event<GroupLeft>("group_left"),
        Event<ShockReported>("shock_reported"),
        Event<Commended>("commended"),
        Event<ComplaintLodged>("complaint_lodged"),
        Event<ComplaintAnswered>("complaint_answered"),
        Event<VisitPlanned>("visit_planned"),
        Event<VisitRecorded>("visit_recorded"),
        Event<VisitSuggestionDeclined>("visit_suggestion_declined"),
        Event<MovedOut>("moved_out", FactKind.MoveOut),
        Event<Dissolved>("dissolved", FactKind.Dissolve),
        Event<MergedInto>("merged_into", FactKind.Dissolve),
        Event<FactAnnulled>("fact_annulled", FactKind.Void),
        Event<ImportWithdrawn>("import_withdrawn", FactKind.Withdraw),
        Event<ConsentGiven>("consent_given"),
        Event<ConsentWithdrawn>("consent_withdrawn"),
        Event<ProcessingRestricted>("processing_restricted"),
        Event<RestrictionUpheld>("restriction_upheld"),
        Event<RestrictionLifted>("restriction_lifted"),
        Event<PersonCorrected>("person_corrected"),
        Event<PersonalDataErased>("personal_data_erased"),
    ];

    private static readonly Dictionary<Type, EventType> ByType = All.ToDictionary(e => e.Type);

    private static readonly Dictionary<string, EventType> ByName = All.ToDictionary(e => e.Name);

    /// <summary>The event that is stored under a name.</summary>
    public static EventType Named(string name) => ByName[name];

    public static EventType Of(HouseholdEvent e) => ByType[e.GetType()];

    public static string NameOf(HouseholdEvent e) => ByType[e.GetType()].Name;

    private static EventType Event<T>(string name, FactKind? fact = null) where T : HouseholdEvent => new(typeof(T), name, fact);
}
