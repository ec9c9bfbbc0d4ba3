using System.Runtime.Versioning;
using Npgsql;
using YenBai.Cases.Commands;
using YenBai.Cases.Erasure;
using YenBai.Cases.Privacy;
using YenBai.Cases.Visits;
using YenBai.Cases.Web.Hosting;
using YenBai.Cases.Web.Postgres;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Privacy;

/// <summary>A backup from before an erasure does not bring the person back.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RestoreFacts : IClassFixture<TestStore>, IDisposable
{
    private const string Name = "Vàng Thị Xía";

    private readonly TestStore store;
    private readonly TextWriter console = Console.Out;
    private readonly StringWriter said = new();

    public RestoreFacts(TestStore store)
    {
        this.store = store;
        Console.SetOut(said);
    }

    public void Dispose()
    {
        Console.SetOut(console);
        Environment.SetEnvironmentVariable("ConnectionStrings__cases", null);
        Environment.SetEnvironmentVariable("Cases__DataDirectory", null);
    }

    private async Task<int> RunAsync(string connection, string data, params string[] args)
    {
        Environment.SetEnvironmentVariable("ConnectionStrings__cases", connection);
        Environment.SetEnvironmentVariable("Cases__DataDirectory", data);
        return await CommandLine.RunAsync(args);
    }

    [Fact]
    public async Task A_backup_restored_after_an_erasure_is_erased_again()
    {
        var (erased, kept) = (TestStore.NewCode(), TestStore.NewCode());
        await store.RegisterAsync(erased, Name);
        await store.RegisterAsync(kept, "Hà Văn Tư");
        await store.SubmitAsync(erased, 1, new RecordVisit(new(2024, 6, 1), $"{Name} đi vắng"));
        var backup = Path.Combine(store.Directory, "backup");
        (await RunAsync(store.ConnectionString, store.DataDirectory, "backup", backup)).ShouldBe(0);
        store.Clock.Now = store.Clock.Now.AddHours(1);
        (await store.SubmitAsync(erased, 2, new ErasePersonalData(new(2024, 6, 15), null))).Reception.ShouldBe(Reception.Accepted);

        await using var bare = await (await Cluster.GetAsync()).CreateScratchDatabaseAsync();
        await using (var plain = NpgsqlDataSource.Create(bare.ConnectionString))
        {
            // Without the list the name is there: the backup is older than the erasure.
            (await RunAsync(bare.ConnectionString, Path.Combine(store.Directory, "elsewhere"), "restore", backup)).ShouldBe(0);
            (await Traces.InTablesAsync(plain, Name)).ShouldNotBeEmpty();
        }

        await using var empty = await (await Cluster.GetAsync()).CreateScratchDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(empty.ConnectionString);
        (await RunAsync(empty.ConnectionString, Path.Combine(store.Directory, "new"), "restore", backup, "--erasures", store.Get<ErasureList>().Path)).ShouldBe(0);

        said.ToString().ShouldContain("erased again 1, already erased 0, not in this store 0");
        (await Traces.InTablesAsync(source, Name)).ShouldBeEmpty();
        (await Traces.InTablesAsync(source, "Hà Văn Tư")).ShouldNotBeEmpty();
        // The new data directory has the list, for the next restore.
        new ErasureList(Path.Combine(store.Directory, "new", "erasures.csv")).Read().Select(e => e.Household).ShouldBe([Ids.Household(erased)]);
        (await RunAsync(empty.ConnectionString, store.DataDirectory, "restore", backup, "--erasures", "missing.csv")).ShouldBe(1);
    }
}
