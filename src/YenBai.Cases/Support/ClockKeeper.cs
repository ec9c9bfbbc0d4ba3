using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace YenBai.Cases.Support;

/// <summary>
/// Winds the clock: at the start, so that a backlog is worked off, and every few minutes, so that a new day and whatever
/// was entered late come to their consequences. A round that finds nothing costs two look-ups in an index.
/// </summary>
public sealed class ClockKeeper(ClockWork work, TimeProvider clock, ILogger<ClockKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var pulse = new PeriodicTimer(Pause, clock);
        do
        {
            try
            {
                if (await work.RunAsync(null, stopping) is { } round && round != new ClockRound(0, 0, 0, 0, 0)) log.LogInformation("The clock struck: {Round}", round);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning(e, "The clock's round failed; the next one goes on from there");
            }
        }
        while (!stopping.IsCancellationRequested && await pulse.WaitForNextTickAsync(stopping));
    }
}
