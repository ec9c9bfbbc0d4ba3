using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace YenBai.Cases.Bench;

/// <summary>What people do, over HTTP, on the demonstration province.</summary>
internal static class Traffic
{
    private const int Clients = 8;

    // As people type them: without marks, in part, with marks, a code; a frequent name, a rare one, one that nobody bears.
    public static readonly string[] Terms =
    [
        "giang a pao", "ly thi", "nguyen van", "hoang van", "thao a", "giang thi do", "mua a", "sung a", "tran thi", "trieu van", "dang van", "luong van",
        "ha thi", "Giàng A", "Lý Thị", "nông", "pham", "khang a chu", "zzyzx", "CODE",
    ];

    public static async Task StartAsync(Options options, Report report, string data, HttpClient client)
    {
        // A token outlives the server that gave it: the keys are kept.
        var (earlier, _) = await Server.ServeAsync(options, data, client, Server.Life);
        await SignIn.AsAsync(client, SignIn.Manager);
        await Server.StopAsync(earlier);
        List<double> times = [], memory = [];
        for (var run = 0; run < options.Runs; run++)
        {
            var (process, time) = await Server.ServeAsync(options, data, client, "/api/households");
            times.Add(time);
            memory.Add(Server.Status(process.Id, "VmRSS") / 1024.0);
            await Server.StopAsync(process);
        }
        report.Time("from process start to the first answer to who is signed in, existing store", Report.Median(times), most: 5000);
        report.Figure("memory of the server at its first answer", string.Create(CultureInfo.InvariantCulture, $"{Report.Median(memory):n0} MB"));
    }

    public static async Task RunAsync(Store store, Options options, Report report, string data, HttpClient client)
    {
        var (process, _) = await Server.ServeAsync(options, data, client, Server.Life);
        try
        {
            await SignIn.AsAsync(client, SignIn.Manager);
            var codes = await CodesAsync(store, Clients * options.Size.Commands);
            var terms = Terms.Select(t => t == "CODE" ? codes[0].Code[..^2] : t).ToArray();
            var searches = terms.Select(t => $"/api/households?search={Uri.EscapeDataString(t)}").ToArray();
            var cases = codes.Take(200).Select(c => $"/api/households/{c.Code}").ToArray();
            var histories = cases.Select(c => c + "/events").ToArray();

            var rates = new List<double>();
            var commands = new List<double>();
            var plain = new List<double>();
            var (_, _, stale) = await CommandsAsync(client, codes); // warm-up
            for (var run = 0; run < options.Runs; run++)
            {
                plain.Add(await CommitsAsync(store, options.Size.Commands));
                var (rate, times, conflicts) = await CommandsAsync(client, codes);
                rates.Add(rate);
                commands.AddRange(times);
                stale += conflicts;
            }
            report.Rate($"a command over HTTP, {Clients} clients; beside bare commits of one event, {Clients} connections", "/s", Report.Median(rates), Report.Median(plain), least: 500);
            report.Time("… p50", Report.Percentile(commands, 50));
            report.Time("… p95", Report.Percentile(commands, 95), most: 25);

            report.Figure("… conflicts with the due-date sweep, read again and repeated", stale.ToString(CultureInfo.InvariantCulture));

            await SignIn.AsAsync(client, SignIn.Manager);
            foreach (var (what, pages, most) in new[] { ($"search by name without marks, {terms.Length} terms", searches, 60.0), ("open a case", cases, 75), ("its events", histories, 75) })
            {
                var times = new List<double>();
                await GetAsync(client, pages);
                for (var run = 0; run < options.Runs; run++) times.AddRange((await GetAsync(client, pages)).Select(t => t.Milliseconds));
                report.Time($"{what}: p50", Report.Percentile(times, 50));
                report.Time($"{what}: p95", Report.Percentile(times, 95), most: most);
            }
            // Days of their own: an answer is kept for a minute.
            var whatIfs = Enumerable.Range(1, options.Runs).Select(day => $"/api/what-if?standard=2016-2020&on=2025-12-{day:00}").ToArray();
            report.Time("what another standard would change, the whole province", Report.Median((await GetAsync(client, whatIfs)).Select(t => t.Milliseconds)), most: 5000);
            foreach (var (page, time) in (await GetAsync(client, searches)).OrderByDescending(t => t.Milliseconds).Take(3))
                Console.Error.WriteLine($"  slowest: {page} {time:0.0} ms");
            report.Figure("memory of the server after all that", string.Create(CultureInfo.InvariantCulture, $"{Server.Status(process.Id, "VmRSS") / 1024:n0} MB"));
        }
        finally
        {
            await Server.StopAsync(process);
        }
    }

    private static async Task<List<(string Code, int Version)>> CodesAsync(Store store, int most)
    {
        await using var command = store.Source.CreateCommand($"select code, version from cases.caseload order by md5(code) limit {most}");
        await using var reader = await command.ExecuteReaderAsync();
        var codes = new List<(string, int)>();
        while (await reader.ReadAsync()) codes.Add((reader.GetString(0), reader.GetInt32(1)));
        return codes;
    }

    /// <summary>One command for each household, on the version that is known of it.</summary>
    private static async Task<(double Rate, List<double> Times, int Stale)> CommandsAsync(HttpClient client, List<(string Code, int Version)> codes)
    {
        var all = new List<double>();
        var stale = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(c => Task.Run(async () =>
        {
            var times = new List<double>();
            for (var i = c; i < codes.Count; i += Clients)
            {
                var asked = Stopwatch.GetTimestamp();
                var (next, conflict) = await CommandAsync(client, codes[i].Code, codes[i].Version, i % 3 == 0);
                if (conflict)
                {
                    // The server's due-date sweep works on the same households: what it recorded is read, as a person does, and counts.
                    Interlocked.Increment(ref stale);
                    (next, conflict) = await CommandAsync(client, codes[i].Code, await VersionAsync(client, codes[i].Code), i % 3 == 0);
                    if (conflict) throw new InvalidOperationException($"{codes[i].Code} changes faster than it can be read.");
                }
                times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                codes[i] = (codes[i].Code, next);
            }
            lock (all) all.AddRange(times);
        })));
        return (all.Count / Stopwatch.GetElapsedTime(started).TotalSeconds, all, stale);
    }

    /// <returns>The version after it, and whether the given one was stale.</returns>
    private static async Task<(int Version, bool Stale)> CommandAsync(HttpClient client, string code, int version, bool service)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/households/{code}/{(service ? "provide-service" : "record-visit")}");
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        request.Content = new StringContent(service ? """{"on":"2025-12-20","service":"health_insurance"}""" : """{"on":"2025-12-20","note":"Đã đến thăm, cả nhà khoẻ."}""", Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        if (answer.IsSuccessStatusCode) return (body.GetProperty("version").GetInt32(), false);
        return body.GetProperty("code").GetString() switch
        {
            "stale_version" => (version, true),
            "household_gone" => (version, false),
            _ => throw new InvalidOperationException($"{request.RequestUri}: {body}"),
        };
    }

    private static async Task<int> VersionAsync(HttpClient client, string code) =>
        (await client.GetFromJsonAsync<JsonElement>($"/api/households/{code}")).GetProperty("version").GetInt32();

    /// <summary>As many commits as PostgreSQL takes of one row of the size of an event.</summary>
    private static async Task<double> CommitsAsync(Store store, int each)
    {
        await store.ExecuteAsync("create table if not exists public.bench_commits (seq bigserial primary key, id uuid unique, data jsonb)");
        var seconds = await Store.SecondsAsync(() => Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            await using var connection = await store.Source.OpenConnectionAsync();
            for (var i = 0; i < each; i++)
            {
                await using var command = new NpgsqlCommand("insert into public.bench_commits (id, data) values ($1, $2)", connection);
                command.Parameters.Add(new() { Value = Guid.NewGuid() });
                command.Parameters.Add(new() { Value = """{"on":"2025-12-20","recorded":"2025-12-20T09:00:00Z","noteId":"0d0c21b9-5a53-5a0b-8a5e-5f5a4bb1f0c1"}""", NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb });
                await command.ExecuteNonQueryAsync();
            }
        }))));
        await store.ExecuteAsync("drop table public.bench_commits");
        return Clients * each / seconds;
    }

    public static async Task<List<(string Page, double Milliseconds)>> GetAsync(HttpClient client, string[] pages)
    {
        var times = new List<(string, double)>();
        foreach (var page in pages)
        {
            var asked = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(page);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadFromJsonAsync<JsonElement>();
            times.Add((page, Stopwatch.GetElapsedTime(asked).TotalMilliseconds));
        }
        return times;
    }
}
