using YenBai.Cases.Commands;
using YenBai.Cases.Decisions;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Needs;
using YenBai.Cases.Registering;
using YenBai.Cases.Sponsors;
using YenBai.Cases.Support;
using YenBai.Cases.Visits;
using YenBai.Cases.Watch;

namespace YenBai.Cases.Privacy;

/// <summary>
/// What goes on while a household has the processing of its data restricted (Decree 13/2023, Art. 9.6; Law 91/2025,
/// Art. 4.1 d). A right holds "unless the law provides otherwise": what the law itself has the commune do goes on.
/// </summary>
public static class UnderRestriction
{
    /// <summary>Why a command goes on, or why it waits.</summary>
    public enum Ground
    {
        /// <summary>The review of the poor is a task that the law gives the commune (Decision 24/2021; Decree 13/2023, Art. 17): goes on.</summary>
        StatutoryReview,

        /// <summary>The register must stay true, and nobody's personal data are added by it: goes on.</summary>
        TrueRegister,

        /// <summary>What the household has a right to by law, or has begun already; to withhold it would harm who asked: goes on.</summary>
        Entitlement,

        /// <summary>The rights of the person themselves: go on.</summary>
        RightOfThePerson,

        /// <summary>Adds a person's data to the record: waits.</summary>
        AddsPersonalData,

        /// <summary>Takes the household's data to somebody else, a bank, a school, a giver: waits.</summary>
        Shares,
    }

    /// <summary>Every command there is; one that is missing has not been thought about.</summary>
    public static readonly IReadOnlyDictionary<Type, Ground> Table = new Dictionary<Type, Ground>
    {
        [typeof(RecordAssessment)] = Ground.StatutoryReview,
        [typeof(HoldMeeting)] = Ground.StatutoryReview,
        [typeof(DecideClass)] = Ground.StatutoryReview,
        [typeof(RequestExit)] = Ground.StatutoryReview,
        [typeof(WithdrawExitRequest)] = Ground.StatutoryReview,
        [typeof(RecordExit)] = Ground.StatutoryReview,
        [typeof(ConfirmExit)] = Ground.StatutoryReview,
        [typeof(RecordReEntry)] = Ground.StatutoryReview,
        [typeof(RecordVisit)] = Ground.StatutoryReview,
        [typeof(ReportShock)] = Ground.StatutoryReview,
        [typeof(PlanVisit)] = Ground.StatutoryReview,

        [typeof(Annul)] = Ground.TrueRegister,
        [typeof(AssignWorker)] = Ground.TrueRegister,
        [typeof(ReportLivestock)] = Ground.TrueRegister,
        [typeof(PassOnLivestock)] = Ground.TrueRegister,
        [typeof(Move)] = Ground.TrueRegister,
        [typeof(MoveOut)] = Ground.TrueRegister,
        [typeof(Dissolve)] = Ground.TrueRegister,
        [typeof(Merge)] = Ground.TrueRegister,
        [typeof(ChangeMembers)] = Ground.TrueRegister,

        [typeof(ProvideService)] = Ground.Entitlement,
        [typeof(AskSupport)] = Ground.Entitlement,
        [typeof(RefuseSupport)] = Ground.Entitlement,
        [typeof(LeaveGroup)] = Ground.Entitlement,
        [typeof(ReleaseSponsor)] = Ground.Entitlement,
        [typeof(DeliverPledge)] = Ground.Entitlement,
        [typeof(VerifyPledge)] = Ground.Entitlement,
        [typeof(CompleteTraining)] = Ground.Entitlement,
        [typeof(SuspendSupport)] = Ground.Entitlement,
        [typeof(ResumeSupport)] = Ground.Entitlement,
        [typeof(ExtendSupport)] = Ground.Entitlement,
        [typeof(EndSupport)] = Ground.Entitlement,
        [typeof(MeetCondition)] = Ground.Entitlement,
        [typeof(HandInEvidence)] = Ground.Entitlement,
        [typeof(WaiveCondition)] = Ground.Entitlement,
        [typeof(ReassignCondition)] = Ground.Entitlement,

        [typeof(LodgeComplaint)] = Ground.RightOfThePerson,
        [typeof(AnswerComplaint)] = Ground.RightOfThePerson,
        [typeof(WithdrawConsent)] = Ground.RightOfThePerson,
        [typeof(RestrictProcessing)] = Ground.RightOfThePerson,
        [typeof(UpholdRestriction)] = Ground.RightOfThePerson,
        [typeof(LiftRestriction)] = Ground.RightOfThePerson,
        [typeof(CorrectPerson)] = Ground.RightOfThePerson,
        [typeof(ErasePersonalData)] = Ground.RightOfThePerson,

        [typeof(RegisterHousehold)] = Ground.AddsPersonalData,
        [typeof(SetPlan)] = Ground.AddsPersonalData,
        [typeof(ReportLoanStatus)] = Ground.AddsPersonalData,
        [typeof(ChangeHead)] = Ground.AddsPersonalData,
        [typeof(Split)] = Ground.AddsPersonalData,
        [typeof(Commend)] = Ground.AddsPersonalData,
        // Nobody is suggested whose data must not be processed.
        [typeof(DeclineVisitSuggestion)] = Ground.AddsPersonalData,

        [typeof(GiveConsent)] = Ground.Shares,
        [typeof(JoinGroup)] = Ground.Shares,
        [typeof(PlaceJob)] = Ground.Shares,
        [typeof(AssignSponsor)] = Ground.Shares,
        [typeof(MakePledge)] = Ground.Shares,
        [typeof(AgreeSupport)] = Ground.Shares,
        [typeof(GrantLoan)] = Ground.Shares,
        [typeof(JoinTraining)] = Ground.Shares,
        [typeof(SupportLivestock)] = Ground.Shares,
    };

    /// <summary>It counts whether the household is restricted now, whatever day the command is about: the restriction has effect at once.</summary>
    public static Refusal? Refuses(HouseholdCommand command, Household household) =>
        Table.GetValueOrDefault(command.GetType(), Ground.AddsPersonalData) is Ground.AddsPersonalData or Ground.Shares
        && household.Latest().Restriction is { } standing
            ? new Refusal("processing_restricted", null, standing.Since)
            : null;
}
