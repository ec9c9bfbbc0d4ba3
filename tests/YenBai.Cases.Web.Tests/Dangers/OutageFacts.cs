using System.Net;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Dangers;

/// <summary>
/// PostgreSQL goes away under a running server and comes back. Every address of the route table is asked meanwhile: it answers 503 in
/// the way of its reader, or what it can answer without the store; each failure is in the log once, under the trace id that the
/// reader was given, and without anything about anybody.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class OutageFacts(OutageStore store) : IClassFixture<OutageStore>
{
    /// <summary>That the store is away, said once, and what was under way in that moment; without holding back it is a line a second and service.</summary>
    private const int MostBackgroundLines = 12;

    private sealed record Asked(string Method, string Route, string Address, bool IsApi);

    [Fact]
    public async Task Whatever_is_asked_while_the_store_is_away_is_answered_and_logged_once_and_all_goes_on_when_it_is_back()
    {
        (await store.Http.GetAsync("/api/households")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await store.Person.GetAsync("/ho-dan")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await store.StopPostgresAsync();
        var away = new List<(Asked Asked, HttpStatusCode Status, string Trace)>();
        try
        {
            foreach (var asked in RouteTable())
            {
                using var response = await AskAsync(asked);
                var body = await response.Content.ReadAsStringAsync();
                // 422: a body that is refused for what it says needs no store.
                ((int)response.StatusCode).ShouldBeOneOf([200, 204, 302, 400, 401, 403, 404, 405, 415, 422, 428, 503], $"{asked.Method} {asked.Route}: {body}");
                if (response.StatusCode != HttpStatusCode.ServiceUnavailable || asked.Route.StartsWith("/health", StringComparison.Ordinal)) continue;
                response.Headers.RetryAfter.ShouldNotBeNull(asked.Route);
                body.ShouldNotContain("Npgsql");
                body.ShouldNotContain("Exception");
                away.Add((asked, response.StatusCode, asked.IsApi ? TraceOfProblem(body, response) : TraceOfPage(body)));
            }
            away.Count(a => a.Asked.IsApi).ShouldBeGreaterThan(40);
            away.Count(a => !a.Asked.IsApi).ShouldBeGreaterThan(15);
            await HealthIsToldWithoutTheStoreAsync();
        }
        finally
        {
            await store.StartPostgresAsync();
        }

        foreach (var (asked, _, trace) in away)
            store.Log.Lines.Count(l => l.Contains(trace, StringComparison.Ordinal)).ShouldBe(1, $"{asked.Method} {asked.Route}");
        store.Log.ShouldHaveNothingOf(OutageStore.SecretCode);
        store.Log.ShouldHaveNothingOf("tim-ten");
        store.Log.Lines.Count(l => l.Contains("The store is away", StringComparison.Ordinal)).ShouldBeLessThan(5);
        var background = store.Log.Lines.Where(l => !l.StartsWith("Information", StringComparison.Ordinal) && !away.Exists(a => l.Contains(a.Trace, StringComparison.Ordinal))).ToList();
        background.Count.ShouldBeLessThan(MostBackgroundLines, string.Join('\n', background));
        background.Sum(l => l.Length).ShouldBeLessThan(40_000, "what runs in the background");

        await ComesBackAsync();
    }

    private List<Asked> RouteTable() =>
    [
        .. store.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => (Method: m, Route: "/" + e.RoutePattern.RawText!.TrimStart('/'))))
            .Where(e => !e.Route.StartsWith("/_", StringComparison.Ordinal) && e.Method is "GET" or "POST" or "PUT" or "DELETE" && !(Path.HasExtension(e.Route) && !e.Route.Contains("xuat", StringComparison.Ordinal)))
            .Distinct()
            .Select(e => new Asked(e.Method, e.Route, Address(e.Route), e.Route.StartsWith("/api", StringComparison.Ordinal))),
    ];

    private static string Address(string route) =>
        Parameter().Replace(route, m => m.Value.Contains("guid", StringComparison.Ordinal) ? Guid.NewGuid().ToString() : m.Value.Contains("int", StringComparison.Ordinal) || m.Value.Contains("year", StringComparison.Ordinal) ? "2024" : OutageStore.SecretCode)
        + "?q=tim-ten";

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    private async Task<HttpResponseMessage> AskAsync(Asked asked)
    {
        using var request = new HttpRequestMessage(new HttpMethod(asked.Method), asked.IsApi ? asked.Address.Replace("?q=tim-ten", "", StringComparison.Ordinal) : asked.Address);
        if (asked.Method != "GET") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        if (asked.Method == "POST")
        {
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        }
        return await (asked.IsApi ? store.Http : store.Person).SendAsync(request);
    }

    private static string TraceOfProblem(string body, HttpResponseMessage response)
    {
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonNode.Parse(body)!;
        problem["code"]!.GetValue<string>().ShouldBe("store_unavailable");
        return problem["traceId"]!.GetValue<string>();
    }

    private static string TraceOfPage(string body)
    {
        body.ShouldContain("<h1>Tạm thời chưa phục vụ được</h1>");
        var trace = TraceId().Match(body).Groups[1].Value;
        trace.ShouldNotBeEmpty();
        return trace;
    }

    [GeneratedRegex("<code>([0-9a-f]{32})</code>")]
    private static partial Regex TraceId();

    private async Task HealthIsToldWithoutTheStoreAsync()
    {
        foreach (var client in new[] { store.Http, store.Person })
        {
            using var live = await client.GetAsync("/health/live");
            (live.StatusCode, await live.Content.ReadAsStringAsync()).ShouldBe((HttpStatusCode.OK, """{"status":"alive"}"""));
            using var ready = await client.GetAsync("/health/ready");
            ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            var says = JsonNode.Parse(await ready.Content.ReadAsStringAsync())!;
            says["status"]!.GetValue<string>().ShouldBe("not_ready");
            says["checks"]!.AsArray().Select(c => c!["reason"]?.GetValue<string>()).ShouldContain("store_unreachable");
        }
    }

    private async Task ComesBackAsync()
    {
        // A connection that the outage cut may lie in the pool and fail once more.
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        foreach (var (client, address) in new[] { (store.Http, "/health/ready"), (store.Http, "/api/households"), (store.Person, "/ho-dan") })
            while (true)
            {
                using var response = await client.GetAsync(address, limit.Token);
                if (response.StatusCode == HttpStatusCode.OK) break;
                response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, address);
            }
        Npgsql.NpgsqlConnection.ClearAllPools();
        (await store.RegisterAsync(TestStore.NewCode(), "Lò Thị Mây")).Reception.ShouldBe(Commands.Reception.Accepted);
        await store.CatchUpAsync();
    }
}
