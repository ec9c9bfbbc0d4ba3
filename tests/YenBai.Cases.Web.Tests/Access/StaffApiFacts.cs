using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Marten;
using YenBai.Cases.Access;
using YenBai.Cases.Demonstration;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Access;

/// <summary>Accounts, grants, emergency openings and the record of them, as somebody with a role reaches them over HTTP.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StaffApiFacts(StaffApiFacts.Practice store) : IClassFixture<StaffApiFacts.Practice>
{
    /// <summary>A demonstration store: its administrators need no second factor.</summary>
    public sealed class Practice : TestStore
    {
        protected override async Task FillAsync()
        {
            await using var session = Get<IDocumentStore>().LightweightSession();
            session.Store(new DemonstrationMark(DemonstrationMark.TheId));
            await session.SaveChangesAsync();
        }
    }

    private const string Commune = "04456", Elsewhere = "04375", Whole = "15";

    private static int people;

    private static GrantRequest At(Role role, string place) => new(role, place, null, [], null, null, "phân công");

    private static string New([CallerMemberName] string test = "") => $"p{Interlocked.Increment(ref people)}-{test[..Math.Min(test.Length, 12)].Replace('_', '-')}";

    private async Task<(string Name, HttpClient Http)> SomebodyAsync(params GrantRequest[] grants)
    {
        var name = New();
        return (name, await store.SignInAsync(name, grants));
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(HttpClient http, string path, object body, string? key = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key.Length == 0 ? Guid.NewGuid().ToString() : key);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    private static async Task<JsonNode> GetAsync(HttpClient http, string path) => JsonNode.Parse(await http.GetStringAsync(path))!;

    private static List<string> Grants(JsonNode account) => [.. account["grants"]!.AsArray().Select(g => $"{g!["role"]} {g["place"]} {g["holds"]}")];

    [Fact]
    public async Task A_manager_learns_of_those_who_work_in_their_places_and_of_nobody_else()
    {
        var (manager, asManager) = await SomebodyAsync(At(Role.Manager, Commune));
        var (theirs, _) = await SomebodyAsync(At(Role.Caseworker, Commune), At(Role.Caseworker, Elsewhere));
        var (other, _) = await SomebodyAsync(At(Role.Caseworker, Elsewhere));
        var (_, asAdministrator) = await SomebodyAsync(At(Role.Administrator, Whole));

        var seen = (await GetAsync(asManager, "/api/accounts"))["items"]!.AsArray().Select(a => a!["userName"]!.GetValue<string>()).ToList();
        seen.ShouldContain(theirs);
        seen.ShouldContain(manager);
        seen.ShouldNotContain(other);
        // Of their own people, too, only what concerns their places.
        Grants(await GetAsync(asManager, $"/api/accounts/{theirs}")).ShouldBe(["caseworker 04456@2020-02-01 true"]);
        Grants(await GetAsync(asAdministrator, $"/api/accounts/{theirs}")).Count.ShouldBe(2);
        (await GetAsync(asAdministrator, "/api/accounts"))["items"]!.AsArray().Select(a => a!["userName"]!.GetValue<string>()).ShouldContain(other);

        async Task<string> AnswerAsync(string user)
        {
            using var response = await asManager.GetAsync($"/api/accounts/{user}");
            var text = await response.Content.ReadAsStringAsync();
            return $"{(int)response.StatusCode} {System.Text.RegularExpressions.Regex.Replace(text, "\"traceId\":\"[^\"]*\"", "")}".Replace(user, "USER");
        }
        (await AnswerAsync(other)).ShouldBe(await AnswerAsync("nobody-here"));
        (await PostAsync(asManager, $"/api/accounts/{other}/grants", new { role = "caseworker", place = Commune, until = "2024-07-01", reason = "rà soát" })).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_grant_is_given_once_felt_at_once_and_taken_back_with_a_reason()
    {
        var (_, asAdministrator) = await SomebodyAsync(At(Role.Administrator, Whole));
        var (user, asUser) = await SomebodyAsync();
        var grant = new { role = "caseworker", place = Commune, reason = "thay người nghỉ" };

        (await asUser.GetAsync("/api/households")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(asAdministrator, $"/api/accounts/{user}/grants", grant, null)).Body!["code"]!.GetValue<string>().ShouldBe("idempotency_key_required");
        var given = await PostAsync(asAdministrator, $"/api/accounts/{user}/grants", grant, "once-" + user);
        (given.Status, Grants(given.Body!)).ShouldSatisfyAllConditions(x => x.Status.ShouldBe(HttpStatusCode.OK), x => x.Item2.ShouldBe(["caseworker 04456@2020-02-01 true"]));
        given.Body!["grants"]![0]!["reason"]!.GetValue<string>().ShouldBe("thay người nghỉ");
        Grants((await PostAsync(asAdministrator, $"/api/accounts/{user}/grants", grant, "once-" + user)).Body!).Count.ShouldBe(1);
        (await PostAsync(asAdministrator, $"/api/accounts/{user}/grants", grant with { place = Elsewhere }, "once-" + user)).Body!["code"]!.GetValue<string>().ShouldBe("idempotency_key_reused");
        (await asUser.GetAsync("/api/households")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var id = given.Body["grants"]![0]!["id"]!.GetValue<string>();
        var silent = await PostAsync(asAdministrator, $"/api/accounts/{user}/grants/{id}/revoke", new { reason = " " });
        (silent.Status, silent.Body!["code"]!.GetValue<string>(), silent.Body["field"]!.GetValue<string>()).ShouldBe((HttpStatusCode.UnprocessableEntity, "required", "reason"));
        Grants((await PostAsync(asAdministrator, $"/api/accounts/{user}/grants/{id}/revoke", new { reason = "đã về" })).Body!).ShouldBe(["caseworker 04456@2020-02-01 false"]);
        (await asUser.GetAsync("/api/households")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task What_may_not_be_granted_is_refused_beside_its_field()
    {
        var (manager, asManager) = await SomebodyAsync(At(Role.Manager, Commune));
        var (administrator, asAdministrator) = await SomebodyAsync(At(Role.Administrator, Whole));
        var (user, _) = await SomebodyAsync(At(Role.Caseworker, Commune));

        async Task<string> RefusalAsync(HttpClient http, string to, object grant)
        {
            var (status, body) = await PostAsync(http, $"/api/accounts/{to}/grants", grant);
            return $"{(int)status} {body!["code"]} {body["field"]}".TrimEnd();
        }
        (await RefusalAsync(asManager, user, new { role = "caseworker", place = Commune, reason = "rà soát" })).ShouldBe("422 short_grants_only until");
        (await RefusalAsync(asManager, user, new { role = "manager", place = Commune, until = "2024-07-01", reason = "rà soát" })).ShouldBe("422 not_held role");
        (await RefusalAsync(asManager, user, new { role = "caseworker", place = Elsewhere, until = "2024-07-01", reason = "rà soát" })).ShouldBe("422 not_held place");
        (await RefusalAsync(asManager, manager, new { role = "caseworker", place = Commune, until = "2024-07-01", reason = "rà soát" })).ShouldBe("422 own_grant");
        (await RefusalAsync(asAdministrator, administrator, new { role = "manager", place = Whole, reason = "tự cấp" })).ShouldBe("422 own_grant");
        (await RefusalAsync(asAdministrator, user, new { role = "evaluator", place = Commune, reason = "đánh giá" })).ShouldBe("422 province_only place");
        (await RefusalAsync(asAdministrator, user, new { place = Commune, reason = "quên vai trò" })).ShouldBe("422 required role");
        (await RefusalAsync(asManager, user, new { role = "caseworker", place = Commune, until = "2024-07-01", reason = "rà soát" })).ShouldStartWith("200");
    }

    [Fact]
    public async Task A_disabled_account_is_signed_out_and_a_manager_disables_nobody()
    {
        var (_, asAdministrator) = await SomebodyAsync(At(Role.Administrator, Whole));
        var (_, asManager) = await SomebodyAsync(At(Role.Manager, Whole));
        var (user, asUser) = await SomebodyAsync(At(Role.Caseworker, Commune));
        (await asUser.GetAsync("/api/households")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await PostAsync(asManager, $"/api/accounts/{user}/disable", new { reason = "nghỉ việc" })).Body!["code"]!.GetValue<string>().ShouldBe("not_permitted");
        (await PostAsync(asAdministrator, $"/api/accounts/{user}/disable", new { reason = "nghỉ việc" })).Body!["state"]!.GetValue<string>().ShouldBe("disabled");
        await Should.ThrowAsync<HttpRequestException>(() => asUser.GetAsync("/api/households"));

        (await PostAsync(asAdministrator, $"/api/accounts/{user}/enable", new { reason = "trở lại" })).Body!["state"]!.GetValue<string>().ShouldBe("active");
        (await asUser.GetAsync("/api/households")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_household_elsewhere_opens_for_a_day_with_a_reason_and_its_manager_is_told()
    {
        var code = TestStore.NewCode();
        await store.RegisterAsync(code, "Giàng A Páo", place: Elsewhere, by: Actor.Operator);
        var (worker, asWorker) = await SomebodyAsync(At(Role.Caseworker, Commune));
        var (_, asManager) = await SomebodyAsync(At(Role.Manager, Elsewhere));
        var (_, asOtherManager) = await SomebodyAsync(At(Role.Manager, Commune));
        var (_, asEvaluator) = await SomebodyAsync(At(Role.Evaluator, Whole));
        var path = $"/api/households/{code}/break-glass";

        (await asWorker.GetAsync($"/api/households/{code}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await PostAsync(asEvaluator, path, new { reason = "tò mò" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(asWorker, path, new { reason = "" })).Body!["code"]!.GetValue<string>().ShouldBe("required");
        (await PostAsync(asWorker, path, new { reason = "gia đình chuyển đến đêm nay, cần chỗ ở" }, null)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(asWorker, "/api/households/nowhere99/break-glass", new { reason = "gia đình chuyển đến đêm nay, cần chỗ ở" })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await PostAsync(asManager, path, new { reason = "xem hộ trong địa bàn của chính mình" })).Body!["code"]!.GetValue<string>().ShouldBe("already_yours");

        var opened = await PostAsync(asWorker, path, new { reason = "gia đình chuyển đến đêm nay, cần chỗ ở" });
        (opened.Status, opened.Body!["until"]!.GetValue<DateTimeOffset>()).ShouldBe((HttpStatusCode.OK, store.Clock.Now.AddHours(24)));
        (await PostAsync(asWorker, path, new { reason = "gia đình chuyển đến đêm nay, cần chỗ ở" })).Body!["until"]!.GetValue<DateTimeOffset>().ShouldBe(store.Clock.Now.AddHours(24));
        (await asWorker.GetAsync($"/api/households/{code}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await asWorker.GetStringAsync($"/ho-dan/{code}")).ShouldContain("Mở khẩn cấp: hồ sơ này mở cho bạn đến");

        var home = await asManager.GetStringAsync("/");
        home.ShouldContain("gia đình chuyển đến đêm nay, cần chỗ ở");
        home.ShouldContain(worker);
        (await asOtherManager.GetStringAsync("/")).ShouldNotContain(code);
        // Read by several, opened by one: on record, and for the people themselves.
        var readers = await asManager.GetStringAsync($"/ho-dan/{code}/ai-da-xem");
        readers.ShouldContain(worker);
    }

    [Fact]
    public async Task The_page_of_a_household_that_is_not_theirs_is_that_of_one_that_is_not_there()
    {
        var code = TestStore.NewCode();
        await store.RegisterAsync(code, "Giàng A Páo", place: Elsewhere, by: Actor.Operator);
        var (_, asWorker) = await SomebodyAsync(At(Role.Caseworker, Commune));

        async Task<(HttpStatusCode, bool, bool)> PageAsync(string asked)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/ho-dan/{asked}");
            request.Headers.Accept.ParseAdd("text/html");
            using var response = await asWorker.SendAsync(request);
            var page = await response.Content.ReadAsStringAsync();
            return (response.StatusCode, page.Contains("glass-reason"), page.Contains("Giàng"));
        }
        (await PageAsync(code)).ShouldBe((HttpStatusCode.NotFound, true, false));
        (await PageAsync("nowhere99")).ShouldBe((HttpStatusCode.NotFound, true, false));
        (await asWorker.GetAsync($"/ho-dan/{code}/ai-da-xem")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_menu_offers_what_the_person_may_use()
    {
        string[] all = ["/ho-dan", "/ke-hoach", "/nhap-du-lieu", "/quan-tri/tai-khoan", "/quan-tri/nhat-ky"];
        async Task<string> MenuAsync(params GrantRequest[] grants)
        {
            var (_, http) = await SomebodyAsync(grants);
            var page = await http.GetStringAsync("/");
            var menu = page[page.IndexOf("<nav class=\"menu\"", StringComparison.Ordinal)..];
            menu = menu[..menu.IndexOf("</nav>", StringComparison.Ordinal)];
            return string.Join(" ", all.Where(path => menu.Contains($"href=\"{path}\"")));
        }
        (await MenuAsync(At(Role.Caseworker, Commune))).ShouldBe("/ho-dan /ke-hoach");
        (await MenuAsync(At(Role.Manager, Commune))).ShouldBe("/ho-dan /ke-hoach /quan-tri/tai-khoan");
        (await MenuAsync(At(Role.Administrator, Whole))).ShouldBe("/ke-hoach /nhap-du-lieu /quan-tri/tai-khoan /quan-tri/nhat-ky");
        (await MenuAsync(At(Role.Auditor, Whole))).ShouldBe("/ho-dan /ke-hoach /quan-tri/nhat-ky");
        (await MenuAsync()).ShouldBe("");

        using var nobody = store.Nobody();
        var door = await (await nobody.GetAsync("/not-found")).Content.ReadAsStringAsync();
        door.ShouldNotContain("class=\"menu\"");
        door.ShouldNotContain("type=\"search\"");
    }

    [Fact]
    public async Task The_pages_of_administration_open_for_those_whose_they_are()
    {
        var (_, asAdministrator) = await SomebodyAsync(At(Role.Administrator, Whole));
        var (_, asManager) = await SomebodyAsync(At(Role.Manager, Commune));
        var (user, asWorker) = await SomebodyAsync(At(Role.Caseworker, Commune));
        foreach (var http in new[] { asAdministrator, asManager })
        {
            (await http.GetStringAsync("/quan-tri/tai-khoan")).ShouldContain($"/quan-tri/tai-khoan/{user}");
            (await http.GetStringAsync($"/quan-tri/tai-khoan/{user}")).ShouldContain("Cấp quyền");
        }
        foreach (var tab in new[] { "readings", "accounts", "emergencies" }) (await asAdministrator.GetAsync($"/quan-tri/nhat-ky?tab={tab}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await asAdministrator.GetAsync("/quan-tri/tai-khoan/nobody-here")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await asManager.GetAsync("/quan-tri/nhat-ky")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await asWorker.GetAsync("/quan-tri/tai-khoan")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Who_was_granted_nothing_is_told_whom_to_ask()
    {
        var (administrator, _) = await SomebodyAsync(At(Role.Administrator, Whole));
        var (_, asNobody) = await SomebodyAsync();

        var home = await asNobody.GetStringAsync("/");
        home.ShouldContain("Tài khoản của bạn chưa được giao quyền");
        home.ShouldContain("quản trị hệ thống");
        administrator.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_export_of_the_record_is_itself_on_record()
    {
        var code = TestStore.NewCode();
        await store.RegisterAsync(code, "Giàng A Páo", place: Commune, by: Actor.Operator);
        var (worker, asWorker) = await SomebodyAsync(At(Role.Caseworker, Commune));
        var (auditor, asAuditor) = await SomebodyAsync(At(Role.Auditor, Whole));
        (await asWorker.GetAsync($"/api/households/{code}")).EnsureSuccessStatusCode();

        (await asAuditor.GetStringAsync($"/quan-tri/nhat-ky/xuat.csv?code={code}")).ShouldContain(worker);
        var page = await asAuditor.GetStringAsync($"/quan-tri/nhat-ky?user={auditor}");
        page.ShouldContain("xuất nhật ký");
        (await asAuditor.GetStringAsync($"/quan-tri/nhat-ky?code={code}")).ShouldContain("mở hồ sơ");
        (await asWorker.GetAsync("/quan-tri/nhat-ky/xuat.csv")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_evaluator_is_told_of_no_few_households_by_the_plan_whatever_the_day_asked_for()
    {
        var (_, asEvaluator) = await SomebodyAsync(At(Role.Evaluator, Whole));
        for (var i = 0; i < 3; i++)
        {
            var code = TestStore.NewCode();
            await store.RegisterAsync(code, on: "2020-01-01", by: Actor.Operator, place: Elsewhere);
            await store.SubmitAsync(code, 1, new Listing.DecideClass(new(2020, 3, 1), "2016-2020", Households.PovertyClass.Poor, null, Households.EntryCause.Unknown, null));
        }
        await store.CatchUpAsync();

        var plan = await GetAsync(asEvaluator, "/api/plan/2021/progress?fresh=true");
        plan["rows"]!.AsArray().ShouldAllBe(r => r!["arithmetic"] == null);
        plan["units"]!.AsArray().ShouldAllBe(u => u!["inNoUnitBelow"] == null);
        plan["rows"]!.AsArray().Select(r => r!["actual"]?.GetValue<decimal>()).OfType<decimal>().ShouldAllBe(n => n == 0 || Math.Abs(n) >= 5);
        (await GetAsync(asEvaluator, "/api/plan/2021/progress?asOf=2021-05-05"))["asOf"]!.GetValue<string>().ShouldBe("2021-12-31");
        var (_, asManager) = await SomebodyAsync(At(Role.Manager, Whole));
        (await GetAsync(asManager, "/api/plan/2021/progress?asOf=2021-05-05"))["asOf"]!.GetValue<string>().ShouldBe("2021-05-05");
    }

    [Fact]
    public async Task The_plan_opens_at_the_commune_of_who_has_no_more()
    {
        var (_, asWorker) = await SomebodyAsync(At(Role.Caseworker, Commune));

        var plan = await GetAsync(asWorker, "/api/plan/2021/progress");
        plan["units"]!.AsArray().Select(u => u!["unit"]!.GetValue<string>()).ShouldBe(["04456@2020-02-01"]);
        (await asWorker.GetAsync("/api/plan/2021/progress?place=137")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = await asWorker.GetStringAsync("/ke-hoach/2021");
        page.ShouldNotContain("137@2020-02-01");
    }
}
