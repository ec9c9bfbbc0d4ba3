using System.Runtime.Versioning;
using System.Text.Json.Nodes;

namespace YenBai.Cases.Web.Tests.Durability;

/// <summary>The indicators of 2018 for the twenty households, counted by hand from their stories.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OutcomeFacts(TwentyHouseholds store) : IClassFixture<TwentyHouseholds>
{
    private async Task<JsonNode> AskAsync(string code, string more = "year=2018") =>
        (await store.GetAsync($"/api/outcomes?asOf=2022-06-30&{more}"))["indicators"]!.AsArray().Single(i => i!["code"]!.GetValue<string>() == code)!;

    [Theory]
    [InlineData("net_reduction_households", -1, 6, null)]
    [InlineData("gross_exit_rate", 3 / 6.0, 6, 3)]
    [InlineData("voluntary_share", 1 / 3.0, 3, 1)]
    [InlineData("flow_ratio", 4 / 3.0, 3, 4)]
    // H01 to H05, H08, H11, H14 to H16 and H20 were out on 1 January; H03, H04 and H14 came back.
    [InlineData("reentry_rate_of_exited", 3 / 11.0, 11, 3)]
    // Of them H04 left again.
    [InlineData("restored", 1 / 3.0, 3, 1)]
    // Of the seven still out at the end of the year nobody confirmed H08 and H16 in it.
    [InlineData("confirmation_coverage", 5 / 7.0, 7, 5)]
    public async Task What_happened_is_counted(string code, double value, int n, int? numerator)
    {
        var outcome = await AskAsync(code);

        outcome["value"]!.GetValue<double>().ShouldBe(value, 1e-12);
        (outcome["n"]!.GetValue<int>(), outcome["numerator"]?.GetValue<int>(), outcome["reason"]).ShouldBe((n, numerator, null));
        outcome["definition"]!.GetValue<string>().Length.ShouldBeGreaterThan(40);
        outcome["name"]!.GetValue<string>().ShouldNotStartWith("outcome.");
    }

    [Fact]
    public async Task Households_of_which_nothing_was_heard_make_a_range_of_the_rate()
    {
        var bounds = (await AskAsync("reentry_rate_of_exited"))["bounds"]!;

        bounds["lower"]!.GetValue<double>().ShouldBe(3 / 11.0, 1e-12);
        bounds["upper"]!.GetValue<double>().ShouldBe(3 / 9.0, 1e-12);
    }

    [Theory]
    [InlineData("reentry_by_review1", 0), InlineData("reentry_by_review2", 1)]
    public async Task Returns_of_a_cohort_are_those_of_its_curve(string code, int horizon)
    {
        var outcome = await AskAsync(code, "year=2017");

        var curve = (await store.GetAsync("/api/durability/curve?asOf=2022-06-30&timeScale=reviews&cohortFrom=2017&cohortTo=2017")).Group("all")["horizons"]![horizon]!;
        outcome["value"]!.GetValue<double>().ShouldBe(1 - curve["survival"]!.GetValue<double>(), 1e-12);
        outcome["value"]!.GetValue<double>().ShouldBeGreaterThan(0);
        outcome["interval"]!["lower"]!.GetValue<double>().ShouldBe(1 - curve["upper"]!.GetValue<double>(), 1e-12);
        outcome["n"]!.GetValue<int>().ShouldBe(curve["atRisk"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_nobody_was_followed_for_has_no_value_but_a_reason() =>
        (await AskAsync("sustained_share", "year=2020"))["reason"]!.GetValue<string>().ShouldBeOneOf("beyond_follow_up", "no_data");

    [Fact]
    public async Task A_rate_has_the_total_of_its_day_or_says_that_there_is_none()
    {
        (await AskAsync("poverty_rate", "year=2017"))["reason"]!.GetValue<string>().ShouldBe("no_denominator");
        (await store.ImportAsync(store.Write("totals.csv", "unit_code,on,households,source\n15,2017-12-31,40,Niên giám\n15,2018-12-31,50,Niên giám\n"))).Refused.ShouldBe(0);

        var rate = await AskAsync("poverty_rate");
        (rate["value"]!.GetValue<double>(), rate["n"]!.GetValue<int>(), rate["numerator"]!.GetValue<int>()).ShouldBe((7 / 50.0, 50, 7));
        (await AskAsync("net_reduction_points"))["value"]!.GetValue<double>().ShouldBe(100 * (6 / 40.0 - 7 / 50.0), 1e-9);
    }

    [Fact]
    public async Task Definitions_are_in_the_language_of_the_reader()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/outcomes?year=2018");
        request.Headers.AcceptLanguage.ParseAdd("en");
        using var response = await store.Http.SendAsync(request);

        (await response.Content.ReadAsStringAsync()).ShouldContain("It may pass 100 %");
        (await AskAsync("flow_ratio"))["definition"]!.GetValue<string>().ShouldContain("Có thể vượt 100 %");
    }
}

/// <summary>The year in which the province was merged into another.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OutcomeOfMergedProvinceFacts(TwentyHouseholds store) : IClassFixture<TwentyHouseholds>
{
    [Fact]
    public async Task The_rate_of_the_year_of_the_merger_has_the_total_that_the_movement_table_has()
    {
        store.Clock.Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.FromHours(7));
        (await store.ImportAsync(store.Write("totals.csv", "unit_code,on,households,source\n15,2024-12-31,60,Niên giám\n"))).Refused.ShouldBe(0);

        var rate = (await store.GetAsync("/api/outcomes?year=2025"))["indicators"]!.AsArray().Single(i => i!["code"]!.GetValue<string>() == "poverty_rate")!;
        var page = System.Net.WebUtility.HtmlDecode(await store.Http.GetStringAsync("/bien-dong?year=2025&beside=none"));

        page.ShouldContain(">60<");
        (rate["reason"]?.GetValue<string>(), rate["n"]?.GetValue<int>()).ShouldBe((null, 60));
    }
}
