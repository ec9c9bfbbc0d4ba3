using System.Runtime.Versioning;
using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.Composition;
using YenBai.Cases.Import;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Web.Hosting;
using YenBai.Cases.Web.Postgres;
using YenBai.Cases.Web.Tests.Hosting;

namespace YenBai.Cases.Web.Tests.Store;

/// <summary>Of the processes on one store one projects; another one takes over when it is gone, frozen or cut off, and nothing that it still does counts.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ProjectorFacts(TestStore store) : IClassFixture<TestStore>
{
    private const string Progress = "update cases.mt_event_progression set last_updated = now() where name = 'HighWaterMark'";

    private static async Task<int> RunAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>A database of its own, prepared, in which nobody projects.</summary>
    private static async Task<(PrivatePostgres.ScratchDatabase Database, StoreAccess Access)> EmptyAsync()
    {
        var database = await (await Cluster.GetAsync()).CreateScratchDatabaseAsync();
        var access = new StoreAccess(PrivatePostgres.RunTimeOf(database.ConnectionString), database.ConnectionString);
        await StorePreparation.EnsureAsync(access, default);
        return (database, access);
    }

    [Fact]
    public async Task Progress_under_a_token_that_was_taken_over_is_refused()
    {
        var (database, access) = await EmptyAsync();
        await using var _ = database;
        await using var source = NpgsqlDataSource.Create(access.RunTime);
        ProjectorLease first = new(source, access.RunTime), next = new(source, access.RunTime);
        var held = (await first.TryTakeAsync(default)).ShouldNotBeNull();
        await RunAsync(first.ConnectionUnder(held), "insert into cases.mt_event_progression (name, last_seq_id) values ('HighWaterMark', 0)");

        (await next.TryTakeAsync(default)).ShouldBeNull();
        (await first.ConfirmAsync(held, default)).ShouldBeTrue();
        // A batch that is under way when its process freezes, and holds what the next one needs.
        await using var frozen = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(first.ConnectionUnder(held)) { Pooling = false }.ConnectionString);
        await frozen.OpenAsync();
        await using var batch = await frozen.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand(Progress, frozen)) (await command.ExecuteNonQueryAsync()).ShouldBe(1);
        await RunAsync(access.Owner!, "update cases.projector set confirmed = now() - interval '1 minute'");
        var taken = (await next.TryTakeAsync(default)).ShouldNotBeNull();

        taken.ShouldBeGreaterThan(held);
        (await first.ConfirmAsync(held, default)).ShouldBeFalse();
        await Should.ThrowAsync<Exception>(() => batch.CommitAsync());
        (await Should.ThrowAsync<PostgresException>(() => RunAsync(first.ConnectionUnder(held), Progress))).SqlState.ShouldBe(ProjectorLease.NotTheProjector);
        (await RunAsync(next.ConnectionUnder(taken), Progress)).ShouldBe(1);
        // It gives up what it no longer has without taking it from the other.
        await first.ReleaseAsync(held);
        (await next.ConfirmAsync(taken, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_process_that_stops_leaves_the_projections_at_once_and_one_that_died_soon()
    {
        var (database, access) = await EmptyAsync();
        await using var _ = database;
        await using var source = NpgsqlDataSource.Create(access.RunTime);
        ProjectorLease first = new(source, access.RunTime), next = new(source, access.RunTime), last = new(source, access.RunTime);
        var held = (await first.TryTakeAsync(default)).ShouldNotBeNull();
        await first.ReleaseAsync(held);
        var taken = (await next.TryTakeAsync(default)).ShouldNotBeNull();

        // It has no session and confirms nothing: it was killed.
        (await last.TryTakeAsync(default)).ShouldBeNull();
        await RunAsync(access.Owner!, "update cases.projector set confirmed = now() - interval '4 seconds'");
        (await last.TryTakeAsync(default)).ShouldNotBeNull();
        (await next.ConfirmAsync(taken, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_frozen_server_stops_nobodys_read_models_and_writes_nothing_when_it_wakes()
    {
        var (database, access) = await EmptyAsync();
        await using var _ = database;
        await using var frozen = Product.Start(new Dictionary<string, string> { ["ConnectionStrings__cases"] = access.RunTime, ["ConnectionStrings__cases_owner"] = access.Owner! }, Path.Combine(store.Directory, "frozen"));
        await using var owner = NpgsqlDataSource.Create(access.Owner!);
        async Task<T> AskAsync<T>(string sql)
        {
            await using var command = owner.CreateCommand(sql);
            return (T)(await command.ExecuteScalarAsync())!;
        }
        await Eventually.BecomesAsync(() => AskAsync<bool>("select node is not null from cases.projector"), "the server projects: " + frozen.Said);
        await using var healthy = await OperatorStore.OpenAsync(access.RunTime, Path.Combine(store.Directory, "healthy.csv"), default);
        var token = await AskAsync<long>("select token from cases.projector");
        await frozen.FreezeAsync();

        var file = store.Write("frozen.csv", "event_id,household,seq,effective,type,district\n1,frozen,1,2016-03-01,ENTER,Van Yen\n");
        // It ends when every read model has what it brought.
        (await healthy.Get<Importer>().RunAsync(Actor.Operator, file, new ImportOptions(false, null), null, default)).Taken.ShouldBe(1);
        (await AskAsync<long>("select token from cases.projector")).ShouldBe(token + 1);

        await frozen.ThawAsync();
        await Eventually.BecomesAsync(() => Task.FromResult(frozen.Said.Contains("The projections stopped", StringComparison.Ordinal) || frozen.Said.Contains("Another process has taken over", StringComparison.Ordinal)), "the woken server notices");
        (await AskAsync<long>("select token from cases.projector")).ShouldBe(token + 1);
        frozen.Said.ShouldNotContain("out of order", Case.Insensitive);
        (await healthy.Get<Verification>().RunAsync(null, default)).Differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_projector_whose_connections_are_cut_goes_on_alone()
    {
        var token = await store.AskAsync<long>("select token from cases.projector");
        await using var other = await OperatorStore.OpenAsync(store.RunTimeConnectionString, Path.Combine(store.Directory, "cut.csv"), default);

        for (var cut = 0; cut < 5; cut++)
        {
            await store.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'cases_app'");
            NpgsqlConnection.ClearAllPools();
            await store.RegisterAsync(TestStore.NewCode());
            await store.CatchUpAsync();
        }

        // Anyone who has it now: one process, which confirmed it a moment ago, and whose sessions alone carry the token.
        (await store.AskAsync<long>("select count(distinct application_name) from pg_stat_activity where datname = current_database() and application_name like 'cases-projector-%'")).ShouldBe(1);
        (await store.AskAsync<long>("select token from cases.projector")).ShouldBeInRange(token, token + 6);
        await store.ShouldBeWhatTheEventsSayAsync();
    }
}
