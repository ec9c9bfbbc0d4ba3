using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using YenBai.Cases.Composition;
using YenBai.Cases.Web.Hosting;
using YenBai.Cases.Web.Postgres;

namespace YenBai.Cases.Bench;

/// <summary>The product's services on a database, as the command line has them.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly IHost host;
    private readonly PrivatePostgres.ScratchDatabase? scratch;

    private Store(IHost host, string owner, PrivatePostgres.ScratchDatabase? scratch) => (this.host, Source, this.scratch) = (host, NpgsqlDataSource.Create(owner), scratch);

    /// <summary>The owner's.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>An empty store, gone when it is disposed of.</summary>
    /// <param name="serve">Run the projections.</param>
    public static async Task<Store> ScratchAsync(PrivatePostgres postgres, bool serve = true)
    {
        var scratch = await postgres.CreateScratchDatabaseAsync();
        return await OpenAsync(scratch.ConnectionString, serve, scratch);
    }

    public static async Task<Store> OpenAsync(string connection, bool serve = true, PrivatePostgres.ScratchDatabase? scratch = null, TimeProvider? clock = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = [] });
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        // The owner's connection stays the benchmark's own, for what it prepares; the product runs as it does elsewhere.
        var access = new StoreAccess(PrivatePostgres.RunTimeOf(connection), connection);
        await StorePreparation.EnsureAsync(access, CancellationToken.None);
        builder.Services.AddCases(access.RunTime, Path.Combine(Path.GetTempPath(), $"yenbai-cases-erasures-{Environment.ProcessId}.csv"));
        if (clock is not null) builder.Services.AddSingleton(clock);
        var host = builder.Build();
        await host.StartAsync();
        // What remains is the schema.
        if (!serve) await host.StopAsync();
        return new(host, connection, scratch);
    }

    public T Get<T>() where T : notnull => host.Services.GetRequiredService<T>();

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        else host.Dispose();
        await Source.DisposeAsync();
        if (scratch is not null) await scratch.DisposeAsync();
    }

    /// <summary>Seconds that something takes.</summary>
    public static async Task<double> SecondsAsync(Func<Task> what)
    {
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        await what();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
