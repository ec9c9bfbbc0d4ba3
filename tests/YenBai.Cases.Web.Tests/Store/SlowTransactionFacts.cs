using System.Runtime.Versioning;

namespace YenBai.Cases.Web.Tests.Store;

/// <summary>A bulk load takes its time to commit while the projections run: they wait for it and skip nothing.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SlowTransactionFacts(TestStore store) : IClassFixture<TestStore>
{
    private string File(int households, string prefix)
    {
        var lines = Enumerable.Range(1, households).SelectMany(h => Enumerable.Range(1, 4).Select(n => $"{n},{prefix}-{h},{n},{2015 + n}-03-01,{(n % 2 == 1 ? "ENTER" : "EXIT")},Van Yen"));
        return store.Write($"{prefix}.csv", "event_id,household,seq,effective,type,district\n" + string.Join('\n', lines) + "\n");
    }

    private Task SlowAsync(string table, int seconds) => store.ExecuteAsync($"""
        create or replace function cases.slow() returns trigger language plpgsql as 'begin perform pg_sleep({seconds}); return null; end';
        create or replace trigger slow after insert on cases.{table} for each statement execute function cases.slow();
        """);

    /// <summary>However slow the cases and records are to store, the projections do not wait at a number that is taken and not yet committed.</summary>
    [Theory]
    [InlineData("mt_doc_household")]
    [InlineData("mt_streams")]
    public async Task Numbers_are_taken_after_cases_and_records_are_stored(string table)
    {
        await store.ExecuteAsync($"""
            create or replace function cases.no_number_yet() returns trigger language plpgsql as $$
            begin
                perform currval('cases.mt_events_sequence');
                raise exception 'a number is taken';
            exception when object_not_in_prerequisite_state then return null;
            end $$;
            create or replace trigger no_number_yet after insert on cases.{table} for each statement execute function cases.no_number_yet();
            """);
        try
        {
            (await store.ImportAsync(File(600, $"early-{table}"))).Taken.ShouldBe(2400);
        }
        finally
        {
            await store.ExecuteAsync($"drop trigger no_number_yet on cases.{table}");
        }

        await store.ShouldBeWhatTheEventsSayAsync();
    }

    [Fact]
    public async Task Events_that_are_slow_to_commit_are_waited_for()
    {
        await SlowAsync("mt_events", 7);
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
