using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.Json.Nodes;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Registering;
using YenBai.Cases.Web.Api;
using YenBai.Cases.Web.Tests.Store;
using YenBai.Cases.Web.Tests.Supports;

namespace YenBai.Cases.Web.Tests.Api;

/// <summary>What outside programs rely on.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HouseholdApiFacts(TestStore store) : IClassFixture<TestStore>
{
    private const string Decision = """{"on":"2024-06-01","standard":"2022-2025","class":"poor","cause":"deterioration"}""", Visit = """{"on":"2024-06-01"}""";

    private sealed record Reply(HttpStatusCode Status, JsonNode? Body, HttpResponseHeaders Headers)
    {
        public string? Code => Body?["code"]?.GetValue<string>();
    }

    private async Task<Reply> SendAsync(HttpMethod method, string path, string? body = null, string? key = null, string? version = null, string? language = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (version is not null) request.Headers.TryAddWithoutValidation("If-Match", version);
        if (language is not null) request.Headers.Add("Accept-Language", language);
        using var response = await store.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new(response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), response.Headers);
    }

    private Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    private Task<Reply> PostAsync(string path, string body, string? version = "\"1\"", string? key = null) =>
        SendAsync(HttpMethod.Post, path, body, key ?? Guid.NewGuid().ToString(), version);

    private static string Registration(string code, string name = "Lò Thị Mai", string place = "04375") =>
        $$"""{"code":"{{code}}","on":"2022-01-01","place":"{{place}}","hamlet":"Hồng Phong","headName":"{{name}}","members":4,"ethnicity":"Thái"}""";

    private async Task<string> AHousehold(string code, string name = "Lò Thị Mai", string place = "04375")
    {
        (await PostAsync("/api/households", Registration(code, name, place), version: null)).Status.ShouldBe(HttpStatusCode.Created);
        return code;
    }

    [Fact]
    public async Task A_household_is_registered_and_decided_upon()
    {
        var code = TestStore.NewCode();

        var created = await PostAsync("/api/households", Registration(code), version: null);
        (created.Status, created.Body!["version"]!.GetValue<int>(), created.Headers.ETag!.Tag, created.Headers.Location!.ToString())
            .ShouldBe((HttpStatusCode.Created, 1, "\"1\"", $"/api/households/{code}"));
        var decided = await PostAsync($"/api/households/{code}/decide-class", Decision);
        (decided.Status, decided.Body!["version"]!.GetValue<int>(), decided.Headers.ETag!.Tag).ShouldBe((HttpStatusCode.OK, 3, "\"3\""));

        var view = (await GetAsync($"/api/households/{code}")).Body!;
        (Text(view, "code"), Text(view, "headName"), Text(view, "place"), Text(view, "placeName"), Text(view, "class"), Text(view, "standard"), Text(view, "since"), Text(view, "status"))
            .ShouldBe((code, "Lò Thị Mai", "04375@2020-02-01", "Thị trấn Mậu A", "poor", "2022-2025", "2024-06-01", "poor"));
        view["version"]!.GetValue<int>().ShouldBe(3);
    }

    private static string? Text(JsonNode node, string member) => node[member]?.GetValue<string>();

    [Fact]
    public async Task A_write_needs_its_key_and_a_version()
    {
        var code = await AHousehold(TestStore.NewCode());
        var path = $"/api/households/{code}/record-visit";

        var noKey = await SendAsync(HttpMethod.Post, path, Visit, version: "\"1\"");
        (noKey.Status, noKey.Code).ShouldBe((HttpStatusCode.BadRequest, "idempotency_key_required"));
        var noKeyEither = await SendAsync(HttpMethod.Post, "/api/households", Registration(code + "b"));
        (noKeyEither.Status, noKeyEither.Code).ShouldBe((HttpStatusCode.BadRequest, "idempotency_key_required"));
        var noVersion = await PostAsync(path, Visit, version: null);
        (noVersion.Status, noVersion.Code).ShouldBe(((HttpStatusCode)428, "version_required"));
        var malformed = await PostAsync(path, Visit, version: "\"one\"");
        (malformed.Status, malformed.Code).ShouldBe((HttpStatusCode.BadRequest, "version_malformed"));
        (await PostAsync(path, Visit, version: "1")).Status.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>What only adds a fact contradicts nothing that was recorded meanwhile: both are taken, each once.</summary>
    [Fact]
    public async Task Two_visits_seen_at_one_version_are_both_recorded()
    {
        var code = await AHousehold(TestStore.NewCode());
        var path = $"/api/households/{code}/record-visit";

        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => PostAsync(path, $$"""{"on":"2024-06-01","note":"Lần {{i}}"}""", key: $"{code} {i}")));
        var again = await PostAsync(path, """{"on":"2024-06-01","note":"Lần 0"}""", key: $"{code} 0");

        replies.ShouldAllBe(r => r.Status == HttpStatusCode.OK);
        replies.Select(r => r.Body!["version"]!.GetValue<int>()).Order().ShouldBe([2, 3, 4, 5]);
        again.Body!["version"]!.GetValue<int>().ShouldBe(replies[0].Body!["version"]!.GetValue<int>());
        (await store.CaseAsync(code)).Facts.Count(f => f.Event is VisitRecorded).ShouldBe(4);
    }

    [Fact]
    public async Task Evidence_seen_at_an_older_version_is_decided_on_the_household_as_it_is()
    {
        var code = TestStore.NewCode();
        var agreement = await store.AgreedAsync(code, [SupportStory.Vaccinate(SupportStory.Today.AddDays(9))]);
        var condition = agreement.Conditions.Single().Id;
        var path = $"/api/households/{code}/hand-in-evidence";
        var body = $$"""{"on":"{{SupportStory.Today:yyyy-MM-dd}}","condition":"{{condition}}","note":"Phiếu tiêm"}""";

        (await PostAsync(path, body, "\"1\"")).Status.ShouldBe(HttpStatusCode.OK);
        (await PostAsync(path, body, "\"1\"")).Status.ShouldBe(HttpStatusCode.OK);
        await store.TakenAsync(code, new YenBai.Cases.Support.MeetCondition(SupportStory.Today, condition, null, "Đã xem"));
        var late = await PostAsync(path, body, "\"1\"");

        (late.Status, late.Code).ShouldBe((HttpStatusCode.UnprocessableEntity, "condition_settled"));
    }

    [Fact]
    public async Task A_stale_version_is_a_conflict()
    {
        var code = await AHousehold(TestStore.NewCode());
        await PostAsync($"/api/households/{code}/record-visit", Visit);

        var stale = await PostAsync($"/api/households/{code}/decide-class", Decision);

        (stale.Status, stale.Code).ShouldBe((HttpStatusCode.Conflict, "stale_version"));
    }

    [Fact]
    public async Task A_repeated_request_is_answered_the_same()
    {
        var code = await AHousehold(TestStore.NewCode());
        var path = $"/api/households/{code}/record-visit";
        var key = Guid.NewGuid().ToString();

        var first = await PostAsync(path, Visit, key: key);
        var again = await PostAsync(path, Visit, key: key);
        var other = await PostAsync(path, """{"on":"2024-06-02"}""", key: key);

        (again.Status, again.Body!.ToJsonString(), again.Headers.ETag).ShouldBe((first.Status, first.Body!.ToJsonString(), first.Headers.ETag));
        (other.Status, other.Code).ShouldBe((HttpStatusCode.UnprocessableEntity, "idempotency_key_reused"));
        (await GetAsync($"/api/households/{code}")).Body!["version"]!.GetValue<int>().ShouldBe(2);
    }

    [Theory]
    [InlineData("record-visit", """{"on":"2024-06-16"}""", "date_in_future", "on")]
    [InlineData("record-exit", """{"on":"2024-06-01","to":"not_poor"}""", "not_on_list", "on")]
    [InlineData("grant-loan", """{"on":"2024-06-01","amount":0}""", "out_of_range", "amount")]
    [InlineData("move", """{"on":"2024-06-01","place":"Sa Pa"}""", "unknown_place", "place")]
    [InlineData("move", """{"on":"2024-06-01"}""", "unknown_place", "place")]
    [InlineData("join-training", """{"on":"2024-06-01"}""", "required", "course")]
    [InlineData("annul", """{"fact":"00000000-0000-0000-0000-000000000001","reason":"Nhầm"}""", "unknown_fact", "fact")]
    [InlineData("merge", """{"on":"2024-06-01","into":"nobody"}""", "unknown_household", "into")]
    [InlineData("split", """{"on":"2024-06-01","members":1}""", "required", "newCode")]
    public async Task A_refusal_has_a_stable_code_and_names_the_field(string command, string body, string code, string field)
    {
        var household = await AHousehold(TestStore.NewCode());

        var refused = await PostAsync($"/api/households/{household}/{command}", body);

        (refused.Status, refused.Code, Text(refused.Body!, "field")).ShouldBe((HttpStatusCode.UnprocessableEntity, code, field));
        Text(refused.Body!, "type").ShouldBe($"urn:yenbai-cases:{code}");
    }

    [Theory]
    [InlineData("""{"on":"01/06/2024"}""")]
    [InlineData("{")]
    [InlineData("null")]
    public async Task A_body_that_cannot_be_read_is_a_bad_request(string body)
    {
        var code = await AHousehold(TestStore.NewCode());

        var bad = await PostAsync($"/api/households/{code}/record-visit", body);

        (bad.Status, bad.Code).ShouldBe((HttpStatusCode.BadRequest, "body_malformed"));
    }

    [Fact]
    public async Task A_registration_without_a_code_is_refused()
    {
        var refused = await PostAsync("/api/households", """{"on":"2022-01-01","place":"04375"}""", version: null);

        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.UnprocessableEntity, "required"));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        (await GetAsync("/api/households/nobody")).ShouldSatisfyAllConditions(r => r.Status.ShouldBe(HttpStatusCode.NotFound), r => r.Code.ShouldBe("unknown_household"));
        (await GetAsync("/api/households/nobody/events")).Code.ShouldBe("unknown_household");
        (await PostAsync("/api/households/nobody/record-visit", Visit)).ShouldSatisfyAllConditions(r => r.Status.ShouldBe(HttpStatusCode.NotFound), r => r.Code.ShouldBe("unknown_household"));
        var code = await AHousehold(TestStore.NewCode());
        (await GetAsync($"/api/households/{code}?asOf=2021-12-31")).ShouldSatisfyAllConditions(r => r.Status.ShouldBe(HttpStatusCode.NotFound), r => r.Code.ShouldBe("unknown_household_then"));
        (await PostAsync($"/api/households/{code}/no-such-command", Visit)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_list_is_filtered_and_has_what_was_written_when_asked_to_be_fresh()
    {
        var mark = Guid.NewGuid().ToString("N")[..8];
        var name = "Vàng A " + string.Concat(mark.Select(c => (char)('a' + c % 26)));
        var poor = await AHousehold($"{mark}1", name);
        await AHousehold($"{mark}2", name, "04252");
        await PostAsync($"/api/households/{poor}/decide-class", Decision);
        await PostAsync($"/api/households/{poor}/grant-loan", """{"on":"2024-06-01","amount":1000000}""", "\"3\"");

        (await Codes($"search={mark}")).ShouldBe([poor, $"{mark}2"], ignoreOrder: true);
        (await Codes($"search={Uri.EscapeDataString(name.Replace("Vàng", "vang"))}&class=poor")).ShouldBe([poor]);
        (await Codes($"search={mark}&place=132@2024-01-01")).ShouldBe([$"{mark}2"]);
        (await Codes($"search={mark}&support=loan")).ShouldBe([poor]);
        (await Codes($"search={mark}&support=none")).ShouldBe([$"{mark}2"]);
        (await Codes($"search={mark}&standard=2022-2025")).ShouldBe([poor]);
        (await Codes($"search={mark}&size=1&page=2")).Length.ShouldBe(1);
        (await Codes($"search={mark}&size=1&page=3")).ShouldBeEmpty();
        (await GetAsync($"/api/households?search={mark}&size=1")).Body!["total"]!.GetValue<int>().ShouldBe(2);

        async Task<string[]> Codes(string query) =>
            [.. (await GetAsync($"/api/households?fresh=true&{query}")).Body!["items"]!.AsArray().Select(i => i!["code"]!.GetValue<string>())];
    }

    [Theory]
    [InlineData("place=99999", "place")]
    [InlineData("class=rich", "class")]
    [InlineData("standard=2011-2015", "standard")]
    [InlineData("support=money", "support")]
    [InlineData("page=0", "page")]
    [InlineData("size=0", "size")]
    [InlineData("size=201", "size")]
    [InlineData("page=x", "page")]
    public async Task An_unknown_value_is_named(string query, string parameter)
    {
        var bad = await GetAsync($"/api/households?{query}");

        bad.Status.ShouldBe(HttpStatusCode.BadRequest);
        Text(bad.Body.ShouldNotBeNull(), "field").ShouldBe(parameter);
        bad.Code.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Every_event_is_shown_with_who_wrote_it_and_what_annulled_it()
    {
        var code = await AHousehold(TestStore.NewCode());
        await PostAsync($"/api/households/{code}/decide-class", Decision);
        var listed = (await GetAsync($"/api/households/{code}/events")).Body!.AsArray()[2]!;
        (Text(listed, "type"), Text(listed, "on"), listed["version"]!.GetValue<int>(), Text(listed["data"]!, "cause")).ShouldBe(("listed_poor", "2024-06-01", 3, "deterioration"));
        Text(listed, "recordedBy").ShouldNotBeNullOrEmpty();
        listed["annulledBy"].ShouldBeNull();

        await PostAsync($"/api/households/{code}/annul", $$"""{"fact":"{{Text(listed, "id")}}","reason":"Nhầm hộ"}""", "\"3\"");

        var events = (await GetAsync($"/api/households/{code}/events")).Body!.AsArray();
        events.Select(e => Text(e!, "type")).ShouldBe(["household_registered", "class_decided", "listed_poor", "fact_annulled"]);
        Text(events[2]!, "annulledBy").ShouldBe(Text(events[3]!, "id"));
        Text((await GetAsync($"/api/households/{code}")).Body!, "status").ShouldBe("unknown");
    }

    [Fact]
    public async Task The_case_is_shown_as_of_a_day_and_as_known_on_a_day()
    {
        var code = await AHousehold(TestStore.NewCode());
        await PostAsync($"/api/households/{code}/decide-class", Decision);

        Text((await GetAsync($"/api/households/{code}?asOf=2024-05-31")).Body!, "status").ShouldBe("unknown");
        Text((await GetAsync($"/api/households/{code}?asOf=2024-06-01")).Body!, "status").ShouldBe("poor");
        (await GetAsync($"/api/households/{code}?knownAt=2024-06-14")).Status.ShouldBe(HttpStatusCode.NotFound);
        Text((await GetAsync($"/api/households/{code}?knownAt=2024-06-15")).Body!, "status").ShouldBe("poor");
    }

    [Fact]
    public async Task The_interface_describes_itself_with_every_command()
    {
        var paths = (await GetAsync("/openapi/v1.json")).Body!["paths"]!.AsObject();

        foreach (var command in CommandCatalog.All.Keys)
        {
            var post = paths[$"/api/households/{{code}}/{command}"].ShouldNotBeNull()["post"].ShouldNotBeNull();
            post["requestBody"].ShouldNotBeNull(command);
        }
        paths.ContainsKey("/api/households").ShouldBeTrue();
    }

    [Fact]
    public void Every_command_of_the_domain_has_its_call()
    {
        var commands = typeof(HouseholdEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Commands.HouseholdCommand)) && !t.IsAbstract && t != typeof(RegisterHousehold));

        CommandCatalog.All.Values.ShouldBe(commands, ignoreOrder: true);
        CommandCatalog.All.ShouldAllBe(c => c.Key == JsonNamingPolicy.KebabCaseLower.ConvertName(c.Value.Name));
    }

    [Fact]
    public async Task Text_with_characters_that_no_store_keeps_is_refused_and_no_failure()
    {
        var code = await AHousehold(TestStore.NewCode());

        var refused = await PostAsync($"/api/households/{code}/record-visit", """{"on":"2024-06-01","note":"a\u0000b"}""");

        ((int)refused.Status).ShouldBeInRange(400, 499);
        refused.Code.ShouldBe("text_malformed");
        (await PostAsync($"/api/households/{code}/record-visit", """{"on":"2024-06-01","note":"a\\u0000b"}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await GetAsync("/api/households?search=a%00b")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_refusal_is_said_in_the_language_of_the_reader()
    {
        var code = await AHousehold(TestStore.NewCode());
        var path = $"/api/households/{code}/record-visit";

        var words = new List<string?>();
        foreach (var language in new[] { "vi", "en" })
        {
            var refused = await SendAsync(HttpMethod.Post, path, """{"on":"2024-06-16"}""", Guid.NewGuid().ToString(), "\"1\"", language);
            refused.Code.ShouldBe("date_in_future");
            words.Add(Text(refused.Body!, "detail"));
            words.Add(Text(refused.Body!, "title"));
        }

        words.ShouldBeUnique();
        words.ShouldAllBe(w => w != null && !w.Contains("refusal.") && !w.Contains("problem."));
        words[0]!.ShouldContain("16/06/2024");
        words[2]!.ShouldContain("16/06/2024");
    }

    [Theory]
    [InlineData("asOf=x", "asOf")]
    [InlineData("knownAt=2024-13-01", "knownAt")]
    public async Task A_day_that_is_none_is_named(string query, string parameter)
    {
        var code = await AHousehold(TestStore.NewCode());

        var bad = await GetAsync($"/api/households/{code}?{query}");

        (bad.Status, bad.Code, Text(bad.Body!, "field")).ShouldBe((HttpStatusCode.BadRequest, "unknown_value", parameter));
    }
}
