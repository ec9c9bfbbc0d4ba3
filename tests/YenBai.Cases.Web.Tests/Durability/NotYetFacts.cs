using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using YenBai.Cases.Access;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Durability;

/// <summary>What does not exist yet is not said to be withheld, and nothing is made up for it. Figures are published as of 31 December 2023.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class NotYetFacts(NotYetFacts.Province store) : IClassFixture<NotYetFacts.Province>
{
    public sealed class Province : TestStore
    {
        public HttpClient Evaluator { get; private set; } = null!;

        protected override async Task FillAsync()
        {
            List<string> rows = ["event_id,household,seq,effective,recorded,type,district,voluntary,support,cause,history,reference,standard"];
            void Exits(string mark, string district, string exit, int count, params string[] confirmed)
            {
                for (var i = 0; i < count; i++)
                {
                    rows.Add($"{mark}{i}-1,{mark}{i},1,{exit},{exit},EXIT,{district},0,none,,,,2022-2025");
                    rows.AddRange(confirmed.Select((on, n) => $"{mark}{i}-{n + 2},{mark}{i},{n + 2},{on},{on},CONFIRM,{district},,,,,,"));
                }
            }
            Exits("A", "Van Yen", "2021-12-15", 40, "2022-12-15", "2023-12-15");
            // Seen a week after the exit, and not by a review.
            Exits("B", "Van Yen", "2023-12-20", 40, "2023-12-28");
            // Followed for a year, and too few after it.
            Exits("C", "Luc Yen", "2020-12-15", 30, "2021-12-15");
            Exits("D", "Luc Yen", "2020-12-15", 10, "2021-12-15", "2022-12-15", "2023-12-15");
            (await ImportAsync(Write("not-yet.csv", string.Join('\n', rows)))).Refused.ShouldBe(0);
            await CatchUpAsync();
            Evaluator = await SignInAsync("danh-gia", new GrantRequest(Role.Evaluator, "15", null, [], null, null, "phân công"));
        }
    }

    private HttpClient Of(string reader) => reader == "evaluator" ? store.Evaluator : store.Http;

    private Task<JsonNode> AskAsync(string reader, string address) => store.GetJsonAsync($"/api/{address}&asOf=2023-12-31&knownAt=2023-12-31", Of(reader));

    private static (int? N, string? Reason, double? Survival, bool Beyond, string? HorizonReason) Told(JsonNode answer, int horizon)
    {
        var group = answer["groups"]![0]!;
        var at = group["horizons"]![horizon - 1]!;
        return (group["n"]?.GetValue<int>(), group["reason"]?.GetValue<string>(), at["survival"]?.GetValue<double>(), at["beyondFollowUp"]!.GetValue<bool>(), at["survival"] is null ? at["reason"]?.GetValue<string>() : null);
    }

    [Theory]
    [InlineData("evaluator", "days"), InlineData("evaluator", "reviews"), InlineData("manager", "reviews")]
    public async Task Whom_no_review_has_followed_yet_has_no_data(string reader, string scale)
    {
        var question = $"timeScale={scale}&cohortFrom=2023&cohortTo=2023";
        Told(await AskAsync(reader, $"durability/curve?{question}"), 1).ShouldBe((40, "no_data", null, false, "no_data"));
        (await AskAsync(reader, $"durability/rmst?tau=2&{question}"))["groups"]![0]!["reason"]!.GetValue<string>().ShouldBe("no_data");
        (await AskAsync(reader, $"durability/cumulative-incidence?{question}"))["groups"]![0]!["reason"]!.GetValue<string>().ShouldBe("no_data");
    }

    [Theory]
    [InlineData("evaluator"), InlineData("manager")]
    public async Task Where_nobody_left_nobody_is_counted(string reader)
    {
        Told(await AskAsync(reader, "durability/curve?cohortFrom=2016&cohortTo=2016"), 1).ShouldBe((0, "no_data", null, false, "no_data"));
        (await AskAsync(reader, "durability/cumulative-incidence?cohortFrom=2016&cohortTo=2016"))["groups"]![0]!["reason"]!.GetValue<string>().ShouldBe("no_data");
    }

    [Theory]
    [InlineData("evaluator"), InlineData("manager")]
    public async Task Past_the_last_review_the_last_value_is_carried_on_and_marked(string reader)
    {
        const string Question = "timeScale=reviews&cohortFrom=2021&cohortTo=2021";
        Told(await AskAsync(reader, $"durability/curve?{Question}"), 2).ShouldBe((40, null, 1, false, null));
        Told(await AskAsync(reader, $"durability/curve?{Question}"), 3).ShouldBe((40, null, 1, true, null));
        var mean = (await AskAsync(reader, $"durability/rmst?tau=3&{Question}"))["groups"]![0]!;
        (mean["value"]!.GetValue<double>(), mean["beyondFollowUp"]!.GetValue<bool>()).ShouldBe((3, true));
    }

    [Fact]
    public async Task What_too_few_stand_behind_is_withheld_from_an_evaluator_as_before()
    {
        const string Question = "timeScale=reviews&place=135@2020-02-01&cohortFrom=2020&cohortTo=2020";
        var cut = await AskAsync("evaluator", $"durability/curve?{Question}");
        (Told(cut, 1).Survival, Told(cut, 2).HorizonReason).ShouldBe((1, "suppressed"));
        Told(await AskAsync("manager", $"durability/curve?{Question}"), 2).Survival.ShouldBe(1);
        (await AskAsync("evaluator", $"durability/rmst?tau=2&{Question}"))["groups"]![0]!["reason"]!.GetValue<string>().ShouldBe("suppressed");
    }

    [Theory]
    [InlineData("evaluator", 2023, "reentry_by_review1", "beyond_follow_up"), InlineData("manager", 2023, "reentry_by_review1", "beyond_follow_up")]
    [InlineData("evaluator", 2023, "years_out_of_three", "beyond_follow_up"), InlineData("manager", 2023, "years_out_of_three", "beyond_follow_up")]
    [InlineData("evaluator", 2021, "reentry_by_review3", "beyond_follow_up"), InlineData("manager", 2021, "reentry_by_review3", "beyond_follow_up")]
    [InlineData("evaluator", 2016, "reentry_by_review1", "no_data"), InlineData("manager", 2016, "reentry_by_review1", "no_data")]
    public async Task An_outcome_says_what_it_waits_for(string reader, int year, string indicator, string reason)
    {
        var outcome = (await AskAsync(reader, $"outcomes?year={year}"))["indicators"]!.AsArray().Single(i => i!["code"]!.GetValue<string>() == indicator)!;

        (outcome["value"], outcome["reason"]!.GetValue<string>()).ShouldBe((null, reason));
    }

    [Theory]
    [InlineData("cohortFrom=2023&cohortTo=2023"), InlineData("cohortFrom=2021&cohortTo=2021"), InlineData("cohortFrom=2016&cohortTo=2016"), InlineData("cohortFrom=2021&groupBy=cohort")]
    public async Task The_page_says_no_such_thing_either(string question)
    {
        var page = WebUtility.HtmlDecode(await store.Evaluator.GetStringAsync($"/do-ben-thoat-ngheo?timeScale=reviews&asOf=2023-12-31&{question}"));

        page.ShouldNotContain(">ẩn</span>");
        WebUtility.HtmlDecode(await store.Evaluator.GetStringAsync("/do-ben-thoat-ngheo?timeScale=reviews&asOf=2023-12-31&cohortFrom=2020&cohortTo=2020")).ShouldContain(">ẩn</span>");
    }

    [Theory]
    [InlineData("cohortFrom=2021&groupBy=cohort"), InlineData("cohortFrom=2020&cohortTo=2020")]
    public async Task The_script_makes_the_same(string question)
    {
        var script = Path.Combine(store.Directory, $"{Guid.NewGuid():N}.R");
        await File.WriteAllTextAsync(script, await store.Evaluator.GetStringAsync($"/api/durability/script?timeScale=reviews&asOf=2023-12-31&{question}"));
        using var r = Process.Start(new ProcessStartInfo("Rscript", ["--vanilla", script]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = r.StandardOutput.ReadToEndAsync();
        var said = await r.StandardError.ReadToEndAsync() + await output;
        await r.WaitForExitAsync();
        r.ExitCode.ShouldBe(0, said);
    }
}
