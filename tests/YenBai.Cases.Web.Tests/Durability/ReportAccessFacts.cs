using System.Net;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using YenBai.Cases.Access;
using YenBai.Cases.Privacy;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Durability;

/// <summary>Who sees what of the reports, and what an address may say.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ReportAccessFacts(ReportAccessFacts.ThreeHundredHouseholds store) : IClassFixture<ReportAccessFacts.ThreeHundredHouseholds>
{
    private const string Header = "event_id,household,seq,effective,recorded,type,district,voluntary,support,cause,history,reference,standard,commune_code";

    private static readonly string[] Addresses =
    [
        "durability/curve", "durability/curve?groupBy=district", "durability/curve?timeScale=reviews&groupBy=voluntary", "durability/hazard?groupBy=district",
        "durability/cumulative-incidence?groupBy=district", "durability/log-rank?groupBy=district", "durability/rmst?groupBy=district", "durability/spells", "movement",
        "movement?place=139", "outcomes?year=2018",
    ];

    /// <summary>Two communes of Văn Yên with 100 exits each, Trạm Tấu with 90, Lục Yên with 9; every fifth household comes back.</summary>
    public sealed class ThreeHundredHouseholds : TwentyHouseholds
    {
        public const string Commune = "04375", Neighbour = "04381";

        public Dictionary<string, HttpClient> People { get; } = [];

        protected override async Task FillAsync()
        {
            var rows = new List<string> { Header };
            var number = 0;
            void Many(int count, string district, string commune)
            {
                for (var i = 0; i < count; i++)
                {
                    var h = $"M{++number:D4}";
                    rows.Add($"{number}1,{h},1,2016-03-01,2016-03-01,ENTER,{district},,,,,,2016-2020,{commune}");
                    rows.Add($"{number}2,{h},2,2017-12-15,2017-12-15,EXIT,{district},{i % 2},{(i % 3 == 0 ? "loan" : "none")},,,,2016-2020,{commune}");
                    rows.Add(i % 5 == 0
                        ? $"{number}3,{h},3,{(i % 10 == 0 ? "2018-12-15" : "2019-12-15")},,ENTER,{district},,,{(i == 0 ? "" : "deterioration")},,,2016-2020,{commune}"
                        : $"{number}3,{h},3,{2018 + i % 4}-12-15,,CONFIRM,{district},,,,,,2016-2020,{commune}");
                }
            }
            Many(100, "Van Yen", Commune);
            Many(100, "Van Yen", Neighbour);
            Many(90, "Tram Tau", "");
            Many(9, "Luc Yen", "");
            (await ImportAsync(Write("many.csv", string.Join('\n', rows)))).Refused.ShouldBe(0);
            await CatchUpAsync();
            foreach (var (name, role, place) in new[]
            {
                ("evaluator", Role.Evaluator, "15"), ("commune", Role.Manager, Commune), ("administrator", Role.Administrator, "15"), ("auditor", Role.Auditor, "15"), ("caseworker", Role.Caseworker, Commune),
            })
                People[name] = await SignInAsync(name, new GrantRequest(role, place, null, [], null, null, "phân công"));
        }
    }

    private Task<JsonNode> AskAsync(string who, string address) => store.GetAsync($"/api/{address}", store.People[who]);

    [Theory]
    [InlineData("durability/curve?groupby=district", "unknown_parameter", "groupby")]
    [InlineData("durability/curve?groupBy=village", "unknown_value", "groupBy")]
    [InlineData("durability/curve?groupBy=district&groupBy=cohort", "unknown_value", "groupBy")]
    [InlineData("durability/curve?strata=district,village", "unknown_value", "strata")]
    [InlineData("durability/curve?asOf=31/06/2022", "unknown_value", "asOf")]
    [InlineData("durability/curve?knownAt=yesterday", "unknown_value", "knownAt")]
    [InlineData("durability/curve?position=-1", "unknown_value", "position")]
    [InlineData("durability/curve?level=1", "unknown_value", "level")]
    [InlineData("durability/curve?cohortFrom=17", "unknown_value", "cohortFrom")]
    [InlineData("durability/curve?place=99999", "unknown_place", "place")]
    [InlineData("durability/curve?tau=3", "unknown_parameter", "tau")]
    [InlineData("durability/spells?format=xml", "unknown_value", "format")]
    [InlineData("durability/rmst?tau=0", "unknown_value", "tau")]
    [InlineData("durability/regression?model=probit", "unknown_value", "model")]
    [InlineData("durability/regression?covariates=age", "unknown_value", "covariates")]
    [InlineData("durability/hazard?scope=second", "unknown_value", "scope")]
    [InlineData("durability/hazard?depth=deep", "unknown_value", "depth")]
    [InlineData("durability/hazard?censoring=never", "unknown_value", "censoring")]
    [InlineData("durability/hazard?standardChange=ignore", "unknown_value", "standardChange")]
    [InlineData("durability/hazard?moveOut=ignore", "unknown_value", "moveOut")]
    [InlineData("durability/hazard?interval=wide", "unknown_value", "interval")]
    [InlineData("durability/hazard?variance=none", "unknown_value", "variance")]
    [InlineData("durability/hazard?timeScale=years", "unknown_value", "timeScale")]
    [InlineData("movement?standard=2011-2015", "unknown_value", "standard")]
    [InlineData("movement?by=hamlet", "unknown_value", "by")]
    [InlineData("movement?from=2020&to=2019", "unknown_value", "from")]
    [InlineData("movement?groupBy=district", "unknown_parameter", "groupBy")]
    [InlineData("outcomes?year=2025", "unknown_value", "year")]
    [InlineData("outcomes?from=2018", "unknown_parameter", "from")]
    public async Task What_an_address_says_wrong_is_named(string address, string code, string field)
    {
        using var response = await store.Http.GetAsync($"/api/{address}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        (problem["code"]!.GetValue<string>(), problem["field"]!.GetValue<string>()).ShouldBe((code, field));
    }

    [Theory]
    [InlineData("administrator"), InlineData("caseworker")]
    public async Task Who_only_keeps_the_register_or_works_in_it_reads_no_reports(string who)
    {
        foreach (var address in Addresses)
            using (var response = await store.People[who].GetAsync($"/api/{address}"))
                response.StatusCode.ShouldBe(HttpStatusCode.Forbidden, address);
    }

    [Fact]
    public async Task A_manager_of_a_commune_sees_the_exits_of_the_commune_and_an_auditor_all()
    {
        var own = await AskAsync("commune", "durability/curve?groupBy=commune");

        own["groups"]!.AsArray().Select(g => (g!["group"]!.GetValue<string>(), g["n"]!.GetValue<int>())).ShouldBe([(ThreeHundredHouseholds.Commune, 100)]);
        (await AskAsync("commune", "movement?from=2017&to=2017"))["rows"]!.AsArray()[0]!["exits"]!.GetValue<int>().ShouldBe(100);
        (await AskAsync("auditor", "durability/curve"))["groups"]!.AsArray()[0]!["n"]!.GetValue<int>().ShouldBe(299);
        (await AskAsync("commune", $"durability/curve?place={ThreeHundredHouseholds.Commune}"))["groups"]!.AsArray()[0]!["n"]!.GetValue<int>().ShouldBe(100);
        using var elsewhere = await store.People["commune"].GetAsync($"/api/durability/curve?place={ThreeHundredHouseholds.Neighbour}");
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        // Of the district they see what is theirs.
        (await AskAsync("commune", "durability/curve?place=136"))["groups"]!.AsArray()[0]!["n"]!.GetValue<int>().ShouldBe(100);
    }

    [Fact]
    public async Task An_evaluator_learns_of_spells_in_groups_of_five_and_not_of_what_is_restricted()
    {
        var restricted = "M0007";
        (await store.SubmitAsync(restricted, (await store.CaseAsync(restricted)).Version, new RestrictProcessing(new(2024, 5, 1), "Theo yêu cầu"))).Reception.ShouldBe(Commands.Reception.Accepted);
        await store.CatchUpAsync();

        var answer = await AskAsync("evaluator", "durability/spells");
        var rows = answer["rows"]!.AsArray();
        var file = await store.People["evaluator"].GetStringAsync("/api/durability/spells?format=csv");

        (rows.Count + answer["withheld"]!.GetValue<int>()).ShouldBeInRange(296, 300, "all but the restricted one; what is withheld is rounded to five");
        rows.ShouldAllBe(r => r!["household"]!.GetValue<string>().StartsWith("an-") && r["exit_date"] == null && r["time"] == null && r["end_date"] == null);
        rows.GroupBy(r => string.Join('|', r!.AsObject().Where(p => p.Key != "household").Select(p => p.Value?.ToJsonString()))).ShouldAllBe(g => g.Count() >= 5);
        (file.Contains("2017-12-15", StringComparison.Ordinal), file.Contains("M0", StringComparison.Ordinal)).ShouldBe((false, false));
        // In the figures the household still counts, and those whose duty the case is see it.
        (await AskAsync("auditor", "durability/spells"))["rows"]!.AsArray().Select(r => r!["household"]!.GetValue<string>()).ShouldContain(restricted);
        (await store.AskAsync<long>("select count(*) from cases.reading where actor = 'evaluator' and detail like 'coarse_spells%'")).ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task An_evaluator_is_shown_no_count_of_a_few()
    {
        string[] counts = ["n", "d", "events", "censored", "atRisk", "observed", "count", "opening", "closing", "exits", "reentries", "reentriesStandardChange",
            "reentriesAfterAbsence", "newlyPoor", "otherIn", "otherOut", "standardChanges", "unknownCause", "numerator"];
        foreach (var address in Addresses.Where(a => !a.Contains("spells", StringComparison.Ordinal)))
        {
            var answer = await AskAsync("evaluator", address);
            foreach (var (name, value) in Numbers(answer))
                if (counts.Contains(name)) (value is > 0 and < 5).ShouldBeFalse($"{address}: {name} {value}");
        }
        // The nine of Lục Yên are too few for anything; their sum with the others is not.
        (await AskAsync("evaluator", "durability/curve?groupBy=district")).Group("LucYen")["reason"]!.GetValue<string>().ShouldBe("suppressed");
        (await AskAsync("auditor", "durability/curve?groupBy=district")).Group("LucYen")["n"]!.GetValue<int>().ShouldBe(9);
    }

    [Fact]
    public async Task An_evaluator_is_shown_curves_of_rounded_counts_while_twenty_are_left()
    {
        var curve = (await AskAsync("evaluator", "durability/curve?groupBy=district")).Group("VanYen");

        (curve["n"]!.GetValue<int>() % 5).ShouldBe(0);
        curve["n"]!.GetValue<int>().ShouldBeInRange(200 - 6 * 4, 200 + 6 * 4, "six courses of this district, each rounded by itself");
        var steps = curve["steps"]!.AsArray();
        steps.Count.ShouldBeGreaterThan(1);
        foreach (var step in steps)
            foreach (var name in new[] { "atRisk", "events", "censored" }) (step![name]!.GetValue<int>() % 5).ShouldBe(0, step.ToJsonString());
        steps.ShouldAllBe(s => s!["atRisk"]!.GetValue<int>() >= 20);
        // The rounding moves a share of two hundred by little.
        curve["horizons"]![0]!["survival"]!.GetValue<double>().ShouldBe((await AskAsync("auditor", "durability/curve?groupBy=district")).Group("VanYen")["horizons"]![0]!["survival"]!.GetValue<double>(), 0.03);
    }

    [Fact]
    public async Task A_district_or_a_year_asked_for_by_itself_shows_an_evaluator_what_it_shows_beside_the_others()
    {
        var beside = (await AskAsync("evaluator", "movement"))["rows"]!.AsArray().Where(r => r!["unit"]!.GetValue<string>() == "Tram Tau").Select(r => r!.ToJsonString()).ToList();
        var alone = (await AskAsync("evaluator", "movement?place=139"))["rows"]!.AsArray();

        alone.Where(r => r!["unit"]!.GetValue<string>() == "Tram Tau").Select(r => r!.ToJsonString()).ShouldBe(beside);
        alone.Count.ShouldBe(2 * beside.Count);
        var year = (await AskAsync("evaluator", "movement?from=2018&to=2018"))["rows"]!.AsArray().Select(r => r!.ToJsonString()).ToList();
        (await AskAsync("evaluator", "movement"))["rows"]!.AsArray().Select(r => r!.ToJsonString()).Intersect(year).Count().ShouldBe(year.Count);
    }

    private static IEnumerable<(string Name, double Value)> Numbers(JsonNode? node, string name = "") => node switch
    {
        JsonObject o => o.SelectMany(p => Numbers(p.Value, p.Key)),
        JsonArray a => a.SelectMany(v => Numbers(v, name)),
        JsonValue v when v.GetValueKind() == System.Text.Json.JsonValueKind.Number => [(name, v.GetValue<double>())],
        _ => [],
    };
}
