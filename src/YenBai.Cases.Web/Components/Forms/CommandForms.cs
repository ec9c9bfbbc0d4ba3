using YenBai.Cases.Decisions;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Places;
using YenBai.Cases.Privacy;
using YenBai.Cases.Registering;
using YenBai.Cases.Support;
using YenBai.Cases.Visits;
using YenBai.Cases.Web.Components.Needs;
using static YenBai.Cases.Web.Components.Forms.FieldKind;

namespace YenBai.Cases.Web.Components.Forms;

/// <summary>Forms under one heading of a menu.</summary>
public sealed record FormSection(string Name, params IReadOnlyList<CommandForm> Forms);

/// <summary>Forms that one button opens: a single one at once, several in a menu with headings.</summary>
public sealed record FormGroup(string Name, string Icon, bool Main, params IReadOnlyList<FormSection> Sections)
{
    public IReadOnlyList<CommandForm> Forms { get; } = [.. Sections.SelectMany(s => s.Forms)];
}

/// <summary>Every form on a household, by how often it is needed.</summary>
public static class CommandForms
{
    private static readonly Field On = new("on", Date, Required: true);
    private static readonly Field Number = new("decisionNumber", Text);
    private static readonly Field Cause = new("cause", Choice, Enumeration: typeof(EntryCause));
    private static readonly Field Voluntary = new("voluntary", YesNo);
    private static readonly Field Area = new("area", Choice, Enumeration: typeof(Area));
    private static readonly Field HeadName = new("headName", Text);
    private static readonly Field HeadSex = new("headSex", Choice, Enumeration: typeof(Sex));
    private static readonly Field HeadBirthYear = new("headBirthYear", FieldKind.Number);
    private static readonly Field Hamlet = new("hamlet", Text);
    private static readonly Field Place = new("place", FieldKind.Place, Required: true);

    public static readonly CommandForm Register = new("register", typeof(RegisterHousehold),
        new("code", Text, Required: true), On, Place, Hamlet, HeadName, HeadSex, HeadBirthYear, new("headIdNumber", Text), new("phone", Text), new("ethnicity", Text),
        new("members", FieldKind.Number), new("under16", FieldKind.Number), new("meritMember", YesNo), Area);

    public static readonly CommandForm Annul = new("annul", typeof(Annul), new("fact", Given), new("reason", LongText, Required: true), new("together", Together));

    private static readonly CommandForm Visit = new("record-visit", typeof(RecordVisit), On, new("note", LongText));

    private static readonly CommandForm Loan = new("grant-loan", typeof(GrantLoan),
        On, new("amount", Money, Required: true), new("termMonths", FieldKind.Number), new("lender", Text), new("purpose", LongText), NeedForms.Under("loan"));

    private static readonly CommandForm Training = new("join-training", typeof(JoinTraining), On, new("course", Text, Required: true), new("provider", Text), NeedForms.Under("training"));

    private static readonly CommandForm TrainingDone = new("complete-training", typeof(CompleteTraining), On, new("supportId", FieldKind.Training), new("certificate", Text));

    private static readonly CommandForm Animals = new("support-livestock", typeof(SupportLivestock),
        On, new("species", Choice, Required: true, typeof(Livestock)), new("count", FieldKind.Number, Required: true), new("worth", Money), NeedForms.Under("livestock"));

    private static readonly CommandForm Service = new("provide-service", typeof(ProvideService), On, new("service", Choice, Required: true, typeof(BasicService)), new("until", Date), NeedForms.Under("service"));

    private static readonly Field Agreement = new("support", FieldKind.Agreement, Required: true);
    private static readonly Field Condition = new("condition", FieldKind.Condition, Required: true);
    private static readonly Field Why = new("reason", LongText, Required: true);
    private static readonly Field Shown = new("attachments", FieldKind.Attachments);

    private static readonly CommandForm Agree = new("agree-support", typeof(AgreeSupport),
        On, new("instrument", FieldKind.Instrument, Required: true), new("start", Date, Required: true), new("end", Date, Required: true), new("amount", Money, Required: true),
        new("funding", FieldKind.Funding), new("person", Person), NeedForms.Agency with { Required = false }, new("conditions", FieldKind.Conditions));

    private static readonly CommandForm Suspend = new("suspend-support", typeof(SuspendSupport), On, Agreement, Why);
    private static readonly CommandForm Resume = new("resume-support", typeof(ResumeSupport), On, Agreement);
    private static readonly CommandForm Extend = new("extend-support", typeof(ExtendSupport), On, Agreement, new("until", Date, Required: true), Why);

    private static readonly CommandForm End = new("end-support", typeof(EndSupport),
        On, Agreement, new("outcome", Choice, Required: true, typeof(SupportOutcome), ["lapsed"]), new("reason", LongText));

    private static readonly CommandForm Meet = new("meet-condition", typeof(MeetCondition), On, Condition, Shown, new("note", LongText));
    private static readonly CommandForm HandIn = new("hand-in-evidence", typeof(HandInEvidence), On, Condition, Shown, new("note", LongText));
    private static readonly CommandForm Waive = new("waive-condition", typeof(WaiveCondition), On, Condition, Why);
    private static readonly CommandForm Reassign = new("reassign-condition", typeof(ReassignCondition), On, Condition, NeedForms.Officer("owner").Must());

    private static readonly CommandForm Assessment = new("record-assessment", typeof(RecordAssessment),
        On, new("standard", Standard, Required: true), new("form", Text), Area, new("scoreA", FieldKind.Decimal), new("scoreB", FieldKind.Decimal),
        new("deprivations", Codes), new("causes", Codes), new("needs", Codes));

    private static readonly Field SignedBy = new("signatory", Choice, Enumeration: typeof(Signatory));

    private static readonly CommandForm Meeting = new("hold-meeting", typeof(HoldMeeting),
        On, new("standard", Standard, Required: true), new("proposed", Choice, Required: true, typeof(PovertyClass)), new("present", FieldKind.Number, Required: true),
        new("agreed", FieldKind.Number, Required: true), new("minutes", Text));

    private static readonly CommandForm Class = new("decide-class", typeof(DecideClass),
        On, new("standard", Standard, Required: true), new("class", Choice, Required: true, typeof(PovertyClass)), Number, SignedBy, Cause, Voluntary);

    private static readonly CommandForm Exit = new("record-exit", typeof(RecordExit),
        On, new("to", Choice, Required: true, typeof(PovertyClass), ["poor"]), Voluntary, Number, SignedBy);

    private static readonly CommandForm Confirm = new("confirm-exit", typeof(ConfirmExit), On);
    private static readonly CommandForm ReEntry = new("record-re-entry", typeof(RecordReEntry), On, Cause, Number, SignedBy);
    private static readonly CommandForm Request = new("request-exit", typeof(RequestExit), On, new("wording", LongText), new("witness", Text), new("helpReceived", LongText));
    private static readonly CommandForm Withdraw = new("withdraw-exit-request", typeof(WithdrawExitRequest), On, new("reason", LongText));

    private static readonly CommandForm Praise = new("commend", typeof(Commend),
        On, new("by", Choice, Required: true, typeof(CommendedBy)), Number, new("award", LongText));

    private static readonly CommandForm Complaint = new("lodge-complaint", typeof(LodgeComplaint),
        On, new("about", Choice, Required: true, typeof(ComplaintAbout)), new("wording", LongText, Required: true));

    private static readonly CommandForm ComplaintAnswer = new("answer-complaint", typeof(AnswerComplaint),
        On, new("upheld", YesNo, Required: true), new("answer", LongText, Required: true));

    private static readonly CommandForm Members = new("change-members", typeof(ChangeMembers),
        On, new("change", Choice, Required: true, typeof(MemberChange)), new("joined", FieldKind.Number, Zero: true), new("joinedUnder16", FieldKind.Number, Zero: true),
        new("left", FieldKind.Number, Zero: true), new("leftUnder16", FieldKind.Number, Zero: true));

    private static readonly CommandForm Head = new("change-head", typeof(ChangeHead),
        On, HeadName.Must(), HeadSex, HeadBirthYear, new("headIdNumber", Text), new("phone", Text), new("ethnicity", Text),
        new("change", Choice, Enumeration: typeof(MemberChange)));

    private static readonly CommandForm Moved = new("move", typeof(Move), On, Place, Hamlet);

    private static readonly CommandForm Parted = new("split", typeof(Split),
        On, new("newCode", Text, Required: true), HeadName, HeadSex, HeadBirthYear, new("members", FieldKind.Number, Required: true),
        new("under16", FieldKind.Number, Zero: true), Hamlet, new("restHeadName", Text), new("restHeadSex", Choice, Enumeration: typeof(Sex)), new("restHeadBirthYear", FieldKind.Number));

    private static readonly CommandForm Merged = new("merge", typeof(Merge), On, new("into", FieldKind.OtherHousehold, Required: true));
    private static readonly CommandForm Left = new("move-out", typeof(MoveOut), On);
    private static readonly CommandForm Ended = new("dissolve", typeof(Dissolve), On);

    private static readonly Field Who = new("person", Person);
    private static readonly Field Scope = new("scope", Choice, Required: true, typeof(ConsentScope));
    private static readonly Field Answer = new("answer", LongText, Required: true);

    private static readonly CommandForm Consent = new("give-consent", typeof(GiveConsent),
        On, Scope, new("form", Choice, Required: true, typeof(ConsentForm)), Who);

    private static readonly CommandForm ConsentBack = new("withdraw-consent", typeof(WithdrawConsent), On, Scope);
    private static readonly CommandForm Restrict = new("restrict-processing", typeof(RestrictProcessing), On, new("reason", LongText));
    private static readonly CommandForm Uphold = new("uphold-restriction", typeof(UpholdRestriction), On, Answer);
    private static readonly CommandForm Lift = new("lift-restriction", typeof(LiftRestriction), On, Answer);

    private static readonly CommandForm Correct = new("correct-person", typeof(CorrectPerson),
        On, Who.Must(), new("name", Text), new("sex", Choice, Enumeration: typeof(Sex)), new("birthYear", FieldKind.Number), new("idNumber", Text),
        new("phone", Text), new("ethnicity", Text));

    private static readonly CommandForm Erase = new("erase-personal-data", typeof(ErasePersonalData), On, Who);

    public static readonly IReadOnlyList<FormGroup> Groups =
    [
        new("visit", "directions_walk", true, new FormSection("visit", Visit)),
        new("support", "volunteer_activism", false,
            new FormSection("agreements", Agree, Extend, Suspend, Resume, End), new FormSection("conditions", Meet, HandIn, Waive, Reassign),
            new FormSection("wishes", NeedForms.OfWishes), new FormSection("given", [Loan, Training, TrainingDone, Animals, Service, .. NeedForms.OfSupport])),
        new("sponsor", "verified", false, new FormSection("sponsor", NeedForms.OfSponsors)),
        new("assessment", "fact_check", false, new FormSection("assessment", Assessment)),
        new("decision", "gavel", false,
            new FormSection("decisions", Meeting, Class, Exit, Confirm, ReEntry), new FormSection("requests", Request, Withdraw), new FormSection("praise", Praise, Complaint, ComplaintAnswer)),
        new("other", "more_horiz", false,
            new FormSection("follow", NeedForms.Others), new FormSection("household", Members, Head, Moved, Parted, Merged, Left, Ended),
            new FormSection("data", Consent, ConsentBack, Restrict, Uphold, Lift, Correct, Erase)),
    ];

    public static readonly IReadOnlyList<CommandForm> All = [Register, Annul, NeedForms.Plan, .. Groups.SelectMany(g => g.Forms)];

    public static CommandForm Named(string name) => All.First(f => f.Name == name);

    /// <summary>Whether the form fits what the household is today. A late fact may still be told with any of them.</summary>
    public static bool Fits(CommandForm form, HouseholdState state) => form.Name switch
    {
        "record-exit" => state.Status == ListStatus.Poor,
        "request-exit" => state.Status == ListStatus.Poor && state.ExitRequest is null,
        "withdraw-exit-request" => state.ExitRequest is not null,
        "confirm-exit" => state.Status == ListStatus.Out,
        "record-re-entry" => state.Status == ListStatus.Out,
        "answer-complaint" => state.Complaints.Count > 0,
        "suspend-support" => state.Agreements.Values.Any(a => a is { Ended: null, SuspendedSince: null }),
        "resume-support" => state.Agreements.Values.Any(a => a is { Ended: null, SuspendedSince: not null }),
        "extend-support" or "end-support" => state.Agreements.Values.Any(a => a.Ended is null),
        "meet-condition" or "hand-in-evidence" or "waive-condition" or "reassign-condition" => state.Agreements.Values.Any(a => a.Conditions.Any(c => !a.IsSettled(c))),
        "complete-training" => state.Supports.Any(s => s.Instrument == "training" && s.Completed is null),
        "withdraw-consent" => state.Consents.Count > 0,
        "restrict-processing" => state.Restriction is null,
        "uphold-restriction" => state.Restriction is { Answered: false },
        "lift-restriction" => state.Restriction is not null,
        "correct-person" or "erase-personal-data" => true,
        _ => NeedForms.Fits(form, state) ?? state.Status != ListStatus.Gone,
    };
}
