using System.Collections.Concurrent;
using System.Runtime.Versioning;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using YenBai.Cases.Storage;

namespace YenBai.Cases.Web.Tests.Store;

/// <summary>A bulk load takes its time to commit while the projections run: they wait for it and skip nothing.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SlowTransactionFacts(SlowTransactionFacts.LoggedStore store) : IClassFixture<SlowTransactionFacts.LoggedStore>
{
    public sealed class LoggedStore : TestStore
    {
        public ConcurrentQueue<string> Logged { get; } = [];

        protected override void Configure(WebApplicationBuilder builder) =>
            builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter<Collector>(typeof(ProjectionHost).FullName, LogLevel.Information).AddProvider(new Collector(Logged));
    }

    private sealed class Collector(ConcurrentQueue<string> logged) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose() { }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => logged.Enqueue(formatter(state, exception));
    }

    private string File(int households, string prefix)
    {
        var lines = Enumerable.Range(1, households).SelectMany(h => Enumerable.Range(1, 4).Select(n => $"{n},{prefix}-{h},{n},{2015 + n}-03-01,{(n % 2 == 1 ? "ENTER" : "EXIT")},Van Yen"));
        return store.Write($"{prefix}.csv", "event_id,household,seq,effective,type,district\n" + string.Join('\n', lines) + "\n");
    }

    private Task SlowAsync(string table, string when) => store.ExecuteAsync($"""
        create or replace function cases.slow() returns trigger language plpgsql as 'begin perform pg_sleep({when}); return null; end';
        create or replace trigger slow after insert on cases.{table} for each statement execute function cases.slow();
        """);

    [Fact]
    public async Task Cases_and_records_that_are_slow_to_store_hold_up_no_number()
    {
        await SlowAsync("mt_doc_household", "5");
        try
        {
            (await store.ImportAsync(File(600, "slow-case"))).Taken.ShouldBe(2400);
        }
        finally
        {
            await store.ExecuteAsync("drop trigger slow on cases.mt_doc_household");
        }

        store.Logged.Where(line => line.Contains("skipping", StringComparison.Ordinal) || line.Contains("is holding before", StringComparison.Ordinal)).ShouldBeEmpty();
        await store.ShouldBeWhatTheEventsSayAsync();
    }

    [Fact]
    public async Task Events_that_are_slow_to_commit_are_waited_for()
    {
        await SlowAsync("mt_events", "7");
        try
        {
            (await store.ImportAsync(File(600, "slow-events"))).Taken.ShouldBe(2400);
        }
        finally
        {
            await store.ExecuteAsync("drop trigger slow on cases.mt_events");
        }

        (await store.AskAsync<long>("select count(*) from cases.ledger l join cases.mt_doc_household h on h.id = l.household where h.data ->> 'code' like 'slow-events-%'")).ShouldBe(2400);
        await store.ShouldBeWhatTheEventsSayAsync();
    }
}
