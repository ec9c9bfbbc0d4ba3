using System.Runtime.Versioning;
using Npgsql;
using YenBai.Cases.Commands;
using YenBai.Cases.Erasure;
using YenBai.Cases.Privacy;
using YenBai.Cases.Visits;
using YenBai.Cases.Web.Hosting;
using YenBai.Cases.Web.Postgres;
using YenBai.Cases.Web.Tests.Hosting;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Privacy;

/// <summary>A restore is killed at any moment: the store stays closed until the same command has erased again what was erased.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class BrokenRestoreFacts(BrokenRestoreFacts.ABackup store) : IClassFixture<BrokenRestoreFacts.ABackup>
{
    private const string Name = "Vàng Thị Xía";

    public sealed class ABackup : TestStore, IAsyncLifetime
    {
        public string File => Path.Combine(Directory, "backup");
        public string List => Get<ErasureList>().Path;

        async Task IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            var codes = Enumerable.Range(1, 8).Select(i => $"erased-{i}").ToList();
            foreach (var code in codes)
            {
                await RegisterAsync(code, Name);
                await SubmitAsync(code, 1, new RecordVisit(new(2024, 6, 1), $"{Name} đi vắng"));
            }
            await RegisterAsync("kept", "Hà Văn Tư");
            await Backup.SaveAsync(new(RunTimeConnectionString, ConnectionString), File, default);
            Clock.Now = Clock.Now.AddHours(1);
            foreach (var code in codes) (await SubmitAsync(code, 2, new ErasePersonalData(new(2024, 6, 15), null))).Reception.ShouldBe(Reception.Accepted);
        }
    }

    private const string Begun = "select to_regnamespace('cases_restore') is not null";
    private const string Restoring = "select exists (select from pg_stat_activity where datname = current_database() and application_name = 'cases-restore')";
    private const string Restored = "select coalesce((select to_regclass('cases.mt_events') is not null), false)";
    private const string Erasing = "select case when to_regclass('cases.mt_doc_person') is null then false else (xpath('/row/n/text()', query_to_xml('select count(*) as n from cases.mt_events where type = ''personal_data_erased''', false, true, '')))[1]::text::int > 2 end";

    [Theory]
    [InlineData(Begun)]
    [InlineData(Restoring)]
    [InlineData(Restored)]
    [InlineData(Erasing)]
    public async Task A_killed_restore_opens_to_nobody_and_the_same_command_completes_it(string moment)
    {
        await using var database = await (await Cluster.GetAsync()).CreateScratchDatabaseAsync();
        await using var owner = NpgsqlDataSource.Create(database.ConnectionString);
        var environment = new Dictionary<string, string> { ["ConnectionStrings__cases"] = PrivatePostgres.RunTimeOf(database.ConnectionString), ["ConnectionStrings__cases_owner"] = database.ConnectionString };
        var data = Path.Combine(store.Directory, Guid.NewGuid().ToString("N"));
        string[] command = ["cases", "restore", store.File, "--erasures", store.List];

        await using (var restore = Product.Start(environment, data, command))
        {
            await Eventually.BecomesAsync(async () => restore.HasExited || await AskAsync(owner, moment), moment);
            restore.HasExited.ShouldBeFalse(restore.Said);
            restore.Kill();
            await restore.ExitAsync();
        }

        // The program that it started ended with it.
        await Eventually.BecomesAsync(async () => !await AskAsync(owner, Restoring), "pg_restore ended", 10);
        (await Should.ThrowAsync<ArgumentException>(() => StorePreparation.EnsureAsync(new(environment["ConnectionStrings__cases"], database.ConnectionString), default))).Message.ShouldContain("it stays closed");
        foreach (var verb in new[] { "verify", "export", "backup" })
        {
            await using var other = Product.Start(environment, data, ["cases", verb, .. (verb == "verify" ? Array.Empty<string>() : [Path.Combine(data, "out")])]);
            (await other.ExitAsync()).ShouldBe(1);
            other.Said.ShouldContain("it stays closed");
        }
        await using (var server = Product.Start(environment, data))
        {
            (await server.ExitAsync()).ShouldBe(1);
            server.Said.ShouldContain("it stays closed");
        }
        await using (var served = NpgsqlDataSource.Create(environment["ConnectionStrings__cases"]))
        await using (var read = served.CreateCommand("select count(*) from cases.mt_doc_person"))
            (await Should.ThrowAsync<PostgresException>(() => read.ExecuteScalarAsync())).SqlState.ShouldBeOneOf(PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.UndefinedTable, PostgresErrorCodes.InvalidSchemaName);

        await using (var again = Product.Start(environment, data, command))
        {
            (await again.ExitAsync()).ShouldBe(0, again.Said);
            again.Said.ShouldContain("erased again 8, already erased 0, not in this store 0");
        }
        (await Traces.InTablesAsync(owner, Name)).ShouldBeEmpty();
        (await Traces.InTablesAsync(owner, "Hà Văn Tư")).ShouldNotBeEmpty();
        await StorePreparation.EnsureAsync(new(environment["ConnectionStrings__cases"], database.ConnectionString), default);
    }

    [Theory]
    [InlineData("household,people,at\nnonsense\n")]
    [InlineData("household,people,at\n00000000-0000-0000-0000-000000000001,00000000-0000-0000-0000-000000000002,2024-06-15T00:0")]
    [InlineData("")]
    [InlineData("a,b\n1,2\n")]
    public async Task A_list_that_is_not_whole_is_refused_before_anything_is_restored(string list)
    {
        await using var database = await (await Cluster.GetAsync()).CreateScratchDatabaseAsync();
        var given = store.Write($"{Guid.NewGuid():N}.csv", list);

        await Should.ThrowAsync<InvalidDataException>(() => Restore.RunAsync(new(PrivatePostgres.RunTimeOf(database.ConnectionString), database.ConnectionString), store.File, Path.Combine(store.Directory, "never.csv"), given, default));

        await using var owner = NpgsqlDataSource.Create(database.ConnectionString);
        (await AskAsync(owner, $"select to_regnamespace('cases') is null and not ({Begun[7..]})")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_backup_that_is_not_whole_leaves_the_store_empty_for_another_one()
    {
        await using var database = await (await Cluster.GetAsync()).CreateScratchDatabaseAsync();
        var access = new StoreAccess(PrivatePostgres.RunTimeOf(database.ConnectionString), database.ConnectionString);
        var whole = await File.ReadAllBytesAsync(store.File);
        var half = store.Write("half", whole[..(whole.Length / 2)]);
        var list = Path.Combine(store.Directory, "half.csv");

        await Should.ThrowAsync<IOException>(() => Restore.RunAsync(access, half, list, null, default));
        await Should.ThrowAsync<ArgumentException>(() => Restore.RunAsync(access, store.Write("text", "household,people,at\n"), list, null, default));

        (await Restore.RunAsync(access, store.File, list, store.List, default)).Again.ShouldBe(8);
        (await Should.ThrowAsync<ArgumentException>(() => Restore.RunAsync(access, store.File, list, store.List, default))).Message.ShouldContain("not empty");
    }

    private static async Task<bool> AskAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        try
        {
            return await command.ExecuteScalarAsync() is true;
        }
        catch (PostgresException)
        {
            // The tables come and go under the question.
            return false;
        }
    }
}
