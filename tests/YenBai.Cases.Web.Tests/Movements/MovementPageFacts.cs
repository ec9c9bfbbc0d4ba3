using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsvHelper;
using MiniExcelLibs;
using YenBai.Cases.Access;
using YenBai.Cases.Web.Tests.Durability;

namespace YenBai.Cases.Web.Tests.Movements;

/// <summary>The page of the movement table, its files, and who is shown what of them.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class MovementPageFacts(MovementPageFacts.TwoDistricts store) : IClassFixture<MovementPageFacts.TwoDistricts>
{
    private const string Header = "event_id,household,seq,effective,recorded,type,district,voluntary,support,cause,history,reference,standard,ethnic_minority";

    /// <summary>Forty households of Văn Yên, ten of Trạm Tấu; in 2018 half of the former and three of the latter leave, every third of an ethnic minority.</summary>
    public sealed class TwoDistricts : TwentyHouseholds
    {
        public HttpClient Evaluator { get; private set; } = null!;
        public HttpClient Caseworker { get; private set; } = null!;

        protected override async Task FillAsync()
        {
            var rows = new List<string> { Header };
            for (var i = 0; i < 50; i++)
            {
                var (h, district) = ($"V{i:D3}", i < 40 ? "Van Yen" : "Tram Tau");
                var minority = (i % 3) switch { 0 => "1", 1 => "0", _ => "" };
                rows.Add($"{i}1,{h},1,2016-03-01,2016-03-01,ENTER,{district},,,,,,2016-2020,{minority}");
                if (i < 20 || i is 40 or 41 or 42) rows.Add($"{i}2,{h},2,2018-12-15,2018-12-15,EXIT,{district},{i % 2},,,,,2016-2020,");
            }
            (await ImportAsync(Write("two.csv", string.Join('\n', rows)))).Refused.ShouldBe(0);
            await CatchUpAsync();
            Evaluator = await SignInAsync("evaluator", new GrantRequest(Role.Evaluator, "15", null, [], null, null, "phân công"));
            Caseworker = await SignInAsync("caseworker", new GrantRequest(Role.Caseworker, "04375", null, [], null, null, "phân công"));
        }
    }

    private static async Task<string> PageAsync(HttpClient who, string query)
    {
        using var response = await who.GetAsync($"/bien-dong?{query}");
        var text = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return text;
    }

    /// <summary>What the cells of the table say, row by row.</summary>
    private static List<List<string>> Cells(string page) =>
        [.. Rows().Matches(page[page.IndexOf("<table class=\"movement", StringComparison.Ordinal)..page.IndexOf("</table>", StringComparison.Ordinal)])
            .Select(r => Cell().Matches(r.Value).Select(c => Tags().Replace(c.Groups[1].Value, "").Trim()).ToList()).Where(cells => cells.Count > 0)];

    private static async Task<List<string[]>> CsvAsync(HttpClient who, string query)
    {
        using var stream = await who.GetStreamAsync($"/api/movement/file?{query}");
        using var text = new StreamReader(stream);
        var lines = (await text.ReadToEndAsync()).Split('\n').Select(l => l.TrimEnd('\r')).ToList();
        var table = string.Join('\n', lines.SkipWhile(l => !l.StartsWith("Đơn vị,", StringComparison.Ordinal)));
        using var csv = CsvReader.Create(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(table)));
        var rows = new List<string[]>();
        while (csv.Read()) rows.Add([.. csv.Headers.ToArray().Select(h => csv.GetString(h))]);
        return rows;
    }

    [Theory]
    [InlineData("year=2018"), InlineData("year=2018&layout=full"), InlineData("year=2018&layout=full&split=ethnicity"), InlineData("year=2018&beside=none")]
    public async Task The_files_have_the_rows_of_the_page(string query)
    {
        var page = Cells(await PageAsync(store.Http, query));
        page.Count.ShouldBeGreaterThan(2);
        static string Plain(string cell) => cell.EndsWith("chưa có tổng số hộ dân", StringComparison.Ordinal) ? "chưa có tổng số hộ dân" : cell.Replace(".", "").Replace("−", "-").Replace("+", "").Replace(",", ".");

        var csv = await CsvAsync(store.Http, $"format=csv&{query}");
        var bytes = await store.Http.GetByteArrayAsync($"/api/movement/file?format=xlsx&{query}");
        var xlsx = new MemoryStream(bytes).Query(useHeaderRow: true).Cast<IDictionary<string, object>>().Select(r => r.Values.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture)!).ToArray()).ToList();

        csv.Count.ShouldBe(page.Count);
        xlsx.Count.ShouldBe(page.Count);
        foreach (var (row, inCsv, inXlsx) in page.Zip(csv, xlsx))
        {
            inCsv[^row.Count..].ShouldBe(row.Select(Plain));
            inXlsx.ShouldBe(inCsv);
        }
    }

    [Fact]
    public async Task A_file_says_what_it_is_about_and_until_when()
    {
        var csv = await store.Http.GetStringAsync("/api/movement/file?format=csv&year=2018&by=area");
        var bytes = await store.Http.GetByteArrayAsync("/api/movement/file?format=xlsx&year=2018");

        csv.ShouldContain("thành thị, nông thôn");
        csv.ShouldContain("31/12/2018");
        csv.ShouldContain("position=");
        csv.ShouldContain("Đã kiểm tra");
        MiniExcel.GetSheetNames(new MemoryStream(bytes)).ShouldBe(["Biến động", "Giải thích"]);
    }

    [Fact]
    public async Task The_households_behind_a_number_are_listed_and_that_they_were_read_is_on_record()
    {
        var cell = Regex.Match(await PageAsync(store.Http, "year=2018"), "href=\"(/bien-dong[^\"]*unit=Tram[^\"]*of=2018[^\"]*column=form_exits)#ho-dan\">(\\d+)</a>");
        cell.Success.ShouldBeTrue();
        async Task<long> ReadingsAsync() => await store.AskAsync<long>("select count(*) from cases.reading where what = 6");
        var before = await ReadingsAsync();

        var list = await store.Http.GetStringAsync(cell.Groups[1].Value);

        var codes = Regex.Matches(list[list.IndexOf("id=\"ho-dan\"", StringComparison.Ordinal)..], "href=\"/ho-dan/([^\"?]+)\"").Select(m => m.Groups[1].Value).Distinct().ToList();
        codes.Count.ToString(CultureInfo.InvariantCulture).ShouldBe(cell.Groups[2].Value);
        codes.ShouldContain("V040");
        (await ReadingsAsync()).ShouldBe(before + 1);
    }

    [Fact]
    public async Task An_evaluator_is_shown_no_parts_no_lists_and_no_few()
    {
        var page = await PageAsync(store.Evaluator, "year=2018&layout=full&split=ethnicity&unit=all&of=2018&column=exits");
        page.ShouldContain("làm tròn theo 5");
        page[page.IndexOf("<table class=\"movement", StringComparison.Ordinal)..].ShouldNotContain("href=\"/bien-dong?year=2018&layout=full&split=ethnicity&unit=");
        Cells(page).Count.ShouldBe(Cells(await PageAsync(store.Evaluator, "year=2018&layout=full")).Count);
        page.ShouldNotContain("/ho-dan/V0");
        page.ShouldNotContain("id=\"ho-dan\"");
        var official = await PageAsync(store.Evaluator, "year=2018");
        official.ShouldNotContain("Hộ DTTS");
        foreach (var row in Cells(await PageAsync(store.Evaluator, "year=2018&layout=full")))
            row.ShouldAllBe(c => !(c.Length == 1 && "1234".Contains(c[0])));

        var csv = await CsvAsync(store.Evaluator, "format=csv&year=2018");
        csv.Count.ShouldBeGreaterThan(0);
        (await store.AskAsync<long>("select count(*) from cases.reading where what = 6 and actor = 'evaluator'")).ShouldBe(0);
    }

    [Fact]
    public async Task Who_only_works_in_the_register_is_refused_the_file()
    {
        using var refused = await store.Caseworker.GetAsync("/api/movement/file?format=csv");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("format=pdf", "unknown_value", "format")]
    [InlineData("year=1700", "unknown_value", "year")]
    [InlineData("place=99999", "unknown_place", "place")]
    [InlineData("groupBy=x", "unknown_parameter", "groupBy")]
    public async Task What_an_address_of_a_file_says_wrong_is_named(string query, string code, string field)
    {
        using var response = await store.Http.GetAsync($"/api/movement/file?{query}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        (problem["code"]!.GetValue<string>(), problem["field"]!.GetValue<string>()).ShouldBe((code, field));
    }

    [Theory]
    [InlineData("year=1700", "Không đọc được “1700”"), InlineData("place=99999", "Không có nơi “99999”"), InlineData("asOf=hom-qua", "Không đọc được “hom-qua”")]
    [InlineData("year=2018&beside=2018", "Hai năm phải khác nhau"), InlineData("year=2018&unit=nowhere&of=2018&column=exits", "Không có con số nào như vậy")]
    public async Task What_an_address_of_the_page_says_wrong_is_told_and_the_rest_is_shown(string query, string notice)
    {
        var page = await PageAsync(store.Http, query);

        page.ShouldContain(notice);
        page.ShouldContain("<h1");
        Cells(page).ShouldNotBeNull();
    }

    [GeneratedRegex("<tr.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Rows();

    [GeneratedRegex("<td[^>]*>(.*?)</td>", RegexOptions.Singleline)]
    private static partial Regex Cell();

    [GeneratedRegex("<span aria-hidden.*?</span>|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Tags();
}
