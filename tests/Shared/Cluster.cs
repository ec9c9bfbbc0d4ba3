using Npgsql;
using YenBai.Cases.Web.Hosting;
using YenBai.Cases.Web.Postgres;

namespace YenBai.Cases.Testing;

/// <summary>The one PostgreSQL of a test run; it goes when the run ends.</summary>
internal static class Cluster
{
    private static readonly Lazy<Task<PrivatePostgres>> Running = new(StartAsync);
    private static readonly Lazy<Task<string>> Prepared = new(PrepareAsync);

    public static Task<PrivatePostgres> GetAsync() => Running.Value;

    /// <summary>A store of this version without anything in it, as a copy of one that was made once.</summary>
    public static async Task<PrivatePostgres.ScratchDatabase> CreateStoreAsync()
    {
        var template = new NpgsqlConnectionStringBuilder(await Prepared.Value);
        var name = $"scratch_{Guid.NewGuid():N}";
        await ExecuteAsync($"create database {name} template {template.Database}");
        var connection = new NpgsqlConnectionStringBuilder(template.ConnectionString) { Database = name };
        return new(connection.ConnectionString, () => ExecuteAsync($"drop database if exists {name} with (force)"));
    }

    private static async Task<PrivatePostgres> StartAsync()
    {
        // Never the PostgreSQL of a data directory that somebody uses: this one does without fsync.
        var given = Environment.GetEnvironmentVariable("Cases__DataDirectory");
        var directory = given is { Length: > 0 } ? Directory.CreateDirectory(Path.Combine(given, $"tests-{Environment.ProcessId}")).FullName : Directory.CreateTempSubdirectory("yenbai-cases-test-").FullName;
        var postgres = await PrivatePostgres.JoinAsync(directory, _ => { });
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            postgres.DisposeAsync().AsTask().GetAwaiter().GetResult();
            Directory.Delete(directory, recursive: true);
        };
        // What a test stores need not outlive the machine.
        await ExecuteAsync(postgres, "alter system set fsync = off");
        await ExecuteAsync(postgres, "select pg_reload_conf()");
        return postgres;
    }

    private static async Task<string> PrepareAsync()
    {
        var database = await (await GetAsync()).CreateScratchDatabaseAsync();
        await StorePreparation.EnsureAsync(new(PrivatePostgres.RunTimeOf(database.ConnectionString), database.ConnectionString), CancellationToken.None);
        // Nobody may be connected to what is copied.
        NpgsqlConnection.ClearAllPools();
        return database.ConnectionString;
    }

    private static async Task ExecuteAsync(string sql) => await ExecuteAsync(await GetAsync(), sql);

    private static async Task ExecuteAsync(PrivatePostgres postgres, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}
