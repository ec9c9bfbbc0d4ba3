using System.Runtime.Versioning;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Visits;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Import;

/// <summary>Imports go on beside people at work, and after having been stopped.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ImportBesideOthersFacts(TestStore store) : IClassFixture<TestStore>
{
    private const int Households = 1200;

    private string File(string name, string prefix, params string[] facts) =>
        store.Write(name, "event_id,household,seq,effective,type,district\n"
            + string.Concat(Enumerable.Range(0, Households).SelectMany(i => facts.Select((f, seq) => $"{seq + 1},{prefix}-{i},{seq + 1},{f},Van Yen\n"))));

    private static readonly string[] First = ["2016-03-01,ENTER", "2017-12-15,EXIT"], All = [.. First, "2018-12-15,CONFIRM", "2019-12-15,ENTER"];

    [Fact]
    public async Task An_import_and_commands_on_its_households_disturb_each_other_in_nothing()
    {
        await store.ImportAsync(File("beside-1.csv", "beside", First));
        using var done = new CancellationTokenSource();
        var visits = Task.Run(async () =>
        {
            var recorded = new Dictionary<string, int>();
            for (var i = 0; !done.IsCancellationRequested; i = (i + 7) % Households)
            {
                var code = $"beside-{Households - 1 - i}";
                var received = await store.SubmitAsync(code, (await store.CaseAsync(code)).Version, new RecordVisit(new(2024, 6, 1), null));
                if (received.Reception == Reception.Accepted) recorded[code] = recorded.GetValueOrDefault(code) + 1;
                else received.Reception.ShouldBe(Reception.Stale);
            }
            return recorded;
        });

        ImportResult result;
        try
        {
            result = await store.ImportAsync(File("beside-2.csv", "beside", All));
        }
        finally
        {
            await done.CancelAsync();
        }

        result.Summary.ShouldBe($"taken {2 * Households}, unchanged {2 * Households}, ignored 0, refused 0");
        foreach (var (code, count) in await visits)
        {
            var household = await store.CaseAsync(code);
            household.Facts.Count(f => f.Event is VisitRecorded).ShouldBe(count);
            household.Facts.Count(f => f.Event is ListEvent).ShouldBe(4);
        }
        await store.ShouldBeWhatTheEventsSayAsync();
    }

    [Fact]
    public async Task A_household_that_is_registered_while_its_file_is_read_is_extended()
    {
        // More households than are read ahead, so that the last ones are decided while the first are written.
        var file = File("register.csv", "registered", First);
        var registrations = Task.Run(async () =>
        {
            for (var i = Households - 1; i > Households - 40; i--) await store.RegisterAsync($"registered-{i}", on: "2016-01-01", place: "136");
        });

        var result = await store.ImportAsync(file);
        await registrations;

        result.Summary.ShouldBe($"taken {2 * Households}, unchanged 0, ignored 0, refused 0");
        await store.ShouldBeWhatTheEventsSayAsync();
    }

    [Fact]
    public async Task A_stopped_import_leaves_whole_households_and_the_next_one_goes_on()
    {
        var file = File("stopped.csv", "stopped", All);
        using var stop = new CancellationTokenSource();
        var import = store.Get<Importer>().RunAsync(store.Clerk, file, new ImportOptions(), null, stop.Token);
        while (!import.IsCompleted && await CountAsync() == 0) await Task.Yield();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => import);

        var stored = await CountAsync();
        stored.ShouldBeLessThan(Households);
        (await store.AskAsync<long>("select count(*) from cases.mt_doc_household where data ->> 'code' like 'stopped-%' and jsonb_array_length(data -> 'facts') <> 5")).ShouldBe(0);
        (await store.AskAsync<long>("select count(*) from cases.mt_doc_import_run where data ->> 'state' = 'stopped'")).ShouldBe(1);

        var result = await store.ImportAsync(file);

        (result.Taken, result.Unchanged, result.Refused).ShouldBe((4 * (Households - stored), 4 * stored, 0));
        await store.ShouldBeWhatTheEventsSayAsync();

        Task<long> CountAsync() => store.AskAsync<long>("select count(*) from cases.mt_doc_household where data ->> 'code' like 'stopped-%'");
    }

    [Fact]
    public async Task A_stopped_import_of_agreements_leaves_whole_households_and_the_next_one_goes_on()
    {
        await store.ImportAsync(File("agreed.csv", "agreed", "2022-03-01,ENTER"));
        var file = store.Write("agreements.csv", "agreement_id,household_code,agreed_on,instrument,amount,funding,start,end,condition_no,condition_kind,condition_due\n"
            + string.Concat(Enumerable.Range(0, Households).SelectMany(i => Enumerable.Range(1, 2).SelectMany(a => new[]
            {
                $"A{a},agreed-{i},2024-01-10,livestock,8000000,state:8000000,2024-02-01,2026-01-31,1,vaccinate,2025-02-01\n",
                $"A{a},agreed-{i},,,,,,,2,keep_animals,2025-03-01\n",
            }))));
        using var stop = new CancellationTokenSource();
        var import = store.Get<Importer>().RunAsync(store.Clerk, file, new ImportOptions(), null, stop.Token);
        while (!import.IsCompleted && await CountAsync() == 0) await Task.Yield();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => import);

        var stored = await CountAsync();
        stored.ShouldBeLessThan(2 * Households);
        (stored % 2).ShouldBe(0);

        var result = await store.ImportAsync(file);

        (result.Taken, result.Unchanged, result.Refused).ShouldBe((2 * (2 * Households - stored), 2 * stored, 0));
        (await CountAsync()).ShouldBe(2 * Households);
        (await store.AskAsync<long>($"select count(*) from {Cases.Support.SupportTables.Conditions}")).ShouldBe(4 * Households);
        await store.ShouldBeWhatTheEventsSayAsync();

        Task<long> CountAsync() => store.AskAsync<long>("select count(*) from cases.mt_events where type = 'support_agreed'");
    }
}
