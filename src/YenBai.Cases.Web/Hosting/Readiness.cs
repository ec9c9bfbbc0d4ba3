using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Net.Http.Headers;
using Npgsql;
using YenBai.Cases.Composition;
using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Web.Hosting;

/// <summary>Whether the process lives, and whether it can answer truthfully: for a load balancer and for the operator.</summary>
public static class Readiness
{
    private const string Ready = "ready";

    public static void AddReadiness(this IServiceCollection services)
    {
        services.AddSingleton<ProjectionHealth>();
        services.AddHealthChecks()
            .AddCheck<StoreHealth>("store", tags: [Ready], timeout: TimeSpan.FromSeconds(5))
            .AddCheck<ProjectionHealth>("projections", tags: [Ready], timeout: TimeSpan.FromSeconds(5));
    }

    /// <summary>Before anybody is asked who they are: that is asked of the store, and a probe must be answered while the store is away.</summary>
    public static void UseReadiness(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Request.Path.StartsWithSegments("/health"))
        {
            context.Request.Headers.Remove(HeaderNames.Authorization);
            context.Request.Headers.Remove(HeaderNames.Cookie);
        }
        return next(context);
    });

    public static void MapReadiness(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = (context, _) => context.Response.WriteAsJsonAsync(new { Status = "alive" }, context.RequestAborted) }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = c => c.Tags.Contains(Ready), ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            Status = report.Status == HealthStatus.Unhealthy ? "not_ready" : "ready",
            Checks = report.Entries.Select(e => new { Name = e.Key, Ok = e.Value.Status != HealthStatus.Unhealthy, Reason = e.Value.Description, e.Value.Data }),
        },
        JsonSerializerOptions.Web, context.RequestAborted);
}

/// <summary>The store is reachable and has the tables and columns that this version reads. Whether its record can be changed from here is reported with it.</summary>
public sealed class StoreHealth(StoreProbe probe, NpgsqlDataSource source) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            if (await probe.AskAsync(cancellationToken) is { } wrong) return HealthCheckResult.Unhealthy(wrong);
            return await DatabaseRoles.CanRewriteAsync(source, cancellationToken)
                ? HealthCheckResult.Degraded("record_not_append_only", data: new Dictionary<string, object> { ["advice"] = "ConnectionStrings__cases_owner" })
                : HealthCheckResult.Healthy();
        }
        catch (OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("store_slow");
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("store_unreachable");
        }
    }
}

/// <summary>
/// The read models follow the events: somebody projects, nothing is paused, and what is behind grows less. A process that
/// does not project says so and stays in rotation: its requests are answered, and no other one would answer them better.
/// </summary>
public sealed class ProjectionHealth(ProjectionHost host, Freshness freshness, TimeProvider clock, IConfiguration configuration) : IHealthCheck
{
    public const long LagEvents = 50_000;

    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private long stoodAt = -1;
    private DateTimeOffset since;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        StoreProgress progress;
        try
        {
            progress = await freshness.ReadAsync(cancellationToken);
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or OperationCanceledException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("store_unreachable");
        }
        var now = clock.GetUtcNow();
        var standing = StandingFor(progress, now);
        var data = new Dictionary<string, object>
        {
            ["newest"] = progress.Newest,
            ["lag"] = progress.Lag,
            ["projectsHere"] = host.Daemon is not null,
        };
        var own = now - host.LastLooked > Silent ? "projection_host_silent" : IsPaused() ? "projection_paused" : null;
        var lag =
            progress.Lag > configuration.GetValue("Cases:ReadyLagEvents", LagEvents) ? "projections_far_behind"
            : standing > Stuck ? "projections_stand_still"
            : null;
        if (own is not null || (lag is not null && host.Daemon is not null)) return HealthCheckResult.Unhealthy(own ?? lag, data: data);
        return lag is null ? HealthCheckResult.Healthy(data: data) : HealthCheckResult.Degraded(lag, data: data);
    }

    private bool IsPaused()
    {
        try
        {
            return host.Daemon?.HasAnyPaused() == true;
        }
        catch (ObjectDisposedException)
        {
            // It has just handed the store over to another process.
            return false;
        }
    }

    /// <summary>How long the slowest projection has not moved although there were newer events.</summary>
    private TimeSpan StandingFor(StoreProgress progress, DateTimeOffset now)
    {
        lock (gate)
        {
            var at = progress.Newest - progress.Lag;
            if (progress.Lag == 0) stoodAt = -1;
            else if (at != stoodAt) (stoodAt, since) = (at, now);
            return stoodAt < 0 ? TimeSpan.Zero : now - since;
        }
    }
}
