using YenBai.Cases.Erasure;

namespace YenBai.Cases.Web.Components.Privacy;

/// <summary>Before the first page is served: what the list says was erased is erased in this store, too.</summary>
public sealed class ReplayAtStart(Erasures erasures, ILogger<ReplayAtStart> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellation)
    {
        var replay = await erasures.ReconcileAsync(cancellation);
        if (replay.Again > 0) log.LogWarning("{Count} erasures were on the list and not in the store: erased again", replay.Again);
    }

    public Task StopAsync(CancellationToken cancellation) => Task.CompletedTask;
}
