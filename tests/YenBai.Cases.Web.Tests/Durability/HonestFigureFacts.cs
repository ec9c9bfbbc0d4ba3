using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Web.Components.ExitDurability;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Durability;

/// <summary>What a figure is compared with, what is in it, and for which day it can be had.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class HonestFigureFacts(HonestFigureFacts.Filled store) : IClassFixture<HonestFigureFacts.Filled>
{
    public sealed class Filled : TestStore
    {
        private const string Header = "event_id,household,seq,effective,recorded,type,district,voluntary,support,cause,history,reference,standard,head_sex";

        protected override async Task FillAsync()
        {
            List<string> rows = [Header];
            // Of each kind of support as many leave in 2005; of those with housing more come back. Of every fourth nobody recorded the head's sex.
            for (var i = 0; i < 240; i++)
            {
                var support = (i % 4) switch { 0 => "none", 1 or 2 => "housing", _ => "'=1+1" };
                rows.Add($"{i}1,S{i},1,2005-12-15,2005-12-15,EXIT,Van Yen,0,{support},,,,,{(i % 8) switch { 0 or 1 or 2 => "male", 3 or 4 or 5 => "female", _ => "" }}");
                if (i % 3 == 0 || i % 5 == 0) rows.Add($"{i}2,S{i},2,{(i % 2 == 0 ? 2006 : 2007)}-12-15,2007-12-20,ENTER,Van Yen,,,deterioration,,,,");
            }
            // Confirmed a year later, and one back between that and the next review; a confirmation of a household that is on the list.
            rows.AddRange([
                "9001,B1,1,2010-12-20,2010-12-20,EXIT,Tram Tau,0,none,,,,,", "9002,B1,2,2011-12-15,2011-12-15,CONFIRM,Tram Tau,,,,,,,",
                "9003,B2,1,2010-12-20,2010-12-20,EXIT,Tram Tau,0,none,,,,,", "9004,B2,2,2011-12-20,2011-12-21,ENTER,Tram Tau,,,deterioration,,,,",
                "9005,B2,3,2012-12-15,2012-12-15,CONFIRM,Tram Tau,,,,,,,",
            ]);
            (await ImportAsync(Write("honest.csv", string.Join('\n', rows)))).Refused.ShouldBe(0);
            await CatchUpAsync();
        }
    }

    private const string Of2005 = "cohortFrom=2005&cohortTo=2005&asOf=2008-12-31&censoring=asOf";

    private Task<JsonNode> AskAsync(string address) => store.GetJsonAsync($"/api/durability/{address}");

    [Theory]
    [InlineData("cox"), InlineData("logit")]
    public async Task Support_is_compared_with_none(string model)
    {
        var answer = await AskAsync($"regression?{Of2005}&model={model}&covariates=support,headSex");

        answer["reason"].ShouldBeNull();
        answer["references"]!.AsArray().Select(r => (r!["covariate"]!.GetValue<string>(), r["level"]!.GetValue<string>(), r["rule"]!.GetValue<string>()))
            .ShouldBe([("support", "none", "natural"), ("headSex", "female", "largest")]);
        answer["terms"]!.AsArray().Select(t => t!["term"]!.GetValue<string>()).Where(t => t.Contains('=', StringComparison.Ordinal)).ShouldBe(["support==1+1", "support=housing", "headSex=male"]);
    }

    [Fact]
    public async Task A_group_that_is_not_known_is_no_group_of_the_test()
    {
        var answer = await AskAsync($"log-rank?{Of2005}&groupBy=headSex");

        answer["groups"]!.AsArray().Select(g => g!["group"]!.GetValue<string>()).ShouldBe(["female", "male"]);
        (answer["df"]!.GetValue<int>(), answer["unknown"]!.GetValue<int>(), answer["repeatSpells"]!.GetValue<string>()).ShouldBe((1, 60, "none"));
    }

    [Fact]
    public async Task Bounds_hold_the_estimate()
    {
        var curve = (await AskAsync("curve?place=139@2020-01-01&cohortTo=2010&asOf=2013-01-31")).Group("all");

        var (at, bounds) = (curve["horizons"]![0]!["survival"]!.GetValue<double>(), curve["confirmation"]!["bounds"]![0]!);
        at.ShouldBe(0);
        bounds["ifAllReturned"]!.GetValue<double>().ShouldBe(0);
        bounds["ifAllStayed"]!.GetValue<double>().ShouldBe(0.5);
    }

    [Fact]
    public async Task What_was_left_out_is_of_the_cohorts_asked_for()
    {
        async Task<int> Ignored(string more) =>
            (await AskAsync($"curve?asOf=2013-01-31{more}"))["exclusions"]!.AsArray().Single(x => x!["rule"]!.GetValue<string>() == "confirm_ignored")!["count"]!.GetValue<int>();

        (await Ignored("")).ShouldBe(1);
        (await Ignored("&cohortFrom=2010&cohortTo=2010")).ShouldBe(1);
        (await Ignored("&cohortFrom=2005&cohortTo=2005")).ShouldBe(0);
    }

    [Theory]
    [InlineData("groupBy=support"), InlineData("groupBy=headSex"), InlineData("groupBy=support&model=cox&covariates=support")]
    public async Task R_makes_the_same_of_a_value_that_the_file_guards(string question)
    {
        var folder = Directory.CreateTempSubdirectory("yenbai-cases-r-");
        try
        {
            var script = await store.Http.GetStringAsync($"/api/durability/script?{Of2005}&{question}");
            var spells = await store.Http.GetStringAsync(new Uri(Address().Match(script).Value).PathAndQuery);
            spells.ShouldContain("'=1+1");
            var (scriptFile, spellFile) = (Path.Combine(folder.FullName, "exit-durability.R"), Path.Combine(folder.FullName, "spells.csv"));
            await File.WriteAllTextAsync(scriptFile, script);
            await File.WriteAllTextAsync(spellFile, spells);
            using var r = Process.Start(new ProcessStartInfo("Rscript", ["--vanilla", scriptFile, spellFile]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var output = r.StandardOutput.ReadToEndAsync();
            var said = await r.StandardError.ReadToEndAsync() + await output;
            await r.WaitForExitAsync();
            r.ExitCode.ShouldBe(0, said);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"https?://\S+/api/durability/spells\S+")]
    private static partial Regex Address();

    [Theory]
    [InlineData("durability/curve?asOf=2031-01-01&censoring=asOf", "asOf"), InlineData("durability/spells?asOf=2024-06-16", "asOf"), InlineData("durability/curve?knownAt=2031-01-01", "knownAt")]
    [InlineData("durability/changes?since=2031-01-01", "since"), InlineData("durability/figure?since=2031-01-01", "since"), InlineData("movement?asOf=2031-01-01", "asOf"), InlineData("movement?knownAt=2024-06-16", "knownAt")]
    [InlineData("movement/file?asOf=2031-01-01", "asOf"), InlineData("movement/file?knownAt=2031-01-01", "knownAt"), InlineData("outcomes?asOf=2031-01-01", "asOf"), InlineData("outcomes?knownAt=2031-01-01T00:00:00Z", "knownAt")]
    [InlineData("plan/2021/progress?asOf=2031-01-01", "asOf"), InlineData("plan/2021/progress?knownAt=2031-01-01", "knownAt")]
    public async Task No_report_reaches_further_than_today(string address, string field)
    {
        HashSet<string> details = [];
        foreach (var language in new[] { "vi", "en" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/{address}");
            request.Headers.Add("Accept-Language", language);
            using var response = await store.Http.SendAsync(request);
            var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            (response.StatusCode, problem["code"]!.GetValue<string>(), problem["field"]!.GetValue<string>()).ShouldBe((HttpStatusCode.BadRequest, "date_in_future", field));
            details.Add(problem["detail"]!.GetValue<string>());
        }
        details.Count.ShouldBe(2);
        details.ShouldAllBe(d => d.Contains("15/06/2024") && !d.Contains("refusal."));
    }

    [Theory]
    [InlineData("/do-ben-thoat-ngheo"), InlineData("/bien-dong"), InlineData("/ket-qua"), InlineData("/ke-hoach/2021")]
    public async Task A_page_asked_for_a_day_ahead_says_so(string path)
    {
        foreach (var query in new[] { "asOf=2031-01-01", "knownAt=2031-01-01" })
            WebUtility.HtmlDecode(await store.Http.GetStringAsync($"{path}?{query}")).ShouldContain("ngày 01/01/2031 chưa tới (hôm nay 15/06/2024)");
    }

    [Fact]
    public async Task Today_is_no_day_ahead()
    {
        foreach (var address in new[] { "durability/curve?asOf=2024-06-15&knownAt=2024-06-15", "movement?asOf=2024-06-15&knownAt=2024-06-15", "outcomes?asOf=2024-06-15" })
            (await store.Http.GetAsync($"/api/{address}")).StatusCode.ShouldBe(HttpStatusCode.OK, address);
    }

    [Theory]
    [InlineData("0.1-0.5 0.4-0.8", Overlap.All), InlineData("0.1-0.2 0.4-0.8", Overlap.None), InlineData("0.1-0.5 0.4-0.8 0.7-0.9", Overlap.Some), InlineData("0.1-0.5", Overlap.Unknown)]
    public void Whether_intervals_overlap_is_computed(string intervals, Overlap expected) =>
        DurabilityReport.OverlapOf([.. intervals.Split(' ').Select(i => i.Split('-')).Select(i => new CurveHorizon(
            3, 40, 0.5, 0.1, double.Parse(i[0], System.Globalization.CultureInfo.InvariantCulture), double.Parse(i[1], System.Globalization.CultureInfo.InvariantCulture), false, null, null))]).ShouldBe(expected);
}
