using System.IO.Compression;
using System.Net;
using System.Runtime.Versioning;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Xunit.Abstractions;
using YenBai.Cases.Access;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Access;

/// <summary>
/// Whatever an answer names is on record. The addresses are those that the server serves and those that its answers link to,
/// so that a new list is in it from its first day.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class RecordedAnswerFacts(DemonstrationStore store, ITestOutputHelper output) : IClassFixture<DemonstrationStore>
{
    private const int MostOfAShape = 2, MostAddresses = 300;

    /// <summary>What a list needs to be asked for before it names anybody.</summary>
    private static readonly string[] Asked =
    [
        "/api/households?size=200", "/api/households?search=Nguyen", "/api/households?search=DEMO&page=2&size=50", "/api/supports?size=200", "/api/supports?state=active", "/api/watch?size=200",
        "/api/standards/what-if?standard=2027-2030", "/api/what-if?standard=2027-2030", "/api/needs?size=200", "/api/durability/spells", "/api/durability/spells?format=csv", "/api/durability/changes?since=2024-01-01",
        "/api/accounts/sponsor", "/quan-tri/tai-khoan/sponsor", "/ho-dan/xuat.csv?class=poor", "/ho-dan/xuat.xlsx", "/chuan-ngheo/thu?standard=2027-2030", "/viec-cua-toi?all=1&column=overdue", "/viec-cua-toi?all=1",
        "/quyet-dinh/don-tu-nguyen", "/ho-dan/chon?q=a", "/ho-dan/chon?q=nguyen", "/ho-dan/chon?q=DEMO", "/ho-tro?list=1", "/ho-tro?size=200", "/quan-tri/nhat-ky", "/quan-tri/nhat-ky/xuat.csv",
    ];

    [Theory]
    [InlineData("manager")]
    [InlineData("caseworker")]
    [InlineData("evaluator")]
    [InlineData("auditor")]
    [InlineData("administrator")]
    [InlineData("sponsor")]
    public async Task Whatever_an_answer_names_is_on_record_and_nothing_else(string person)
    {
        var households = await HouseholdsAsync();
        // What an evaluator sees without a release are coarse rows under pseudonyms of the list: they name nobody.
        var called = households.ToDictionary(h => h.Code, h => h.Id);
        var (waiting, shapes, naming, wrong) = (new List<string>(await StartAsync(called.Keys)), new Dictionary<string, int>(), 0, new List<string>());
        var asked = new HashSet<string>();
        while (waiting.Count > 0 && asked.Count < MostAddresses)
        {
            // The page that was asked least: filters of one list multiply.
            var address = waiting.MinBy(a => shapes.GetValueOrDefault(PathOf(a)))!;
            waiting.Remove(address);
            var (shape, path) = (ShapeOf(address), PathOf(address));
            if (shapes.GetValueOrDefault(shape) >= MostOfAShape || !asked.Add(address)) continue;
            shapes[shape] = shapes.GetValueOrDefault(shape) + 1;
            if (path != shape) shapes[path] = shapes.GetValueOrDefault(path) + 1;
            await store.ExecuteAsync($"truncate {ReadLog.Name}");
            using var response = await store.People[person].GetAsync(address);
            ((int)response.StatusCode).ShouldBeLessThan(500, address);
            var text = await TextAsync(response);
            var named = Household().Matches(text).Select(m => m.Value).Where(called.ContainsKey).Select(code => called[code]).ToHashSet();
            // An address that says the code itself is told nothing by it where the answer is that there is nothing.
            if (response.StatusCode != HttpStatusCode.OK) continue;
            if (named.Count > 0) naming++;
            var recorded = await RecordedAsync(person);
            var missing = named.Except(recorded).Count();
            var others = recorded.Except(named).Count();
            if (missing > 0) wrong.Add($"{address}: {missing} of {named.Count} are not on record");
            // A case is opened as a whole, whatever the page shows of it; and chips narrow a decision list that is at hand.
            if (others > 0 && !Household().IsMatch(address) && !address.Contains("loc=", StringComparison.Ordinal)) wrong.Add($"{address}: {others} are on record and not in the answer, which names {named.Count}");
            foreach (var link in LinksOf(text).Where(l => !asked.Contains(l) && shapes.GetValueOrDefault(ShapeOf(l)) < MostOfAShape))
                if (!waiting.Contains(link)) waiting.Add(link);
        }
        output.WriteLine($"{asked.Count} addresses, {naming} of them name households");
        foreach (var line in wrong) output.WriteLine(line);
        wrong.ShouldBeEmpty();
        if (person == "evaluator") naming.ShouldBe(0);
        else naming.ShouldBeGreaterThan(person is "administrator" or "sponsor" ? 1 : 10);
    }

    private async Task<IReadOnlyList<string>> StartAsync(IEnumerable<string> codes)
    {
        var some = codes.Order(StringComparer.Ordinal).Skip(40).First();
        var agency = await store.AskAsync<string>("select sponsor from cases.sponsorship group by sponsor order by count(*) desc, sponsor limit 1");
        var decided = await store.AskAsync<string>("""
            select format('/quyet-dinh/thu?noi=%s&ngay=%s&so=%s', c.unit, e.data ->> 'on', replace(e.data ->> 'decisionNumber', '/', '%2F'))
            from cases.mt_events e join cases.caseload c on c.household = e.stream_id where e.type = 'class_decided' and e.data ->> 'decisionNumber' is not null order by e.seq_id desc limit 1
            """);
        var commune = await store.AskAsync<string>("select unit from cases.caseload where status = 1 group by unit order by count(*) desc limit 1");
        var routes = store.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods || methods.Contains("GET"))
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Where(p => !p.StartsWith("/_", StringComparison.Ordinal) && !p.Contains("{**", StringComparison.Ordinal))
            .Select(p => Parameter().Replace(p, m => m.Groups[1].Value.ToLowerInvariant() switch
            {
                "code" => some,
                "year" => "2025",
                "standard" => "2022-2025",
                "version" => "1",
                "user" => "sponsor",
                "sponsor" or "agency" => agency,
                _ => Guid.Empty.ToString(),
            }));
        return [.. routes.Distinct().Order(StringComparer.Ordinal), .. Asked, decided, $"/quyet-dinh?noi={commune}", $"/quyet-dinh/xac-nhan?noi={commune}"];
    }

    private async Task<List<(Guid Id, string Code)>> HouseholdsAsync()
    {
        await using var command = store.Get<NpgsqlDataSource>().CreateCommand("select household, code from cases.caseload");
        await using var r = await command.ExecuteReaderAsync();
        var all = new List<(Guid, string)>();
        while (await r.ReadAsync()) all.Add((r.GetGuid(0), r.GetString(1)));
        return all;
    }

    private async Task<HashSet<Guid>> RecordedAsync(string person)
    {
        await using var command = store.Get<NpgsqlDataSource>().CreateCommand($"select household from {ReadLog.Name} where actor = $1 and household is not null union select unnest(households) from {ReadLog.Name} where actor = $1");
        command.Parameters.Add(new() { Value = person });
        await using var r = await command.ExecuteReaderAsync();
        var all = new HashSet<Guid>();
        while (await r.ReadAsync()) all.Add(r.GetGuid(0));
        return all;
    }

    private static async Task<string> TextAsync(HttpResponseMessage response)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync();
        if (response.Content.Headers.ContentType?.MediaType?.EndsWith("sheet", StringComparison.Ordinal) != true) return Encoding.UTF8.GetString(bytes);
        using var archive = new ZipArchive(new MemoryStream(bytes));
        var text = new StringBuilder();
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            text.Append(await reader.ReadToEndAsync());
        }
        return text.ToString();
    }

    private static IEnumerable<string> LinksOf(string page) =>
        Link().Matches(page).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value).Split('#')[0])
            .Where(a => !Path.HasExtension(a.Split('?')[0]) || a.Contains("xuat.", StringComparison.Ordinal))
            .Where(a => !a.StartsWith("/tai-khoan", StringComparison.Ordinal) && !a.StartsWith("/preferences", StringComparison.Ordinal) && !a.StartsWith("//", StringComparison.Ordinal));

    /// <summary>The address without what differs from one household, unit or page to the next.</summary>
    private static string ShapeOf(string address)
    {
        var (parts, path) = (address.Split('?', 2), PathOf(address));
        return parts.Length == 1 ? path : path + "?" + string.Join("&", parts[1].Split('&').Select(p => p.Split('=')[0]).Distinct().Order(StringComparer.Ordinal));
    }

    private static string PathOf(string address) => Regex.Replace(Household().Replace(address.Split('?')[0], "H"), @"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "N");

    [GeneratedRegex(@"DEMO-\d+-\d{6}|an-[a-z2-9]{26}")]
    private static partial Regex Household();

    [GeneratedRegex("href=\"(/[^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex(@"\{([^}:?=*]+)[^}]*\}")]
    private static partial Regex Parameter();
}
