using System.Runtime.Versioning;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Registering;
using YenBai.Cases.Visits;

namespace YenBai.Cases.Web.Tests.Store;

/// <summary>A read model may be damaged in any way: it is noticed, and written anew from the events.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RebuildFacts(RebuildFacts.SomeHouseholds store) : IClassFixture<RebuildFacts.SomeHouseholds>
{
    public sealed class SomeHouseholds : TestStore, IAsyncLifetime
    {
        public const string Poor = "poor", Out = "out", Annulled = "annulled";

        async Task IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            foreach (var code in new[] { Poor, Out, Annulled })
            {
                await RegisterAsync(code, "Lò Thị Mai");
                await SubmitAsync(code, 1, new DecideClass(new(2024, 1, 1), "2022-2025", PovertyClass.Poor, null, EntryCause.Deterioration, null));
            }
            await SubmitAsync(Out, 3, new RecordExit(new(2024, 5, 1), PovertyClass.NotPoor, null, null, null));
            await SubmitAsync(Annulled, 3, new Annul((await CaseAsync(Annulled)).Facts[2].Id, "Nhầm hộ"));
            await CatchUpAsync();
        }
    }

    private static string Of(string code) => $"'{Ids.Household(code)}'";

    private const string Stranger = "'00000000-0000-0000-0000-000000000001'";

    public static TheoryData<ReadModel, string> Damages => new()
    {
        { ReadModel.Case, $"delete from cases.mt_doc_household where id = {Of(SomeHouseholds.Out)}" },
        { ReadModel.Case, "delete from cases.mt_doc_household" },
        { ReadModel.Case, $"update cases.mt_doc_household set data = jsonb_set(data, '{{facts}}', (data -> 'facts') - 0) where id = {Of(SomeHouseholds.Out)}" },
        { ReadModel.Case, $"update cases.mt_doc_household set data = jsonb_set(data, '{{code}}', '\"other\"') where id = {Of(SomeHouseholds.Out)}" },
        { ReadModel.Case, $"insert into cases.mt_doc_household (id, data, mt_dotnet_type) select {Stranger}, data, mt_dotnet_type from cases.mt_doc_household limit 1" },
        { ReadModel.Caseload, $"delete from cases.caseload where household = {Of(SomeHouseholds.Out)}" },
        { ReadModel.Caseload, "truncate cases.caseload" },
        { ReadModel.Caseload, $"update cases.caseload set status = 1, class = 0 where household = {Of(SomeHouseholds.Out)}" },
        { ReadModel.Caseload, $"update cases.caseload set version = 99, class = 0 where household = {Of(SomeHouseholds.Out)}" },
        { ReadModel.Caseload, $"insert into cases.caseload select {Stranger}, version, code, head_id, unit, hamlet, class, standard, since, status, exits, exit_requested, supports, support_mix, last_visit, last_event, last_on, changed, members from cases.caseload limit 1" },
        { ReadModel.Ledger, $"delete from cases.ledger where household = {Of(SomeHouseholds.Out)} and kind = 2" },
        { ReadModel.Ledger, "truncate cases.ledger" },
        { ReadModel.Ledger, $"update cases.ledger set on_day = on_day - 1 where household = {Of(SomeHouseholds.Out)}" },
        { ReadModel.Ledger, $"update cases.ledger set annulled_by = null where household = {Of(SomeHouseholds.Annulled)}" },
        { ReadModel.Ledger, $"update cases.ledger set annulled_by = 2 where household = {Of(SomeHouseholds.Out)}" },
        { ReadModel.Ledger, $"insert into cases.ledger (household, version, sequence, on_day, recorded, kind) values ({Of(SomeHouseholds.Out)}, 99, 1, '2024-01-01', now(), 1)" },
        { ReadModel.Ledger, $"insert into cases.ledger (household, version, sequence, on_day, recorded, kind) values ({Stranger}, 1, 1, '2024-01-01', now(), 1)" },
    };

    [Theory, MemberData(nameof(Damages))]
    public async Task Damage_is_reported_and_repaired(ReadModel model, string damage)
    {
        await store.ShouldBeWhatTheEventsSayAsync();
        (await store.ExecuteAsync(damage)).ShouldNotBe(0);

        var differences = (await store.VerifyAsync()).Differences;
        differences.ShouldNotBeEmpty();
        differences.ShouldAllBe(d => d.Model == model);

        (await store.Get<Rebuild>().RunAsync(new HashSet<ReadModel> { model }, null, default)).ShouldBe(await store.AskAsync<long>("select count(*) from cases.mt_events e join cases.mt_streams s on s.id = e.stream_id where s.type = 'household'"));
        await store.ShouldBeWhatTheEventsSayAsync();
    }

    [Fact]
    public async Task All_are_verified_and_rebuilt_while_people_work()
    {
        using var done = new CancellationTokenSource();
        var work = Task.Run(async () =>
        {
            for (var i = 0; !done.IsCancellationRequested; i++)
            {
                var code = TestStore.NewCode("busy");
                (await store.RegisterAsync(code)).Reception.ShouldBe(Reception.Accepted);
                (await store.SubmitAsync(code, 1, new DecideClass(new(2024, 1, 1), "2022-2025", PovertyClass.Poor, null, null, null))).Reception.ShouldBe(Reception.Accepted);
                (await store.SubmitAsync(code, 3, new RecordVisit(new(2024, 6, 1), null))).Reception.ShouldBe(Reception.Accepted);
            }
        });
        for (var i = 0; i < 5; i++)
        {
            await store.ShouldBeWhatTheEventsSayAsync();
            await store.Get<Rebuild>().RunAsync(Enum.GetValues<ReadModel>().ToHashSet(), null, default);
        }
        await done.CancelAsync();
        await work;
        await store.ShouldBeWhatTheEventsSayAsync();
    }
}
