using JasperFx.Events.Daemon;
using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace YenBai.Cases.Storage;

/// <summary>
/// Runs the projections in this process while it holds the store's lock, so that there are never two daemons on one
/// store: the server and the command line take turns. The lock is a session's advisory lock and dies with its process.
/// (Marten's own HotCold lock needs a patched DistributedLock.Postgres that not every feed has.)
/// </summary>
public sealed class ProjectionHost(IDocumentStore store, NpgsqlDataSource source, TimeProvider clock, ILogger<ProjectionHost> log) : BackgroundService
{
    private const long Lock = 0x5942_4361_7365_7331; // "YBCases1"

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>The daemon, while this process is the one that projects.</summary>
    public IProjectionDaemon? Daemon { get; private set; }

    /// <summary>When the lock was last seen to be ours or another process's: a host that no longer looks is dead.</summary>
    public DateTimeOffset LastLooked { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var pulse = new PeriodicTimer(Pause, clock);
        do
        {
            try
            {
                await ProjectWhileHoldingTheLockAsync(pulse, stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning(e, "The projections stopped; they are started again");
            }
        }
        while (!stopping.IsCancellationRequested && await pulse.WaitForNextTickAsync(stopping));
    }

    private async Task ProjectWhileHoldingTheLockAsync(PeriodicTimer pulse, CancellationToken stopping)
    {
        await using var connection = await source.OpenConnectionAsync(stopping);
        while (!await AskAsync(connection, $"select pg_try_advisory_lock({Lock})", stopping))
            await pulse.WaitForNextTickAsync(stopping);

        using var daemon = await store.BuildProjectionDaemonAsync(logger: log);
        try
        {
            await daemon.StartAllAsync();
            Daemon = daemon;
            // Losing the connection is losing the lock: the question then throws, and the daemon stops.
            while (await AskAsync(connection, "select true", stopping)) await pulse.WaitForNextTickAsync(stopping);
        }
        finally
        {
            Daemon = null;
            await daemon.StopAllAsync();
            if (connection.State == System.Data.ConnectionState.Open)
                await AskAsync(connection, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    private async Task<bool> AskAsync(NpgsqlConnection connection, string question, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(question, connection);
        var answer = await command.ExecuteScalarAsync(cancellation) is true;
        LastLooked = clock.GetUtcNow();
        return answer;
    }
}
