using System.Runtime.Versioning;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Places;
using YenBai.Cases.Privacy;
using YenBai.Cases.Support;
using YenBai.Cases.Visits;
using YenBai.Cases.Web.Tests.Store;
using YenBai.Cases.Work;
using static YenBai.Cases.Web.Tests.Supports.SupportStory;

namespace YenBai.Cases.Web.Tests.Supports;

/// <summary>What somebody finds to do: theirs, all of it, in the column where it belongs, and nothing of anybody else's.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class WorkFacts : IAsyncLifetime
{
    private const string Commune = "04456", Hamlet = "Nà Mằn", Neighbour = "04375";

    private readonly TestStore store = new();

    public Task InitializeAsync() => store.InitializeAsync();

    public Task DisposeAsync() => store.DisposeAsync();

    private Actor Worker(string name, string place = Commune, string? hamlet = null, Role role = Role.Caseworker, params Guid[] households) =>
        new(name, [new(Guid.NewGuid(), role, PlaceCatalog.Default.Resolve(place, Today)!.Id, hamlet, households, DateTimeOffset.MinValue, null)], store.Clock.Now, PlaceCatalog.Default);

    private async Task<WorkList> WorkOfAsync(Actor who, bool mine = false, int most = 50)
    {
        await store.CatchUpAsync();
        return await store.Get<WorkQuery>().ReadAsync(who, mine, most, default);
    }

    private static string[] In(WorkColumn column) => [.. column.Items.Select(i => $"{i.Kind} {i.Code}")];

    [Fact]
    public async Task What_is_due_stands_by_its_day_and_todays_visits_first()
    {
        await store.AgreedAsync("late", [Vaccinate(Today.AddDays(-1))]);
        await store.AgreedAsync("today", [Vaccinate(Today)]);
        await store.AgreedAsync("week", [Vaccinate(Today.AddDays(WorkQuery.Days))]);
        await store.AgreedAsync("later", [Vaccinate(Today.AddDays(WorkQuery.Days + 1))]);
        await store.AgreedAsync("ending", [], start: new(2023, 6, 20), end: Today.AddDays(3));
        await store.ToldAsync("later", new VisitPlanned(Today.AddDays(-3), store.Clock.Now, Today, null, VisitPurpose.FollowUp));
        await store.ToldAsync("week", new VisitPlanned(Today.AddDays(-9), store.Clock.Now, Today.AddDays(-2), null, VisitPurpose.FollowUp));

        var work = await WorkOfAsync(Worker("chi-mai"));

        In(work.Overdue).ShouldBe(["Visit week", "Condition late"]);
        In(work.Soon).ShouldBe(["Visit later", "Condition today", "SupportEnds ending", "Condition week"]);
        work.Overdue.Total.ShouldBe(2);
        work.Soon.Total.ShouldBe(4);
        work.Waiting.Total.ShouldBe(0);
        work.Soon.Items[1].ShouldSatisfyAllConditions(i => i.HeadName.ShouldBe("Chủ Hộ today"), i => i.ConditionKind.ShouldBe("vaccinate"), i => i.Instrument.ShouldBe("livestock"), i => i.Until.ShouldBe(Today), i => i.Version.ShouldBe(4));
    }

    [Fact]
    public async Task A_caseworker_of_one_hamlet_finds_its_households_and_no_others()
    {
        await store.AgreedAsync("hamlet", [Vaccinate(Today)], hamlet: Hamlet);
        await store.AgreedAsync("elsewhere", [Vaccinate(Today)], hamlet: "Bản Mới");
        await store.AgreedAsync("beside", [Vaccinate(Today)], place: Neighbour);
        foreach (var code in new[] { "hamlet", "elsewhere", "beside" }) await store.ToldAsync(code, new VisitPlanned(Today, store.Clock.Now, Today, null, VisitPurpose.FollowUp));

        In((await WorkOfAsync(Worker("chi-mai", hamlet: Hamlet))).Soon).ShouldBe(["Visit hamlet", "Condition hamlet"]);
        In((await WorkOfAsync(Worker("anh-nam"))).Soon).ShouldBe(["Visit elsewhere", "Visit hamlet", "Condition elsewhere", "Condition hamlet"]);
        (await WorkOfAsync(Worker("anh-nam"))).Soon.Total.ShouldBe(4);
    }

    [Fact]
    public async Task Mine_is_what_bears_my_name_or_nobodys()
    {
        await store.AgreedAsync("hers", [Vaccinate(Today, "chi-mai")]);
        await store.AgreedAsync("his", [Vaccinate(Today, "anh-nam")]);
        await store.AgreedAsync("nobodys", [Vaccinate(Today)]);
        await store.AgreedAsync("assigned", [Vaccinate(Today)]);
        await store.ToldAsync("assigned", new WorkerAssigned(Today, store.Clock.Now, "anh-nam"));

        In((await WorkOfAsync(Worker("chi-mai"), mine: true)).Soon).ShouldBe(["Condition hers", "Condition nobodys"]);
        In((await WorkOfAsync(Worker("anh-nam"), mine: true)).Soon).ShouldBe(["Condition assigned", "Condition his", "Condition nobodys"]);
        (await WorkOfAsync(Worker("chi-mai"))).Soon.Total.ShouldBe(4);
    }

    [Fact]
    public async Task What_is_suspended_is_neither_overdue_nor_due()
    {
        var agreement = await store.AgreedAsync("suspended", [Vaccinate(Today.AddDays(-2)), Vaccinate(Today.AddDays(2))], end: Today.AddDays(4));
        await store.TakenAsync("suspended", new SuspendSupport(Today.AddDays(-5), agreement.Id, "Lũ cuốn chuồng trại"));

        var work = await WorkOfAsync(Worker("chi-mai"));

        (work.Overdue.Total, work.Soon.Total).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_household_under_restriction_is_its_caseworkers_work_still()
    {
        await store.AgreedAsync("restricted", [Vaccinate(Today)]);
        await store.TakenAsync("restricted", new RestrictProcessing(Today, "Không muốn ai biết"));

        In((await WorkOfAsync(Worker("chi-mai"))).Soon).ShouldBe(["Condition restricted"]);
    }

    [Theory]
    [InlineData(Role.Evaluator), InlineData(Role.Sponsor), InlineData(Role.Auditor), InlineData(Role.Administrator)]
    public async Task Who_records_no_work_finds_none(Role role)
    {
        await store.AgreedAsync("due", [Vaccinate(Today)]);
        await store.TakenAsync("due", new GiveConsent(Today, ConsentScope.SponsorSharing, ConsentForm.Written, null));

        var work = await WorkOfAsync(Worker("nguoi-khac", "15", null, role, Ids.Household("due")));

        (work.Overdue.Total, work.Soon.Total, work.Waiting.Total).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task Evidence_and_requests_wait_and_what_is_verified_waits_no_more()
    {
        var agreement = await store.AgreedAsync("shown", [Vaccinate(Today.AddDays(20))]);
        var condition = agreement.Conditions.Single().Id;
        await store.TakenAsync("shown", new HandInEvidence(Today.AddDays(-4), condition, null, "Đã tiêm ngày 10"));
        await store.TakenAsync("shown", new RequestExit(Today.AddDays(-2), "Xin ra khỏi danh sách"));

        var waiting = (await WorkOfAsync(Worker("chi-mai"))).Waiting;
        In(waiting).ShouldBe(["Evidence shown", "ExitRequest shown"]);
        waiting.Items[0].Until.ShouldBe(Today.AddDays(-4));

        await store.TakenAsync("shown", new MeetCondition(Today.AddDays(-4), condition, null, null));
        In((await WorkOfAsync(Worker("chi-mai"))).Waiting).ShouldBe(["ExitRequest shown"]);
    }

    [Fact]
    public async Task A_miss_is_handed_up_to_managers_alone()
    {
        await store.AgreedAsync("missed", [Vaccinate(Today.AddDays(-Instruments.EscalateAfter))]);
        await store.CatchUpAsync();
        (await store.Get<ClockWork>().RunAsync(null, default)).ShouldBe(new ClockRound(1, 1, 0, 0, 1));

        In((await WorkOfAsync(Worker("chi-mai"))).Overdue).ShouldBe(["Missed missed"]);
        In((await WorkOfAsync(Worker("chi-mai"))).Waiting).ShouldBeEmpty();
        In((await WorkOfAsync(Worker("ong-binh", role: Role.Manager))).Waiting).ShouldBe(["Escalation missed"]);
    }

    [Fact]
    public async Task A_column_shows_the_first_and_counts_them_all()
    {
        for (var i = 0; i < 4; i++) await store.AgreedAsync($"many-{i}", [Vaccinate(Today.AddDays(i))]);

        var soon = (await WorkOfAsync(Worker("chi-mai"), most: 2)).Soon;

        In(soon).ShouldBe(["Condition many-0", "Condition many-1"]);
        soon.Total.ShouldBe(4);
    }

    [Fact]
    public async Task A_visit_that_was_made_is_planned_no_more()
    {
        await store.AgreedAsync("visited", []);
        await store.ToldAsync("visited", new VisitPlanned(Today.AddDays(-3), store.Clock.Now, Today, null, VisitPurpose.FollowUp));
        In((await WorkOfAsync(Worker("chi-mai"))).Soon).ShouldBe(["Visit visited"]);

        await store.TakenAsync("visited", new RecordVisit(Today, null));

        (await WorkOfAsync(Worker("chi-mai"))).Soon.Total.ShouldBe(0);
    }
}
