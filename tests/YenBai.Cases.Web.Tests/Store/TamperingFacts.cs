using System.Runtime.Versioning;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Support;
using YenBai.Cases.Web.Hosting;

namespace YenBai.Cases.Web.Tests.Store;

/// <summary>The owner of the database changes an event past the product: the verification notices, and does not advise to write the change everywhere.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class TamperingFacts(TestStore store) : IClassFixture<TestStore>
{
    private static readonly DateOnly Day = new(2024, 1, 1);

    public static TheoryData<string, Suspicion> Changes => new()
    {
        // What the list says is in the ledger and in the caseload, too.
        { "update cases.mt_events set data = jsonb_set(data, '{on}', '\"2023-01-01\"') where stream_id = $1 and type = 'listed_poor'", Suspicion.Events },
        { "update cases.mt_events set data = jsonb_set(data, '{to}', '\"near_poor\"') where stream_id = $1 and type = 'exited'", Suspicion.Events },
        { "update cases.mt_events set type = 'visit_recorded', data = '{\"on\":\"2024-01-01\",\"recorded\":\"2024-01-01T00:00:00+07:00\"}' where stream_id = $1 and type = 'exited'", Suspicion.Events },
        { "with gone as (delete from cases.mt_events where stream_id = $1 and type = 'exited') select 1", Suspicion.Events },
        { "with gone as (delete from cases.mt_events where stream_id = $1 and type = 'exited') update cases.mt_streams set version = version - 1 where id = $1", Suspicion.Events },
        { "update cases.mt_events set data = '{\"on\": 7}' where stream_id = $1 and type = 'exited'", Suspicion.Events },
        { "update cases.mt_events set type = 'nothing_we_know' where stream_id = $1 and type = 'exited'", Suspicion.Events },
        // An amount stands in the case alone: it, or the event.
        { "update cases.mt_events set data = jsonb_set(data, '{termMonths}', '99') where stream_id = $1 and type = 'loan_granted'", Suspicion.Either },
    };

    [Theory, MemberData(nameof(Changes))]
    public async Task A_changed_event_is_noticed_and_no_rebuild_is_advised(string change, Suspicion suspicion)
    {
        var code = TestStore.NewCode();
        await store.RegisterAsync(code, "Lò Thị Mai");
        await store.SubmitAsync(code, 1, new DecideClass(Day, "2022-2025", PovertyClass.Poor, null, EntryCause.Deterioration, null));
        await store.SubmitAsync(code, 3, new GrantLoan(Day, 20_000_000, 24, null, null));
        await store.SubmitAsync(code, 4, new RecordExit(new(2024, 5, 1), PovertyClass.NotPoor, null, null, null));
        await store.CatchUpAsync();
        await using var command = store.Owner.CreateCommand(change);
        command.Parameters.Add(new() { Value = Ids.Household(code) });
        await command.ExecuteNonQueryAsync();
        try
        {
            var result = await store.VerifyAsync();

            result.Differences.ShouldContain(d => d.Events == suspicion && (d.Household == code || d.Household == Ids.Household(code).ToString()));
            var advice = string.Join('\n', VerificationAdvice.Of(result));
            advice.ShouldContain("Do not rebuild");
            advice.ShouldNotContain("'cases rebuild' writes");
        }
        finally
        {
            // The next change has a sound store before it.
            await store.ExecuteAsync($"delete from cases.mt_events where stream_id = '{Ids.Household(code)}'");
            await store.ExecuteAsync($"delete from cases.mt_streams where id = '{Ids.Household(code)}'");
            await store.Get<Rebuild>().RunAsync(Enum.GetValues<ReadModel>().ToHashSet(), null, default);
        }
    }

    [Fact]
    public async Task A_changed_read_model_is_still_written_anew()
    {
        var code = TestStore.NewCode();
        await store.RegisterAsync(code, "Lò Thị Mai");
        await store.CatchUpAsync();
        await store.ExecuteAsync($"delete from cases.caseload where household = '{Ids.Household(code)}'");

        string.Join('\n', VerificationAdvice.Of(await store.VerifyAsync())).ShouldContain("'cases rebuild' writes the read models anew");

        await store.Get<Rebuild>().RunAsync(new HashSet<ReadModel> { ReadModel.Caseload }, null, default);
        await store.ShouldBeWhatTheEventsSayAsync();
    }
}
