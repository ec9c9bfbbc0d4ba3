using System.Net;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Privacy;
using YenBai.Cases.Support;
using YenBai.Cases.Tests.Layers;
using YenBai.Cases.Visits;
using YenBai.Cases.Watch;
using YenBai.Cases.Web.Tests.Store;
using YenBai.Cases.Web.Tests.Supports;

namespace YenBai.Cases.Web.Tests.Watch;

/// <summary>Whom to go and see first, over a store with households of two old districts.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SuggestionFacts(SuggestionFacts.TwoDistricts store) : IClassFixture<SuggestionFacts.TwoDistricts>
{
    private static readonly DateOnly Today = new(2024, 6, 15);

    /// <summary>
    /// In Văn Yên four off the list with 4, 2, 0 and 0 points, one poor, one gone; in Mù Cang Chải one with 2 points and one with none,
    /// in a hamlet.
    /// </summary>
    public sealed class TwoDistricts : TestStore
    {
        public const string VanYen = "04375", MuCangChai = "04456", Hamlet = "Nà Mằn";

        protected override async Task FillAsync()
        {
            await OutAsync("lately-near-poor", new(2023, 12, 15), to: PovertyClass.NearPoor);
            await OutAsync("lately", new(2023, 12, 15));
            await OutAsync("long-visited", new(2021, 12, 15));
            await this.TakenAsync("long-visited", new RecordVisit(new(2024, 5, 1), null));
            await OutAsync("long", new(2021, 12, 15));
            await OutAsync("gone", new(2023, 12, 15));
            await this.ToldAsync("gone", new MovedOut(new(2024, 2, 1), Clock.Now, "04375@2020-02-01", null));
            await ListedAsync("poor", VanYen, null);
            await OutAsync("far", new(2023, 12, 15), MuCangChai);
            await OutAsync("far-long", new(2021, 12, 15), MuCangChai, hamlet: Hamlet);
            await CatchUpAsync();
        }

        private async Task ListedAsync(string code, string place, string? hamlet)
        {
            (await RegisterAsync(code, $"Chủ Hộ {code}", place: place, on: "2020-03-01", hamlet: hamlet)).Reception.ShouldBe(Reception.Accepted);
            await this.ToldAsync(code, new ListedPoor(new(2020, 3, 1), Clock.Now.AddYears(-4), $"{place}@2020-02-01", "2016-2020", EntryCause.Deterioration));
        }

        public async Task OutAsync(string code, DateOnly exit, string place = VanYen, PovertyClass to = PovertyClass.NotPoor, string? hamlet = null)
        {
            await ListedAsync(code, place, hamlet);
            await this.ToldAsync(code, new Exited(exit, Clock.Now.AddMonths(-1), $"{place}@2020-02-01", "2016-2020", to, false, "none"));
        }
    }

    private static string IdOf(string place) => Cases.Places.PlaceCatalog.Default.Resolve(place, Today)!.Id;

    private async Task<WatchAnswer> AskAsync(int perDistrict = 20, string? place = null, Actor? who = null)
    {
        await store.CatchUpAsync();
        return await store.Get<WatchQuery>().AskAsync(who ?? store.Clerk, new(place is null ? null : IdOf(place), perDistrict), default);
    }

    private static string[] Codes(WatchAnswer answer) => [.. answer.Items.Select(i => i.Code)];

    [Fact]
    public async Task Capacity_of_each_district_comes_before_points()
    {
        var one = await AskAsync(perDistrict: 1);
        var two = await AskAsync(perDistrict: 2);

        Codes(one).ShouldBe(["far", "lately-near-poor"]);
        // Without a point, but within its district's capacity; in the other district two points are not.
        Codes(two).ShouldBe(["far", "far-long", "lately-near-poor", "lately"]);
        two.Items.Select(i => (i.Points, i.Rank)).ShouldBe([(2, 1), (0, 2), (4, 1), (2, 2)]);
        (two.Total, two.Scored).ShouldBe((4, 6));
        two.Districts.Select(d => (d.Scored, d.Suggested)).ShouldBe([(2, 2), (4, 2)]);
    }

    [Fact]
    public async Task Of_the_same_points_those_come_first_whom_nobody_visited_for_longest()
    {
        var answer = await AskAsync(place: "136");

        Codes(answer).ShouldBe(["lately-near-poor", "lately", "long", "long-visited"]);
        (answer.Items[2].LastVisit, answer.Items[3].LastVisit).ShouldBe((null, new DateOnly(2024, 5, 1)));
    }

    [Fact]
    public async Task Reasons_are_told_and_so_is_what_is_not_recorded()
    {
        var answer = await AskAsync();

        answer.Items.Single(i => i.Code == "lately-near-poor").Reasons.Select(r => r.Rule).ShouldBe([WatchRule.ExitedLately, WatchRule.NearPoorAtExit]);
        // Out since 2021 and never seen since: of a shock nothing can be known.
        answer.Items.Single(i => i.Code == "long").NotRecorded.ShouldBe([WatchRule.Shock, WatchRule.FewWorkers, WatchRule.WageOrSecondIncome]);
        answer.Items.Single(i => i.Code == "long-visited").NotRecorded.ShouldBe([WatchRule.FewWorkers, WatchRule.WageOrSecondIncome]);
        var near = answer.Inputs.Single(i => i.Rule.Rule == WatchRule.NearPoorAtExit);
        (near.Yes, near.No, near.NotRecorded).ShouldBe((1, 5, 0));
        answer.Inputs.ShouldAllBe(i => i.Yes + i.No + i.NotRecorded == 6);
    }

    [Fact]
    public async Task What_befell_a_household_counts_where_it_stands()
    {
        var (loan, support) = (Guid.NewGuid(), Guid.NewGuid());
        await store.OutAsync("burdened", new(2021, 12, 15), "15");
        await store.ToldAsync("burdened",
            new ShockReported(new(2024, 3, 1), store.Clock.Now, ShockKind.Illness, null), new LoanGranted(new(2023, 1, 1), store.Clock.Now, loan, 50_000_000, 36, null, null),
            new LoanStatusReported(new(2024, 1, 1), store.Clock.Now, loan, 40_000_000, 0, 0), new LoanStatusReported(new(2024, 5, 1), store.Clock.Now, loan, 40_000_000, 1_000_000, 20),
            new JobPlaced(new(2024, 4, 1), store.Clock.Now, Guid.NewGuid(), JobKind.Local),
            new SupportAgreed(new(2023, 1, 1), store.Clock.Now, support, "production_means", 0, [], new(2023, 1, 1), new(2023, 12, 31), null, null, []),
            new SupportEnded(new(2023, 12, 31), store.Clock.Now, support, SupportOutcome.Completed, null),
            new MembersLeft(new(2024, 2, 1), store.Clock.Now, 3, 1, MemberChange.Departure, null));
        try
        {
            var burdened = (await AskAsync()).Items.Single(i => i.Code == "burdened");

            // Known only to be in the province, it has no old district.
            burdened.District.ShouldBeNull();
            burdened.Points.ShouldBe(2 + 1 + 1 + 1 - 2);
            burdened.Reasons.Select(r => r.Rule).ShouldBe([WatchRule.Shock, WatchRule.WageOrSecondIncome, WatchRule.SupportEnded]);
            await store.TakenAsync("burdened", new Listing.RecordReEntry(Today, EntryCause.Deterioration, null, null, null));
            Codes(await AskAsync()).ShouldNotContain("burdened");
        }
        finally
        {
            await store.ToldAsync("burdened", new Dissolved(Today, store.Clock.Now, IdOf("15"), null));
        }
    }

    [Fact]
    public async Task What_is_declined_is_not_suggested_until_the_next_review_and_then_again()
    {
        await store.OutAsync("declined", new(2023, 12, 15), to: PovertyClass.NearPoor);
        var before = store.Clock.Now;
        try
        {
            (await AskAsync()).Until.ShouldBe(new DateOnly(2024, 12, 15));
            Codes(await AskAsync()).ShouldContain("declined");
            await store.TakenAsync("declined", new DeclineVisitSuggestion(Today, DeclineGround.DoingWell, null));

            var hidden = await AskAsync();
            Codes(hidden).ShouldNotContain("declined");
            (hidden.Declined[DeclineGround.DoingWell], hidden.Scored).ShouldBe((1, 7));
            store.Clock.Now = new(2024, 12, 14, 12, 0, 0, TimeSpan.FromHours(7));
            Codes(await AskAsync()).ShouldNotContain("declined");

            store.Clock.Now = new(2024, 12, 15, 12, 0, 0, TimeSpan.FromHours(7));
            var again = await AskAsync();
            again.Until.ShouldBe(new DateOnly(2025, 12, 15));
            again.Declined.ShouldBeEmpty();
            // A year after the exit it is no late exit any more: the old points did not stay.
            again.Items.Single(i => i.Code == "declined").Points.ShouldBe(2);
        }
        finally
        {
            store.Clock.Now = before;
            await store.ToldAsync("declined", new Dissolved(Today, before, IdOf(TwoDistricts.VanYen), null));
        }
    }

    [Fact]
    public async Task A_visit_that_was_planned_is_told_and_whose_data_are_restricted_is_not_scored()
    {
        await store.OutAsync("planned", new(2023, 12, 15));
        await store.OutAsync("restricted", new(2023, 12, 15));
        try
        {
            await store.TakenAsync("planned", new PlanVisit(Today, new(2024, 6, 20), null, VisitPurpose.Suggested));
            await store.TakenAsync("restricted", new RestrictProcessing(Today, null));

            var answer = await AskAsync();
            answer.Items.Single(i => i.Code == "planned").PlannedVisit.ShouldBe(new DateOnly(2024, 6, 20));
            Codes(answer).ShouldNotContain("restricted");
            answer.Restricted.ShouldBe(1);
        }
        finally
        {
            foreach (var code in new[] { "planned", "restricted" }) await store.ToldAsync(code, new Dissolved(Today, store.Clock.Now, IdOf(TwoDistricts.VanYen), null));
        }
    }

    [Fact]
    public async Task Everybody_is_told_of_their_own_places_and_only_who_works_with_households()
    {
        Codes(await AskAsync(who: store.Somebody("worker", Role.Caseworker, TwoDistricts.MuCangChai))).ShouldBe(["far", "far-long"]);
        Codes(await AskAsync(who: store.Somebody("worker", Role.Caseworker, TwoDistricts.MuCangChai), place: "136")).ShouldBeEmpty();
        Codes(await AskAsync(who: store.Somebody("manager", Role.Manager, "136"))).Length.ShouldBe(4);
        foreach (var role in new[] { Role.Evaluator, Role.Sponsor, Role.Auditor, Role.Administrator })
            await Should.ThrowAsync<NotPermittedException>(() => AskAsync(who: store.Somebody("reader", role, "15")));
    }

    [Fact]
    public async Task The_api_pages_through_the_suggestions_and_names_what_is_asked_wrong()
    {
        await store.CatchUpAsync();
        var answer = JsonNode.Parse(await store.Http.GetStringAsync("/api/watch?perDistrict=2&size=3&page=2"))!;

        (answer["total"]!.GetValue<int>(), answer["basis"]!.GetValue<string>(), answer["until"]!.GetValue<string>()).ShouldBe((4, "prior_opinion", "2024-12-15"));
        var only = answer["items"]!.AsArray().ShouldHaveSingleItem()!;
        (only["household"]!.GetValue<string>(), only["rank"]!.GetValue<int>(), only["points"]!.GetValue<int>()).ShouldBe(("lately", 2, 2));
        only["reasons"]!.AsArray().Select(r => r!["rule"]!.GetValue<string>()).ShouldBe(["exited_lately"]);
        foreach (var (query, code) in new[] { ("place=99999", "unknown_place"), ("perDistrict=0", "out_of_range"), ("perDistrict=501", "out_of_range"), ("page=0", "out_of_range"), ("size=201", "out_of_range") })
        {
            using var wrong = await store.Http.GetAsync($"/api/watch?{query}");
            (wrong.StatusCode, JsonNode.Parse(await wrong.Content.ReadAsStringAsync())!["code"]!.GetValue<string>()).ShouldBe((HttpStatusCode.BadRequest, code), query);
        }
    }

    [Fact]
    public async Task The_page_says_what_the_points_are_until_when_and_links_to_where_the_inputs_are_corrected()
    {
        await store.CatchUpAsync();
        var page = await store.Http.GetStringAsync("/theo-doi-tai-ngheo?perDistrict=1");

        page.ShouldContain("Điểm chỉ để gợi ý thứ tự thăm hộ, chưa được kiểm chứng.");
        page.ShouldNotContain("phiên bản");
        page.ShouldContain("15/12/2024");
        page.ShouldContain("href=\"/ho-dan/lately-near-poor\"");
        page.ShouldContain("Thoát nghèo thành hộ cận nghèo");
        page.ShouldNotContain("href=\"/ho-dan/lately\"");
        (await store.Http.GetStringAsync("/theo-doi-tai-ngheo?place=nowhere")).ShouldContain("Không đọc được “nowhere”");
        using var commune = await store.SignInAsync("nobody-there", new GrantRequest(Role.Caseworker, "04381", null, [], null, null, "phân công"));
        (await commune.GetStringAsync("/theo-doi-tai-ngheo")).ShouldContain("Không có hộ nào đang ở ngoài danh sách ở đây");
    }

    [Fact]
    public void No_page_letter_list_or_export_but_the_watchs_own_knows_the_points()
    {
        string[] mayName = ["YenBai.Cases.Web.Components.Watch", "YenBai.Cases.Web.Api.WatchEndpoints"];
        string[] dependent =
        [
            .. typeof(Program).Assembly.GetTypes().Where(t => t.FullName!.StartsWith("YenBai.", StringComparison.Ordinal) && References.Of(t).Any(r => r.Namespace == "YenBai.Cases.Watch")).Select(t => t.FullName!),
        ];

        dependent.ShouldNotBeEmpty();
        dependent.Where(d => !mayName.Any(m => d.StartsWith(m, StringComparison.Ordinal)) && !d.StartsWith("YenBai.Cases.Web.Api.Watch", StringComparison.Ordinal)).ShouldBeEmpty();
        typeof(Program).Assembly.GetTypes().Where(t => t.Namespace == "YenBai.Cases.Web.Components.Watch").SelectMany(References.MadeBy).Where(t => t.IsSubclassOf(typeof(HouseholdCommand))).Distinct()
            .ShouldBe([typeof(PlanVisit), typeof(DeclineVisitSuggestion)], ignoreOrder: true);
    }
}
