using System.Net;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Marten;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using YenBai.Cases.Access;
using YenBai.Cases.Demonstration;
using YenBai.Cases.Households;
using YenBai.Cases.Support;
using YenBai.Cases.Web.Accounts;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Hosting;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Dangers;

/// <summary>A demonstration store with households that stand on every list, and what an attacker needs to try all that is served.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CampaignStore : TestStore
{
    public const string Own = "04456", Hamlet = "Nà Mằn", Elsewhere = "04375", Whole = "15";

    /// <summary>Stands in the name of every head elsewhere.</summary>
    public const string Mark = "Zqxjkv";

    private static int people;

    protected override async Task FillAsync()
    {
        await using var session = Get<IDocumentStore>().LightweightSession();
        session.Store(new DemonstrationMark(DemonstrationMark.TheId));
        await session.SaveChangesAsync();
    }

    public async Task<(string Name, HttpClient Http)> SomebodyAsync(params GrantRequest[] grants)
    {
        var name = $"nguoi-{Interlocked.Increment(ref people)}";
        return (name, await SignInAsync(name, grants));
    }

    public static GrantRequest At(Role role, string place = Whole, string? hamlet = null) => new(role, place, hamlet, [], null, null, "phân công");

    /// <summary>A poor household elsewhere with a loan, a shock and an exit request: on every list there is.</summary>
    public async Task<string> AHouseholdElsewhereAsync()
    {
        var code = $"EW-{Guid.NewGuid():N}"[..14];
        await AcceptAsync(RegisterAsync(code, $"{Mark} Thị {code}", place: Elsewhere, hamlet: "Hồng Phong", by: Actor.Operator));
        await AcceptAsync(SubmitAsync(code, 1, new Listing.DecideClass(new(2022, 3, 1), "2022-2025", PovertyClass.Poor, null, EntryCause.Unknown, null)));
        await AcceptAsync(SubmitAsync(code, (await CaseAsync(code)).Version, new GrantLoan(new(2023, 3, 1), 30_000_000, 36, "NHCSXH", null)));
        await AcceptAsync(SubmitAsync(code, (await CaseAsync(code)).Version, new Listing.RequestExit(new(2024, 5, 1), null)));
        return code;

        static async Task AcceptAsync(Task<Commands.Received> submitted)
        {
            var received = await submitted;
            received.Reception.ShouldBe(Commands.Reception.Accepted, received.Answer?.Refusal?.Code);
        }
    }

    public static async Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(HttpClient http, string path, object body, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body as HttpContent ?? JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.Ordinal) == true && text.Length > 0 ? JsonNode.Parse(text) : null);
    }

    public static Task<(HttpStatusCode Status, JsonNode? Body)> OpenAsync(HttpClient http, string code, string reason = "Bố bị tai nạn, con nhỏ ở nhà một mình đêm nay") =>
        PostAsync(http, $"/api/households/{code}/break-glass", new { reason });

    /// <summary>Everything that is served to anyone who is signed in, with the operation that it needs.</summary>
    public List<(string Method, string Path, Operation? Needs)> Served() =>
    [
        .. Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null && e.Metadata.GetMetadata<NeedsAttribute>() is not null)
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"])
                .Select(m => (m, "/" + e.RoutePattern.RawText!.TrimStart('/'), e.Metadata.GetMetadata<NeedsAttribute>()!.Operation)))
            .Where(e => !e.Item2.StartsWith("/_", StringComparison.Ordinal) && e.m is "GET" or "POST")
            // Posted to, a page asks for its token before anything else.
            .Where(e => e.m == "GET" || e.Item2.StartsWith("/api", StringComparison.Ordinal))
            .Distinct(),
    ];

    public static string Address(string pattern, string code, string user = "nobody-here") => Regex.Replace(pattern, @"\{([^}:?=*]+)[^}]*\}", m => m.Groups[1].Value.ToLowerInvariant() switch
    {
        "code" => code,
        "user" => user,
        "year" => "2024",
        "standard" => "2022-2025",
        "version" => "2",
        "rest" => "nothing",
        _ => Ids.Named(Ids.Household(code), "photograph").ToString(),
    });

    /// <summary>Lists and searches by all that an attacker may know of a household.</summary>
    public static IEnumerable<string> Searches(string code)
    {
        foreach (var term in new[] { Mark, code })
            foreach (var path in new[] { "/api/households?search=", "/ho-dan?q=", "/ho-dan/xuat.csv?q=", "/ho-dan/xuat.csv?search=", "/ho-tro?q=", "/don-vi-giup-do?q=" }) yield return path + term;
        foreach (var place in new[] { Elsewhere, "136", Whole })
            foreach (var path in new[] { "/api/households?place=", "/api/supports?place=", "/ho-dan?place=", "/ho-dan/xuat.csv?place=", "/ho-tro?place=", "/quyet-dinh?noi=", "/theo-doi-tai-ngheo?noi=" }) yield return path + place;
    }

    /// <summary>Where the mark is shown, of all that is served but what opens one household.</summary>
    public async Task<List<string>> LeaksAsync(HttpClient http, string code, Func<(string Method, string Path, Operation? Needs), bool>? but = null)
    {
        var asked = Served().Where(e => e.Method == "GET" && but?.Invoke(e) != true).Select(e => Address(e.Path, code)).Concat(Searches(code)).Distinct();
        var leaks = new List<string>();
        foreach (var path in asked)
        {
            using var response = await http.GetAsync(path);
            ((int)response.StatusCode).ShouldBeLessThan(500, path);
            var text = await response.Content.ReadAsStringAsync();
            // What was asked for stands on a page again; a name that was not asked for must not.
            if (text.Contains($"{Mark} Thị {code}", StringComparison.OrdinalIgnoreCase)) leaks.Add($"{(int)response.StatusCode} {path}");
        }
        return leaks;
    }

    /// <summary>An account made on the page of accounts by an administrator who opens its link.</summary>
    public async Task<(string Name, HttpClient Http)> PuppetAsync(string administrator)
    {
        var name = $"con-roi-{Interlocked.Increment(ref people)}";
        await using var scope = Get<IServiceScopeFactory>().CreateAsyncScope();
        var by = await Get<StaffDesk>().ActorAsync(administrator, null, default);
        var (link, made) = await scope.ServiceProvider.GetRequiredService<Web.Accounts.StaffOffice>().CreateAsync(by, name, "Người Dựng Lên", default);
        made.Succeeded.ShouldBeTrue();
        await SetPasswordAsync(scope.ServiceProvider, link!);
        return (name, await SignInAsync(name));
    }

    public static async Task SetPasswordAsync(IServiceProvider services, string link)
    {
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(link).Query);
        var users = services.GetRequiredService<UserManager<StaffAccount>>();
        (await users.ResetPasswordAsync((await users.FindByNameAsync(query["user"]!))!, query["token"]!, Password)).Succeeded.ShouldBeTrue();
    }
}
