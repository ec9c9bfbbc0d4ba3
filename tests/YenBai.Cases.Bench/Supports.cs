using System.Diagnostics;
using Marten;
using YenBai.Cases.Households;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Support;

namespace YenBai.Cases.Bench;

/// <summary>Conditional support at the size of the province: half a million open conditions on 90,000 households.</summary>
internal static class Supports
{
    private const double ConditionsEach = 500_000 / 90_000.0;
    private const int AtOnce = 200;

    /// <summary>Agreements for every household, their due days spread over the year to come.</summary>
    public static async Task FillAsync(Store store, Report report)
    {
        var today = TimeProvider.System.Today();
        await store.Get<Freshness>().WaitAsync(TimeSpan.FromMinutes(5), default);
        var households = new List<(Guid Id, int Version)>();
        await using (var command = store.Source.CreateCommand("select household, version from cases.caseload where status <> 3 order by household"))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) households.Add((reader.GetGuid(0), reader.GetInt32(1)));
        var each = (int)Math.Ceiling(ConditionsEach);
        var seconds = await Store.SecondsAsync(async () =>
        {
            foreach (var (some, c) in households.Chunk(AtOnce).Select((s, i) => (s, i)))
            {
                await using var session = store.Get<IDocumentStore>().LightweightSession();
                foreach (var ((id, version), i) in some.Select((h, i) => (h, (c * AtOnce) + i)))
                    session.Events.Append(id, version + 1, Agreed(id, i, each, today));
                await session.SaveChangesAsync();
            }
            await store.Get<Freshness>().WaitAsync(TimeSpan.FromHours(1), default);
        });
        await store.ExecuteAsync("vacuum analyze cases.condition, cases.agreement, cases.caseload");
        var open = await store.ScalarAsync<long>($"select count(*) from {SupportTables.Conditions} where live and state in (0, 1)");
        report.Rate($"agreements appended and in the read model ({households.Count:n0}; {open:n0} open conditions in all)", "/s", households.Count / seconds, null);
    }

    private static SupportAgreed Agreed(Guid household, int i, int conditions, DateOnly today)
    {
        var id = Ids.Named(household, "bench");
        var terms = Enumerable.Range(0, conditions).Select(n => new ConditionTerms(
            Ids.Named(id, $"condition-{n}"), "report_progress", null, i % 3 == 0 ? null : SignIn.Caseworker, today.AddDays(((i * 7) + (n * 61)) % 365), Evidence.Note, AfterMiss.Remind));
        return new SupportAgreed(today.AddDays(-1), TimeProvider.System.Now(), id, "livestock", 10_000_000, [new(FundingSource.Programme, 10_000_000)], today.AddDays(-1), today.AddDays(400 + (i % 200)),
            null, null, [.. terms.OrderBy(t => t.Due)]);
    }

    /// <summary>What people open, as HTML and over the API.</summary>
    public static async Task ReadAsync(Options options, Report report, string data, HttpClient client)
    {
        var (process, _) = await Server.ServeAsync(options, data, client, Server.Life);
        try
        {
            foreach (var who in new[] { SignIn.Caseworker, SignIn.Manager })
            {
                using var browser = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new(Server.Address) };
                browser.DefaultRequestHeaders.Add("Cookie", await SignIn.CookieAsync(client, who));
                foreach (var (what, page, most) in new[] { ("my work", "/viec-cua-toi", 60.0), ("support timeline", "/ho-tro", 300), ("what-if of their places", "/api/what-if?standard=2027-2030&on=2026-06-30", 5000) })
                {
                    List<double> times = [];
                    for (var i = 0; i < (most > 1000 ? 2 : 20) * options.Runs; i++)
                    {
                        var asked = Stopwatch.GetTimestamp();
                        using var answer = await browser.GetAsync(page);
                        answer.EnsureSuccessStatusCode();
                        await answer.Content.ReadAsByteArrayAsync();
                        if (i > 2 || most > 1000) times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                    }
                    report.Time($"{what}, {who}: p50", Report.Percentile(times, 50));
                    report.Time("… p95", Report.Percentile(times, 95), most: most);
                }
            }
        }
        finally
        {
            await Server.StopAsync(process);
        }
    }

    /// <summary>A day's work of the clock, one day after the other.</summary>
    public static async Task ClockAsync(string connection, Options options, Report report)
    {
        List<double> days = [];
        ClockRound? last = null;
        for (var day = 1; day <= options.Runs; day++)
        {
            await using var store = await Store.OpenAsync(connection, clock: new DaysLater(day));
            days.Add(await Store.SecondsAsync(async () => last = await store.Get<ClockWork>().RunAsync(null, default)) * 1000);
        }
        report.Time($"the clock's work of a day (the last: {last!.Missed:n0} missed, {last.Ended:n0} ended, {last.Reminded:n0} reminded, {last.Escalated:n0} handed up)", Report.Median(days), most: 60_000);
    }

    private sealed class DaysLater(int days) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddDays(days);
    }
}
