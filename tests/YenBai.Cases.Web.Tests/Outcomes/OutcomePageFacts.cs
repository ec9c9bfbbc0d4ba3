using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YenBai.Cases.Access;
using YenBai.Cases.Outcomes;
using YenBai.Cases.Web.Tests.Durability;

namespace YenBai.Cases.Web.Tests.Outcomes;

/// <summary>The page of outcomes shows what the API says, for the twenty households of the reference.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class OutcomePageFacts(TwentyHouseholds store) : IClassFixture<TwentyHouseholds>
{
    private const string Asked = "year=2018&asOf=2022-06-30";

    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi");

    private async Task<Dictionary<string, string>> RowsAsync(string query, HttpClient? who = null)
    {
        var page = WebUtility.HtmlDecode(await (who ?? store.Http).GetStringAsync($"/ket-qua?{query}"));
        return Row().Matches(page).ToDictionary(m => m.Groups[1].Value, m => Space().Replace(Tag().Replace(m.Groups[2].Value, " "), " "));
    }

    [Fact]
    public async Task Each_value_on_the_page_is_that_of_the_api()
    {
        var indicators = (await store.GetAsync($"/api/outcomes?{Asked}"))["indicators"]!.AsArray();
        var rows = await RowsAsync(Asked);

        rows.Keys.ShouldBe(indicators.Select(i => i!["code"]!.GetValue<string>()), ignoreOrder: true);
        foreach (var i in indicators)
        {
            var (code, row) = (i!["code"]!.GetValue<string>(), rows[i["code"]!.GetValue<string>()]);
            row.ShouldContain(i["definition"]!.GetValue<string>());
            if (i["value"] is { } value && i["unit"]!.GetValue<string>() == "share") row.ShouldContain($" {(100 * value.GetValue<double>()).ToString("0.0", Vietnamese)} % ", Case.Sensitive, code);
            if (i is { } && i["numerator"] is { } part) row.ShouldContain($"{part.GetValue<int>()} trong {i["n"]!.GetValue<int>()}", Case.Sensitive, code);
        }
        rows["net_reduction_households"].ShouldContain(" -1 ");
    }

    [Fact]
    public async Task A_missing_value_is_said_in_words_and_never_nought()
    {
        var rows = await RowsAsync("year=2015&asOf=2022-06-30");

        rows["poverty_rate"].ShouldContain("chưa có tổng số hộ dân");
        rows["poverty_rate"].ShouldNotContain("0,0 %");
    }

    [Fact]
    public async Task The_flow_ratio_may_pass_a_hundred_and_says_that_it_is_no_durability()
    {
        var row = (await RowsAsync(Asked))["flow_ratio"];

        row.ShouldContain("133,3 %");
        row.ShouldContain("Tỷ số dòng, không phải độ bền");
    }

    [Fact]
    public async Task Coverage_stands_beside_the_figures_on_lasting_and_voluntary_is_the_registers_mark()
    {
        var page = WebUtility.HtmlDecode(await store.Http.GetStringAsync($"/ket-qua?{Asked}"));

        page.ShouldContain("Bao quát xác nhận năm 2018: 71,4 % (5 trong 7 hộ)");
        page.ShouldContain("“Tự nguyện” ở đây là theo đánh dấu trong sổ");
        page.ShouldContain("Trong phễu là biến động ngẫu nhiên");
        page.ShouldContain("/ho-tro/chi-so");
    }

    [Fact]
    public async Task The_years_beside_a_value_are_the_values_of_those_years()
    {
        var before = (await store.GetAsync("/api/outcomes?year=2017&asOf=2022-06-30"))["indicators"]!.AsArray().Single(i => i!["code"]!.GetValue<string>() == "gross_exit_rate")!["value"]!.GetValue<double>();

        (await RowsAsync(Asked))["gross_exit_rate"].ShouldContain($"2017 {(100 * before).ToString("0.0", Vietnamese)} %");
    }

    [Fact]
    public async Task The_file_has_the_figures_of_the_api_to_the_last_digit()
    {
        var indicators = (await store.GetAsync($"/api/outcomes?{Asked}"))["indicators"]!.AsArray();
        using var response = await store.Http.GetAsync($"/api/outcomes?{Asked}&format=csv");
        var lines = (await response.Content.ReadAsStringAsync()).Trim('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries);

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        lines.Length.ShouldBe(1 + indicators.Count);
        foreach (var i in indicators)
        {
            var line = lines.Single(l => l.Contains($",{i!["code"]!.GetValue<string>()},", StringComparison.Ordinal));
            if (i!["value"] is { } value) line.ShouldContain($",{value.GetValue<double>().ToString(CultureInfo.InvariantCulture)},");
            else line.ShouldContain($",{i["reason"]!.GetValue<string>()},");
        }
        using var wrong = await store.Http.GetAsync("/api/outcomes?format=xml");
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_an_address_says_wrong_is_named_on_the_page()
    {
        WebUtility.HtmlDecode(await store.Http.GetStringAsync("/ket-qua?year=1066")).ShouldContain("Không đọc được “1066”");
        WebUtility.HtmlDecode(await store.Http.GetStringAsync("/ket-qua?place=nowhere")).ShouldContain("Không đọc được “nowhere”");
    }

    [GeneratedRegex("""<tr data-code="([a-z0-9_]+)"[^>]*>(.*?)</tr>""", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}

/// <summary>Districts and communes against chance: Văn Yên 20 of 200 back at the first review, Trạm Tấu 9 of 90, Lục Yên 1 of 9.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FunnelFacts(ReportAccessFacts.ThreeHundredHouseholds store) : IClassFixture<ReportAccessFacts.ThreeHundredHouseholds>
{
    private async Task<Funnel> AskAsync(Actor who, FunnelMeasure measure = FunnelMeasure.ReentryByReview1, FunnelCut by = FunnelCut.District)
    {
        var desk = store.Get<OutcomeDesk>();
        return await desk.FunnelAsync(who, await desk.AskAsync(who, new(Year: 2017), default), measure, by, default);
    }

    [Fact]
    public async Task A_manager_sees_each_district_by_name_about_the_share_of_all()
    {
        var funnel = await AskAsync(store.Clerk);

        funnel.Points.Select(p => (p.Unit.ShortName, p.N, p.Part)).ShouldBe([("Lục Yên", 9, 1), ("Trạm Tấu", 90, 9), ("Văn Yên", 200, 20)]);
        (funnel.N, funnel.Target!.Value).ShouldBe((299, 30 / 299.0));
        funnel.Points.ShouldAllBe(p => p.Place == FunnelPlace.Inside);
        // The same share as the curve of the district has at the first review.
        var curve = (await store.GetAsync("/api/durability/curve?timeScale=reviews&cohortFrom=2017&cohortTo=2017&place=136")).Group("all")["horizons"]![0]!;
        (1 - curve["survival"]!.GetValue<double>()).ShouldBe(funnel.Points[2].Share, 1e-12);
    }

    [Fact]
    public async Task Communes_are_cut_where_a_reader_may_see_them()
    {
        var communes = await AskAsync(store.Clerk, by: FunnelCut.Commune);

        communes.Points.Sum(p => p.N).ShouldBe(200);
        // Those of whom only the district is known.
        communes.LeftOut.ShouldBe(1);
    }

    [Fact]
    public async Task An_evaluator_sees_no_unit_of_a_few_nor_any_commune()
    {
        var evaluator = store.Somebody("evaluator-of-all", Role.Evaluator, "15");
        foreach (var measure in Enum.GetValues<FunnelMeasure>())
        {
            var funnel = await AskAsync(evaluator, measure, FunnelCut.Commune);

            funnel.By.ShouldBe(FunnelCut.District);
            funnel.Points.ShouldAllBe(p => p.N >= 20 && (p.Part == 0 || p.Part >= 5) && p.Unit.ShortName != "Lục Yên");
        }
    }

    [Fact]
    public void A_unit_far_from_the_share_of_all_lies_outside_and_more_than_all_is_no_share()
    {
        var (unit, other) = (Cases.Places.PlaceCatalog.Default.Get("136@2020-02-01")!, Cases.Places.PlaceCatalog.Default.Get("137@2020-02-01")!);

        var funnel = Funnel.Of(FunnelMeasure.GrossExitRate, FunnelCut.District, (1000, 100), [(unit, (100, 25)), (other, (100, 17)), (unit, (10, 12)), (null, (50, 5)), (other, null)]);

        funnel.Points.Select(p => (p.Unit.Id, p.Place)).ShouldBe([(other.Id, FunnelPlace.Outside95), (unit.Id, FunnelPlace.Outside998)]);
        funnel.LeftOut.ShouldBe(3);
    }

    [Fact]
    public async Task The_page_draws_the_funnel_with_a_table_and_without_a_rank()
    {
        var page = WebUtility.HtmlDecode(await store.Http.GetStringAsync("/ket-qua?year=2017&measure=reentry_by_review1"));

        page.ShouldContain("Hình phễu: 3 nơi; ngoài giới hạn 95 %: 0; ngoài 99,8 %: 0.");
        (page.Split("<circle").Length - 1).ShouldBe(3);
        // Nobody outside: no name in the picture.
        page.ShouldNotContain("class=\"name");
        page.IndexOf("Huyện Lục Yên</th>", StringComparison.Ordinal).ShouldBeLessThan(page.IndexOf("Huyện Văn Yên</th>", StringComparison.Ordinal));
    }
}
