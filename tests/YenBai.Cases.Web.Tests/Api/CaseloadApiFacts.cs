using System.Net;
using System.Net.Http.Headers;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using YenBai.Cases.Access;
using YenBai.Cases.Caseload;
using YenBai.Cases.Households;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Api;

/// <summary>Who is on the list today, how people search for them, and how a program reads a long list.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CaseloadApiFacts(TestStore store) : IClassFixture<TestStore>
{
    private const string Poor = """{"on":"2024-06-01","standard":"2022-2025","class":"poor","cause":"deterioration"}""";

    private async Task<JsonNode?> PostAsync(string path, string body, string? version = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        if (version is not null) request.Headers.TryAddWithoutValidation("If-Match", version);
        using var response = await store.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonNode.Parse(text);
    }

    private async Task<string> AHousehold(string code, string name = "Lò Thị Mai", string? idNumber = null, string? phone = null)
    {
        var more = (idNumber is null ? "" : $",\"headIdNumber\":\"{idNumber}\"") + (phone is null ? "" : $",\"phone\":\"{phone}\"");
        await PostAsync("/api/households", $$"""{"code":"{{code}}","on":"2022-01-01","place":"04375","headName":"{{name}}","members":4{{more}}}""");
        return code;
    }

    private Task<JsonNode> ListAsync(string query) => Durability.Reference.GetJsonAsync(store, $"/api/households?fresh=true&{query}");

    private async Task<string[]> CodesAsync(string query) => [.. (await ListAsync(query))["items"]!.AsArray().Select(i => i!["code"]!.GetValue<string>())];

    [Theory]
    [InlineData("move-out", """{"on":"2024-06-10"}""")]
    [InlineData("dissolve", """{"on":"2024-06-10"}""")]
    public async Task Poor_is_who_is_on_the_list_today(string command, string body)
    {
        var code = await AHousehold(TestStore.NewCode());
        await PostAsync($"/api/households/{code}/decide-class", Poor, "\"1\"");
        (await CodesAsync($"search={code}&class=poor")).ShouldBe([code]);
        var before = (await store.Get<CaseloadQuery>().CountAsync(store.Clerk, new(2000, 1, 1), default)).ByClass[PovertyClass.Poor];

        await PostAsync($"/api/households/{code}/{command}", body, "\"3\"");

        (await CodesAsync($"search={code}&class=poor")).ShouldBeEmpty();
        (await ListAsync($"search={code}"))["items"]!.AsArray().ShouldHaveSingleItem()!["class"].ShouldBeNull();
        (await store.Http.GetStringAsync($"/ho-dan/xuat.csv?class=poor&q={code}")).ShouldNotContain(code);
        (await store.Http.GetStringAsync($"/ho-dan/xuat.csv?q={code}")).ShouldContain(code);
        (await store.Get<CaseloadQuery>().CountAsync(store.Clerk, new(2000, 1, 1), default)).ByClass.GetValueOrDefault(PovertyClass.Poor).ShouldBe(before - 1);
        (await Durability.Reference.GetJsonAsync(store, $"/api/households/{code}"))["class"].ShouldBeNull();
    }

    [Theory]
    [InlineData("Giàng A Páo 3", "Giàng A Páo 3"), InlineData("Giàng A Páo 3", "giang a pao 3")]
    [InlineData("Lường Thị Quí", "Lường Thị Quý"), InlineData("Lường Thị Quý", "quí"), InlineData("Đỗ Lý Mỹ", "do li mi"), InlineData("Vi Quỳnh", "Vi Quình")]
    [InlineData("Sùng H'Mông", "Sùng H’Mông"), InlineData("Sùng H’Mông", "sung h'mong")]
    public async Task A_name_is_found_as_people_write_it(string name, string typed)
    {
        var code = await AHousehold(TestStore.NewCode(), name);

        (await CodesAsync($"search={Uri.EscapeDataString(typed)}&size=200")).ShouldContain(code);
    }

    [Fact]
    public async Task An_apostrophe_is_not_any_letter()
    {
        var code = await AHousehold(TestStore.NewCode(), "Sùng Hamông");

        (await CodesAsync($"search={Uri.EscapeDataString("h'mong")}&size=200")).ShouldNotContain(code);
    }

    [Theory]
    [InlineData("034 091 234 567"), InlineData("034091234567"), InlineData("034.091.234.567"), InlineData("0912 345 678"), InlineData("0912.345.678"), InlineData("+84 912 345 678"), InlineData("84912345678")]
    public async Task A_number_is_found_as_people_write_it(string typed)
    {
        var code = await AHousehold(TestStore.NewCode(), idNumber: "034091234567", phone: "0912345678");

        (await CodesAsync($"search={Uri.EscapeDataString(typed)}&size=200")).ShouldContain(code);
    }

    [Fact]
    public async Task A_list_read_by_cursor_neither_repeats_nor_skips_while_people_work()
    {
        var mark = Guid.NewGuid().ToString("N")[..8];
        List<string> codes = [];
        for (var i = 0; i < 7; i++) codes.Add(await AHousehold($"{mark}-{i}"));
        List<string> read = [];
        string? next = null;
        do
        {
            var part = await ListAsync($"search={mark}&size=2{(next is null ? "" : "&cursor=" + next)}");
            part["total"]!.GetValue<int>().ShouldBe(7);
            read.AddRange(part["items"]!.AsArray().Select(i => i!["code"]!.GetValue<string>()));
            next = part["next"]?.GetValue<string>();
            // What was read last and what is not read yet is worked on in between.
            foreach (var code in new[] { codes[^1], read[^1] })
            {
                var version = (await Durability.Reference.GetJsonAsync(store, $"/api/households/{code}"))["version"]!.GetValue<int>();
                await PostAsync($"/api/households/{code}/record-visit", """{"on":"2024-06-01"}""", $"\"{version}\"");
            }
        }
        while (next is not null && read.Count < 50);

        read.ShouldBe(codes);
        (await CodesAsync($"search={mark}&size=2&page=2")).Length.ShouldBe(2);
        await NoCursorIsOnRecordAsync("households");
    }

    /// <summary>The record says that a list was read on, not from which household: that one is not among those that the answer names.</summary>
    private async Task NoCursorIsOnRecordAsync(string list)
    {
        var questions = (await store.AskAsync<string[]>($"select array(select detail from cases.reading where detail like '{list}?%')")).Select(Question.Parse).ToList();
        questions.ShouldContain(q => q.Parts.Any(p => p.Name == "cursor" && p.Value == "true"));
        questions.SelectMany(q => q.Parts).Where(p => p.Name == "after" || (p.Name == "cursor" && p.Value != "true")).ShouldBeEmpty();
    }

    /// <summary>Lists whose rows move while they are read: an agreement is extended, a wish is refused, a household is visited.</summary>
    [Theory]
    [InlineData("supports", "04252", "extend-support"), InlineData("needs", "04258", "refuse-support"), InlineData("watch", "04279", "record-visit")]
    public async Task Every_paged_list_is_read_by_cursor_while_people_work(string list, string place, string work)
    {
        var versions = new Dictionary<string, int>();
        async Task Do(string code, string command, string body) =>
            versions[code] = (await PostAsync($"/api/households/{code}/{command}", body, $"\"{versions[code]}\""))!["version"]!.GetValue<int>();
        for (var i = 0; i < 7; i++)
        {
            var code = $"{TestStore.NewCode()}-{i}";
            versions[code] = 1;
            await PostAsync("/api/households", $$"""{"code":"{{code}}","on":"2022-01-01","place":"{{place}}","headName":"Lò Thị Mai","members":4}""");
            await Do(code, "decide-class", """{"on":"2023-01-15","standard":"2022-2025","class":"poor","cause":"deterioration"}""");
            if (list == "supports") await Do(code, "agree-support", $$"""{"on":"2023-02-01","instrument":"livestock","amount":1000000,"funding":[{"source":"programme","amount":1000000}],"start":"2023-02-0{{i + 1}}","end":"2024-07-1{{6 - i}}"}""");
            if (list == "needs") await Do(code, "ask-support", $$"""{"on":"2023-02-0{{i + 1}}","instrument":"livestock"}""");
            if (list == "watch") await Do(code, "record-exit", """{"on":"2023-12-15","to":"not_poor"}""");
        }
        await store.CatchUpAsync();

        List<string> read = [];
        string? next = null;
        do
        {
            var (items, following, total) = await PartAsync($"/api/{list}?fresh=true&place={place}&size=2&cursor={next}");
            total.ShouldBe(7);
            items.Count.ShouldBeLessThanOrEqualTo(2);
            read.AddRange(items.Select(i => i["household"]!.GetValue<string>()));
            next = following;
            // What was read last, and what is not read yet.
            foreach (var (code, item) in new[] { (items[^1]["household"]!.GetValue<string>(), items[^1]) })
                await Do(code, work, work switch
                {
                    "extend-support" => $$"""{"on":"2024-06-01","support":"{{item["id"]}}","until":"2024-09-01","reason":"Lợn chưa xuất chuồng"}""",
                    "refuse-support" => """{"on":"2024-06-01","instrument":"livestock","ground":"no_funds"}""",
                    _ => """{"on":"2024-06-01"}""",
                });
            if (versions.Keys.Except(read).LastOrDefault() is { } unread && list == "watch") await Do(unread, work, """{"on":"2024-06-01"}""");
        }
        while (next is not null && read.Count < 50);

        read.ShouldBe(versions.Keys, ignoreOrder: true);
        read.ShouldBeUnique();
        await NoCursorIsOnRecordAsync(list);
        using var wrong = await store.Http.GetAsync($"/api/{list}?cursor=none");
        JsonNode.Parse(await wrong.Content.ReadAsStringAsync())!["field"]!.GetValue<string>().ShouldBe("cursor");
        using var both = await store.Http.GetAsync($"/api/{list}?cursor={new ListCursor("x", "y")}&page=1");
        JsonNode.Parse(await both.Content.ReadAsStringAsync())!["code"]!.GetValue<string>().ShouldBe("page_and_cursor");
    }

    private async Task<(List<JsonNode> Items, string? Next, int Total)> PartAsync(string address)
    {
        using var response = await store.Http.GetAsync(address);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        string? Header(string name) => response.Headers.TryGetValues(name, out var values) ? values.Single() : null;
        var body = JsonNode.Parse(text)!;
        return body is JsonArray rows
            ? ([.. rows.OfType<JsonNode>()], Header("X-Next-Cursor"), int.Parse(Header("X-Total-Count")!, System.Globalization.CultureInfo.InvariantCulture))
            : ([.. body["items"]!.AsArray().OfType<JsonNode>()], body["next"]?.GetValue<string>(), body["total"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("/api/households?cursor=none", "unknown_value", "cursor")]
    [InlineData("/api/households?clas=poor", "unknown_parameter", "clas")]
    [InlineData("/api/supports?instrumnt=loan", "unknown_parameter", "instrumnt")]
    [InlineData("/api/watch?pag=1", "unknown_parameter", "pag")]
    [InlineData("/api/needs?stat=waiting", "unknown_parameter", "stat")]
    [InlineData("/api/sponsors?x=1", "unknown_parameter", "x")]
    [InlineData("/api/accounts?http=1", "unknown_parameter", "http")]
    [InlineData("/api/durability/curve?group=1", "unknown_parameter", "group")]
    [InlineData("/api/movement/file?yeer=2020", "unknown_parameter", "yeer")]
    public async Task An_unknown_parameter_is_named(string address, string code, string field)
    {
        using var response = await store.Http.GetAsync(address);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        (response.StatusCode, problem["code"]!.GetValue<string>(), problem["field"]!.GetValue<string>()).ShouldBe((HttpStatusCode.BadRequest, code, field));
        problem["detail"]!.GetValue<string>().ShouldNotContain("refusal.");
    }

    [Fact]
    public async Task A_case_has_its_version_as_tag_and_is_not_sent_twice()
    {
        var code = await AHousehold(TestStore.NewCode());
        using var first = await store.Http.GetAsync($"/api/households/{code}");
        first.Headers.ETag!.ToString().ShouldBe("\"1\"");

        foreach (var tag in new[] { "\"1\"", "W/\"1\"" })
        {
            using var again = new HttpRequestMessage(HttpMethod.Get, $"/api/households/{code}");
            again.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(tag));
            using var same = await store.Http.SendAsync(again);
            (same.StatusCode, (await same.Content.ReadAsByteArrayAsync()).Length).ShouldBe((HttpStatusCode.NotModified, 0));
        }
        // The tag serves as it is for a write.
        await PostAsync($"/api/households/{code}/record-visit", """{"on":"2024-06-01"}""", first.Headers.ETag.ToString());
        using var changed = new HttpRequestMessage(HttpMethod.Get, $"/api/households/{code}");
        changed.Headers.IfNoneMatch.Add(first.Headers.ETag);
        using var newer = await store.Http.SendAsync(changed);
        (newer.StatusCode, newer.Headers.ETag!.ToString()).ShouldBe((HttpStatusCode.OK, "\"2\""));
    }

    [Fact]
    public async Task The_tag_of_a_case_changes_with_the_standard_in_force_and_still_serves_for_a_write()
    {
        var code = await AHousehold(TestStore.NewCode());
        await PostAsync($"/api/households/{code}/decide-class", """{"on":"2022-03-01","standard":"2022-2025","class":"near_poor","decisionNumber":"1"}""", "\"1\"");
        await PostAsync($"/api/households/{code}/decide-class", """{"on":"2024-06-01","standard":"2027-2030","class":"not_poor","decisionNumber":"2"}""", "\"2\"");
        async Task<(HttpStatusCode Status, string Tag, string? Standard)> AskAsync(string? known)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/households/{code}");
            if (known is not null) request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(known));
            using var answer = await store.Http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            return (answer.StatusCode, answer.Headers.ETag!.ToString(), text.Length == 0 ? null : JsonNode.Parse(text)!["standard"]!.GetValue<string>());
        }
        var before = await AskAsync(null);
        (before.Status, before.Standard).ShouldBe((HttpStatusCode.OK, "2022-2025"));

        var now = store.Clock.Now;
        try
        {
            store.Clock.Now = new(2027, 1, 2, 9, 0, 0, TimeSpan.FromHours(7));
            var after = await AskAsync(before.Tag);
            (after.Status, after.Standard).ShouldBe((HttpStatusCode.OK, "2027-2030"));
            (await AskAsync(after.Tag)).Status.ShouldBe(HttpStatusCode.NotModified);
            (await PostAsync($"/api/households/{code}/record-visit", """{"on":"2024-06-02"}""", after.Tag))!["version"]!.GetValue<int>().ShouldBe(4);
        }
        finally
        {
            store.Clock.Now = now;
        }
    }

    [Fact]
    public async Task The_tag_of_a_case_changes_when_a_register_corrects_its_head()
    {
        var code = await AHousehold(TestStore.NewCode());
        using var first = await store.Http.GetAsync($"/api/households/{code}");
        await store.ImportAsync(store.Write($"{code}.csv", $"household_code,commune_code,class,head_name,phone\n{code},04375,poor,Lò Thị Mai,0912000999\n"), "2024-06-10");

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/households/{code}");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await store.Http.SendAsync(request);

        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await second.Content.ReadAsStringAsync()).ShouldContain("0912000999");
    }
}
