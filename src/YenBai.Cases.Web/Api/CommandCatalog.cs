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

namespace YenBai.Cases.Web.Api;

/// <summary>The commands for an existing household under the names by which outside programs call them.</summary>
public static class CommandCatalog
{
    public static readonly IReadOnlyDictionary<string, Type> All = new Dictionary<string, Type>
    {
        ["record-assessment"] = typeof(RecordAssessment),
        ["hold-meeting"] = typeof(HoldMeeting),
        ["decide-class"] = typeof(DecideClass),
        ["grant-loan"] = typeof(GrantLoan),
        ["join-training"] = typeof(JoinTraining),
        ["complete-training"] = typeof(CompleteTraining),
        ["support-livestock"] = typeof(SupportLivestock),
        ["provide-service"] = typeof(ProvideService),
        ["agree-support"] = typeof(AgreeSupport),
        ["suspend-support"] = typeof(SuspendSupport),
        ["resume-support"] = typeof(ResumeSupport),
        ["extend-support"] = typeof(ExtendSupport),
        ["end-support"] = typeof(EndSupport),
        ["meet-condition"] = typeof(MeetCondition),
        ["hand-in-evidence"] = typeof(HandInEvidence),
        ["waive-condition"] = typeof(WaiveCondition),
        ["reassign-condition"] = typeof(ReassignCondition),
        ["ask-support"] = typeof(AskSupport),
        ["refuse-support"] = typeof(RefuseSupport),
        ["set-plan"] = typeof(SetPlan),
        ["assign-worker"] = typeof(AssignWorker),
        ["join-group"] = typeof(JoinGroup),
        ["leave-group"] = typeof(LeaveGroup),
        ["report-shock"] = typeof(ReportShock),
        ["plan-visit"] = typeof(PlanVisit),
        ["decline-visit-suggestion"] = typeof(DeclineVisitSuggestion),
        ["place-job"] = typeof(PlaceJob),
        ["report-livestock"] = typeof(ReportLivestock),
        ["pass-on-livestock"] = typeof(PassOnLivestock),
        ["report-loan-status"] = typeof(ReportLoanStatus),
        ["assign-sponsor"] = typeof(AssignSponsor),
        ["release-sponsor"] = typeof(ReleaseSponsor),
        ["make-pledge"] = typeof(MakePledge),
        ["deliver-pledge"] = typeof(DeliverPledge),
        ["verify-pledge"] = typeof(VerifyPledge),
        ["request-exit"] = typeof(RequestExit),
        ["withdraw-exit-request"] = typeof(WithdrawExitRequest),
        ["record-exit"] = typeof(RecordExit),
        ["confirm-exit"] = typeof(ConfirmExit),
        ["record-re-entry"] = typeof(RecordReEntry),
        ["commend"] = typeof(Commend),
        ["lodge-complaint"] = typeof(LodgeComplaint),
        ["answer-complaint"] = typeof(AnswerComplaint),
        ["move"] = typeof(Move),
        ["move-out"] = typeof(MoveOut),
        ["dissolve"] = typeof(Dissolve),
        ["split"] = typeof(Split),
        ["merge"] = typeof(Merge),
        ["change-head"] = typeof(ChangeHead),
        ["change-members"] = typeof(ChangeMembers),
        ["record-visit"] = typeof(RecordVisit),
        ["annul"] = typeof(Annul),
        ["give-consent"] = typeof(GiveConsent),
        ["withdraw-consent"] = typeof(WithdrawConsent),
        ["restrict-processing"] = typeof(RestrictProcessing),
        ["uphold-restriction"] = typeof(UpholdRestriction),
        ["lift-restriction"] = typeof(LiftRestriction),
        ["correct-person"] = typeof(CorrectPerson),
        ["erase-personal-data"] = typeof(ErasePersonalData),
    };
}
