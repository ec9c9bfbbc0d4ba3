using System.Net;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Needs;
using YenBai.Cases.Privacy;
using YenBai.Cases.Records;
using YenBai.Cases.Sponsors;
using YenBai.Cases.Support;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Needs;

/// <summary>Who asked for what and what became of it, counted over the store.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class UnmetNeedFacts(UnmetNeedFacts.SomeWishes store) : IClassFixture<UnmetNeedFacts.SomeWishes>
{
    /// <summary>In Mậu A: one waits, one is served, one refused, one asked without being entitled; in Mù Cang Chải one waits longer.</summary>
    public sealed class SomeWishes : TestStore
    {
        public const string MauA = "04375", MuCangChai = "04456", Hamlet = "Nà Mằn";

        protected override async Task FillAsync()
        {
            await AskingAsync("waits", "livestock", new(2024, 6, 1));
            await AskingAsync("served", "livestock", new(2024, 3, 1));
            await GiveAsync("served", new SupportLivestock(new(2024, 4, 1), Livestock.Buffalo, 1, null));
            await AskingAsync("refused", "livestock", new(2024, 3, 1));
            await GiveAsync("refused", new RefuseSupport(new(2024, 5, 1), "livestock", RefusalGround.NoFunds, "Ông Páo đã có trâu"));
            await AskingAsync("refused-long-ago", "housing", new(2022, 3, 1));
            await GiveAsync("refused-long-ago", new RefuseSupport(new(2022, 5, 1), "housing", RefusalGround.NoFunds, null));
            await AskingAsync("not-poor", "livestock", new(2024, 3, 1), PovertyClass.NotPoor);
            await AskingAsync("far", "livestock", new(2024, 1, 1), place: MuCangChai, hamlet: Hamlet);
            await AskingAsync("shares", "vbsp_loan_poor", new(2024, 2, 1), place: MuCangChai);
            await GiveAsync("shares", new GiveConsent(new(2024, 1, 5), ConsentScope.SponsorSharing, ConsentForm.Written, null));
            await using (var session = Get<Marten.IDocumentStore>().LightweightSession())
            {
                session.Store(new Sponsor("DV-01", "Sở Minh hoạ", SponsorKind.Agency, null));
                await session.SaveChangesAsync();
            }
            await GiveAsync("shares", new AssignSponsor(new(2024, 2, 1), "DV-01"));
            await CatchUpAsync();
        }

        private async Task AskingAsync(string code, string instrument, DateOnly on, PovertyClass @class = PovertyClass.Poor, string place = MauA, string? hamlet = null)
        {
            (await RegisterAsync(code, $"Chủ Hộ {code}", place: place, hamlet: hamlet)).Reception.ShouldBe(Reception.Accepted);
            await GiveAsync(code, new DecideClass(new(2022, 1, 1), "2022-2025", @class, null, null, null));
            await GiveAsync(code, new AskSupport(on, instrument));
        }

        private async Task GiveAsync(string code, HouseholdCommand command) =>
            (await SubmitAsync(code, (await CaseAsync(code)).Version, command)).Reception.ShouldBe(Reception.Accepted, command.GetType().Name);
    }

    private static readonly DateOnly Today = new(2024, 6, 15);

    private NeedQuery Query => store.Get<NeedQuery>();

    private static string IdOf(string place) => Cases.Places.PlaceCatalog.Default.Resolve(place, Today)!.Id;

    [Fact]
    public async Task Each_who_asked_is_exactly_one_of_served_waiting_refused()
    {
        var table = await Query.CountAsync(store.Clerk, new(), Today, default);

        var livestock = table.Instruments.Single(r => r.Key == "livestock");
        (livestock.Asked, livestock.Served, livestock.Waiting, livestock.Refused, livestock.NotEntitled, livestock.WaitingSince).ShouldBe((4, 1, 2, 1, 1, new DateOnly(2024, 1, 1)));
        (table.All.Asked, table.All.Served, table.All.Waiting, table.All.Refused, table.All.NotEntitled).ShouldBe((6, 1, 3, 2, 1));
        foreach (var rows in new[] { table.Instruments, table.Places })
            (rows.Sum(r => r.Served), rows.Sum(r => r.Waiting), rows.Sum(r => r.Refused), rows.Sum(r => r.Asked)).ShouldBe((table.All.Served, table.All.Waiting, table.All.Refused, table.All.Asked));
        table.Grounds.ShouldBe(new Dictionary<RefusalGround, long> { [RefusalGround.NoFunds] = 2 });
    }

    [Fact]
    public async Task By_place_instrument_and_time()
    {
        (await Query.CountAsync(store.Clerk, new(Place: IdOf(SomeWishes.MauA)), Today, default)).All.Asked.ShouldBe(4);
        (await Query.CountAsync(store.Clerk, new(Instrument: "housing"), Today, default)).All.Asked.ShouldBe(1);
        (await Query.CountAsync(store.Clerk, new(Since: new(2024, 1, 1)), Today, default)).ShouldSatisfyAllConditions(
            t => t.All.Refused.ShouldBe(1), t => t.All.Waiting.ShouldBe(3, "who waits counts however long"));
    }

    [Fact]
    public async Task The_numbers_lead_to_the_households_who_waits_longest_first()
    {
        var waiting = await Query.PageAsync(store.Clerk, new(Instrument: "livestock", State: WishState.Waiting), 1, 10, default);

        waiting.Total.ShouldBe(2);
        waiting.Items.Select(i => i.Code).ShouldBe(["far", "waits"]);
        (await Query.PageAsync(store.Clerk, new(State: WishState.NotEntitled), 1, 10, default)).Items.Select(i => i.Code).ShouldBe(["not-poor"]);
        (await Query.PageAsync(store.Clerk, new(Instrument: "livestock", State: WishState.Waiting), 2, 1, default)).Items.Select(i => i.Code).ShouldBe(["waits"]);
    }

    [Fact]
    public async Task Everybody_counts_what_is_theirs()
    {
        var caseworker = store.Somebody("cb", Role.Caseworker, SomeWishes.MuCangChai);
        var elsewhere = store.Somebody("cb2", Role.Caseworker, "04252");

        (await Query.CountAsync(caseworker, new(), Today, default)).All.Waiting.ShouldBe(2);
        (await Query.PageAsync(caseworker, new(), 1, 10, default)).Items.Select(i => i.Code).ShouldBe(["far", "shares"]);
        (await Query.CountAsync(elsewhere, new(), Today, default)).All.Asked.ShouldBe(0);
        (await Query.PageAsync(elsewhere, new(), 1, 10, default)).Items.ShouldBeEmpty();
        (await Query.CountAsync(store.Somebody("qt", Role.Administrator, "15"), new(), Today, default)).Instruments.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_may_not_learn_who_anybody_is_is_told_no_small_number_and_no_household()
    {
        var evaluator = store.Somebody("dg", Role.Evaluator, "15");
        var table = await Query.CountAsync(evaluator, new(Place: IdOf(SomeWishes.MauA), Instrument: "housing"), Today, default);

        table.Withheld.ShouldBeTrue();
        table.Places.ShouldBeEmpty();
        // That there is nobody tells of nobody; what is there is few.
        table.Instruments.ShouldAllBe(r => (r.Served ?? 0) + (r.Waiting ?? 0) + (r.Refused ?? 0) == 0 && r.WaitingSince == null && (r.Asked ?? 0) == 0);
        (await Query.PageAsync(evaluator, new(), 1, 10, default)).ShouldSatisfyAllConditions(p => p.Total.ShouldBe(0), p => p.Items.ShouldBeEmpty());
    }

    private async Task<JsonNode> GetAsync(string path, HttpClient? client = null)
    {
        using var response = await (client ?? store.Http).GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    [Fact]
    public async Task The_call_tells_numbers_and_households()
    {
        var needs = await GetAsync("/api/needs?place=04375&instrument=livestock&state=waiting");

        (needs["all"]!["asked"]!.GetValue<int>(), needs["all"]!["waiting"]!.GetValue<int>(), needs["all"]!["longestWait"]!.GetValue<int>()).ShouldBe((3, 1, 14));
        var item = needs["items"]!.AsArray().ShouldHaveSingleItem()!;
        (item["household"]!.GetValue<string>(), item["state"]!.GetValue<string>(), item["days"]!.GetValue<int>(), item["source"]!.GetValue<string>()).ShouldBe(("waits", "waiting", 14, "asked"));
        (await GetAsync("/api/needs?state=refused"))["refusals"]!["no_funds"]!.GetValue<int>().ShouldBe(2);
    }

    [Theory]
    [InlineData("place=99999", "place")]
    [InlineData("instrument=a_car", "instrument")]
    [InlineData("state=lost", "state")]
    [InlineData("page=0", "page")]
    [InlineData("size=201", "size")]
    public async Task What_cannot_be_asked_is_named(string query, string field)
    {
        using var response = await store.Http.GetAsync($"/api/needs?{query}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!["field"]!.GetValue<string>().ShouldBe(field);
    }

    [Fact]
    public async Task Who_is_eligible_for_what_and_why_is_told_in_words()
    {
        var answer = await GetAsync("/api/households/waits/eligibility?on=2024-06-01");

        answer["standing"]!.GetValue<string>().ShouldBe("poor");
        var loan = answer["instruments"]!.AsArray().Single(i => i!["instrument"]!.GetValue<string>() == "vbsp_loan_poor")!;
        (loan["eligible"]!.GetValue<bool>(), loan["entitled"]!.GetValue<bool>(), loan["ceiling"]!.GetValue<decimal>()).ShouldBe((false, true, 100_000_000m));
        loan["grounds"]!.AsArray().Select(g => (g!["code"]!.GetValue<string>(), g["speaks"]!.GetValue<bool>(), g["text"]!.GetValue<string>())).ShouldBe([
            ("class_is", true, "là hộ nghèo"), ("group_member", false, "chưa ở trong tổ tiết kiệm và vay vốn")]);
        using var nowhere = await store.Http.GetAsync("/api/households/nobody/eligibility");
        nowhere.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var before = await store.Http.GetAsync("/api/households/waits/eligibility?on=2020-01-01");
        before.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_refusal_to_agree_says_in_words_all_that_speaks_against()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/households/not-poor/agree-support");
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{(await store.CaseAsync("not-poor")).Version}\"");
        request.Content = new StringContent("""{"on":"2024-06-01","instrument":"vbsp_loan_poor","amount":0,"funding":[],"start":"2024-06-01","end":"2024-12-01"}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await store.Http.SendAsync(request);

        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        (problem["code"]!.GetValue<string>(), problem["detail"]!.GetValue<string>()).ShouldBe((
            "not_eligible", "Hộ chưa đủ điều kiện cho “Vay vốn hộ nghèo (NHCSXH)” vì: là hộ không nghèo, mà chỉ dành cho hộ nghèo; chưa ở trong tổ tiết kiệm và vay vốn."));
    }

    public static TheoryData<ReadModel, string> Damages => new()
    {
        { ReadModel.Wishes, "delete from cases.wish where instrument = 'housing'" },
        { ReadModel.Wishes, "update cases.wish set state = 0 where state = 1" },
        { ReadModel.Wishes, "update cases.wish set version = 99" },
        { ReadModel.Wishes, "insert into cases.wish (household, n, version, instrument, asked, source, state) values ('00000000-0000-0000-0000-000000000001', 1, 1, 'housing', '2024-01-01', 0, 1)" },
        { ReadModel.Sponsorships, "truncate cases.sponsorship" },
        { ReadModel.Sponsorships, "update cases.sponsorship set visits = '{2024-01-01}'" },
        { ReadModel.Sponsorships, "insert into cases.sponsorship (household, n, version, sponsor, since, pledged, delivered, verified, visits, exits) values ('00000000-0000-0000-0000-000000000001', 1, 1, 'DV-01', '2024-01-01', 0, 0, 0, '{}', '{}')" },
    };

    [Theory, MemberData(nameof(Damages))]
    public async Task Damage_is_reported_and_repaired(ReadModel model, string damage)
    {
        await store.ShouldBeWhatTheEventsSayAsync();
        (await store.ExecuteAsync(damage)).ShouldNotBe(0);

        var differences = (await store.VerifyAsync()).Differences;
        differences.ShouldNotBeEmpty();
        differences.ShouldAllBe(d => d.Model == model);

        await store.Get<Rebuild>().RunAsync(new HashSet<ReadModel> { model }, null, default);
        await store.ShouldBeWhatTheEventsSayAsync();
    }
}
