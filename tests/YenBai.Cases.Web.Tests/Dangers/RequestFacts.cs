using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using Marten;
using Microsoft.AspNetCore.Routing;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Records;
using YenBai.Cases.Visits;
using YenBai.Cases.Web.Api;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Hosting;
using YenBai.Cases.Web.Tests.Accounts;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Dangers;

/// <summary>What a request may say, and how much.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RequestFacts(WatchedStore store) : IClassFixture<WatchedStore>
{
    private const string Visit = """{"on":"2024-06-01"}""";

    public static TheoryData<string> Commands => [.. CommandCatalog.All.Keys];

    private async Task<string> AHouseholdAsync()
    {
        var code = TestStore.NewCode();
        await store.RegisterAsync(code, "Lò Thị Mai");
        return code;
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_takes_nothing_that_is_not_the_clients_to_say(string command)
    {
        var code = await AHouseholdAsync();
        var own = CommandCatalog.All[command].GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var member in new[]
        {
            "version", "by", "recorded", "recordedAt", "storedAt", "id", "household", "householdId", "key", "fingerprint", "import", "events", "then", "row", "headId", "noteId",
            "unit", "status", "userName", "role", "otherCode", "forTheGone", "$type", "__proto__",
        }.Where(m => !own.Contains(m)))
        {
            // From tomorrow on it is refused for its day, after everything in it has been read.
            var refused = await store.PostAsync($"/api/households/{code}/{command}", $$"""{"on":"2999-06-01","{{member}}":"x"}""");

            refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, member);
        }
        (await store.CaseAsync(code)).Version.ShouldBe(1);
    }

    [Theory]
    [InlineData("version", "7")]
    [InlineData("by", "\"chairman\"")]
    [InlineData("id", "\"00000000-0000-0000-0000-000000000001\"")]
    [InlineData("headId", "\"00000000-0000-0000-0000-000000000001\"")]
    [InlineData("class", "\"poor\"")]
    public async Task A_registration_takes_nothing_that_is_not_the_clients_to_say(string member, string value)
    {
        var code = TestStore.NewCode();

        var taken = await store.PostAsync("/api/households", $$"""{"code":"{{code}}","on":"2022-01-01","place":"04375","{{member}}":{{value}}}""", version: null);

        (taken.Status, taken.Json!["warnings"]![0]!.GetValue<string>()).ShouldBe((HttpStatusCode.Created, $"ignored_member:{member}"));
        var household = await store.CaseAsync(code);
        (household.Version, household.Id, household.Latest().HeadId, household.Latest().Classes.Count).ShouldBe((1, Ids.Household(code), null, 0));
        (await store.AskAsync<string>($"select user_name from cases.mt_events where stream_id = '{household.Id}'")).ShouldBe("test");
    }

    [Fact]
    public async Task A_member_said_twice_is_not_one_of_the_two()
    {
        var code = await AHouseholdAsync();

        var refused = await store.PostAsync($"/api/households/{code}/record-visit", """{"on":"2024-06-01","note":"đã xem","NOTE":"chưa xem"}""");

        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.BadRequest, "body_malformed"));
    }

    [Fact]
    public async Task A_write_says_things_that_a_foreign_page_cannot_say_without_asking_first()
    {
        var code = await AHouseholdAsync();
        using var form = new StringContent(Visit, Encoding.UTF8, "text/plain");

        using var simple = await store.Http.PostAsync($"/api/households/{code}/record-visit", form);
        using var json = await store.Http.PostAsync($"/api/households/{code}/record-visit", new StringContent(Visit, Encoding.UTF8, "application/json"));

        ((int)simple.StatusCode).ShouldBeInRange(400, 499);
        json.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await store.CaseAsync(code)).Version.ShouldBe(1);
        using var asked = new HttpRequestMessage(HttpMethod.Options, $"/api/households/{code}/record-visit");
        asked.Headers.Add("Origin", "https://elsewhere.example");
        asked.Headers.Add("Access-Control-Request-Method", "POST");
        asked.Headers.Add("Access-Control-Request-Headers", "idempotency-key,if-match");
        using var allowed = await store.Http.SendAsync(asked);
        allowed.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_has_its_limit_whether_or_not_it_says_how_long_it_is(bool chunked)
    {
        var code = await AHouseholdAsync();
        var body = $$"""{"on":"2024-06-01","note":"{{new string('x', (int)RequestLimits.LargestBody)}}"}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/households/{code}/record-visit") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        request.Headers.TransferEncodingChunked = chunked;

        using var answer = await store.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!.GetValue<string>().ShouldBe("body_too_large");
        (await store.CaseAsync(code)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_body_below_the_limit_is_read_and_its_text_refused_as_too_long()
    {
        var code = await AHouseholdAsync();

        var refused = await store.PostAsync($"/api/households/{code}/record-visit", $$"""{"on":"2024-06-01","note":"{{new string('x', 1_000_000)}}"}""");

        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.UnprocessableEntity, "text_too_long"));
    }

    [Fact]
    public async Task What_is_nested_deeper_than_any_command_is_not_read()
    {
        var code = await AHouseholdAsync();
        foreach (var depth in new[] { 65, 100_000 })
        {
            var refused = await store.PostAsync($"/api/households/{code}/record-assessment", $$"""{"on":"2024-06-01","causes":{{new string('[', depth)}}{{new string(']', depth)}}}""");

            (refused.Status, refused.Code).ShouldBe((HttpStatusCode.BadRequest, "body_malformed"));
        }
    }

    [Theory]
    [InlineData("GET /api/households?search={0} HTTP/1.1\r\nHost: localhost\r\n\r\n", 9_000, "414")]
    [InlineData("GET /api/households HTTP/1.1\r\nHost: localhost\r\nX-Long: {0}\r\n\r\n", 40_000, "431")]
    [InlineData("GET /api/households HTTP/1.1\r\nHost: localhost\r\nHost: elsewhere{0}\r\n\r\n", 1, "400")]
    [InlineData("POST /api/households HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nContent-Length: 6{0}\r\n\r\n", 1, "400")]
    public async Task Lines_and_headers_have_their_limits(string request, int length, string status)
    {
        var answer = await RawAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, request, new string('9', length)));

        answer.ShouldStartWith($"HTTP/1.1 {status}");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/a\r\nSet-Cookie: evil=1")]
    [InlineData("/\t/evil.example")]
    public async Task A_link_that_leads_back_leads_back_here(string back)
    {
        using var http = await NewBrowserAsync(store);
        using var answer = await http.GetAsync($"/preferences/language/en?back={Uri.EscapeDataString(back)}");

        ((int)answer.StatusCode).ShouldBeLessThan(500);
        if (answer.Headers.Location is { } location) new Uri(http.BaseAddress!, location).Authority.ShouldBe(http.BaseAddress!.Authority);
        if (answer.Headers.TryGetValues("Set-Cookie", out var cookies)) cookies.ShouldAllBe(c => !c.StartsWith("evil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Knowing_an_id_of_the_store_opens_nothing()
    {
        var code = await AHouseholdAsync();
        (await store.SubmitAsync(code, 1, new RecordVisit(new(2024, 6, 1), "Nhà dột"))).Answer!.Version.ShouldBe(2);
        await using var session = store.Get<IDocumentStore>().QuerySession();
        var household = Ids.Household(code);
        var note = (await session.Query<Note>().Where(n => n.HouseholdId == household).ToListAsync()).Single();
        var head = (await store.CaseAsync(code)).Latest().HeadId!.Value;
        var fact = (await store.CaseAsync(code)).Facts[1].Id;

        foreach (var id in new[] { household, note.Id, head, fact })
        {
            foreach (var written in new[] { id.ToString(), id.ToString("N"), id.ToString("B") })
            {
                (await store.GetAsync($"/api/households/{written}")).Code.ShouldBe("unknown_household");
                (await store.GetAsync($"/api/households/{written}/events")).Code.ShouldBe("unknown_household");
                (await store.PostAsync($"/api/households/{written}/record-visit", Visit)).Code.ShouldBe("unknown_household");
                (await store.GetAsync($"/api/households?search={written}&fresh=true")).Json!["total"]!.GetValue<int>().ShouldBe(0);
                var page = await store.GetAsync($"/ho-dan/{written}");
                page.Text.ShouldNotContain("Lò Thị Mai");
                (await store.GetAsync($"/nhap-du-lieu/{written}/tu-choi")).Status.ShouldBe(HttpStatusCode.NotFound);
                (await store.GetAsync($"/nhap-du-lieu/{written}/luu-y")).Status.ShouldBe(HttpStatusCode.NotFound);
            }
        }
    }

    /// <summary>A route that finds something by an id alone must rest on a policy; whoever adds one is to think of it here.</summary>
    [Fact]
    public void The_routes_that_find_something_by_an_id_are_known()
    {
        var routes = store.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.Parameters.Any(p => p.Name.EndsWith("id", StringComparison.OrdinalIgnoreCase)))
            .Select(e => e.RoutePattern.RawText).Distinct();

        routes.ShouldBe(["/api/households/{code}/attachments/{id:guid}", "/ho-tro/thoa-thuan/{Id:guid}", "/nhap-du-lieu/{id}/tu-choi", "/nhap-du-lieu/{id}/luu-y", "/quan-tri/khan-cap/{id:guid}/da-xem", "/api/accounts/{user}/grants/{id:guid}/revoke", "/api/accounts/{user}/proposals/{id:guid}/approve", "/api/accounts/{user}/proposals/{id:guid}/refuse", "/api/releases/{id:guid}/revoke"], ignoreOrder: true);
    }

    /// <summary>An administrator before a browser: it keeps cookies and follows nothing.</summary>
    internal static async Task<HttpClient> NewBrowserAsync(TestStore store)
    {
        var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = store.Http.BaseAddress };
        var (user, secret) = await store.AdministratorAsync();
        (await http.PostAsJsonAsync("/api/login?cookie=true", new { userName = user, password = TestStore.Password, code = Totp.At(secret, store.Clock.Now) })).EnsureSuccessStatusCode();
        return http;
    }

    private async Task<string> RawAsync(string request)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(store.Http.BaseAddress!.Host, store.Http.BaseAddress.Port);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        var start = new byte[64];
        var read = await stream.ReadAtLeastAsync(start, 12, throwOnEndOfStream: false);
        return Encoding.ASCII.GetString(start, 0, read);
    }
}
