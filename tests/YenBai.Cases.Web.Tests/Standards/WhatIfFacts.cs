using System.Net;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Standards;

/// <summary>Which households another standard would put into another class; the record stays as it is.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class WhatIfFacts(WhatIfFacts.Commune commune) : IClassFixture<WhatIfFacts.Commune>
{
    private const string New = "2022-2025", Old = "2016-2020", MauA = "04375", Neighbour = "04456";
    private static readonly DateOnly Review = new(2023, 10, 10), Decided = new(2023, 12, 10), Today = new(2024, 6, 15);

    /// <summary>Judged under the standard in force, each by a form of its own.</summary>
    public sealed class Commune : TestStore
    {
        protected override async Task FillAsync()
        {
            // Near-poor under the one line; under the lower of the old two it would be poor.
            await AHouseholdAsync("lower", PovertyClass.NearPoor, 110, 20);
            // Between the old lines, with three deprivations that both standards ask: poor in both.
            await AHouseholdAsync("same", PovertyClass.Poor, 130, 30, ["4", "7", "8"]);
            // The same, with deprivations that the old standard did not ask.
            await AHouseholdAsync("unasked", PovertyClass.Poor, 130, 30, ["1", "2", "3"]);
            await AHouseholdAsync("elsewhere", PovertyClass.NearPoor, 110, 20, place: Neighbour);
            await AHouseholdAsync("no-points", PovertyClass.Poor, null, 30);
            (await RegisterAsync("no-form", "Chủ Hộ Không Phiếu", place: MauA)).Reception.ShouldBe(Reception.Accepted);
            // A later form, annulled: the earlier one counts.
            var version = await AHouseholdAsync("annulled", PovertyClass.NearPoor, 110, 20);
            version = await GiveAsync("annulled", version, new RecordAssessment(Review.AddDays(5), New, null, Area.Rural, 500, 0, null, null, null));
            await GiveAsync("annulled", version, new Annul((await CaseAsync("annulled")).Facts[^1].Id, "Nhập nhầm phiếu"));
            // It would switch, but is gone.
            version = await AHouseholdAsync("gone", PovertyClass.NearPoor, 110, 20);
            await GiveAsync("gone", version, new MoveOut(new(2024, 1, 5)));
            // It moved to the neighbour in spring.
            version = await AHouseholdAsync("moved", PovertyClass.NearPoor, 110, 20);
            await GiveAsync("moved", version, new Move(new(2024, 3, 1), Neighbour, null));
            await CatchUpAsync();
        }

        private async Task<int> AHouseholdAsync(string code, PovertyClass @class, decimal? a, decimal? b, string[]? deprivations = null, string place = MauA)
        {
            (await RegisterAsync(code, $"Chủ Hộ {code}", place: place)).Reception.ShouldBe(Reception.Accepted);
            var version = await GiveAsync(code, 1, new RecordAssessment(Review, New, null, Area.Rural, a, b, deprivations, null, null));
            return await GiveAsync(code, version, new DecideClass(Decided, New, @class, "12/QĐ-UBND", null, null));
        }

        private async Task<int> GiveAsync(string code, int version, HouseholdCommand command)
        {
            var received = await SubmitAsync(code, version, command);
            received.Reception.ShouldBe(Reception.Accepted, $"{code} {command} {received.Answer?.Refusal}");
            return received.Answer!.Version;
        }
    }

    private async Task<JsonNode> AskAsync(string query, HttpClient? by = null)
    {
        using var response = await (by ?? commune.Http).GetAsync($"/api/what-if?{query}");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private static (string Household, string? From, string To)[] Switches(JsonNode answer) =>
        [.. answer["switches"]!.AsArray().Select(s => (s!["household"]!.GetValue<string>(), s["from"]?.GetValue<string>(), s["to"]!.GetValue<string>())).Order()];

    [Fact]
    public async Task Given_another_standard_then_those_are_listed_whose_class_would_be_another()
    {
        var answer = await AskAsync($"standard={Old}&place={MauA}");

        Switches(answer).ShouldBe([("annulled", "near_poor", "poor"), ("lower", "near_poor", "poor"), ("unasked", "poor", "near_poor")]);
        (answer["considered"]!.GetValue<int>(), answer["notAssessed"]!.GetValue<int>(), answer["notEnough"]!.GetValue<int>(), answer["incomplete"]!.GetValue<int>()).ShouldBe((6, 1, 1, 1));
        (answer["inForce"]!.GetValue<string>(), answer["on"]!.GetValue<string>()).ShouldBe((New, "2024-06-15"));
        var lower = answer["switches"]!.AsArray().Single(s => s!["household"]!.GetValue<string>() == "lower")!;
        (lower["headName"]!.GetValue<string>(), lower["assessedOn"]!.GetValue<string>(), lower["assessedUnder"]!.GetValue<string>(), lower["complete"]!.GetValue<bool>())
            .ShouldBe(("Chủ Hộ lower", "2023-10-10", New, true));
        lower["reasoning"]!.AsArray()[0]!.GetValue<string>().ShouldContain("phiếu của chuẩn 2022–2025");
    }

    [Fact]
    public async Task Given_deprivations_that_the_other_form_did_not_ask_then_the_class_is_said_to_be_the_least()
    {
        var unasked = (await AskAsync($"standard={Old}&place={MauA}"))["switches"]!.AsArray().Single(s => s!["household"]!.GetValue<string>() == "unasked")!;

        unasked["complete"]!.GetValue<bool>().ShouldBeFalse();
        unasked["reasoning"]!.AsArray()[^1]!.GetValue<string>().ShouldContain("mức tối thiểu");
    }

    [Fact]
    public async Task Given_the_standard_in_force_then_nobody_switches() =>
        Switches(await AskAsync($"standard={New}")).ShouldBeEmpty();

    [Fact]
    public async Task Given_a_day_then_households_count_where_they_were_on_it()
    {
        Switches(await AskAsync($"standard={Old}&place={MauA}&on=2024-01-01")).Select(s => s.Household).ShouldBe(["annulled", "gone", "lower", "moved", "unasked"]);
        Switches(await AskAsync($"standard={Old}&place={Neighbour}&on=2024-01-01")).Select(s => s.Household).ShouldBe(["elsewhere"]);
        Switches(await AskAsync($"standard={Old}&place={Neighbour}")).Select(s => s.Household).ShouldBe(["elsewhere", "moved"]);
    }

    [Fact]
    public async Task Given_a_day_before_the_forms_then_nobody_was_assessed()
    {
        var answer = await AskAsync($"standard={Old}&place={MauA}&on=2023-10-09");

        Switches(answer).ShouldBeEmpty();
        (answer["considered"]!.GetValue<int>(), answer["notAssessed"]!.GetValue<int>()).ShouldBe((8, 8));
    }

    [Fact]
    public async Task Given_a_day_of_knowledge_before_anything_was_recorded_then_there_is_nobody() =>
        (await AskAsync($"standard={Old}&knownAt=2023-12-31"))["considered"]!.GetValue<int>().ShouldBe(0);

    [Fact]
    public async Task Given_a_caseworker_then_only_their_commune_is_asked()
    {
        using var caseworker = await commune.SignInAsync("can-bo-mu", new GrantRequest(Role.Caseworker, Neighbour, null, [], null, null, "phân công"));

        Switches(await AskAsync($"standard={Old}", caseworker)).Select(s => s.Household).ShouldBe(["elsewhere", "moved"]);
        (await AskAsync($"standard={Old}&place={MauA}", caseworker))["considered"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task Given_an_evaluator_then_the_question_is_not_theirs()
    {
        using var evaluator = await commune.SignInAsync("danh-gia-chuan", new GrantRequest(Role.Evaluator, "15", null, [], null, null, "nghiên cứu"));

        // It asks of households one by one, at any place and day.
        (await evaluator.GetAsync($"/api/what-if?standard={Old}")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Given_a_what_if_then_the_record_is_as_it_was()
    {
        var before = await commune.AskAsync<long>("select count(*) from cases.mt_events");
        await AskAsync($"standard={Old}");
        (await commune.AskAsync<long>("select count(*) from cases.mt_events")).ShouldBe(before);
        (await commune.CaseAsync("lower")).Latest().ClassOn(Today)!.Value.Class.Class.ShouldBe(PovertyClass.NearPoor);
    }

    [Theory]
    [InlineData("place=04375", "required", "standard")]
    [InlineData("standard=1999", "unknown_standard", "standard")]
    [InlineData("standard=2016-2020&place=nowhere", "unknown_place", "place")]
    [InlineData("standard=2016-2020&on=soon", "unknown_value", "on")]
    [InlineData("standard=2016-2020&knownAt=soon", "unknown_value", "knownAt")]
    [InlineData("standard=2016-2020&asOf=2024-01-01", "unknown_parameter", "asOf")]
    public async Task Given_a_question_that_cannot_be_answered_then_the_problem_names_the_parameter(string query, string code, string field)
    {
        using var response = await commune.Http.GetAsync($"/api/what-if?{query}");
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        ((int)response.StatusCode, problem["code"]!.GetValue<string>(), problem["field"]!.GetValue<string>()).ShouldBe((400, code, field));
    }

    [Fact]
    public async Task Given_the_page_then_it_links_each_household_and_says_why()
    {
        var page = await commune.Http.GetStringAsync($"/chuan-ngheo/thu?standard={Old}&place={MauA}");

        page.ShouldContain("href=\"/ho-dan/lower\"");
        page.ShouldContain("Chủ Hộ lower");
        page.ShouldContain("Điểm B1 = 110");
        (await commune.Http.GetStringAsync("/chuan-ngheo/thu")).ShouldContain("Chưa tính gì");
        (await commune.Http.GetStringAsync("/chuan-ngheo/thu?standard=1999&on=x")).ShouldContain("Không hiểu “1999”");
    }
}
