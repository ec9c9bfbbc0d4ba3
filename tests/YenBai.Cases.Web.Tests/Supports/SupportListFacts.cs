using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Privacy;
using YenBai.Cases.Support;
using YenBai.Cases.Web.Tests.Store;
using static YenBai.Cases.Web.Tests.Supports.SupportStory;

namespace YenBai.Cases.Web.Tests.Supports;

/// <summary>Which agreements somebody finds, by each filter, with how much sight.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SupportListFacts(SupportListFacts.Agreements store) : IClassFixture<SupportListFacts.Agreements>
{
    private const string Commune = "04456", Hamlet = "Nà Mằn", Neighbour = "04375";

    /// <summary>One household for each thing that can be asked after.</summary>
    public sealed class Agreements : TestStore
    {
        protected override async Task FillAsync()
        {
            await this.AgreedAsync("soon", [Vaccinate(Today.AddDays(3), "chi-mai")], hamlet: Hamlet, end: Today.AddDays(5), amount: 5_000_000);
            await this.AgreedAsync("month", [Vaccinate(Today.AddDays(25))], end: Today.AddDays(28), sponsor: "SO-CT");
            var suspended = await this.AgreedAsync("suspended", [Vaccinate(Today.AddDays(-2))], end: Today.AddDays(6));
            await this.TakenAsync("suspended", new SuspendSupport(Today.AddDays(-10), suspended.Id, "Lũ"));
            await this.AgreedAsync("missed", [Vaccinate(Today.AddDays(-3))], place: Neighbour);
            var shown = await this.AgreedAsync("shown", [Vaccinate(Today.AddDays(60))], place: Neighbour, instrument: "production_means");
            await this.TakenAsync("shown", new HandInEvidence(Today, shown.Conditions.Single().Id, null, "Ảnh gửi qua Zalo"));
            var ended = await this.AgreedAsync("ended", []);
            await this.TakenAsync("ended", new EndSupport(Today.AddDays(-1), ended.Id, SupportOutcome.EndedEarly, "Chuyển đi"));
            await this.AgreedAsync("loan", [Vaccinate(Today.AddDays(90))], instrument: "vbsp_loan_poor", amount: 50_000_000);
            foreach (var code in new[] { "month", "loan" }) await this.TakenAsync(code, new GiveConsent(Today, ConsentScope.SponsorSharing, ConsentForm.Written, null));
            await this.AgreedAsync("restricted", [Vaccinate(Today.AddDays(45))], end: Today.AddDays(50));
            await this.TakenAsync("restricted", new GiveConsent(Today, ConsentScope.SponsorSharing, ConsentForm.Written, null));
            await this.TakenAsync("restricted", new RestrictProcessing(Today, null));
            await CatchUpAsync();
            (await Get<ClockWork>().RunAsync(null, default))!.Missed.ShouldBe(1);
            await CatchUpAsync();
        }
    }

    private Actor Somebody(Role role, string place = "15", string? hamlet = null, params string[] named) => new(
        "ai-do", [new(Guid.NewGuid(), role, named.Length > 0 ? null : PlaceCatalog.Default.Resolve(place, Today)!.Id, hamlet, [.. named.Select(Ids.Household)], DateTimeOffset.MinValue, null)], store.Clock.Now, PlaceCatalog.Default);

    private async Task<string[]> FoundAsync(SupportFilter filter, Actor? who = null)
    {
        var page = await store.Get<SupportQuery>().PageAsync(who ?? store.Clerk, filter, 1, 100, default);
        page.Total.ShouldBe(page.Items.Count);
        return [.. page.Items.Select(i => i.Code).Order(StringComparer.Ordinal)];
    }

    private static string Unit(string code) => PlaceCatalog.Default.Resolve(code, Today)!.Id;

    public static TheoryData<string, SupportFilter, string[]> Filters => new()
    {
        { "everything", new(), ["ended", "loan", "missed", "month", "restricted", "shown", "soon", "suspended"] },
        { "running", new(Running: true), ["loan", "missed", "month", "restricted", "shown", "soon", "suspended"] },
        { "place", new(Unit(Neighbour)), ["missed", "shown"] },
        { "active", new(State: SupportState.Active), ["loan", "missed", "month", "restricted", "shown", "soon"] },
        { "suspended", new(State: SupportState.Suspended), ["suspended"] },
        { "ended early", new(State: SupportState.EndedEarly), ["ended"] },
        { "lapsed", new(State: SupportState.Lapsed), [] },
        { "agreed, not begun", new(State: SupportState.Agreed), [] },
        { "instrument", new(Instrument: "production_means"), ["shown"] },
        { "sponsor", new(Sponsor: "SO-CT"), ["month"] },
        { "household", new(Household: "missed"), ["missed"] },
        { "owner", new(Owner: "chi-mai"), ["soon"] },
        { "due within a week, past ones too", new(DueWithin: 7), ["soon"] },
        { "due within a month", new(DueWithin: 30), ["month", "soon"] },
        { "ends within a week, not while it stands still", new(EndsWithin: 7), ["soon"] },
        { "ends within a month", new(EndsWithin: 30), ["month", "soon"] },
        { "overdue, not while it stands still", new(Overdue: true), ["missed"] },
        { "missed", new(Missed: true), ["missed"] },
        { "evidence waits", new(EvidenceWaiting: true), ["shown"] },
        { "two at once", new(Unit(Commune), EndsWithin: 30, Owner: "chi-mai"), ["soon"] },
    };

    [Theory, MemberData(nameof(Filters))]
    public async Task Each_filter_finds_what_it_says(string what, SupportFilter filter, string[] codes)
    {
        (await FoundAsync(filter)).ShouldBe(codes, what);
    }

    [Fact]
    public async Task Everybody_finds_what_is_theirs()
    {
        (await FoundAsync(new(), Somebody(Role.Caseworker, Commune, Hamlet))).ShouldBe(["soon"]);
        (await FoundAsync(new(), Somebody(Role.Manager, Neighbour))).ShouldBe(["missed", "shown"]);
        // Debts are not a sponsor's to find out, nor what is restricted, nor who has not agreed.
        (await FoundAsync(new(), Somebody(Role.Sponsor, named: ["month", "loan", "restricted", "soon"]))).ShouldBe(["month"]);
        (await FoundAsync(new(), Somebody(Role.Administrator))).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_evaluator_sees_no_agreement()
    {
        var page = await store.Get<SupportQuery>().PageAsync(Somebody(Role.Evaluator), new(), 1, 100, default);

        (page.Total, page.Items.Count).ShouldBe((0, 0));
        (await FoundAsync(new(Household: "soon"), Somebody(Role.Evaluator))).ShouldBeEmpty();
        (await store.Get<SupportQuery>().CountAsync(Somebody(Role.Evaluator), null, default)).Running.ShouldBe(0);
    }

    [Fact]
    public async Task Counts_are_those_of_the_lists_that_they_lead_to()
    {
        var counts = await store.Get<SupportQuery>().CountAsync(store.Clerk, null, default);

        counts.ShouldBe(new SupportCounts(Running: 7, Within7: 1, Within14: 1, Within30: 2, Suspended: 1, Missed: 1, EvidenceWaiting: 1));
        (await store.Get<SupportQuery>().CountAsync(store.Clerk, Unit(Neighbour), default)).ShouldBe(new SupportCounts(2, 0, 0, 0, 0, 1, 1));
        (await store.Get<SupportQuery>().CountAsync(Somebody(Role.Caseworker, Commune, Hamlet), null, default)).ShouldBe(new SupportCounts(1, 1, 1, 1, 0, 0, 0));
        (await store.Get<SupportQuery>().ByUnitAsync(store.Clerk, null, default)).First().ShouldBe(new UnitLateness(Unit(Neighbour), 2, 1, 1));
    }

    [Fact]
    public async Task A_suspended_agreement_ends_later_day_by_day()
    {
        var suspended = (await store.Get<SupportQuery>().PageAsync(store.Clerk, new(Household: "suspended"), 1, 1, default)).Items.Single();

        suspended.ShouldSatisfyAllConditions(
            s => s.State.ShouldBe(SupportState.Suspended), s => s.End.ShouldBe(Today.AddDays(16)), s => s.Suspensions.ShouldBe([new Suspension(Today.AddDays(-10), null)]),
            s => s.Conditions.Single().Due.ShouldBe(Today.AddDays(8)), s => s.Conditions.Single().State.ShouldBe(ConditionState.Due));
    }

    [Fact]
    public async Task Pages_and_orders_hold_everything_once()
    {
        foreach (var order in Enum.GetValues<SupportOrder>())
        {
            List<string> codes = [];
            for (var page = 1; page <= 4; page++) codes.AddRange((await store.Get<SupportQuery>().PageAsync(store.Clerk, new(Order: order), page, 2, default)).Items.Select(i => i.Code));
            codes.Distinct().Count().ShouldBe(8, order.ToString());
        }
        (await store.Get<SupportQuery>().PageAsync(store.Clerk, new(Order: SupportOrder.Amount, Descending: true), 1, 1, default)).Items.Single().Code.ShouldBe("loan");
    }

    [Fact]
    public async Task One_agreement_is_found_by_those_who_may()
    {
        var id = (await store.CaseAsync("soon")).Latest().Agreements.Keys.Single();

        (await store.Get<SupportQuery>().FindAsync(Somebody(Role.Caseworker, Commune, Hamlet), id, default)).ShouldNotBeNull().Code.ShouldBe("soon");
        (await store.Get<SupportQuery>().FindAsync(Somebody(Role.Manager, Neighbour), id, default)).ShouldBeNull();
        (await store.Get<SupportQuery>().FindAsync(Somebody(Role.Evaluator), id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task The_api_tells_agreements_with_conditions_and_clocks()
    {
        var supports = JsonNode.Parse(await store.Http.GetStringAsync("/api/supports?dueWithin=7"))!.AsArray();

        var soon = supports.ShouldHaveSingleItem()!;
        (soon["household"]!.GetValue<string>(), soon["state"]!.GetValue<string>(), soon["daysLeft"]!.GetValue<int>()).ShouldBe(("soon", "active", 5));
        (soon["conditions"]![0]!["state"]!.GetValue<string>(), soon["conditions"]![0]!["daysLeft"]!.GetValue<int>(), soon["conditions"]![0]!["owner"]!.GetValue<string>()).ShouldBe(("due", 3, "chi-mai"));
    }
}
