using YenBai.Cases.CaseFiles;
using YenBai.Cases.Households;
using YenBai.Cases.Needs;
using YenBai.Cases.Sponsors;
using YenBai.Cases.Support;
using YenBai.Cases.Visits;
using YenBai.Cases.Web.Words;
using static YenBai.Cases.Web.Components.Forms.FieldKind;

namespace YenBai.Cases.Web.Components.Forms;

/// <summary>The forms of what a household asks for, of what becomes of support, and of its sponsors, and its plan.</summary>
public static class NeedForms
{
    private static readonly Field On = new("on", Date, Required: true);
    private static readonly Field Instrument = new("instrument", Offered, Required: true) { Offer = (_, _) => Now([.. Instruments.All.Select(i => new Option(i.Code, i.Name))]) };
    private static readonly Field Note = new("note", LongText);
    private static readonly Field Reason = new("reason", LongText);

    private static readonly CommandForm Ask = new("ask-support", typeof(AskSupport), On, Instrument);

    private static readonly CommandForm Refuse = new("refuse-support", typeof(RefuseSupport),
        On, Instrument with { Offer = (_, file) => Now([.. Open(file).Select(i => new Option(i, EligibilityWords.Instrument(i)))]) },
        new("ground", Choice, Required: true, typeof(RefusalGround)), Reason);

    private static readonly CommandForm Job = new("place-job", typeof(PlaceJob), On, new("kind", Choice, Required: true, typeof(JobKind)), Under("job"));

    private static readonly CommandForm Animals = new("report-livestock", typeof(ReportLivestock),
        On, Taken("livestock"), new("change", Choice, Required: true, typeof(LivestockChange)), new("count", Number, Required: true), new("proceeds", Money));

    private static readonly CommandForm PassOn = new("pass-on-livestock", typeof(PassOnLivestock), On, Taken("livestock"), new("count", Number, Required: true), new("to", FieldKind.OtherHousehold, Required: true));

    private static readonly CommandForm LoanStatus = new("report-loan-status", typeof(ReportLoanStatus),
        On, Taken("loan"), new("balance", Money, Required: true), new("overdue", Money, Zero: true), new("daysOverdue", Number, Zero: true));

    private static readonly CommandForm Worker = new("assign-worker", typeof(AssignWorker), On, Officer("worker").Must());
    private static readonly Field[] Group = [On, new("kind", Choice, Required: true, typeof(GroupKind)), new("group", Text, Required: true)];
    private static readonly CommandForm Join = new("join-group", typeof(JoinGroup), Group);
    private static readonly CommandForm Leave = new("leave-group", typeof(LeaveGroup), Group);
    private static readonly CommandForm Shock = new("report-shock", typeof(ReportShock), On, new("kind", Choice, Required: true, typeof(ShockKind)), Note);

    private static readonly CommandForm Visit = new("plan-visit", typeof(PlanVisit),
        On, new("day", Date, Required: true), Officer("owner"), new("purpose", Choice, Enumeration: typeof(VisitPurpose)));

    public static readonly Field Agency = new("sponsor", Offered, Required: true) { Offer = (services, _) => AgenciesAsync(services) };
    private static readonly Field Present = Agency with { Offer = PresentAsync };

    private static readonly CommandForm Assign = new("assign-sponsor", typeof(AssignSponsor), On, Agency, Present with { Name = "from", Required = false });
    private static readonly CommandForm Release = new("release-sponsor", typeof(ReleaseSponsor), On, Present, Reason.Must());

    private static readonly CommandForm Promise = new("make-pledge", typeof(MakePledge),
        On, Instrument, new("amount", Money, Required: true), new("by", Date, Required: true), new("what", LongText));

    private static readonly CommandForm Deliver = new("deliver-pledge", typeof(DeliverPledge), On, Pledged(p => p.Delivered is null), new("amount", Money, Required: true));
    private static readonly CommandForm Verify = new("verify-pledge", typeof(VerifyPledge), On, Pledged(p => p is { Delivered: not null, Verified: null }), Note);

    public static readonly CommandForm Plan = new("set-plan", typeof(SetPlan), On, new("steps", Steps));

    public static IReadOnlyList<CommandForm> OfWishes { get; } = [Ask, Refuse];
    public static IReadOnlyList<CommandForm> OfSupport { get; } = [Job, Animals, PassOn, LoanStatus];
    public static IReadOnlyList<CommandForm> OfSponsors { get; } = [Assign, Release, Promise, Deliver, Verify];
    public static IReadOnlyList<CommandForm> Others { get; } = [Visit, Worker, Join, Leave, Shock];

    /// <summary>Whether the form fits what the household is today; none where it is not one of these.</summary>
    public static bool? Fits(CommandForm form, HouseholdState state) => form.Name switch
    {
        "assign-sponsor" => state.Consents.ContainsKey(Cases.Households.ConsentScope.SponsorSharing) && state.Status != ListStatus.Gone,
        "release-sponsor" or "make-pledge" => state.Sponsor is not null,
        "deliver-pledge" => state.Pledges.Values.Any(p => p.Delivered is null),
        "verify-pledge" => state.Pledges.Values.Any(p => p is { Delivered: not null, Verified: null }),
        "report-livestock" or "pass-on-livestock" => state.Supports.Any(s => s.Instrument == "livestock"),
        "report-loan-status" => state.Supports.Any(s => s.Instrument == "loan"),
        "leave-group" => state.Groups.Count > 0,
        _ => null,
    };

    /// <summary>The agreement under which something is delivered; none for what is given without one.</summary>
    public static Field Under(string family) => new("support", Offered)
    {
        Offer = (services, file) => Now([.. State(file).Agreements.Values.Where(a => Instruments.FamilyOf(a.Terms.Instrument) == family)
            .Select(a => new Option(a.Id.ToString(), Named(services, EligibilityWords.Instrument(a.Terms.Instrument), a.Start)))]),
    };

    /// <summary>An officer who works where the household stands.</summary>
    public static Field Officer(string name) => new(name, Offered)
    {
        Offer = async (services, file) => State(file) is { Known: true } state ? await services.GetRequiredService<StaffChoices>().AtAsync(state.Unit, state.Hamlet, CancellationToken.None) : [],
    };

    private static Field Taken(string family) => new("support", Offered, Required: true)
    {
        Offer = (services, file) => Now([.. State(file).Supports.Where(s => s.Instrument == family).Select(s => new Option(s.Id.ToString(), Named(
            services, State(file).Agreements.GetValueOrDefault(s.Id) is { } a ? EligibilityWords.Instrument(a.Terms.Instrument) : Words(services).Choice("support", family), s.On)))]),
    };

    private static Field Pledged(Func<Pledge, bool> which) => new("pledge", Offered, Required: true)
    {
        Offer = (services, file) => Now([.. State(file).Pledges.Values.Where(which).Select(p => new Option(
            p.Made.PledgeId.ToString(), Named(services, $"{EligibilityWords.Instrument(p.Made.Instrument)}, {Words(services).Money(p.Made.Amount)}", p.Made.On)))]),
    };

    private static IEnumerable<string> Open(CaseFile? file) => file is null ? [] : Wishes.Of(file.Household).Where(w => w.IsOpen).Select(w => w.Instrument);

    private static HouseholdState State(CaseFile? file) => (file?.Household ?? Household.Nobody(Guid.Empty)).Latest();

    private static Wording Words(IServiceProvider services) => services.GetRequiredService<Wording>();

    private static string Named(IServiceProvider services, string what, DateOnly on) => $"{what} ({Words(services).Day(on)})";

    private static async ValueTask<IReadOnlyList<Option>> AgenciesAsync(IServiceProvider services) =>
        [.. (await services.GetRequiredService<SponsorQuery>().AllAsync(CancellationToken.None)).Select(s => new Option(s.Id, $"{s.Name} ({s.Id})"))];

    private static async ValueTask<IReadOnlyList<Option>> PresentAsync(IServiceProvider services, CaseFile? file) =>
        [.. (await AgenciesAsync(services)).Where(a => a.Value == State(file).Sponsor?.Sponsor)];

    private static ValueTask<IReadOnlyList<Option>> Now(IReadOnlyList<Option> options) => ValueTask.FromResult(options);
}
