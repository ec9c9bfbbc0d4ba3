using System.Net;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using YenBai.Cases.Access;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Planning;

/// <summary>Plans of any year are entered, corrected, locked and read back, over HTTP and on their page.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PlanEntryFacts(TestStore store) : IClassFixture<TestStore>
{
    private sealed record Reply(HttpStatusCode Status, JsonNode? Body, string? Tag)
    {
        public (int, string?, string?) Problem => ((int)Status, Body!["code"]?.GetValue<string>(), Body["field"]?.GetValue<string>());
    }

    private async Task<Reply> SendAsync(HttpMethod method, string path, string? body = null, int? version = null, string? key = null, HttpClient? by = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (version is { } v) request.Headers.TryAddWithoutValidation("If-Match", $"\"{v}\"");
        using var response = await (by ?? store.Http).SendAsync(request);
        return new(response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync()), response.Headers.ETag?.Tag);
    }

    private Task<Reply> PutAsync(int year, string body, int? version = null, string? key = null, HttpClient? by = null) =>
        SendAsync(HttpMethod.Put, $"/api/plan/{year}", body, version, key ?? Guid.NewGuid().ToString(), by);

    private Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    private static string Plan(int year, string targets, string? reason = null) => $$"""
        {"number":"31-KH/TU","date":"{{year}}-01-20","standard":"2022-2025","from":"{{year}}-01-01","through":"{{year}}-12-31","source":"Kế hoạch 31",
         "targets":[{{targets}}]{{(reason is null ? "" : $",\"reason\":\"{reason}\"")}}}
        """;

    private static string Target(string unit, string measure, string bound, string value, string? upper = null) =>
        $$"""{"unit":"{{unit}}","measure":"{{measure}}","comparator":"{{bound}}","value":{{value}}{{(upper is null ? "" : $",\"upper\":{upper}")}},"head":"Bí thư {{unit}}"}""";

    private static string Two(string value) => Target("15", "net_reduction_households", "exactly", value) + "," + Target("136", "net_reduction_points", "between", "4", "5.5");

    private async Task<JsonNode> TargetOfAsync(string query)
    {
        var rows = (await GetAsync(query)).Body!["rows"]!.AsArray();
        return rows.First(r => r!["measure"]!.GetValue<string>() == "net_reduction_households" && r["unitName"]!.GetValue<string>() == "Tỉnh Yên Bái")!["target"]!;
    }

    [Fact]
    public async Task A_plan_is_entered_and_read_back_and_a_correction_leaves_what_was_before()
    {
        (await GetAsync("/api/plan/2022")).Problem.ShouldBe((404, "unknown_plan", "year"));
        (await GetAsync("/api/plan/2022/progress")).Problem.ShouldBe((404, "unknown_plan", "year"));

        var entered = await PutAsync(2022, Plan(2022, Two("4000")), key: "first");

        (entered.Status, entered.Tag, entered.Body!["version"]!.GetValue<int>()).ShouldBe((HttpStatusCode.Created, "\"1\"", 1));
        (await PutAsync(2022, Plan(2022, Two("4000")), key: "first")).Status.ShouldBe(HttpStatusCode.Created, "sent again it is answered the same");
        (await PutAsync(2022, Plan(2022, Two("4001")), key: "first")).Problem.ShouldBe((422, "idempotency_key_reused", null));
        (await TargetOfAsync("/api/plan/2022/progress"))["value"]!.GetValue<decimal>().ShouldBe(4000);
        var range = (await GetAsync("/api/plan/2022/progress?place=136")).Body!["rows"]!.AsArray().First(r => r!["measure"]!.GetValue<string>() == "net_reduction_points")!["target"]!;
        (range["comparator"]!.GetValue<string>(), range["value"]!.GetValue<decimal>(), range["upper"]!.GetValue<decimal>()).ShouldBe(("between", 4, 5.5m));

        (await PutAsync(2022, Plan(2022, Two("4100"), "văn bản đính chính"))).Problem.ShouldBe((428, "version_required", null));
        (await PutAsync(2022, Plan(2022, Two("4100"), "văn bản đính chính"), 3)).Problem.ShouldBe((409, "stale_version", "If-Match"));
        (await PutAsync(2022, Plan(2022, Two("4100")), 1)).Problem.ShouldBe((422, "required", "reason"));
        var before = store.Clock.Now;
        store.Clock.Now = before.AddDays(1);
        var corrected = await PutAsync(2022, Plan(2022, Two("4100"), "văn bản đính chính"), 1);

        (corrected.Status, corrected.Tag).ShouldBe((HttpStatusCode.OK, "\"2\""));
        (await TargetOfAsync("/api/plan/2022/progress"))["value"]!.GetValue<decimal>().ShouldBe(4100);
        (await TargetOfAsync("/api/plan/2022/progress?version=1"))["value"]!.GetValue<decimal>().ShouldBe(4000, "a version that was shown can be asked for");
        (await TargetOfAsync($"/api/plan/2022/progress?knownAt={before:yyyy-MM-dd}"))["value"]!.GetValue<decimal>().ShouldBe(4000, "as known on that day");
        (await GetAsync("/api/plan/2022/progress?version=3")).Problem.ShouldBe((404, "unknown_plan", "year"));
        var versions = (await GetAsync("/api/plan/2022")).Body!["versions"]!.AsArray();
        versions.Select(v => (v!["version"]!.GetValue<int>(), v["by"]?.GetValue<string>(), v["reason"]?.GetValue<string>())).ShouldBe([(1, "test", null), (2, "test", "văn bản đính chính")]);
        (await GetAsync("/api/plan")).Body!.AsArray().Select(p => (p!["year"]!.GetValue<int>(), p["version"]!.GetValue<int>())).ShouldContain((2021, 1));
        (await TargetOfAsync("/api/plan/2021/progress"))["value"]!.GetValue<decimal>().ShouldBe(4382, "the plan of 2021 stays");
    }

    [Fact]
    public async Task The_plan_that_ships_can_be_corrected_and_its_first_version_stays()
    {
        var shipped = PlanDraft.Of(Plans.Find(2021)!);
        var draft = shipped with { Targets = [.. shipped.Targets!.Select((t, i) => i == 0 ? t with { Value = 4383 } : t)], Reason = "thử" };

        (await store.Get<PlanShelf>().EnterAsync(store.Clerk, 2021, 1, draft, "k", default)).ShouldBeEmpty();

        (await TargetOfAsync("/api/plan/2021/progress"))["value"]!.GetValue<decimal>().ShouldBe(4383);
        (await TargetOfAsync("/api/plan/2021/progress?version=1"))["value"]!.GetValue<decimal>().ShouldBe(4382);
        (await store.Get<PlanShelf>().EnterAsync(store.Clerk, 2021, 2, shipped with { Reason = "trả lại" }, "k2", default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_wrong_is_refused_with_its_field()
    {
        async Task<(int, string?, string?)> RefusedAsync(string targets) => (await PutAsync(2026, Plan(2026, targets))).Problem;

        (await RefusedAsync(Target("15", "voluntary_exits", "at_least", "5") + "," + Target("15@2025-07-01", "voluntary_exits", "at_least", "6"))).ShouldBe((422, "unit_twice", "targets[1].unit"));
        (await RefusedAsync(Target("15", "net_reduction_points", "between", "5", "4"))).ShouldBe((422, "bounds_reversed", "targets[0].upper"));
        (await RefusedAsync(Target("136@2020-02-01", "voluntary_exits", "at_least", "5"))).ShouldBe((422, "unknown_unit", "targets[0].unit"), "its district ended in 2025");
        (await RefusedAsync(Target("15", "exits", "at_least", "5"))).ShouldBe((400, "body_malformed", "targets[0].measure"));
        (await SendAsync(HttpMethod.Put, "/api/plan/2026", Plan(2026, Target("15", "voluntary_exits", "at_least", "5")))).Problem.ShouldBe((400, "idempotency_key_required", null));
        (await PutAsync(1800, Plan(2026, Target("15", "voluntary_exits", "at_least", "5")))).Problem.ShouldBe((422, "not_a_year", "year"));
        (await GetAsync("/api/plan/2026")).Problem.ShouldBe((404, "unknown_plan", "year"), "nothing was stored");
    }

    [Fact]
    public async Task Sums_that_differ_are_told_and_taken()
    {
        var answer = await PutAsync(2024, Plan(2024, Target("15", "voluntary_exits", "exactly", "305") + "," + Target("136", "voluntary_exits", "exactly", "100") + "," + Target("137", "voluntary_exits", "exactly", "185")));

        answer.Status.ShouldBe(HttpStatusCode.Created);
        var sum = answer.Body!["sumsDiffer"]!.AsArray().ShouldHaveSingleItem()!;
        (sum["stated"]!.GetValue<decimal>(), sum["derived"]!.GetValue<decimal>(), sum["difference"]!.GetValue<decimal>()).ShouldBe((305, 285, 20));
    }

    [Fact]
    public async Task A_locked_year_is_not_corrected_until_it_is_unlocked()
    {
        (await PutAsync(2023, Plan(2023, Two("10")))).Status.ShouldBe(HttpStatusCode.Created);
        Task<Reply> LockAsync(string what, string body, int version) => SendAsync(HttpMethod.Post, $"/api/plan/2023/{what}", body, version, Guid.NewGuid().ToString());

        (await LockAsync("lock", "{}", 1)).Problem.ShouldBe((422, "required", "reason"));
        (await LockAsync("lock", """{"reason":"đã thông qua"}""", 1)).Body!["locked"]!.GetValue<bool>().ShouldBeTrue();
        (await PutAsync(2023, Plan(2023, Two("11"), "sửa"), 2)).Problem.ShouldBe((422, "year_locked", null));
        (await LockAsync("unlock", """{"reason":"điều chỉnh"}""", 2)).Body!["locked"]!.GetValue<bool>().ShouldBeFalse();
        (await PutAsync(2023, Plan(2023, Two("11"), "sửa"), 3)).Tag.ShouldBe("\"4\"");
    }

    [Theory]
    [InlineData(Role.Caseworker, "04456", 403)]
    [InlineData(Role.Manager, "04456", 422)]
    [InlineData(Role.Manager, "136", 422)]
    [InlineData(Role.Evaluator, "15", 403)]
    [InlineData(Role.Auditor, "15", 403)]
    [InlineData(Role.Manager, "15", 201)]
    [InlineData(Role.Administrator, "15", 201)]
    public async Task Those_who_answer_for_the_province_enter_plans_and_nobody_else(Role role, string place, int status)
    {
        var year = 2030 + (int)role + 10 * place.Length;
        using var http = await store.SignInAsync($"plan-{role}-{place}", new GrantRequest(role, place, null, [], null, null, "phân công"));

        var answer = await PutAsync(year, Plan(year, Target("15", "voluntary_exits", "at_least", "5")), by: http);

        ((int)answer.Status).ShouldBe(status);
        if (status != 201) answer.Body!["code"]!.GetValue<string>().ShouldBe("not_permitted");
        (await store.Get<PlanShelf>().HistoryAsync(year, default)).Version.ShouldBe(status == 201 ? 1 : 0);
        // Who may read a plan and has no part in staff is told no names of staff.
        if (role is Role.Evaluator) (await http.GetStringAsync("/api/plan/2021")).ShouldNotContain("\"by\":\"");
        var page = await http.GetAsync($"/ke-hoach/{year}/nhap");
        if (status == 201) (await page.Content.ReadAsStringAsync()).ShouldContain("name=\"h|15@2025-07-01\"");
        else (await page.Content.ReadAsStringAsync()).ShouldNotContain("name=\"h|15@2025-07-01\"");
    }

    [Fact]
    public async Task A_year_without_a_plan_says_so_and_offers_entry_to_who_may()
    {
        var page = WebUtility.HtmlDecode(await store.Http.GetStringAsync("/ke-hoach/2025"));
        page.ShouldContain("Chưa có kế hoạch năm 2025");
        page.ShouldContain("href=\"/ke-hoach/2025/nhap\"");
        page.ShouldContain("<option value=\"2021\"");

        using var worker = await store.SignInAsync("worker-2025", new GrantRequest(Role.Caseworker, "04456", null, [], null, null, "phân công"));
        var theirs = WebUtility.HtmlDecode(await worker.GetStringAsync("/ke-hoach/2025"));
        theirs.ShouldContain("Chưa có kế hoạch năm 2025");
        theirs.ShouldNotContain("/nhap\"");
        (await store.Http.GetAsync("/ke-hoach/1999")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_start_page_and_the_outcomes_say_what_the_plan_of_their_year_asks_for()
    {
        (await PutAsync(2040, Plan(2040, Target("15", "net_reduction_households", "at_least", "1500")))).Status.ShouldBe(HttpStatusCode.Created);
        async Task<string> PageAsync(string path) => WebUtility.HtmlDecode(await store.Http.GetStringAsync(path));

        (await PageAsync("/ket-qua?year=2021")).ShouldContain("<a href=\"/ke-hoach/2021\">Kế hoạch giảm nghèo năm 2021</a>: giảm hộ nghèo 4.38");
        (await PageAsync("/ket-qua?year=2020")).ShouldContain("Chưa có kế hoạch năm 2020.");
        (await PageAsync("/")).ShouldContain($"năm {store.Clock.Now.Year}");
        (await PageAsync("/ke-hoach/2040")).ShouldContain("ít nhất 1.500");
    }

    [Fact]
    public async Task A_plan_is_entered_on_its_page_as_its_document_words_it()
    {
        const string Address = "/ke-hoach/2034/nhap";
        using var browser = await Dangers.RequestFacts.NewBrowserAsync(store);
        var form = await browser.GetStringAsync(Address);
        var token = System.Text.RegularExpressions.Regex.Match(form, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        async Task<HttpResponseMessage> SendAsync(int communes, params (string Name, string Value)[] more)
        {
            var fields = new Dictionary<string, string>
            {
                ["_handler"] = "plan",
                ["__RequestVerificationToken"] = token,
                ["version"] = "0",
                ["request"] = $"page {more.Length} {communes}",
                ["number"] = "31-KH/TU",
                ["date"] = "20/01/2034",
                ["standard"] = "2027-2030",
                ["from"] = "01/01/2034",
                ["through"] = "31/12/2034",
                ["source"] = "Kế hoạch 31",
                ["h|15@2025-07-01"] = "Bí thư Tỉnh uỷ",
                ["t|15@2025-07-01|net_reduction_households"] = "ít nhất 1.200 hộ",
                ["t|15@2025-07-01|net_reduction_points"] = "từ 4 đến 5,5 %",
            };
            // As many fields as the form has for all communes of today: more than a form may have unless it is told.
            foreach (var commune in PlaceCatalog.Default.In(Level.Commune, new(2034, 12, 31)).Take(communes))
            {
                fields[$"h|{commune.Id}"] = "Chủ tịch UBND";
                foreach (var measure in Measures.All) fields[$"t|{commune.Id}|{measure.NameOf()}"] = "2";
                foreach (var measure in Measures.All) fields[$"os|{commune.Id}|{measure.NameOf()}"] = "Phụ lục";
            }
            foreach (var (name, value) in more) fields[name] = value;
            return await browser.PostAsync(Address, new FormUrlEncodedContent(fields));
        }

        using var reversed = await SendAsync(0, ("t|15@2025-07-01|net_reduction_points", "5,5 - 4"));
        WebUtility.HtmlDecode(await reversed.Content.ReadAsStringAsync()).ShouldContain("Khoảng bị đảo: 5,5 đến 4. Ghi số nhỏ trước.");
        using var unread = await SendAsync(0, ("t|15@2025-07-01|net_reduction_points", "nhiều"));
        var again = WebUtility.HtmlDecode(await unread.Content.ReadAsStringAsync());
        again.ShouldContain("Không đọc được chỉ tiêu.");
        again.ShouldContain("value=\"20/01/2034\"", Case.Sensitive, "what was typed stands there again");
        (await store.Get<PlanShelf>().HistoryAsync(2034, default)).Version.ShouldBe(0, "nothing was stored");

        using var entered = await SendAsync(99);

        entered.StatusCode.ShouldBe(HttpStatusCode.Found);
        var plan = (await store.Get<PlanShelf>().FindAsync(2034, default))!;
        plan.Targets.Count.ShouldBe(2 + 7 * 99);
        plan.Target("15@2025-07-01", Measure.NetReductionHouseholds).ShouldBe(new("15@2025-07-01", Measure.NetReductionHouseholds, Comparator.AtLeast, 1200, "Bí thư Tỉnh uỷ", "Kế hoạch 31"));
        plan.Target("15@2025-07-01", Measure.NetReductionPoints)!.ShouldSatisfyAllConditions(t => t.Comparator.ShouldBe(Comparator.Between), t => t.Value.ShouldBe(4), t => t.Upper.ShouldBe(5.5m));
        WebUtility.HtmlDecode(await store.Http.GetStringAsync("/ke-hoach/2034?xong=true")).ShouldContain("Giảm hộ nghèo: tỉnh 1.200, cộng các đơn vị 198");
    }
}
