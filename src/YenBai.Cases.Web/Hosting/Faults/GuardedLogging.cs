using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Web.Hosting.Faults;

/// <summary>
/// What every logger passes, whichever library writes: no exception reaches a log with its messages, and while the store is away,
/// what runs in the background does not write the same failure twice a second.
/// </summary>
public sealed class GuardedLogging(LoggerFactory inner, StoreState state) : ILoggerFactory
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<StoreState>();
        services.AddHostedService<StoreWatch>();
        services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(p => new GuardedLogging(
            new LoggerFactory(p.GetServices<ILoggerProvider>(), p.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>(), p.GetService<IOptions<LoggerFactoryOptions>>()),
            p.GetRequiredService<StoreState>())));
        // Each of these says again, with its message, what is logged where it is met.
        services.AddLogging(l => l
            .AddFilter("Microsoft.AspNetCore.Components.Server.Circuits.RemoteRenderer", LogLevel.None)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
    }

    public ILogger CreateLogger(string categoryName) => new Guarded(inner.CreateLogger(categoryName), IsInBackground(categoryName), this);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose() => inner.Dispose();

    /// <summary>What answers somebody is logged each time; all else goes on by itself when the store is back.</summary>
    private static bool IsInBackground(string category) =>
        !category.StartsWith("YenBai.Cases.Web", StringComparison.Ordinal) && !category.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) && !category.StartsWith("Microsoft.Hosting", StringComparison.Ordinal);

    private sealed class Guarded(ILogger logger, bool inBackground, GuardedLogging all) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!logger.IsEnabled(logLevel)) return;
            var away = StoreFault.Of(exception) == Fault.StoreAway;
            if (away) all.Saw(exception!);
            if (inBackground && logLevel >= LogLevel.Warning && (away || all.IsAway))
            {
                all.HoldBack();
                return;
            }
            logger.Log(logLevel, eventId, state, exception is null ? null : new LoggedException(exception, brief: away), (s, _) => formatter(s, null));
        }
    }

    private bool IsAway => state.IsAway;

    private void HoldBack() => state.HoldBack();

    private void Saw(Exception e)
    {
        if (state.Saw()) inner.CreateLogger(StoreState.Category).LogError("The store is away: {Fault}", FaultText.Short(e));
    }
}

/// <summary>Whether the store is away, as far as this process has noticed.</summary>
public sealed class StoreState
{
    public const string Category = "YenBai.Cases.Store";

    private readonly Lock gate = new();
    private TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long heldBack;

    public bool IsAway { get; private set; }

    /// <summary>Somebody met a store that is away.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Saw()
    {
        lock (gate)
        {
            if (IsAway) return false;
            IsAway = true;
            gone.TrySetResult();
            return true;
        }
    }

    public void HoldBack() => Interlocked.Increment(ref heldBack);

    public Task WaitUntilAwayAsync(CancellationToken cancellation)
    {
        lock (gate) return gone.Task.WaitAsync(cancellation);
    }

    /// <summary>The store answers again.</summary>
    /// <returns>How many lines were held back meanwhile.</returns>
    public long Return()
    {
        lock (gate)
        {
            IsAway = false;
            gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return Interlocked.Exchange(ref heldBack, 0);
        }
    }
}

/// <summary>While the store is away, asks until it answers, and says so.</summary>
public sealed class StoreWatch(StoreState state, Npgsql.NpgsqlDataSource source, TimeProvider clock, ILoggerFactory logs) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        var log = logs.CreateLogger(StoreState.Category);
        using var pulse = new PeriodicTimer(Pause);
        try
        {
            while (true)
            {
                await state.WaitUntilAwayAsync(stopping);
                var since = clock.GetTimestamp();
                while (await pulse.WaitForNextTickAsync(stopping) && !await AnswersAsync(stopping)) { }
                var held = state.Return();
                log.LogWarning("The store answers again after {Seconds:0} s; {Lines} lines about it were held back", clock.GetElapsedTime(since).TotalSeconds, held);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            await using var command = source.CreateCommand("select 1");
            await command.ExecuteScalarAsync(cancellation);
            return true;
        }
        catch (Exception e) when (StoreFault.Of(e) is not null)
        {
            return false;
        }
    }
}
