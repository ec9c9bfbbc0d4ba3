using YenBai.Cases.Access;

namespace YenBai.Cases.Web.Hosting;

/// <summary>Looks once a minute whether somebody reads too much. What it raises is on record; the log says who and how much.</summary>
public sealed class ReadingWatch(ReadingAlarms alarms, TimeProvider clock, ILogger<ReadingWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var pulse = new PeriodicTimer(Pause, clock);
        while (await pulse.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var alarm in await alarms.CheckAsync(stoppingToken)) log.LogWarning("Much was read: {Alarm}", alarm);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(e, "The volume of reading could not be checked; the next minute checks again");
            }
        }
    }

    /// <summary>The limits by role, where the configuration says other than the defaults: <c>ReadingLimits:manager:PerHour</c>.</summary>
    public static ReadingLimits Limits(IConfiguration configuration)
    {
        var section = configuration.GetSection("ReadingLimits");
        return new(ReadingLimits.Default.ByRole.ToDictionary(l => l.Key, l => new ReadingLimit(
            section.GetValue($"{l.Key}:PerHour", l.Value.PerHour), section.GetValue($"{l.Key}:PerDay", l.Value.PerDay))));
    }
}
