using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using YenBai.Cases.Access;
using YenBai.Cases.Demonstration;
using YenBai.Cases.Disclosure;
using YenBai.Cases.Web.Tests.Durability;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Dangers;

/// <summary>
/// An evaluator attacks the figures of a demonstration province: every grouping, endpoint, date, cohort and place, subtraction of the
/// answers from each other, and comparison before and after one household changes. The truth is read with a manager's account.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class EvaluatorFigureCampaign(EvaluatorFigureCampaign.Province store) : IClassFixture<EvaluatorFigureCampaign.Province>
{
    private static readonly string[] Groupings = ["district", "cohort", "voluntary", "support", "standard", "depth", "merit", "ethnicMinority", "headSex", "ownRequest"];
    private static readonly string[] Districts = ["132", "133", "135", "136", "137", "138", "139", "140", "141"];
    private static readonly int[] Years = [2017, 2019, 2021];
    private static readonly string[] Flows = ["opening", "exits", "reentries", "reentriesStandardChange", "reentriesAfterAbsence", "newlyPoor", "otherIn", "otherOut", "closing"];

    public sealed class Province : TestStore
    {
        /// <summary>More for a measurement: the figures of the decision record are of 20,000.</summary>
        public static readonly int Households = int.TryParse(Environment.GetEnvironmentVariable("EVALUATOR_CAMPAIGN_HOUSEHOLDS"), CultureInfo.InvariantCulture, out var n) ? n : 3000;

        public HttpClient Evaluator { get; private set; } = null!;

        protected override async Task FillAsync()
        {
            await Get<DemonstrationLoader>().FillAsync(Households, 20211215, null, default);
            await CatchUpAsync();
            Evaluator = await SignInAsync("danh-gia", new GrantRequest(Role.Evaluator, "15", null, [], null, null, "phân công"));
        }
    }

    private Task<JsonNode> PublishedAsync(string address) => store.GetJsonAsync($"/api/{address}", store.Evaluator);

    private Task<JsonNode> TrueAsync(string address) => store.GetJsonAsync($"/api/{address}");

    private static int? Int(JsonNode? node) => node?.GetValue<int>();

    /// <summary>The cuts of place and cohort.</summary>
    private static IEnumerable<string> Cuts() =>
        [.. Districts.Select(d => $"&place={d}@2020-02-01"), .. Years.Select(y => $"&cohortFrom={y}&cohortTo={y}"), "&cohortFrom=2016&cohortTo=2019", ""];

    /// <summary>Counts of an answer by what they count, so that the same count of two readers can be laid side by side.</summary>
    private static Dictionary<string, int> Counts(JsonNode answer)
    {
        var counts = new Dictionary<string, int>();
        foreach (var group in answer["groups"]?.AsArray() ?? [])
        {
            var name = group!["group"]!.GetValue<string>();
            if (Int(group["n"]) is { } n) counts[$"n {name}"] = n;
            foreach (var period in group["periods"]?.AsArray() ?? [])
            {
                if (Int(period!["n"]) is { } atRisk) counts[$"at risk {name} {period["period"]}"] = atRisk;
                if (Int(period["d"]) is { } d) counts[$"returns {name} {period["period"]}"] = d;
            }
        }
        foreach (var row in answer["rows"]?.AsArray() ?? [])
            foreach (var flow in Flows)
                if (Int(row![flow]) is { } n) counts[$"{flow} {row["unit"]} {row["year"]}"] = n;
        return counts;
    }

    private async Task<Dictionary<string, int>> EverythingAsync(Func<string, Task<JsonNode>> ask)
    {
        var all = new Dictionary<string, int>();
        foreach (var cut in Cuts())
            foreach (var grouping in Groupings.Select(g => $"&groupBy={g}").Append(""))
                foreach (var endpoint in new[] { "curve", "hazard", "cumulative-incidence", "log-rank" })
                    foreach (var (what, count) in Counts(await ask($"durability/{endpoint}?timeScale=reviews&asOf=2023-12-31&knownAt=2023-12-31{cut}{grouping}"))) all[$"{endpoint}{cut}{grouping} {what}"] = count;
        foreach (var place in Districts.Select(d => $"&place={d}@2020-02-01").Append(""))
            foreach (var (what, count) in Counts(await ask($"movement?asOf=2023-12-31&knownAt=2023-12-31{place}"))) all[$"movement{place} {what}"] = count;
        return all;
    }

    [Fact]
    public async Task No_subtraction_leads_to_a_count_below_five_and_all_ways_lead_to_the_same_count()
    {
        foreach (var cut in Cuts())
        {
            var whole = (await PublishedAsync($"durability/curve?timeScale=reviews{cut}"))["groups"]![0]!;
            var hazard = (await PublishedAsync($"durability/hazard?timeScale=reviews{cut}"))["groups"]!.AsArray();
            foreach (var grouping in Groupings)
            {
                var where = $"{cut} by {grouping}";
                var curve = await PublishedAsync($"durability/curve?timeScale=reviews&groupBy={grouping}{cut}");
                var table = await PublishedAsync($"durability/hazard?timeScale=reviews&groupBy={grouping}{cut}");
                var logRank = await PublishedAsync($"durability/log-rank?timeScale=reviews&groupBy={grouping}{cut}");
                var incidence = await PublishedAsync($"durability/cumulative-incidence?timeScale=reviews&groupBy={grouping}{cut}");
                foreach (var (name, count) in Counts(curve).Concat(Counts(table)).Concat(Counts(logRank)).Concat(Counts(incidence))) (count % 5).ShouldBe(0, $"{where}: {name} {count}");

                // The whole less the groups that are shown.
                if (Int(whole["n"]) is { } n)
                    foreach (var answer in new[] { curve, logRank, incidence })
                        ((n - answer["groups"]!.AsArray().Sum(g => Int(g!["n"]) ?? 0)) % 5).ShouldBe(0, where);
                if (hazard.Count > 0)
                    foreach (var period in hazard[0]!["periods"]!.AsArray().Where(p => Int(p!["d"]) is not null))
                    {
                        var parts = table["groups"]!.AsArray().Select(g => g!["periods"]!.AsArray().FirstOrDefault(p => Int(p!["period"]) == Int(period!["period"]))).ToList();
                        var rest = Int(period!["d"])!.Value - parts.Sum(p => Int(p?["d"]) ?? 0);
                        (rest >= 0 && rest % 5 == 0).ShouldBeTrue($"{where}: {rest} returns in cycle {period["period"]} are of groups that are not shown");
                    }

                // The same spells have the same number in every answer.
                foreach (var group in curve["groups"]!.AsArray().Where(g => Int(g!["n"]) is not null))
                {
                    var name = group!["group"]!.GetValue<string>();
                    // Whose group is not known is in no group of the test, and counted beside them.
                    Int(name == "unknown" ? logRank["unknown"] : logRank.Named(name)?["n"]).ShouldBe(Int(group["n"]), where);
                    Int(incidence.Named(name)?["n"]).ShouldBe(Int(group["n"]), where);
                    foreach (var step in group["steps"]!.AsArray())
                    {
                        if (table.Named(name)!["periods"]!.AsArray().FirstOrDefault(p => Int(p!["period"]) == Int(step!["time"])) is not { } same || Int(same["n"]) is null) continue;
                        (Int(same["n"]), Int(same["d"])).ShouldBe((Int(step!["atRisk"]), Int(step["events"])), where);
                        step["survival"]!.GetValue<double>().ShouldBe(same["survival"]!.GetValue<double>(), 1e-12);
                    }
                    // What came back is never more where others could leave first. A curve may be cut earlier: it follows those who
                    // moved out up to the review before, and stops where fewer than twenty are followed.
                    foreach (var point in incidence.Named(name)!["steps"]!.AsArray().Where(p => p!["cause"]!.GetValue<string>() == "reentry"))
                        if (group["steps"]!.AsArray().FirstOrDefault(s => Int(s!["time"]) == Int(point!["time"])) is { } step)
                            point!["incidence"]!.GetValue<double>().ShouldBeLessThanOrEqualTo(1 - step["survival"]!.GetValue<double>() + 1e-9, where);
                }
            }
        }
    }

    /// <summary>What came back onto the list is never more where others could leave first, whatever is asked.</summary>
    [Fact]
    public async Task No_incidence_of_return_is_above_the_share_that_the_curve_lost()
    {
        var compared = 0;
        foreach (var cut in Cuts())
            foreach (var scale in new[] { "days", "reviews" })
                foreach (var option in new[] { "", "&moveOut=censor", "&censoring=asOf", "&standardChange=event", "&depth=broad", "&scope=first" })
                    foreach (var grouping in new[] { "", "&groupBy=district", "&groupBy=support" })
                    {
                        var question = $"timeScale={scale}{option}{grouping}{cut}";
                        // Where the curve ends, because few are left, so does what is beside it.
                        var (curve, incidence) = (await PublishedAsync($"durability/curve?{question}"), await PublishedAsync($"durability/cumulative-incidence?{question}"));
                        foreach (var group in curve["groups"]!.AsArray())
                            foreach (var point in incidence.Named(group!["group"]!.GetValue<string>())!["steps"]!.AsArray().Where(p => p!["cause"]!.GetValue<string>() == "reentry"))
                            {
                                if (group["steps"]!.AsArray().LastOrDefault(s => Int(s!["time"]) <= Int(point!["time"])) is not { } step) continue;
                                point!["incidence"]!.GetValue<double>().ShouldBeLessThanOrEqualTo(1 - step["survival"]!.GetValue<double>() + 1e-9, $"{question} {group["group"]} {point["time"]}");
                                compared++;
                            }
                    }
        compared.ShouldBeGreaterThan(500);
    }

    /// <summary>The test between groups is one of what their curves show: the same returns, and no group whose curve is withheld.</summary>
    [Fact]
    public async Task The_test_between_groups_counts_the_returns_that_their_curves_show()
    {
        var compared = 0;
        foreach (var cut in Cuts())
            foreach (var scale in new[] { "days", "reviews" })
                foreach (var grouping in Groupings)
                {
                    var question = $"timeScale={scale}&groupBy={grouping}{cut}";
                    var (curve, test) = (await PublishedAsync($"durability/curve?{question}"), await PublishedAsync($"durability/log-rank?{question}"));
                    foreach (var group in test["groups"]!.AsArray())
                    {
                        var shown = curve.Named(group!["group"]!.GetValue<string>())!;
                        var steps = shown["steps"]!.AsArray();
                        group["observed"]?.GetValue<double>().ShouldBe(steps.Sum(s => Int(s!["events"])!.Value), $"{question} {group["group"]}");
                        // A group that nobody followed yet has no returns; of one whose curve is withheld nothing is said.
                        (group["observed"] is null).ShouldBe(shown["reason"]?.GetValue<string>() == "suppressed", $"{question} {group["group"]}");
                        compared += steps.Count == 0 ? 0 : 1;
                    }
                }
        compared.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Overlapping_cuts_give_the_same_number_again_and_nothing_to_average()
    {
        async Task<int> NAsync(string more) => Int((await PublishedAsync($"durability/curve?timeScale=reviews{more}"))["groups"]![0]!["n"]) ?? 0;
        var byCohort = await PublishedAsync("durability/curve?timeScale=reviews&groupBy=cohort");
        var byDistrict = await PublishedAsync("durability/curve?timeScale=reviews&groupBy=district");

        foreach (var district in Districts)
            if (await NAsync($"&place={district}@2020-02-01") is > 0 and var alone)
                byDistrict["groups"]!.AsArray().Select(g => Int(g!["n"])).ShouldContain(alone, district);
        foreach (var year in Years) (await NAsync($"&cohortFrom={year}&cohortTo={year}")).ShouldBe(Int(byCohort.Named($"{year}")?["n"]) ?? 0);
        for (var year = 2016; year <= 2021; year++)
        {
            var (upTo, from, all) = (await NAsync($"&cohortTo={year}"), await NAsync($"&cohortFrom={year + 1}"), await NAsync(""));
            if (upTo > 0 && from > 0) (upTo + from).ShouldBe(all);
        }
    }

    [Fact]
    public async Task Movement_outcomes_and_plan_say_the_same_of_the_same_households()
    {
        foreach (var place in Districts.Take(4).Select(d => $"&place={d}@2020-02-01").Append(""))
            foreach (var year in Years)
            {
                var movement = (await PublishedAsync($"movement?from={year}&to={year}{place}"))["rows"]!.AsArray();
                if (place.Length == 0)
                {
                    // A move between two districts is one out and one in of them, and nothing of the whole.
                    int Sum(string flow) => movement.Skip(1).Sum(r => Int(r![flow]) ?? 0);
                    foreach (var flow in Flows.Except(["otherIn", "otherOut"])) Sum(flow).ShouldBe(Int(movement[0]![flow])!.Value, $"{flow} {year}");
                    (Sum("otherIn") - Sum("otherOut")).ShouldBe(Int(movement[0]!["otherIn"])!.Value - Int(movement[0]!["otherOut"])!.Value, $"{year}");
                }
                var rate = (await PublishedAsync($"outcomes?year={year}{place}"))["indicators"]!.AsArray().Single(i => i!["code"]!.GetValue<string>() == "gross_exit_rate")!;
                if (rate["value"] is null) continue;
                (Int(rate["numerator"]), Int(rate["n"])).ShouldBe((Int(movement[0]!["exits"]), Int(movement[0]!["opening"])), $"{year}{place}");
            }

        var plan = (await PublishedAsync("plan/2021/progress"))["rows"]!.AsArray().First(r => r!["measure"]!.GetValue<string>() == "voluntary_exits" && r["unit"]!.GetValue<string>().StartsWith("15", StringComparison.Ordinal))!;
        var share = (await PublishedAsync("outcomes?year=2021"))["indicators"]!.AsArray().Single(i => i!["code"]!.GetValue<string>() == "voluntary_share")!;
        (plan["actual"]!.GetValue<decimal>(), plan["actual"]!.GetValue<decimal>() % 5).ShouldBe((share["numerator"]!.GetValue<decimal>(), 0));
    }

    /// <summary>All counts of all cuts: what a published count says about the true one.</summary>
    [Fact]
    public async Task No_true_count_below_five_is_confined_to_fewer_than_five_values_and_the_best_guess_is_poor()
    {
        var (published, truth) = (await EverythingAsync(PublishedAsync), await EverythingAsync(TrueAsync));
        var pairs = published.Where(p => truth.ContainsKey(p.Key)).Select(p => (Published: p.Value, True: truth[p.Key])).ToList();
        pairs.Count.ShouldBeGreaterThan(1000);

        foreach (var value in new[] { 0, 5 })
        {
            var truths = pairs.Where(p => p.Published == value).Select(p => p.True).Distinct().ToList();
            truths.Count.ShouldBeGreaterThanOrEqualTo(5, $"a published {value} stands for {string.Join(' ', truths.Order())}");
            (truths.Max() - truths.Min()).ShouldBeGreaterThanOrEqualTo(4);
        }
        // An attacker who knows how often each true count stands behind a published one, and guesses the most frequent.
        var small = pairs.Where(p => p.True is > 0 and < 5).ToList();
        var mode = pairs.Where(p => p.True > 0).GroupBy(p => p.Published).ToDictionary(g => g.Key, g => g.GroupBy(p => p.True).MaxBy(t => t.Count())!.Key);
        var hits = (double)small.Count(p => mode.GetValueOrDefault(p.Published) == p.True) / small.Count;
        var error = Math.Sqrt(small.Average(p => Math.Pow(p.Published - p.True, 2)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pairs.Count} counts, {small.Count} below five: best guess right in {hits:P0}, root mean square error of the published count {error:F2}"));
        error.ShouldBeGreaterThan(1.5);
        hits.ShouldBeLessThan(0.6);
    }

    [Fact]
    public async Task Dates_and_positions_within_a_year_are_one_cut()
    {
        const string Question = "durability/curve?timeScale=reviews&groupBy=district";
        string Groups(JsonNode answer) => answer["groups"]!.ToJsonString();
        var yearEnd = await PublishedAsync($"{Question}&asOf=2021-12-31");

        foreach (var day in new[] { "2022-01-01", "2022-06-30", "2022-12-30" })
        {
            var answer = await PublishedAsync($"{Question}&asOf={day}");
            Groups(answer).ShouldBe(Groups(yearEnd), day);
            answer["query"]!["asOf"]!.GetValue<string>().ShouldBe("2021-12-31");
        }
        // What is not published yet is answered as of the last year end, and the answer says so; nothing is answered for a year of it.
        foreach (var address in new[] { "movement?asOf=2024-06-01", "durability/curve?asOf=2024-06-01", "outcomes?asOf=2024-06-01&year=2023" })
            (await PublishedAsync(address))["query"]!["asOf"]!.GetValue<string>().ShouldBe("2023-12-31", address);
        Groups(await PublishedAsync($"{Question}&position=1000")).ShouldBe(Groups(await PublishedAsync(Question)));
        foreach (var (address, parameter) in new[]
        {
            ("durability/curve?groupBy=commune", "groupBy"), ("durability/log-rank?groupBy=voluntary&strata=commune", "strata"), ("durability/curve?place=04375", "place"),
            ("durability/regression?covariates=commune", "covariates"), ("movement?by=commune", "by"), ("movement?place=04375", "place"), ("outcomes?place=04375", "place"), ("movement/file?by=commune", "by"),
            ("movement?from=2024", "from"), ("movement?from=2024&to=2024&asOf=2024-06-01", "from"), ("outcomes?year=2024", "year"),
        })
        {
            using var refused = await store.Evaluator.GetAsync($"/api/{address}");
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest, address);
            var problem = JsonNode.Parse(await refused.Content.ReadAsStringAsync())!;
            (problem["code"]!.GetValue<string>(), problem["field"]!.GetValue<string>()).ShouldBe(("cut_not_published", parameter), address);
        }
    }

    [Fact]
    public async Task One_household_more_is_not_seen_or_seen_as_five()
    {
        var before = await EverythingAsync(PublishedAsync);
        string[] answers = ["durability/curve?groupBy=district", "durability/hazard", "durability/regression?covariates=voluntary", "movement", "outcomes?year=2022", "plan/2021/progress", "durability/changes"];
        var texts = new List<string>();
        foreach (var address in answers) texts.Add(Without((await PublishedAsync(address)), "knownAt"));

        // Entered today: published after the end of the year.
        (await store.ImportAsync(store.Write("today.csv", string.Join('\n',
            "event_id,household,seq,effective,recorded,type,district,voluntary,support,cause,history,reference,standard",
            "1,T1,1,2016-03-01,2024-06-01,ENTER,Tram Tau,,,,,,2016-2020", "2,T1,2,2019-12-15,2024-06-01,EXIT,Tram Tau,1,loan,,,,2016-2020", "3,T1,3,2021-12-15,2024-06-01,ENTER,Tram Tau,,,deterioration,,,2016-2020")))).Refused.ShouldBe(0);
        await store.CatchUpAsync();
        foreach (var (address, text) in answers.Zip(texts)) Without(await PublishedAsync(address), "knownAt").ShouldBe(text, address);

        // Imported with the date on which it was learnt: the rounding hides it.
        foreach (var (household, end) in new[] { ("B1", "ENTER,Tram Tau,,,deterioration"), ("B2", "CONFIRM,Luc Yen,,,"), ("B3", "ENTER,Van Yen,,,deterioration") })
        {
            var district = end.Split(',')[1];
            (await store.ImportAsync(store.Write($"{household}.csv", string.Join('\n',
                "event_id,household,seq,effective,recorded,type,district,voluntary,support,cause,history,reference,standard",
                $"1,{household},1,2016-03-01,2016-03-01,ENTER,{district},,,,,,2016-2020", $"2,{household},2,2019-12-15,2019-12-15,EXIT,{district},1,loan,,,,2016-2020", $"3,{household},3,2021-12-15,2021-12-15,{end},,,2016-2020")))).Refused.ShouldBe(0);
            await store.CatchUpAsync();
            var after = await EverythingAsync(PublishedAsync);
            foreach (var (what, count) in after)
                ((count - before.GetValueOrDefault(what)) % 5).ShouldBe(0, $"{household}: {what}");
            before = after;
        }
    }

    [Fact]
    public async Task Every_question_is_on_record_and_counted()
    {
        async Task<long> QuestionsAsync() => await store.AskAsync<long>("select count(*) from cases.reading where actor = 'danh-gia' and what = 20");
        var before = await QuestionsAsync();

        foreach (var address in new[] { "durability/curve?groupBy=district", "movement?from=2019", "outcomes?year=2019", "plan/2021/progress", "supports/indicators" }) await PublishedAsync(address);

        (await QuestionsAsync()).ShouldBe(before + 5);
        (await store.AskAsync<string>("select detail from cases.reading where actor = 'danh-gia' and detail like 'figures?text=durability%groupBy%' order by at desc limit 1")).ShouldContain("asOf%3D2023-12-31");
        var today = (await store.Get<QuestionLog>().PerDayAsync(store.Somebody("kiem-tra", Role.Auditor, "15"), new(2024, 6, 1), default)).Single(c => c.User == "danh-gia");
        (today.Day, today.Questions).ShouldBe((new DateOnly(2024, 6, 15), (int)await QuestionsAsync()));
        (await store.Get<QuestionLog>().PerDayAsync(store.Somebody("nguoi-khac", Role.Evaluator, "15"), new(2024, 6, 1), default)).ShouldBeEmpty();
    }

    /// <summary>What the rounding costs: shares of groups of twenty or more, published against true.</summary>
    [Fact]
    public async Task Shares_are_moved_by_little()
    {
        var changes = new List<(string What, int N, double Points)>();
        foreach (var (name, cut) in new[] { ("all", ""), ("district", "&groupBy=district"), ("cohort", "&groupBy=cohort"), ("voluntary", "&groupBy=voluntary"), ("headSex", "&groupBy=headSex"), ("support", "&groupBy=support") }
            .Concat(Years.Select(y => ("district and cohort", $"&groupBy=district&cohortFrom={y}&cohortTo={y}"))))
        {
            var question = $"durability/curve?timeScale=reviews&asOf=2023-12-31&knownAt=2023-12-31{cut}";
            var (published, truth) = (await PublishedAsync(question), await TrueAsync(question));
            foreach (var group in published["groups"]!.AsArray())
            {
                if (truth.Named(group!["group"]!.GetValue<string>()) is not { } same) continue;
                foreach (var (a, b) in group["horizons"]!.AsArray().Zip(same["horizons"]!.AsArray()))
                    if (a!["survival"] is { } told && b!["survival"] is { } really && !b["beyondFollowUp"]!.GetValue<bool>())
                        changes.Add((name, Int(same["n"])!.Value, 100 * Math.Abs(told.GetValue<double>() - really.GetValue<double>())));
            }
        }
        foreach (var year in Enumerable.Range(2016, 8))
            foreach (var place in Districts.Select(d => $"&place={d}@2020-02-01").Append(""))
            {
                var question = $"outcomes?year={year}&asOf=2023-12-31&knownAt=2023-12-31{place}";
                var (published, truth) = ((await PublishedAsync(question))["indicators"]!.AsArray(), (await TrueAsync(question))["indicators"]!.AsArray());
                foreach (var (told, really) in published.Zip(truth))
                    if (told!["unit"]!.GetValue<string>() == "share" && told["value"] is { } a && really!["value"] is { } b && Int(really["n"]) is > 0 and var n)
                        changes.Add(($"outcome {told["code"]}{(place.Length == 0 ? " all" : "")}", n, 100 * Math.Abs(a.GetValue<double>() - b.GetValue<double>())));
            }
        foreach (var g in changes.GroupBy(c => c.What))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"PRECISION {g.Key}: {g.Count()} shares of {g.Min(c => c.N)} to {g.Max(c => c.N)}, median {Median(g.Select(c => c.Points)):F2}, largest {g.Max(c => c.Points):F2} points"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"PRECISION in all: median {Median(changes.Select(c => c.Points)):F2}, largest {changes.Max(c => c.Points):F2}; of 100 or more: largest {changes.Where(c => c.N >= 100).Max(c => c.Points):F2}"));

        Median(changes.Select(c => c.Points)).ShouldBeLessThan(5);
        changes.Where(c => c.What == "all").Max(c => c.Points).ShouldBeLessThan(4);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    /// <summary>Processor time, the two readers in turn, after both have asked once.</summary>
    [Fact]
    public async Task An_evaluators_answer_takes_hardly_longer_than_a_managers()
    {
        string[] addresses =
        [
            "durability/curve?groupBy=district", "durability/curve?timeScale=reviews&groupBy=cohort", "durability/hazard?groupBy=district", "durability/cumulative-incidence?groupBy=district",
            "durability/log-rank?groupBy=voluntary&strata=district", "durability/rmst?groupBy=district", "durability/regression?covariates=voluntary", "durability/table?groupBy=district",
            "durability/figure?groupBy=district&timeScale=reviews", "durability/script?groupBy=district", "durability/changes", "movement", "outcomes?year=2020", "plan/2021/progress", "supports/indicators",
        ];
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        async Task<double> CostAsync(HttpClient who, string address)
        {
            process.Refresh();
            var before = process.TotalProcessorTime;
            (await who.GetAsync($"/api/{address}")).EnsureSuccessStatusCode().Dispose();
            process.Refresh();
            return (process.TotalProcessorTime - before).TotalMilliseconds;
        }
        var (theirs, ours) = (0.0, 0.0);
        foreach (var address in addresses)
        {
            var (evaluator, manager) = (new List<double>(), new List<double>());
            for (var i = 0; i < 9; i++)
            {
                evaluator.Add(await CostAsync(store.Evaluator, address));
                manager.Add(await CostAsync(store.Http, address));
            }
            var (a, b) = (Median(evaluator.Skip(1)), Median(manager.Skip(1)));
            (theirs, ours) = (theirs + a, ours + b);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"TIME {address}: evaluator {a:F0} ms, manager {b:F0} ms, {a / Math.Max(1, b):F2}"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"TIME in all: evaluator {theirs:F0} ms, manager {ours:F0} ms, {theirs / ours:F2}"));
        theirs.ShouldBeLessThan(ours * 1.3 + 100);
    }

    private static string Without(JsonNode answer, string name)
    {
        if (answer is JsonObject o) o["query"]?.AsObject().Remove(name);
        return answer.ToJsonString();
    }
}

file static class Answers
{
    public static JsonNode? Named(this JsonNode answer, string group) => answer["groups"]!.AsArray().FirstOrDefault(g => g!["group"]!.GetValue<string>() == group);
}
