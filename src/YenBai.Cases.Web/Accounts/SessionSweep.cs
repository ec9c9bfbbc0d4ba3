namespace YenBai.Cases.Web.Accounts;

/// <summary>Once a day, what is left of old sessions goes.</summary>
public sealed class SessionSweep(Sessions sessions, TimeProvider clock, ILogger<SessionSweep> log) : BackgroundService
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await sessions.SweepAsync(stopping);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning(e, "Old sessions could not be removed; the next attempt is in a day");
            }
            await Task.Delay(Day, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
