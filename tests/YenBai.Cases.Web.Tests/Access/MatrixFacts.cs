using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Privacy;
using YenBai.Cases.Registering;
using YenBai.Cases.Web.Api;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Hosting;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Access;

/// <summary>
/// Each role, each relation of a household to the place of its grant, each thing that can be asked: made from what the
/// server serves, so that what is new is in it from its first day.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class MatrixFacts(MatrixFacts.Province province, ITestOutputHelper output) : IClassFixture<MatrixFacts.Province>
{
    private const string Commune = "04456", Hamlet = "Nà Mằn", Neighbour = "04375", District = "137", OtherDistrict = "136", Whole = "15", ElsewhereNow = "02671@2025-07-01";

    /// <summary>Signed in without a grant, or with one: a role at a place.</summary>
    private static readonly (string Name, GrantRequest? Grant)[] People =
    [
        ("caseworker", Granted(Role.Caseworker, Commune)),
        ("hamlet worker", Granted(Role.Caseworker, Commune, Hamlet)),
        ("commune manager", Granted(Role.Manager, Commune)),
        ("district manager", Granted(Role.Manager, District)),
        ("province manager", Granted(Role.Manager, Whole)),
        ("evaluator", Granted(Role.Evaluator, Whole)),
        ("administrator", Granted(Role.Administrator, Whole)),
        ("auditor", Granted(Role.Auditor, Whole)),
        ("sponsor", new GrantRequest(Role.Sponsor, null, null, ["named"], null, null, "biên bản thoả thuận")),
        ("no grant", null),
    ];

    /// <summary>Where the household stands.</summary>
    private static readonly (string Code, string Place, string? Hamlet)[] Households =
    [
        ("commune", Commune, null),
        ("hamlet", Commune, Hamlet),
        ("named", Commune, "Bản Mới"),
        ("beside", Neighbour, null),
        ("district", District, null),
        ("province", Whole, null),
        ("elsewhere", ElsewhereNow, null),
    ];

    /// <summary>Whose household is whose, said once more and by hand: own, below, beside, above, none.</summary>
    private static readonly Dictionary<string, string[]> Theirs = new()
    {
        ["caseworker"] = ["commune", "hamlet", "named"],
        ["hamlet worker"] = ["hamlet"],
        ["commune manager"] = ["commune", "hamlet", "named"],
        ["district manager"] = ["commune", "hamlet", "named", "district"],
        ["province manager"] = ["commune", "hamlet", "named", "beside", "district", "province"],
        // Row by row an evaluator reads what is published or released: of seven households, nothing.
        ["evaluator"] = [],
        ["administrator"] = [],
        ["auditor"] = ["commune", "hamlet", "named", "beside", "district", "province"],
        ["sponsor"] = ["named"],
        ["no grant"] = [],
    };

    /// <summary>What each may ask for at all, said once more and by hand.</summary>
    private static readonly Dictionary<string, Operation[]> Allowed = new()
    {
        ["caseworker"] = [Operation.FindHouseholds, Operation.OpenHousehold, Operation.ExportHouseholds, Operation.RecordWork, Operation.Decide, Operation.AgreeOnSupport, Operation.ReadSupport, Operation.ListSupport, Operation.BreakGlass, Operation.ReportToPerson, Operation.ReadPlan, Operation.ReadStandards, Operation.AskWhatIf, Operation.WatchReentry],
        ["hamlet worker"] = [Operation.FindHouseholds, Operation.OpenHousehold, Operation.ExportHouseholds, Operation.RecordWork, Operation.ReadSupport, Operation.ListSupport, Operation.BreakGlass, Operation.ReportToPerson, Operation.ReadPlan, Operation.ReadStandards, Operation.AskWhatIf, Operation.WatchReentry],
        ["commune manager"] = Managing,
        ["district manager"] = Managing,
        ["province manager"] = Managing,
        ["evaluator"] = [Operation.FindHouseholds, Operation.OpenHousehold, Operation.ExportHouseholds, Operation.ReadSupport, Operation.ReadPlan, Operation.ReadDurability, Operation.ReadStandards, Operation.ReadReleases],
        ["administrator"] = [Operation.ReadPlan, Operation.EnterPlans, Operation.ReadStandards, Operation.CorrectStandards, Operation.Import, Operation.ManageAccounts, Operation.ReadAudit, Operation.AcknowledgeEmergency],
        ["auditor"] = [Operation.FindHouseholds, Operation.OpenHousehold, Operation.ReadSupport, Operation.ListSupport, Operation.ReadPlan, Operation.ReadDurability, Operation.ReadStandards, Operation.AskWhatIf, Operation.ReadAudit, Operation.AcknowledgeEmergency, Operation.ReadReleases],
        ["sponsor"] = [Operation.FindHouseholds, Operation.OpenHousehold, Operation.ReadSupport, Operation.ListSupport, Operation.ReadStandards],
        ["no grant"] = [],
    };

    private static Operation[] Managing =>
    [
        Operation.FindHouseholds, Operation.OpenHousehold, Operation.ExportHouseholds, Operation.RecordWork, Operation.Decide, Operation.AnswerForData, Operation.BreakGlass,
        Operation.AgreeOnSupport, Operation.ReadSupport, Operation.ListSupport, Operation.ReportToPerson, Operation.ReadPlan, Operation.EnterPlans, Operation.ReadDurability, Operation.ReadStandards, Operation.AskWhatIf,
        Operation.ManageAccounts, Operation.WatchReentry, Operation.AcknowledgeEmergency, Operation.ReleaseRows, Operation.ReadReleases,
    ];

    /// <summary>Open to whoever asks: who is not signed in must be able to sign in, and these say nothing about anybody.</summary>
    private static readonly string[] Anonymous =
    [
        "/api/login", "/api/refresh", "/health/live", "/health/ready", "/openapi/{documentName}.json", "/preferences/", "/tai-khoan/dang-nhap", "/tai-khoan/dat-mat-khau", "/tai-khoan/dang-xuat", "/tai-khoan/ma-xac-thuc", "/tai-khoan/khoa/hoi", "/tai-khoan/oidc", "/not-found", "/error", "/_framework/",
    ];

    private static GrantRequest Granted(Role role, string place, string? hamlet = null) => new(role, place, hamlet, [], null, null, "phân công");

    /// <summary>A household of each relation, and somebody of each role signed in.</summary>
    public sealed class Province : TestStore
    {
        public Dictionary<string, HttpClient> People { get; } = [];

        protected override async Task FillAsync()
        {
            foreach (var (code, place, hamlet) in Households)
                (await RegisterAsync(code, $"Chủ Hộ {code}", place: place, hamlet: hamlet, by: Actor.Operator)).Reception.ShouldBe(Commands.Reception.Accepted);
            (await SubmitAsync("named", 1, new GiveConsent(new(2024, 1, 1), ConsentScope.SponsorSharing, ConsentForm.Written, null))).Reception.ShouldBe(Commands.Reception.Accepted);
            await using (var session = Get<Marten.IDocumentStore>().LightweightSession())
            {
                foreach (var household in Households.Select(h => Ids.Household(h.Code)))
                {
                    session.Store(new Records.Attachment(PhotoOf(household), household, "image/jpeg", 1, "test", Clock.Now));
                    session.Store(new Records.AttachmentContent(PhotoOf(household), household, [0], Clock.Now));
                }
                await session.SaveChangesAsync();
            }
            await CatchUpAsync();
            foreach (var (name, grant) in MatrixFacts.People) People[name] = await SignInAsync(name.Replace(' ', '-'), grant is null ? [] : [grant]);
        }
    }

    private sealed record Endpoint(string Method, string Path, NeedsAttribute? Needs, bool IsAnonymous, bool IsPage)
    {
        public string Name => $"{Method} {Path}";

        public bool IsOfPhotograph => Path.EndsWith("/attachments/{id:guid}", StringComparison.Ordinal);

        /// <summary>About one household.</summary>
        public bool IsOfHousehold => Path.Contains("{code", StringComparison.OrdinalIgnoreCase);
    }

    private List<Endpoint> Endpoints() =>
    [
        .. province.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"]).Select(m => new Endpoint(
                m, "/" + e.RoutePattern.RawText!.TrimStart('/'), e.Metadata.GetMetadata<NeedsAttribute>() ?? (e.Metadata.GetMetadata<IAuthorizeData>() is null ? null : new NeedsAttribute()), e.Metadata.GetMetadata<IAllowAnonymous>() is not null,
                e.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is not null)))
            .Where(e => !IsOfTheFramework(e.Path) && e.Method is "GET" or "POST" or "PUT" or "DELETE")
            // Posted to, a page asks for its antiforgery token before it asks what for.
            .Where(e => e.Method == "GET" || !e.IsPage)
            .DistinctBy(e => e.Name).OrderBy(e => e.Path, StringComparer.Ordinal).ThenBy(e => e.Method, StringComparer.Ordinal),
    ];

    // Static files, and the circuit's own addresses: behind it each page's component asks anew.
    private static bool IsOfTheFramework(string path) =>
        path.StartsWith("/_", StringComparison.Ordinal) || path == "/{**path:file}" || (Path.GetExtension(path) is { Length: > 1 } extension && !path.Contains('{') && extension is not ".csv" and not ".xlsx");

    [Fact]
    public void Every_endpoint_and_every_page_says_what_it_needs()
    {
        var endpoints = Endpoints();

        endpoints.Count.ShouldBeGreaterThan(30);
        endpoints.Where(e => e.Needs is null && !e.IsAnonymous).Select(e => e.Name).ShouldBeEmpty("nobody has said who may ask for it");
        endpoints.Where(e => e.IsAnonymous && !Anonymous.Any(a => e.Path == a || (a.EndsWith('/') || a == "/tai-khoan/oidc") && e.Path.StartsWith(a, StringComparison.Ordinal))).Select(e => e.Name)
            .ShouldBeEmpty("open to everybody");
        Enum.GetValues<Role>().ShouldAllBe(r => People.Any(p => p.Grant != null && p.Grant.Role == r));
    }

    [Fact]
    public async Task Nobody_gets_anywhere_without_signing_in()
    {
        using var nobody = province.Nobody();
        foreach (var endpoint in Endpoints().Where(e => !e.IsAnonymous))
        {
            using var response = await AskAsync(nobody, endpoint, "commune");
            if (endpoint.Path.StartsWith("/api", StringComparison.Ordinal)) response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, endpoint.Name);
            else (response.StatusCode, response.Headers.Location?.AbsolutePath).ShouldBe((HttpStatusCode.Found, "/tai-khoan/dang-nhap"), endpoint.Name);
        }
    }

    [Fact]
    public async Task Everybody_reaches_their_part_and_no_more()
    {
        var endpoints = Endpoints().Where(e => !e.IsAnonymous).ToList();
        var table = new StringBuilder();
        var wrong = new List<string>();
        foreach (var (name, _) in People)
        {
            var client = province.People[name];
            table.AppendLine().AppendLine($"{name}: {(Theirs[name].Length == 0 ? "no household" : string.Join(", ", Theirs[name]))}");
            foreach (var endpoint in endpoints)
            {
                var may = endpoint.Needs!.Operation is not { } operation || Allowed[name].Contains(operation);
                if (!endpoint.IsOfHousehold)
                {
                    var answer = await AnswerAsync(client, endpoint, "commune");
                    if ((answer == Forbidden) == may) wrong.Add($"{name} {endpoint.Name}: {answer}");
                    table.AppendLine($"  {endpoint.Name,-72} {answer}");
                    continue;
                }
                var cells = new List<string>();
                foreach (var (code, _, _) in Households)
                {
                    // Photographs are for those who see the household in full.
                    var theirs = Theirs[name].Contains(code) && !(endpoint.IsOfPhotograph && name is ("evaluator" or "sponsor"));
                    var answer = await AnswerAsync(client, endpoint, await AddressAsync(name, code));
                    var expected = !may ? Forbidden : endpoint.Needs.Operation == Operation.BreakGlass ? null : theirs ? Open : NotThere;
                    if (expected is not null && answer != expected) wrong.Add($"{name} {endpoint.Name} {code}: {answer} instead of {expected}");
                    cells.Add($"{code}: {answer}");
                }
                table.AppendLine($"  {endpoint.Name,-72} {(cells.Select(c => c.Split(": ")[1]).Distinct().Count() == 1 ? cells[0].Split(": ")[1] : string.Join("  ", cells))}");
            }
        }
        output.WriteLine(table.ToString());
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_theirs_is_answered_as_what_is_not_there()
    {
        foreach (var name in new[] { "caseworker", "hamlet worker", "district manager", "evaluator", "sponsor" })
            foreach (var endpoint in Endpoints().Where(e => e.IsOfHousehold && e.Needs?.Operation is { } o && o != Operation.BreakGlass && Allowed[name].Contains(o)))
            {
                var notTheirs = await WholeAsync(province.People[name], endpoint, "elsewhere");
                var notThere = await WholeAsync(province.People[name], endpoint, "nowhere99");
                notTheirs.Replace("elsewhere", "nowhere99").ShouldBe(notThere, $"{name} {endpoint.Name}");
            }
    }

    [Fact]
    public async Task Lists_totals_searches_and_exports_hold_what_is_theirs()
    {
        foreach (var (name, _) in People.Where(p => Allowed[p.Name].Contains(Operation.FindHouseholds)))
        {
            var codes = new List<string>();
            foreach (var code in Theirs[name]) codes.Add(await AddressAsync(name, code));
            foreach (var query in new[] { "", "?search=Chu", "?search=Ch%E1%BB%A7%20H%E1%BB%99", "?place=15", "?place=137", "?support=none" })
            {
                using var response = await province.People[name].GetAsync("/api/households" + query);
                // Who may not know who anybody is does not search, nor filter by what is withheld.
                if (name == "evaluator" && (query.StartsWith("?search", StringComparison.Ordinal) || query == "?support=none"))
                {
                    response.StatusCode.ShouldBe(HttpStatusCode.Forbidden, query);
                    continue;
                }
                var page = System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
                var found = page["items"]!.AsArray().Select(i => i!["code"]!.GetValue<string>()).ToList();
                found.Except(codes).ShouldBeEmpty($"{name} {query}");
                page["total"]!.GetValue<int>().ShouldBe(found.Count, $"{name} {query}: the total betrays what is not theirs");
                if (query.Length == 0) found.Order().ShouldBe(codes.Order(), name);
            }
            if (!Allowed[name].Contains(Operation.ExportHouseholds)) continue;
            var csv = await province.People[name].GetStringAsync("/ho-dan/xuat.csv");
            csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1 + codes.Count, name);
            Households.Where(h => !Theirs[name].Contains(h.Code)).ShouldAllBe(h => !csv.Contains($"Chủ Hộ {h.Code}"));
        }
    }

    [Fact]
    public async Task An_evaluator_is_shown_no_name_code_hamlet_or_number_anywhere()
    {
        var client = province.People["evaluator"];
        var address = await AddressAsync("evaluator", "hamlet");
        foreach (var endpoint in Endpoints().Where(e => e.Method == "GET" && !e.IsAnonymous))
        {
            var text = await WholeAsync(client, endpoint, address);
            foreach (var secret in new[] { "Chủ Hộ", "015180", "0912", Hamlet })
                text.Contains(secret, StringComparison.Ordinal).ShouldBeFalse($"{endpoint.Name} tells {secret}");
            Households.Where(h => System.Text.RegularExpressions.Regex.IsMatch(text, $"\"(code|Code)\":\"{h.Code}\"|/ho-dan/{h.Code}\\b")).ShouldBeEmpty(endpoint.Name);
        }
        (await WholeAsync(client, Endpoints().First(e => e.Path == "/api/households/{code}"), "hamlet")).ShouldStartWith("404", Case.Sensitive, "a code is no way to a household");
        (await client.GetAsync("/api/households?search=hamlet")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static Guid PhotoOf(Guid household) => Ids.Named(household, "photograph");

    private const string Open = "open", NotThere = "not there", Forbidden = "not permitted";

    /// <summary>For those who see no codes, the pseudonym.</summary>
    private async Task<string> AddressAsync(string name, string code) =>
        name == "evaluator" ? (await province.Get<Pseudonyms>().GetAsync("list 2023-12-31", default)).Of(Ids.Household(code)) : code;

    private static async Task<string> AnswerAsync(HttpClient client, Endpoint endpoint, string code)
    {
        using var response = await AskAsync(client, endpoint, code);
        return response.StatusCode switch
        {
            HttpStatusCode.Forbidden => Forbidden,
            HttpStatusCode.NotFound when endpoint.IsOfHousehold => NotThere,
            HttpStatusCode.Unauthorized => "signed out",
            >= HttpStatusCode.InternalServerError => $"failed ({(int)response.StatusCode})",
            _ => Open,
        };
    }

    private static async Task<string> WholeAsync(HttpClient client, Endpoint endpoint, string code)
    {
        using var response = await AskAsync(client, endpoint, code);
        var text = await response.Content.ReadAsStringAsync();
        // What is drawn anew for each answer.
        text = System.Text.RegularExpressions.Regex.Replace(text, "\"traceId\":\"[^\"]*\"|value=\"CfDJ8[^\"]*\"|<!--Blazor[^>]*-->|<code>[0-9a-f]{32}</code>", "");
        return $"{(int)response.StatusCode} {text}";
    }

    /// <summary>Asks so that whoever may is refused for a reason of the matter, if at all: nothing is changed.</summary>
    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, Endpoint endpoint, string code)
    {
        var path = System.Text.RegularExpressions.Regex.Replace(endpoint.Path, @"\{([^}:?=*]+)[^}]*\}", m => m.Groups[1].Value.ToLowerInvariant() switch
        {
            "code" => code,
            "year" => "2021",
            "standard" => "2022-2025",
            "version" => "1",
            "id" when endpoint.IsOfPhotograph => PhotoOf(Ids.Household(code)).ToString(),
            "rest" => "nothing",
            "user" => "nobody-here",
            _ => Guid.Empty.ToString(),
        });
        using var request = new HttpRequestMessage(new HttpMethod(endpoint.Method), path);
        if (endpoint.Method != "GET")
        {
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
            request.Content = path.StartsWith("/api", StringComparison.Ordinal) ? new StringContent("""{"on":"2999-01-01"}""", Encoding.UTF8, "application/json") : new FormUrlEncodedContent([]);
        }
        return await client.SendAsync(request);
    }
}
