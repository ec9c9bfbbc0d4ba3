using System.Net;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using YenBai.Cases.Access;
using YenBai.Cases.Web.Tests.Dangers;

namespace YenBai.Cases.Web.Tests.Access;

/// <summary>Row-level data that a manager of the province releases to an evaluator: given, read, on record, ended.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ReleaseFacts(EvaluatedProvince province) : IClassFixture<EvaluatedProvince>
{
    private const string Why = "Đề tài về độ bền thoát nghèo, Viện Nghiên cứu mẫu";

    [Fact]
    public async Task A_day_that_the_record_is_asked_for_and_that_does_not_exist_is_said()
    {
        (await province.Auditor.GetStringAsync("/quan-tri/nhat-ky?since=31/02/2026")).ShouldContain("Giá trị “31/02/2026” không dùng được ở đây.");
        (await province.Auditor.GetStringAsync("/quan-tri/nhat-ky?since=28/02/2026")).ShouldNotContain("không dùng được ở đây");
    }

    [Fact]
    public async Task A_released_household_is_read_by_month_and_district_under_pseudonyms_of_the_release()
    {
        var release = await ReleaseAsync("138", 2016, 2025);

        var list = await GetAsync(province.Evaluator, $"/api/households?release={release}&size=200");
        var items = list["items"]!.AsArray();
        items.Count.ShouldBeGreaterThan(3);
        var pseudonyms = items.Select(i => i!["code"]!.GetValue<string>()).ToList();
        pseudonyms.ShouldBeInOrder();
        foreach (var pseudonym in pseudonyms.Take(10))
        {
            var one = await GetAsync(province.Evaluator, $"/api/households/{pseudonym}");
            (one["code"]!.GetValue<string>(), one["version"]!.GetValue<int>(), one["headName"], one["hamlet"], one["coarse"]?["ethnicMinority"]).ShouldBe((pseudonym, 0, null, null, null));
            var events = (await GetAsync(province.Evaluator, $"/api/households/{pseudonym}/events")).AsArray();
            events.Select(e => e!["version"]!.GetValue<int>()).ShouldBe(Enumerable.Range(1, events.Count));
            events.Select(e => e!["on"]!.GetValue<string>()).ShouldBeInOrder();
            foreach (var e in events)
            {
                (e!["storedAt"], e["recordedBy"]).ShouldBe((null, null));
                e["on"]!.GetValue<string>().ShouldEndWith("-01");
                var text = e.ToJsonString();
                text.ShouldNotContain("ethnicMinority");
                System.Text.RegularExpressions.Regex.Matches(text, @"""(\d{5})@").ShouldBeEmpty("a commune");
                System.Text.RegularExpressions.Regex.Matches(text, @"""\d{4}-\d\d-(?!01)\d\d""").ShouldBeEmpty("a day");
            }
            (await province.Evaluator.GetStringAsync($"/ho-dan/{pseudonym}")).ShouldContain("Hộ ẩn danh");
        }
        var ids = await IdsAsync();
        var answers = string.Concat(await Task.WhenAll(pseudonyms.Take(10).Select(p => province.Evaluator.GetStringAsync($"/api/households/{p}/events"))));
        ids.Where(answers.Contains).ShouldBeEmpty("an id of the record");

        var spells = (await GetAsync(province.Evaluator, $"/api/durability/spells?release={release}"))["rows"]!.AsArray();
        spells.Count.ShouldBeGreaterThanOrEqualTo(pseudonyms.Count);
        spells.Select(s => s!["household"]!.GetValue<string>()).Except(pseudonyms).Count().ShouldBeLessThan(spells.Count, "the list and the spells of a release are joined");
        spells.ShouldAllBe(s => s!["exit_date"]!.GetValue<string>().EndsWith("-01") && s["time"]!.GetValue<int>() >= 0);
        (await province.Evaluator.GetAsync($"/api/durability/spells?release={release}&with=ethnicMinority")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        // Another release has other pseudonyms of the same households.
        var other = await ReleaseAsync("138", 2016, 2025);
        (await GetAsync(province.Evaluator, $"/api/households?release={other}&size=200"))["items"]!.AsArray().Select(i => i!["code"]!.GetValue<string>()).Intersect(pseudonyms).ShouldBeEmpty();
        (await province.AskAsync<long>($"select count(*) from cases.reading where actor = 'nguoi-danh-gia' and what = 1 and household is not null and detail = 'released?release={release}'")).ShouldBeGreaterThanOrEqualTo(20);
        (await province.AskAsync<long>($"select count(*) from cases.reading where actor = 'nguoi-danh-gia' and what = 2 and detail like 'released%release={release}%'")).ShouldBe(2);
        var record = await province.Auditor.GetStringAsync("/quan-tri/nhat-ky?user=nguoi-danh-gia");
        record.ShouldContain("dữ liệu từng hộ được cung cấp");
        (await province.Auditor.GetStringAsync("/quan-tri/nhat-ky?tab=accounts")).ShouldContain("Cung cấp dữ liệu từng hộ");
    }

    [Fact]
    public async Task A_release_that_was_ended_or_has_run_out_opens_nothing()
    {
        var (revoked, running) = (await ReleaseAsync("136", 2016, 2025), await ReleaseAsync("136", 2016, 2025, days: 3));
        string? Any(JsonNode list) => list["items"]!.AsArray().Select(i => i!["code"]!.GetValue<string>()).FirstOrDefault();
        var (one, other) = (Any(await GetAsync(province.Evaluator, $"/api/households?release={revoked}"))!, Any(await GetAsync(province.Evaluator, $"/api/households?release={running}"))!);

        var ended = await PostAsync(province.Manager, $"/api/releases/{revoked}/revoke", new { reason = "Đề tài kết thúc sớm" });
        ended.StatusCode.ShouldBe(HttpStatusCode.OK, await ended.Content.ReadAsStringAsync());

        (await StatusAsync($"/api/households/{one}"), await StatusAsync($"/api/households?release={revoked}"), await StatusAsync($"/api/durability/spells?release={revoked}")).ShouldBe((404, 403, 403));
        (await StatusAsync($"/api/households/{other}")).ShouldBe(200);
        var before = province.Clock.Now;
        province.Clock.Now = before.AddDays(3);
        (await StatusAsync($"/api/households/{other}"), await StatusAsync($"/api/households?release={running}")).ShouldBe((404, 403));
        province.Clock.Now = before;
        var line = (await GetAsync(province.Auditor, "/api/releases")).AsArray().Single(l => l!["id"]!.GetValue<Guid>() == revoked)!;
        (line["inForce"]!.GetValue<bool>(), line["by"]!.GetValue<string>(), line["reason"]!.GetValue<string>(), line["revokedBy"]!.GetValue<string>()).ShouldBe((false, "lanh-dao-tinh", Why, "lanh-dao-tinh"));
    }

    [Fact]
    public async Task Released_households_are_read_by_cursor_while_one_leaves_the_register()
    {
        var release = await ReleaseAsync("133", 2016, 2025);
        var masks = await province.Get<Pseudonyms>().GetAsync(new Release(release, "133@2020-02-01", 2016, 2025, default, default).Mark, default);
        var all = (await GetAsync(province.Evaluator, $"/api/households?release={release}&size=200"))["items"]!.AsArray().Select(i => i!["code"]!.GetValue<string>()).ToList();
        all.Count.ShouldBeInRange(4, 199);

        var read = new List<string>();
        string? next = null;
        do
        {
            var part = await GetAsync(province.Evaluator, $"/api/households?release={release}&size=2{(next is null ? "" : $"&cursor={next}")}");
            read.AddRange(part["items"]!.AsArray().Select(i => i!["code"]!.GetValue<string>()));
            if (next is null)
            {
                var gone = await province.AskAsync<string>($"select code from cases.caseload where household = '{masks.HouseholdOf(read[0])}'");
                (await province.SubmitAsync(gone, (await province.CaseAsync(gone)).Version, new Registering.MoveOut(new(2026, 11, 30)))).Reception.ShouldBe(Commands.Reception.Accepted);
                await province.CatchUpAsync();
            }
            next = part["next"]?.GetValue<string>();
        }
        while (next is not null && read.Count <= all.Count);

        read.ShouldBe(all);
    }

    [Fact]
    public async Task A_release_is_for_one_evaluator_and_what_it_names()
    {
        var release = await ReleaseAsync("141", 2018, 2018);
        using var other = await province.SignInAsync("nguoi-danh-gia-khac", new GrantRequest(Role.Evaluator, "15", null, [], null, null, "phân công"));
        var theirs = (await GetAsync(province.Evaluator, $"/api/households?release={release}&size=200"))["items"]!.AsArray().Select(i => i!["code"]!.GetValue<string>()).ToList();

        (await other.GetAsync($"/api/households?release={release}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        foreach (var pseudonym in theirs.Take(3)) (await other.GetAsync($"/api/households/{pseudonym}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync(other, "/api/releases")).AsArray().ShouldBeEmpty();
        (await GetAsync(province.Evaluator, "/api/releases")).AsArray().ShouldAllBe(l => l!["reason"] == null);
        var leftInAll = await province.AskAsync<long>("select count(distinct household) from cases.ledger where kind = 2 and extract(year from on_day) = 2018");
        ((long)theirs.Count).ShouldBeInRange(1, leftInAll - 1);
    }

    [Theory]
    [InlineData("evaluator", "lanh-dao-tinh", "not_an_evaluator")]
    [InlineData("place", "99999", "unknown_place")]
    [InlineData("place", "04375@2021-06-01", "release_district_at_least")]
    [InlineData("until", "2027-02-28", "release_too_long")]
    [InlineData("until", "2026-11-29", "already_ended")]
    [InlineData("cohortTo", 2015, "out_of_range")]
    [InlineData("cohortFrom", null, "required")]
    [InlineData("reason", "nghiên cứu", "reason_too_short")]
    [InlineData("reason", "", "required")]
    public async Task What_may_not_be_released_is_refused_with_its_field(string field, object? value, string code)
    {
        var body = Body("138", 2016, 2025, 30);
        body[field] = value is null ? null : JsonValue.Create(value);

        var answer = await PostAsync(province.Manager, "/api/releases", body);

        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ((int)answer.StatusCode, problem["code"]!.GetValue<string>(), problem["field"]!.GetValue<string>()).ShouldBe((422, code, field));
        problem["detail"]!.GetValue<string>().ShouldNotContain("refusal.");
    }

    [Fact]
    public async Task Only_a_manager_of_the_province_releases_and_never_to_themselves()
    {
        using var district = await province.SignInAsync("lanh-dao-xa", new GrantRequest(Role.Manager, "04375@2025-07-01", null, [], null, null, "phân công"));
        using var both = await province.SignInAsync("hai-vai", new GrantRequest(Role.Manager, "15", null, [], null, null, "phân công"), new GrantRequest(Role.Evaluator, "15", null, [], null, null, "phân công"));
        var body = Body("138", 2016, 2025, 30);

        (await CodeAsync(await PostAsync(district, "/api/releases", body))).ShouldBe("release_province_only");
        (await CodeAsync(await PostAsync(province.Evaluator, "/api/releases", body))).ShouldBe("not_permitted");
        (await CodeAsync(await PostAsync(province.Auditor, "/api/releases", body))).ShouldBe("not_permitted");
        body["evaluator"] = "hai-vai";
        (await CodeAsync(await PostAsync(both, "/api/releases", body))).ShouldBe("own_release");
    }

    [Fact]
    public async Task The_page_shows_releases_to_who_gives_audits_and_has_them()
    {
        await ReleaseAsync("140", 2019, 2020);

        var given = await province.Manager.GetStringAsync("/cung-cap-du-lieu");
        (given.Contains("name=\"evaluator\""), given.Contains(Why)).ShouldBe((true, true));
        var audited = await province.Auditor.GetStringAsync("/cung-cap-du-lieu");
        (audited.Contains("name=\"evaluator\""), audited.Contains(Why)).ShouldBe((false, true));
        var own = await province.Evaluator.GetStringAsync("/cung-cap-du-lieu");
        (own.Contains("name=\"evaluator\""), own.Contains(Why), own.Contains("Xem từng hộ")).ShouldBe((false, false, true));
    }

    private static JsonObject Body(string place, int from, int to, int days) => new()
    {
        ["evaluator"] = "nguoi-danh-gia",
        ["place"] = $"{place}@2020-02-01",
        ["cohortFrom"] = from,
        ["cohortTo"] = to,
        ["until"] = new DateOnly(2026, 11, 30).AddDays(days - 1).ToString("yyyy-MM-dd"),
        ["reason"] = Why,
    };

    private async Task<Guid> ReleaseAsync(string place, int from, int to, int days = 30)
    {
        var answer = await PostAsync(province.Manager, "/api/releases", Body(place, from, to, days));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!.GetValue<Guid>();
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string address, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return await client.SendAsync(request);
    }

    private static async Task<JsonNode> GetAsync(HttpClient client, string address) => JsonNode.Parse(await client.GetStringAsync(address))!;

    private static async Task<string> CodeAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!.GetValue<string>();

    private async Task<int> StatusAsync(string address) => (int)(await province.Evaluator.GetAsync(address)).StatusCode;

    private async Task<List<string>> IdsAsync()
    {
        await using var command = province.Get<Npgsql.NpgsqlDataSource>().CreateCommand("select id::text from cases.mt_streams union select id::text from cases.mt_events union select id::text from cases.agreement");
        await using var r = await command.ExecuteReaderAsync();
        var ids = new List<string>();
        while (await r.ReadAsync()) ids.Add(r.GetString(0));
        return ids;
    }
}
