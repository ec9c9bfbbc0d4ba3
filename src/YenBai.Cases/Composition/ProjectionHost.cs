using JasperFx.Events.Daemon;
using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Composition;

/// <summary>
/// Runs the projections in this process while it holds the store's lease, so that there are never two daemons on one
/// store: the server and the command line take turns. The daemon has connections of its own, which end with the lease.
/// Why not Marten's HotCold: ops/docs/decisions.
/// </summary>
public sealed class ProjectionHost(ProjectorLease lease, TimeProvider clock, IEnumerable<IReadModel> models, IEnumerable<StoreSetup> setups, ILogger<ProjectionHost> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);

    /// <summary>The daemon, while this process is the one that projects.</summary>
    public IProjectionDaemon? Daemon { get; private set; }

    /// <summary>When the lease was last seen to be ours or another process's: a host that no longer looks is dead.</summary>
    public DateTimeOffset LastLooked { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var pulse = new PeriodicTimer(Pause, clock);
        string? failed = null;
        do
        {
            try
            {
                await ProjectWhileHoldingTheLeaseAsync(pulse, stopping);
                failed = null;
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                // An outage is one line, not one every half second.
                if (failed != e.Message) log.LogWarning("The projections stopped and are started again: {Reason}", failed = e.Message);
            }
        }
        while (!stopping.IsCancellationRequested && await pulse.WaitForNextTickAsync(stopping));
    }

    private async Task ProjectWhileHoldingTheLeaseAsync(PeriodicTimer pulse, CancellationToken stopping)
    {
        long? token;
        while ((token = await lease.TryTakeAsync(stopping)) is null)
        {
            LastLooked = clock.GetUtcNow();
            await pulse.WaitForNextTickAsync(stopping);
        }

        await using var source = NpgsqlDataSource.Create(lease.ConnectionUnder(token.Value));
        var options = new StoreOptions();
        CasesStore.Configure(options, source, clock, [.. models], setups);
        using var store = new DocumentStore(options);
        using var daemon = await store.BuildProjectionDaemonAsync(logger: log);
        try
        {
            await daemon.StartAllAsync();
            Daemon = daemon;
            // Anyone who cannot confirm the lease stops at once, and does so before the next one may take it over.
            while (await lease.ConfirmAsync(token.Value, stopping))
            {
                LastLooked = clock.GetUtcNow();
                await pulse.WaitForNextTickAsync(stopping);
            }
            log.LogWarning("Another process has taken over the projections");
        }
        finally
        {
            Daemon = null;
            await StopAsync(daemon);
            await lease.ReleaseAsync(token.Value);
        }
    }

    /// <summary>A daemon whose connection hangs does not end by being asked to; its token ends then.</summary>
    private async Task StopAsync(IProjectionDaemon daemon)
    {
        try
        {
            await daemon.StopAllAsync().WaitAsync(LongestStop, clock);
        }
        catch (TimeoutException)
        {
            log.LogWarning("The projections did not stop within {Seconds} s", LongestStop.TotalSeconds);
        }
    }
}
