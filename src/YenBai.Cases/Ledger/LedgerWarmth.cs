using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace YenBai.Cases.Ledger;

/// <summary>Reads the ledger when the server has started, so that the first to ask does not wait for it.</summary>
public sealed class LedgerWarmth(LedgerReader ledger, ILogger<LedgerWarmth> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        try
        {
            await ledger.ReadAsync(null, stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            log.LogWarning(e, "The ledger could not be read ahead; the first question reads it");
        }
    }
}
