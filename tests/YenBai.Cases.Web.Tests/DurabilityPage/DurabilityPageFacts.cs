using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Durability;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Web.Components.ExitDurability;
using YenBai.Cases.Web.Tests.Durability;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Tests.DurabilityPage;

/// <summary>The page of exits shows what the API answers, to each what is theirs, and a figure can be had again as it was.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class DurabilityPageFacts(ReportAccessFacts.ThreeHundredHouseholds many, TwentyHouseholds few) : IClassFixture<ReportAccessFacts.ThreeHundredHouseholds>, IClassFixture<TwentyHouseholds>
{
    private static readonly CultureInfo Vietnamese = new("vi");

    private static async Task<string> PageAsync(HttpClient who, string query)
    {
        using var response = await who.GetAsync($"/do-ben-thoat-ngheo?{query}");
        var text = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return text;
    }

    /// <summary>The head and the cells of each row of the table of horizons.</summary>
    private static List<(string Head, List<string> Cells)> Horizons(string page)
    {
        var table = page[page.IndexOf("<h2 id=\"moc\"", StringComparison.Ordinal)..];
        table = table[table.IndexOf("<tbody>", StringComparison.Ordinal)..table.IndexOf("</tbody>", StringComparison.Ordinal)];
        return [.. Row().Matches(table).Select(r => (Plain(Head().Match(r.Value).Value), Cell().Matches(r.Value).Select(c => Plain(c.Value)).ToList()))];
    }

    private static string Plain(string markup) => Blank().Replace(Tag().Replace(markup, " "), " ").Trim();

    private static string Share(JsonNode share) => $"{(share.GetValue<double>() * 100).ToString("#,0.0", Vietnamese)} %";

    private static Reason ReasonOf(JsonNode reason) => Enum.Parse<Reason>(reason.GetValue<string>().Replace("_", ""), ignoreCase: true);

    private static T In<T>(string language, Func<T> say)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = new(language);
            return say();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private string Says(string key, params object[] given) => In("vi", () => many.Get<IStringLocalizer<DurabilityPageTexts>>()[key, given].Value);

    [Theory]
    [InlineData("auditor", ""), InlineData("auditor", "&groupBy=district"), InlineData("auditor", "&groupBy=voluntary&timeScale=days&level=0.9"), InlineData("auditor", "&groupBy=cohort&interval=plain")]
    [InlineData("evaluator", ""), InlineData("evaluator", "&groupBy=district"), InlineData("evaluator", "&groupBy=support")]
    public async Task The_table_of_horizons_has_the_numbers_of_the_curve_and_words_where_there_are_none(string who, string more)
    {
        var scale = more.Contains("timeScale", StringComparison.Ordinal) ? "" : "&timeScale=reviews";
        var groups = (await many.GetAsync($"/api/durability/curve?asOf=2022-06-30{more}{scale}", many.People[who]))["groups"]!.AsArray();

        var rows = Horizons(await PageAsync(many.People[who], $"asOf=2022-06-30{more}"));

        rows.Count.ShouldBe(groups.Count);
        foreach (var (group, row) in groups.Zip(rows))
        {
            var horizons = group!["horizons"]!.AsArray();
            row.Cells.Count.ShouldBe(horizons.Count);
            foreach (var (horizon, cell) in horizons.Zip(row.Cells))
            {
                if (horizon!["survival"] is { } share)
                {
                    cell.ShouldStartWith(Share(share));
                    cell.ShouldContain(Says("horizons.at_risk", horizon["atRisk"]!.GetValue<int>()));
                    if (horizon["lower"] is { } lower) cell.ShouldContain($"({(Math.Floor(lower.GetValue<double>() * 1000 + 1e-9) / 10).ToString("#,0.0", Vietnamese)}–");
                }
                else
                {
                    cell.ShouldBe(Says($"reason.{Wording.Code(horizon["reason"] is { } reason ? ReasonOf(reason) : Reason.NoData)}"));
                }
            }
            if (group["n"] is { } n) row.Head.ShouldContain(Says("horizons.n", n.GetValue<int>()));
        }
    }

    [Fact]
    public async Task An_evaluator_reads_no_number_of_a_small_group_and_no_household_code_on_the_page_or_in_the_figure()
    {
        const string Query = "asOf=2022-06-30&groupBy=district&since=2018-06-01";
        async Task<string> FigureAsync(string who) => await many.People[who].GetStringAsync($"/api/durability/figure?{Query}&timeScale=reviews");
        var (page, figure) = (await PageAsync(many.People["evaluator"], Query), await FigureAsync("evaluator"));
        var (whole, wholeFigure) = (await PageAsync(many.People["auditor"], Query), await FigureAsync("auditor"));

        Code().IsMatch(whole).ShouldBeTrue("an auditor sees who changed, or this shows nothing");
        Code().IsMatch(page).ShouldBeFalse();
        Code().IsMatch(figure).ShouldBeFalse();
        var small = Horizons(whole).Single(r => r.Head.Contains("Lục Yên", StringComparison.Ordinal));
        small.Head.ShouldContain(Says("horizons.n", 9));
        var withheld = Horizons(page).Single(r => r.Head.Contains("Lục Yên", StringComparison.Ordinal));
        withheld.Head.ShouldNotMatch(@"\d");
        withheld.Cells.ShouldAllBe(c => c == Says("reason.suppressed"));
        wholeFigure.ShouldContain("Lục Yên");
        figure.ShouldNotContain("Lục Yên");
        figure.ShouldContain("Văn Yên");
    }

    [Fact]
    public async Task A_figure_under_its_permalink_is_the_same_bytes_after_later_facts()
    {
        const string Query = "asOf=2022-06-30&groupBy=district&since=2019-01-01&axis=zoom";
        var link = Figure().Match(await PageAsync(few.Http, Query)).Groups[1].Value;
        link.ShouldContain("position=");
        var before = await few.Http.GetByteArrayAsync(link);

        few.Clock.Now += TimeSpan.FromDays(365);
        (await few.ImportAsync(few.Write("late.csv", string.Join('\n',
            "event_id,household,seq,effective,recorded,type,district,voluntary,support,cause,history,reference,standard",
            "901,H01,901,2021-12-15,2021-12-20,ENTER,Van Yen,,,deterioration,,,2016-2020",
            "903,N01,903,2016-03-01,2016-03-01,ENTER,Van Yen,,,,,,2016-2020",
            "904,N01,904,2017-12-15,2017-12-15,EXIT,Van Yen,1,training,,,,2016-2020",
            "905,N01,905,2019-12-15,2019-12-15,ENTER,Van Yen,,,deterioration,,,2016-2020")))).Refused.ShouldBe(0);
        await few.CatchUpAsync();

        (await few.Http.GetByteArrayAsync(link)).ShouldBe(before);
        (await few.Http.GetByteArrayAsync(Position().Replace(link, ""))).ShouldNotBe(before);
    }

    [Fact]
    public void Every_reason_for_which_there_is_no_number_has_words_in_both_languages()
    {
        var texts = many.Get<IStringLocalizer<DurabilityPageTexts>>();
        foreach (var reason in Enum.GetValues<Reason>())
        {
            var (vi, en) = (In("vi", () => texts[$"reason.{Wording.Code(reason)}"]), In("en", () => texts[$"reason.{Wording.Code(reason)}"]));
            vi.ResourceNotFound.ShouldBeFalse($"{reason}");
            en.ResourceNotFound.ShouldBeFalse($"{reason}");
            en.Value.ShouldNotBe(vi.Value, $"{reason}");
        }
    }

    [GeneratedRegex(@"<tr>.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex(@"<th\b.*?</th>", RegexOptions.Singleline)]
    private static partial Regex Head();

    [GeneratedRegex(@"<td\b.*?</td>", RegexOptions.Singleline)]
    private static partial Regex Cell();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"\bM0\d{3}\b")]
    private static partial Regex Code();

    [GeneratedRegex("<a href=\"([^\"]*)\"[^>]*data-figure=\"svg\"")]
    private static partial Regex Figure();

    [GeneratedRegex(@"&position=\d+")]
    private static partial Regex Position();
}
