using YenBai.Cases.Commands;
using YenBai.Cases.Decisions;
using YenBai.Cases.Listing;
using YenBai.Cases.Needs;
using YenBai.Cases.Privacy;
using YenBai.Cases.Registering;
using YenBai.Cases.Sponsors;
using YenBai.Cases.Support;
using YenBai.Cases.Visits;
using YenBai.Cases.Watch;

namespace YenBai.Cases.Access;

/// <summary>Which operation each command is. A command that is not here can be given by nobody.</summary>
public static class CommandPermissions
{
    private static readonly Dictionary<Type, Operation> Table = new()
    {
        [typeof(RegisterHousehold)] = Operation.RecordWork,
        [typeof(RecordAssessment)] = Operation.RecordWork,
        [typeof(GrantLoan)] = Operation.RecordWork,
        [typeof(JoinTraining)] = Operation.RecordWork,
        [typeof(CompleteTraining)] = Operation.RecordWork,
        [typeof(SupportLivestock)] = Operation.RecordWork,
        [typeof(ProvideService)] = Operation.RecordWork,
        [typeof(HoldMeeting)] = Operation.RecordWork,
        [typeof(LodgeComplaint)] = Operation.RecordWork,
        [typeof(RequestExit)] = Operation.RecordWork,
        [typeof(WithdrawExitRequest)] = Operation.RecordWork,
        [typeof(Move)] = Operation.RecordWork,
        [typeof(MoveOut)] = Operation.RecordWork,
        [typeof(Split)] = Operation.RecordWork,
        [typeof(ChangeHead)] = Operation.RecordWork,
        [typeof(ChangeMembers)] = Operation.RecordWork,
        [typeof(RecordVisit)] = Operation.RecordWork,
        [typeof(GiveConsent)] = Operation.RecordWork,
        [typeof(WithdrawConsent)] = Operation.RecordWork,
        [typeof(RestrictProcessing)] = Operation.RecordWork,
        [typeof(CorrectPerson)] = Operation.RecordWork,
        // The chairman's decision is signed on paper; who writes it down answers for the commune, not for one hamlet.
        [typeof(DecideClass)] = Operation.Decide,
        [typeof(RecordExit)] = Operation.Decide,
        [typeof(ConfirmExit)] = Operation.Decide,
        [typeof(RecordReEntry)] = Operation.Decide,
        [typeof(Commend)] = Operation.Decide,
        [typeof(AnswerComplaint)] = Operation.Decide,
        [typeof(Dissolve)] = Operation.Decide,
        [typeof(Merge)] = Operation.Decide,
        [typeof(Annul)] = Operation.Decide,
        [typeof(AgreeSupport)] = Operation.AgreeOnSupport,
        [typeof(SuspendSupport)] = Operation.AgreeOnSupport,
        [typeof(ResumeSupport)] = Operation.AgreeOnSupport,
        [typeof(ExtendSupport)] = Operation.AgreeOnSupport,
        [typeof(EndSupport)] = Operation.AgreeOnSupport,
        [typeof(WaiveCondition)] = Operation.AgreeOnSupport,
        [typeof(ReassignCondition)] = Operation.AgreeOnSupport,
        [typeof(MeetCondition)] = Operation.RecordWork,
        [typeof(HandInEvidence)] = Operation.RecordWork,
        [typeof(AskSupport)] = Operation.RecordWork,
        [typeof(RefuseSupport)] = Operation.AgreeOnSupport,
        [typeof(SetPlan)] = Operation.RecordWork,
        [typeof(AssignWorker)] = Operation.AgreeOnSupport,
        [typeof(JoinGroup)] = Operation.RecordWork,
        [typeof(LeaveGroup)] = Operation.RecordWork,
        [typeof(ReportShock)] = Operation.RecordWork,
        [typeof(PlanVisit)] = Operation.RecordWork,
        [typeof(DeclineVisitSuggestion)] = Operation.WatchReentry,
        [typeof(PlaceJob)] = Operation.RecordWork,
        [typeof(ReportLivestock)] = Operation.RecordWork,
        [typeof(PassOnLivestock)] = Operation.RecordWork,
        [typeof(ReportLoanStatus)] = Operation.RecordWork,
        [typeof(AssignSponsor)] = Operation.AgreeOnSupport,
        [typeof(ReleaseSponsor)] = Operation.AgreeOnSupport,
        [typeof(MakePledge)] = Operation.RecordWork,
        [typeof(DeliverPledge)] = Operation.RecordWork,
        [typeof(VerifyPledge)] = Operation.AgreeOnSupport,
        [typeof(LiftRestriction)] = Operation.AnswerForData,
        [typeof(UpholdRestriction)] = Operation.AnswerForData,
        [typeof(ErasePersonalData)] = Operation.AnswerForData,
    };

    public static Operation? Of(HouseholdCommand command) => Of(command.GetType());

    public static Operation? Of(Type command) => Table.TryGetValue(command, out var operation) ? operation : null;
}
