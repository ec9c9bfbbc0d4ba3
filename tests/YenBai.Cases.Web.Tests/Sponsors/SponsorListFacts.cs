using System.Net;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Listing;
using YenBai.Cases.Needs;
using YenBai.Cases.Privacy;
using YenBai.Cases.Records;
using YenBai.Cases.Sponsors;
using YenBai.Cases.Visits;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Sponsors;

/// <summary>Agencies and the households entrusted to them: from lists, and as everybody sees them.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SponsorListFacts(SponsorListFacts.Province store) : IClassFixture<SponsorListFacts.Province>
{
    public sealed class Province : TestStore
    {
        public HttpClient SponsorOfOne { get; private set; } = null!;

        protected override async Task FillAsync()
        {
            await ImportAsync(Write("agencies.csv", "sponsor_code,sponsor_name,kind,office\nDV-01,Sở Minh hoạ,cơ quan,Văn phòng Sở\nDV-02,Công ty Minh hoạ,enterprise,\n"));
            foreach (var code in new[] { "one", "two", "shy" })
            {
                (await RegisterAsync(code, $"Chủ Hộ {code}")).Reception.ShouldBe(Reception.Accepted);
                await GiveAsync(code, new DecideClass(new(2022, 1, 1), "2022-2025", PovertyClass.Poor, null, null, null));
            }
            await GiveAsync("one", new AskSupport(new(2024, 2, 1), "livestock"));
            await GiveAsync("one", new AskSupport(new(2024, 2, 1), "vbsp_loan_poor"));
            (await ImportAsync(Write("assigned.csv", "household_code,sponsor_code,since,consent_on\none,DV-01,2024-01-10,2024-01-05\ntwo,DV-01,2024-01-10,2024-01-05\n"))).Summary.ShouldBe("taken 2, unchanged 0, ignored 0, refused 0");
            await GiveAsync("one", new MakePledge(new(2024, 3, 1), null, "livestock", 18_000_000, new(2024, 5, 1), "Một con trâu cho chị Mai"));
            var pledge = (await CaseAsync("one")).Latest().Pledges.Keys.Single();
            await GiveAsync("one", new DeliverPledge(new(2024, 4, 1), pledge, 15_000_000));
            await GiveAsync("one", new RecordVisit(new(2024, 4, 2), null));
            await GiveAsync("two", new MakePledge(new(2024, 3, 1), null, "housing", 5_000_000, new(2024, 5, 1), null));
            await GiveAsync("two", new RecordExit(new(2024, 5, 20), PovertyClass.NotPoor, null, null, null));
            await CatchUpAsync();
            SponsorOfOne = await SignInAsync("nha-tai-tro", new GrantRequest(Role.Sponsor, null, null, ["one", "shy"], null, null, "biên bản thoả thuận"));
        }

        public async Task GiveAsync(string code, HouseholdCommand command) =>
            (await SubmitAsync(code, (await CaseAsync(code)).Version, command)).Reception.ShouldBe(Reception.Accepted, command.GetType().Name);
    }

    private async Task<ImportResult> AssignAsync(string rows, bool dryRun = false) =>
        await store.ImportAsync(store.Write($"list {Guid.NewGuid():N}.csv", $"household_code,sponsor_code,since,from_sponsor,consent_on\n{rows}\n"), dryRun: dryRun);

    [Fact]
    public async Task The_same_list_again_changes_nothing()
    {
        var before = (await store.CaseAsync("one")).Version;

        (await AssignAsync("one,DV-01,2024-01-10,,2024-01-05")).Summary.ShouldBe("taken 0, unchanged 1, ignored 0, refused 0");
        (await store.CaseAsync("one")).Version.ShouldBe(before);
        (await store.ImportAsync(store.Write("again.csv", "sponsor_code,sponsor_name,kind,office\nDV-01,Sở Minh hoạ,cơ quan,Văn phòng Sở\n"))).Summary.ShouldBe("taken 0, unchanged 1, ignored 0, refused 0");
    }

    [Theory]
    [InlineData("shy,DV-01,2024-01-10,,", "no_consent")]
    [InlineData("shy,DV-99,2024-01-10,,2024-01-05", "unknown_sponsor")]
    [InlineData("one,DV-02,2024-03-01,,", "has_sponsor")]
    [InlineData("one,DV-02,2024-03-01,DV-09,", "not_its_sponsor")]
    [InlineData("nobody,DV-01,2024-01-10,,", "unknown_household")]
    [InlineData("one,DV-01,2025-01-10,,", "date_in_future")]
    [InlineData("one,,2024-01-10,,", "missing")]
    [InlineData("one,DV-01,,,", "missing")]
    public async Task What_cannot_be_assigned_is_refused_with_its_line(string row, string reason)
    {
        var refused = await AssignAsync(row);

        (refused.Refused, refused.Problems.Select(p => (p.Line, p.Reason)).First()).ShouldBe((1, (2, reason)));
        File.ReadAllText(refused.Rejects!).ShouldContain(store.Get<Reasons>().Text(refused.Problems[0])[..20]);
        store.Get<Reasons>().Text(refused.Problems[0]).ShouldNotBe(reason, "in words");
    }

    [Fact]
    public async Task A_dry_run_and_then_a_hand_over()
    {
        await store.RegisterAsync("handed", "Chủ Hộ handed");
        await AssignAsync("handed,DV-01,2024-01-10,,2024-01-05");
        var version = (await store.CaseAsync("handed")).Version;

        (await AssignAsync("handed,DV-02,2024-03-01,DV-01,", dryRun: true)).Summary.ShouldBe("taken 1, unchanged 0, ignored 0, refused 0");
        (await store.CaseAsync("handed")).Version.ShouldBe(version);
        (await AssignAsync("handed,DV-02,2024-03-01,DV-01,")).Summary.ShouldBe("taken 1, unchanged 0, ignored 0, refused 0");
        (await store.CaseAsync("handed")).Latest().Sponsor!.Sponsor.ShouldBe("DV-02");
        await store.SubmitAsync("handed", (await store.CaseAsync("handed")).Version, new ReleaseSponsor(new(2024, 4, 1), "DV-02", "x"));
    }

    [Fact]
    public async Task An_agency_that_is_not_named_is_refused()
    {
        (await store.ImportAsync(store.Write("bad.csv", "sponsor_code,sponsor_name,kind\nDV-77,,\nDV-78,Trường Minh hoạ,spaceship\n"))).Problems.Select(p => p.Reason).ShouldBe(["missing", "unknown_value"]);
    }

    private async Task<JsonNode> GetAsync(string path, HttpClient? client = null)
    {
        using var response = await (client ?? store.Http).GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    [Fact]
    public async Task The_list_of_agencies_adds_up_what_they_do()
    {
        var first = (await GetAsync("/api/sponsors?fresh=true")).AsArray().Single(s => s!["code"]!.GetValue<string>() == "DV-01")!;

        (first["name"]!.GetValue<string>(), first["households"]!.GetValue<int>(), first["pledged"]!.GetValue<decimal>(), first["delivered"]!.GetValue<decimal>(), first["verified"]!.GetValue<decimal>())
            .ShouldBe(("Sở Minh hoạ", 2, 23_000_000, 15_000_000, 0));
        (first["visits"]!.GetValue<int>(), first["leftPoverty"]!.GetValue<int>()).ShouldBe((1, 1));
        (await GetAsync("/api/sponsors?year=2023")).AsArray().ShouldAllBe(s => s!["visits"]!.GetValue<int>() == 0 && s["leftPoverty"]!.GetValue<int>() == 0);
    }

    [Fact]
    public async Task One_agency_is_told_with_its_households_their_needs_and_the_promises()
    {
        var agency = await GetAsync("/api/sponsors/DV-01");
        var one = agency["households"]!.AsArray().Single(h => h!["household"]!.GetValue<string>() == "one")!;

        one["wanted"]!.AsArray().Select(w => w!["instrument"]!.GetValue<string>()).ShouldBe(["livestock", "vbsp_loan_poor"]);
        var pledge = one["pledges"]!.AsArray().ShouldHaveSingleItem()!;
        (pledge["amount"]!.GetValue<decimal>(), pledge["delivered"]!.GetValue<string>(), pledge["verified"], pledge["what"]!.GetValue<string>()).ShouldBe((18_000_000, "2024-04-01", null, "Một con trâu cho chị Mai"));
        using var nowhere = await store.Http.GetAsync("/api/sponsors/DV-99");
        nowhere.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_sponsor_sees_its_households_that_share_without_debts_and_notes()
    {
        var agencies = (await GetAsync("/api/sponsors", store.SponsorOfOne)).AsArray();
        agencies.Select(s => (s!["code"]!.GetValue<string>(), s["households"]!.GetValue<int>(), s["pledged"]!.GetValue<decimal>())).ShouldBe([("DV-01", 1, 18_000_000m)]);

        var one = (await GetAsync("/api/sponsors/DV-01", store.SponsorOfOne))["households"]!.AsArray().ShouldHaveSingleItem()!;
        one["household"]!.GetValue<string>().ShouldBe("one");
        one["wanted"]!.AsArray().Select(w => w!["instrument"]!.GetValue<string>()).ShouldBe(["livestock"]);
        one["pledges"]![0]!["what"].ShouldBeNull();
        using var notTheirs = await store.SponsorOfOne.GetAsync("/api/sponsors/DV-02");
        notTheirs.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_household_that_no_longer_shares_is_gone_from_the_sponsors_sight()
    {
        await store.RegisterAsync("withdrew", "Chủ Hộ withdrew");
        await AssignAsync("withdrew,DV-02,2024-01-10,,2024-01-05");
        using var sponsor = await store.SignInAsync("nha-tai-tro-2", new GrantRequest(Role.Sponsor, null, null, ["withdrew"], null, null, "biên bản"));
        (await GetAsync("/api/sponsors?fresh=true", sponsor)).AsArray().Count.ShouldBe(1);

        await store.GiveAsync("withdrew", new WithdrawConsent(new(2024, 6, 1), ConsentScope.SponsorSharing));

        (await GetAsync("/api/sponsors?fresh=true", sponsor)).AsArray().ShouldBeEmpty();
        await store.GiveAsync("withdrew", new ReleaseSponsor(new(2024, 6, 2), "DV-02", "Hộ rút sự đồng ý"));
    }

    [Fact]
    public async Task Numbers_of_households_are_rounded_for_readers_who_may_not_learn_who_anybody_is()
    {
        using var evaluator = await store.SignInAsync("danh-gia", new GrantRequest(Role.Evaluator, "15", null, [], null, null, "test"));
        var first = (await GetAsync("/api/sponsors", evaluator)).AsArray().Single(s => s!["code"]!.GetValue<string>() == "DV-01")!;

        new[] { "households", "pledged", "delivered", "verified", "visits", "leftPoverty" }.ShouldAllBe(m => first[m] == null || first[m]!.GetValue<decimal>() % 5 == 0);
        (await GetAsync("/api/sponsors/DV-01", evaluator))["households"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_tables_are_what_the_events_say() => await store.ShouldBeWhatTheEventsSayAsync();
}
