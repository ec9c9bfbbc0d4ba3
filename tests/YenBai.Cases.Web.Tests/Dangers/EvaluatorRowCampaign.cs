using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Xunit.Abstractions;
using YenBai.Cases.Access;

namespace YenBai.Cases.Web.Tests.Dangers;

/// <summary>
/// An evaluator with the posted list of a commune in hand tries to find out which household is behind a row: by the order
/// of rows, by ids and times of writing, by unique values, by filters, by comparing answers with each other and over time.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class EvaluatorRowCampaign(EvaluatedProvince province, ITestOutputHelper output) : IClassFixture<EvaluatedProvince>
{
    private const int K = 5;

    /// <summary>What the record holds of a household, as a manager or the database would tell it.</summary>
    private sealed record Known(Guid Id, string Code, long Sequence, DateTime Stored, long Version);

    [Fact]
    public async Task No_order_of_rows_matches_households_of_a_posted_list()
    {
        var rows = await AllRowsAsync("/api/households?size=200");
        var truth = await TruthAsync();
        rows.Count.ShouldBeGreaterThan(200);
        rows.ShouldAllBe(r => truth.ContainsKey(PseudonymOf(r)));

        var orders = new (string By, Func<Known, IComparable> Key)[]
        {
            ("id", k => k.Id.ToString("N")), ("code", k => k.Code), ("sequence", k => k.Sequence), ("time of writing", k => k.Stored), ("version", k => k.Version),
        };
        foreach (var (by, key) in orders)
        {
            // Rows of equal values are lined up with the households that have them, in their real order.
            var (matched, groups, sum, variance) = (0, 0, 0.0, 0.0);
            foreach (var group in rows.GroupBy(ValuesOf))
            {
                var shown = group.Select(r => truth[PseudonymOf(r)]).ToList();
                var posted = shown.OrderBy(key).ThenBy(k => k.Id.ToString("N"), StringComparer.Ordinal).ToList();
                matched += shown.Zip(posted).Count(p => p.First.Id == p.Second.Id);
                groups++;
                // Kendall's S of the order shown against the real one.
                var n = shown.Count;
                var rank = posted.Select((k, i) => (k.Id, i)).ToDictionary(x => x.Id, x => x.i);
                for (var i = 0; i < n; i++) for (var j = i + 1; j < n; j++) sum += Math.Sign(rank[shown[j].Id] - rank[shown[i].Id]);
                variance += n * (n - 1.0) * (2 * n + 5) / 18;
            }
            output.WriteLine($"{by}: {matched} of {rows.Count} matched in {groups} groups; z of order {sum / Math.Sqrt(variance):0.00}");
            // A random order matches one household a group, and each group is of five or more.
            matched.ShouldBeLessThan(rows.Count / 4, by);
            matched.ShouldBeLessThan(groups + 6 * (int)Math.Sqrt(groups) + 6, by);
            Math.Abs(sum / Math.Sqrt(variance)).ShouldBeLessThan(5, by);
        }
    }

    [Fact]
    public async Task Whatever_rows_are_answered_each_combination_of_values_is_of_five_households()
    {
        var asked = new List<string> { "/api/households?", "/ho-dan/xuat.csv?" };
        asked.AddRange(from c in new[] { "poor", "near_poor", "not_poor" } from p in Districts.Append("") from s in new[] { "2016-2020", "2022-2025", "" } select $"/api/households?class={c}&place={p}&standard={s}");
        asked.AddRange(from f in new[] { "json", "csv" } from p in Districts.Append("") from y in new[] { "", "&cohortFrom=2019&cohortTo=2019", "&cohortFrom=2020" } select $"/api/durability/spells?format={f}&place={p}{y}");

        var answered = 0;
        foreach (var address in asked)
        {
            var rows = await AllRowsAsync(address);
            if (rows.Count == 0) continue;
            answered++;
            var fewest = rows.GroupBy(ValuesOf).MinBy(g => g.Count())!;
            fewest.Count().ShouldBeGreaterThanOrEqualTo(K, $"{address}: {fewest.Key}");
            rows.Select(PseudonymOf).Distinct().Count().ShouldBe(rows.Count, $"{address}: a pseudonym stands twice and joins two rows");
        }
        answered.ShouldBeGreaterThan(10);
        (await TotalsAsync(asked.Where(a => a.StartsWith("/api/households", StringComparison.Ordinal)))).ShouldAllBe(t => t % K == 0);
    }

    [Fact]
    public async Task No_answer_has_an_id_code_or_time_of_writing_of_the_record()
    {
        var secrets = await SecretsAsync();
        var listed = PseudonymOf((await AllRowsAsync("/api/households?size=10"))[0]);
        var spell = PseudonymOf((await AllRowsAsync("/api/durability/spells?"))[0]);

        foreach (var address in await OpenRoutesAsync(listed, spell))
        {
            using var response = await province.Evaluator.GetAsync(address);
            var text = await response.Content.ReadAsStringAsync();
            if (response.Content.Headers.ContentType?.MediaType?.Contains("spreadsheet") == true) continue;
            Uuid().Matches(text).Select(m => m.Value).Where(secrets.Ids.Contains).ShouldBeEmpty(address);
            Instant().Matches(text).Select(m => m.Value).Where(secrets.Instants.Contains).ShouldBeEmpty($"{address}: an instant of the record");
            // The agencies of the demonstration have codes of their own.
            text.Replace("DEMO-DV-", "", StringComparison.Ordinal).Contains("DEMO-", StringComparison.Ordinal).ShouldBeFalse($"{address}: a household's code");
            text.Contains("storedAt", StringComparison.Ordinal).ShouldBeFalse(address);
            text.Contains("ethnicMinority\":", StringComparison.Ordinal).ShouldBeFalse(address);
        }
    }

    [Fact]
    public async Task Rows_of_one_answer_are_not_joined_to_rows_of_another()
    {
        var list = (await AllRowsAsync("/api/households?size=200")).Select(PseudonymOf).ToHashSet();
        var spells = (await AllRowsAsync("/api/durability/spells?")).Select(PseudonymOf).ToHashSet();
        list.Overlaps(spells).ShouldBeFalse("a standing and a spell of one household together would tell it from others");

        // Asked with other days and rules, the spells are the same table.
        var asked = await province.Evaluator.GetStringAsync("/api/durability/spells?format=csv");
        foreach (var other in new[] { "asOf=2020-06-30", "knownAt=2021-01-01", "censoring=asOf", "standardChange=event", "scope=first", "depth=broad", "position=500" })
            (await province.Evaluator.GetStringAsync($"/api/durability/spells?format=csv&{other}")).ShouldBe(asked, other);
    }

    [Fact]
    public async Task The_list_read_by_cursor_has_each_row_once()
    {
        var byPages = (await AllRowsAsync("/api/households?size=50")).Select(PseudonymOf).ToList();
        var byCursor = new List<string>();
        string? next = null;
        do
        {
            var part = JsonNode.Parse(await province.Evaluator.GetStringAsync($"/api/households?size=50{(next is null ? "" : $"&cursor={next}")}"))!;
            byCursor.AddRange(part["items"]!.AsArray().Select(i => PseudonymOf(i!.AsObject())));
            next = part["next"]?.GetValue<string>();
        }
        while (next is not null && byCursor.Count <= byPages.Count);

        byPages.Count.ShouldBeGreaterThan(100);
        byCursor.ShouldBe(byPages.Order(StringComparer.Ordinal));
        foreach (var wrong in new[] { "cursor=none", $"page=1&cursor={new Kernel.ListCursor("an-x")}" })
            (await province.Evaluator.GetAsync($"/api/households?{wrong}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest, wrong);
    }

    [Fact]
    public async Task What_is_written_today_changes_no_answer()
    {
        string[] addresses = ["/api/households?size=200", "/ho-dan/xuat.csv", "/api/durability/spells?format=csv", "/"];
        async Task<string[]> AskAsync() => await Task.WhenAll(addresses.Select(async a => Tokens().Replace(await province.Evaluator.GetStringAsync(a), "")));
        var before = await AskAsync();

        var code = await province.AskAsync<string>("select code from cases.caseload where status = 1 order by code limit 1");
        var version = (await province.CaseAsync(code)).Version;
        (await province.SubmitAsync(code, version, new Visits.RecordVisit(new(2026, 11, 30), null))).Reception.ShouldBe(Commands.Reception.Accepted);
        (await province.SubmitAsync(code, version + 1, new Listing.RecordExit(new(2026, 11, 30), Households.PovertyClass.NotPoor, null, false, null))).Reception.ShouldBe(Commands.Reception.Accepted);
        await province.CatchUpAsync();

        (await AskAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Nothing_withheld_narrows_or_orders_what_an_evaluator_reads()
    {
        var (code, name) = (await province.AskAsync<string>("select code from cases.caseload order by code limit 1"), await province.AskAsync<string>("select p.data ->> 'name' from cases.mt_doc_person p where p.data ->> 'name' is not null order by p.id limit 1"));
        var answers = new HashSet<string>();
        foreach (var search in new[] { code, name, "015180000001", "0912000001", "nobody at all" })
        {
            using var response = await province.Evaluator.GetAsync($"/api/households?search={Uri.EscapeDataString(search)}");
            response.StatusCode.ShouldBe(HttpStatusCode.Forbidden, search);
            answers.Add(Tokens().Replace(await response.Content.ReadAsStringAsync(), ""));
        }
        answers.ShouldHaveSingleItem().ShouldContain("parameter_withheld");
        foreach (var filter in new[] { "support=loan", "place=04375" })
        {
            using var response = await province.Evaluator.GetAsync($"/api/households?{filter}");
            (response.StatusCode, (await response.Content.ReadAsStringAsync()).Contains("parameter_withheld")).ShouldBe((HttpStatusCode.Forbidden, true), filter);
        }
        var plain = Links(await province.Evaluator.GetStringAsync("/ho-dan"));
        plain.Count.ShouldBe(25);
        foreach (var sort in new[] { "sort=name", "sort=code", "sort=changed&dir=asc", "sort=last_visit", "days=7", "exit=1", "support=loan", $"q={Uri.EscapeDataString(name)}" })
            Links(await province.Evaluator.GetStringAsync("/ho-dan?" + sort)).ShouldBe(plain, sort);
        foreach (var column in new[] { "commune", "ethnicMinority", "merit", "headSex", "depth", "ownRequest" })
            (await province.Evaluator.GetAsync($"/api/durability/spells?with={column}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden, column);
    }

    [Fact]
    public async Task Without_a_release_a_household_is_its_row_and_has_no_history()
    {
        var listed = (await AllRowsAsync("/api/households?size=5"))[0];
        var address = $"/api/households/{PseudonymOf(listed)}";

        var one = JsonNode.Parse(await province.Evaluator.GetStringAsync(address))!.AsObject();

        ValuesOf(one).ShouldBe(ValuesOf(listed));
        using var events = await province.Evaluator.GetAsync(address + "/events");
        (events.StatusCode, JsonNode.Parse(await events.Content.ReadAsStringAsync())!["code"]!.GetValue<string>()).ShouldBe((HttpStatusCode.Forbidden, "release_needed"));
        var page = await province.Evaluator.GetStringAsync($"/ho-dan/{PseudonymOf(listed)}");
        page.ShouldContain("Diễn biến của từng hộ chỉ xem được khi lãnh đạo cấp tỉnh cung cấp dữ liệu");
        page.ShouldNotContain("class=\"timeline");
        foreach (var rows in new[] { "/api/supports", "/api/what-if?standard=2022-2025", "/api/watch", "/ho-tro" })
            (await province.Evaluator.GetAsync(rows)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, rows);
    }

    private static readonly string[] Districts = ["132@2020-02-01", "133@2020-02-01", "135@2020-02-01", "136@2020-02-01", "137@2020-02-01", "138@2020-02-01", "139@2020-02-01", "140@2020-02-01", "141@2020-02-01"];

    /// <summary>Every GET route that answers the evaluator.</summary>
    private async Task<List<string>> OpenRoutesAsync(string listed, string spell)
    {
        var open = new List<string>();
        foreach (var endpoint in province.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (!(endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? true) || path.StartsWith("/_", StringComparison.Ordinal) || path.Contains("{**") || path.Contains("{*")) continue;
            foreach (var code in path.Contains("{code", StringComparison.OrdinalIgnoreCase) ? new[] { listed, spell } : [""])
            {
                var address = Parameter().Replace(path, m => m.Groups[1].Value.ToLowerInvariant() switch { "code" => code, "year" => "2022", "standard" => "2022-2025", "version" => "1", _ => Guid.Empty.ToString() });
                using var response = await province.Evaluator.GetAsync(address);
                if (response.StatusCode == HttpStatusCode.OK) open.Add(address);
            }
        }
        open.Count.ShouldBeGreaterThan(20);
        return [.. open, "/api/households?size=200", "/api/durability/spells?format=csv", "/ho-dan?page=2", "/api/sponsors", "/api/needs"];
    }

    private async Task<(HashSet<string> Ids, HashSet<string> Instants)> SecretsAsync()
    {
        var ids = await TextsAsync("select id::text from cases.mt_streams union select id::text from cases.mt_events union select head_id::text from cases.caseload union select id::text from cases.agreement");
        var instants = await TextsAsync("""
            select distinct to_char(t at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') from (select timestamp t from cases.mt_events union all select (data ->> 'recorded')::timestamptz from cases.mt_events where data ? 'recorded') x
            where to_char(t at time zone 'UTC', 'HH24:MI:SS') not in ('17:00:00', '16:59:59', '00:00:00')
            """);
        ids.Count.ShouldBeGreaterThan(2000);
        // An answer says when it was asked.
        instants.Remove(province.Clock.Now.UtcDateTime.ToString("s"));
        instants.ShouldNotBeEmpty();
        return (ids, instants);
    }

    private async Task<HashSet<string>> TextsAsync(string sql)
    {
        await using var command = province.Get<Npgsql.NpgsqlDataSource>().CreateCommand(sql);
        await using var r = await command.ExecuteReaderAsync();
        var texts = new HashSet<string>();
        while (await r.ReadAsync()) if (!r.IsDBNull(0)) texts.Add(r.GetString(0));
        return texts;
    }

    /// <summary>Which household is behind a pseudonym of the list: what the attack is scored by, reckoned from the store's key.</summary>
    private async Task<Dictionary<string, Known>> TruthAsync()
    {
        var key = Convert.FromBase64String(await province.AskAsync<string>("select data ->> 'key' from cases.mt_doc_pseudonym_key"));
        var masks = new Pseudonymizer(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("list 2025-12-31"))[..16]);
        await using var command = province.Get<Npgsql.NpgsqlDataSource>().CreateCommand("""
            select c.household, c.code, min(e.seq_id), min(e.timestamp), max(e.version) from cases.caseload c join cases.mt_events e on e.stream_id = c.household group by 1, 2
            """);
        await using var r = await command.ExecuteReaderAsync();
        var truth = new Dictionary<string, Known>();
        while (await r.ReadAsync()) truth[masks.Of(r.GetGuid(0))] = new(r.GetGuid(0), r.GetString(1), r.GetInt64(2), r.GetDateTime(3), r.GetInt64(4));
        return truth;
    }

    /// <summary>All rows of an answer, page by page.</summary>
    private async Task<List<JsonObject>> AllRowsAsync(string address)
    {
        if (address.Contains("csv", StringComparison.Ordinal)) return CsvRows(await province.Evaluator.GetStringAsync(address));
        var rows = new List<JsonObject>();
        for (var page = 1; ; page++)
        {
            var answer = JsonNode.Parse(await province.Evaluator.GetStringAsync(address.Contains("/households", StringComparison.Ordinal) ? $"{address}&page={page}" : address))!;
            var some = (answer["items"] ?? answer["rows"])!.AsArray().Select(n => n!.AsObject()).ToList();
            rows.AddRange(some);
            if (some.Count == 0 || answer["rows"] is not null) return rows;
        }
    }

    private async Task<List<long>> TotalsAsync(IEnumerable<string> addresses)
    {
        var totals = new List<long>();
        foreach (var address in addresses)
        {
            var answer = JsonNode.Parse(await province.Evaluator.GetStringAsync(address))!;
            totals.AddRange([answer["total"]!.GetValue<long>(), answer["withheld"]?.GetValue<long>() ?? 0]);
        }
        return totals;
    }

    private static List<JsonObject> CsvRows(string text)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var header = lines[0].Split(',');
        return [.. lines[1..].Select(l => new JsonObject(header.Zip(l.Split(',')).Select(c => KeyValuePair.Create(c.First, (JsonNode?)JsonValue.Create(c.Second)))))];
    }

    private static string PseudonymOf(JsonObject row) => (row["code"] ?? row["household"] ?? row.First().Value)!.GetValue<string>();

    /// <summary>All that a row says but for its pseudonym.</summary>
    private static string ValuesOf(JsonObject row) => string.Join('|', row.Where(p => p.Value?.ToString() != PseudonymOf(row)).Select(p => $"{p.Key}={p.Value?.ToJsonString()}"));

    private static List<string> Links(string page) => [.. PageLink().Matches(page).Select(m => m.Value)];

    [GeneratedRegex(@"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d")]
    private static partial Regex Instant();

    [GeneratedRegex(@"\{([^}:?=*]+)[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("/ho-dan/an-[a-z0-9]+")]
    private static partial Regex PageLink();

    /// <summary>What is drawn anew for each answer.</summary>
    [GeneratedRegex("\"traceId\":\"[^\"]*\"|value=\"CfDJ8[^\"]*\"|<!--Blazor[^>]*-->|<code>[0-9a-f]{32}</code>|\"field\":\"[^\"]*\"")]
    private static partial Regex Tokens();
}
