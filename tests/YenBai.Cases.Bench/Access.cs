using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using YenBai.Cases.Access;
using YenBai.Cases.Places;

namespace YenBai.Cases.Bench;

/// <summary>What it costs that everybody reaches only their part, and whether it holds when many come at once.</summary>
internal static class Access
{
    public static async Task RunAsync(Store store, Options options, Report report, string data, HttpClient client)
    {
        await PolicyAsync(store, report, options.Size.Decisions);
        var (process, _) = await Server.ServeAsync(options, data, client, Server.Life);
        try
        {
            foreach (var who in SignIn.Readers) await ReadingAsync(options, report, client, who);
            await CrowdAsync(store, options, report, client);
        }
        finally
        {
            await Server.StopAsync(process);
        }
        await Circuits.RunAsync(options, report, data, client);
    }

    /// <summary>From the grants as they are stored to what a list asks for and to one household; each time by somebody new, of whom nothing is remembered.</summary>
    private static async Task PolicyAsync(Store store, Report report, int decisions)
    {
        var readings = decisions / 10;
        var (desk, places, now) = (store.Get<StaffDesk>(), store.Get<PlaceCatalog>(), TimeProvider.System.Now());
        var subjects = await SubjectsAsync(store);
        foreach (var who in SignIn.Readers)
        {
            var grants = (await desk.FindAsync(who, default))!.Grants;
            for (var i = 0; i < decisions; i++) Alone(i);
            var times = Enumerable.Range(0, decisions).Select(Alone).ToArray();

            var reads = new List<double>();
            for (var i = 0; i < readings; i++)
            {
                var asked = Stopwatch.GetTimestamp();
                Decide(await desk.ActorAsync(who, null, default), subjects[i % subjects.Count]);
                reads.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }
            report.Time($"policy alone, {who}: p50; beside the same with its grants read from the store", Report.Percentile(times, 50), Report.Percentile(reads, 50));
            report.Time("… p95", Report.Percentile(times, 95), Report.Percentile(reads, 95), most: 1);

            double Alone(int i)
            {
                var started = Stopwatch.GetTimestamp();
                Decide(new Actor(who, grants, now, places), subjects[i % subjects.Count]);
                return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }
        }
    }

    private static void Decide(Actor actor, Subject subject)
    {
        // The units as the query takes them.
        foreach (var extent in actor.ReachOf(Operation.FindHouseholds).Extents) GC.KeepAlive(extent.Units.ToArray());
        GC.KeepAlive(actor.SightOf(Operation.OpenHousehold, subject));
    }

    private static async Task<List<Subject>> SubjectsAsync(Store store)
    {
        await using var command = store.Source.CreateCommand("select household, unit, hamlet, shared, restricted from cases.caseload order by md5(code) limit 1000");
        await using var reader = await command.ExecuteReaderAsync();
        var subjects = new List<Subject>();
        while (await reader.ReadAsync())
            subjects.Add(new(reader.GetGuid(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetBoolean(3), reader.GetBoolean(4)));
        return subjects;
    }

    /// <summary>Each finds and opens what their own list shows, by what it is called for them.</summary>
    private static async Task ReadingAsync(Options options, Report report, HttpClient client, string who)
    {
        await SignIn.AsAsync(client, who);
        var codes = await CodesAsync(client);
        string[] searches = who == SignIn.Evaluator
            ?
            [
                .. from kind in new[] { "poor", "near_poor", "not_poor" } from standard in new[] { "", "2016-2020", "2022-2025" } from size in new[] { 25, 200 } select $"/api/households?class={kind}&standard={standard}&size={size}",
            ]
            : [.. Traffic.Terms.Select(t => Search(t == "CODE" ? codes[0][..^2] : t))];
        var searching = who == SignIn.Evaluator ? "the published list by filters" : "search by name without marks";
        foreach (var (what, pages, most) in new[] { (searching, searches, 60.0), ("open a case", [.. codes.Select(c => $"/api/households/{c}")], 75) })
        {
            await Traffic.GetAsync(client, pages);
            var times = new List<double>();
            for (var run = 0; run < options.Runs; run++) times.AddRange((await Traffic.GetAsync(client, pages)).Select(t => t.Milliseconds));
            report.Time($"{what}, {who}, {pages.Length} of them: p50", Report.Percentile(times, 50));
            report.Time("… p95", Report.Percentile(times, 95), most: most);
        }

        static string Search(string text) => $"/api/households?search={Uri.EscapeDataString(text)}";
    }

    /// <summary>Up to 200 households from the whole length of somebody's list.</summary>
    public static async Task<List<string>> CodesAsync(HttpClient client)
    {
        const int Pages = 10, Size = 20;
        var total = (await client.GetFromJsonAsync<JsonElement>("/api/households?size=1")).GetProperty("total").GetInt32();
        var codes = new List<string>();
        for (var i = 0; i < Pages; i++)
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"/api/households?size={Size}&page={1 + (i * Math.Max(Pages, total / Size) / Pages)}");
            codes.AddRange(page.GetProperty("items").EnumerateArray().Select(h => h.GetProperty("code").GetString()!));
        }
        return codes;
    }

    /// <summary>Everybody at once, each over a connection of their own, as fast as they are answered.</summary>
    private static async Task CrowdAsync(Store store, Options options, Report report, HttpClient client)
    {
        var places = store.Get<PlaceCatalog>().In(Level.District, new DateOnly(2021, 1, 1)).Select(d => d.Id).Prepend("15@2021-06-01").ToList();
        string[] lists = [.. from page in Enumerable.Range(1, 5) from place in places select $"/api/households?place={Uri.EscapeDataString(place)}&page={page}"];
        List<string> tokens = [], cookies = [];
        foreach (var who in SignIn.Readers)
        {
            tokens.Add("Bearer " + await SignIn.TokenAsync(client, who));
            cookies.Add(await SignIn.CookieAsync(client, who));
        }
        var (clients, seconds) = options.Size.Crowd;
        await CrowdAsync(report, options, $"{clients} clients at once for {seconds} s, the caseload over the API", lists, "Authorization", tokens);
        await CrowdAsync(report, options, $"{clients} clients at once for {seconds} s, static pages", ["/ho-dan", "/ke-hoach"], "Cookie", cookies);
    }

    private static async Task CrowdAsync(Report report, Options options, string what, string[] pages, string header, List<string> sessions)
    {
        var all = new List<double>();
        var wrong = new List<string>();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, options.Size.Crowd.Clients).Select(c => Task.Run(async () =>
        {
            // Who is led away to sign in was not answered.
            using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new(Server.Address) };
            client.DefaultRequestHeaders.Add(header, sessions[c % sessions.Count]);
            client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
            List<double> times = [];
            List<string> errors = [];
            for (var i = c; Stopwatch.GetElapsedTime(started).TotalSeconds < options.Size.Crowd.Seconds; i++)
            {
                var page = pages[i % pages.Length];
                var asked = Stopwatch.GetTimestamp();
                try
                {
                    using var answer = await client.GetAsync(page);
                    if (answer.IsSuccessStatusCode) times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                    else errors.Add($"{(int)answer.StatusCode} {page}");
                }
                catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
                {
                    errors.Add($"{e.Message} {page}");
                }
            }
            lock (all)
            {
                all.AddRange(times);
                wrong.AddRange(errors);
            }
        })));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        foreach (var some in wrong.CountBy(e => e).OrderByDescending(e => e.Value).Take(5)) Console.Error.WriteLine($"  {some.Value} × {some.Key}");
        report.Rate(what, "/s", all.Count / seconds, null);
        if (all.Count > 0)
        {
            report.Time("… p50", Report.Percentile(all, 50));
            report.Time("… p95", Report.Percentile(all, 95));
        }
        report.Errors("… errors", wrong.Count);
    }
}
