using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace YenBai.Cases.Web.Gate;

/// <summary>
/// How often one person may search: <c>Limits:SearchesPerMinute</c>. Far more than anybody types, far less than it takes to
/// go through all names or numbers there could be.
/// </summary>
public static class SearchLimit
{
    private const int AMinute = 1200;

    public static void AddSearchLimit(this IServiceCollection services) => services.Configure<RateLimiterOptions>(o =>
        o.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => !Searches(context.Request)
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetTokenBucketLimiter(context.User.Identity?.Name ?? "", _ =>
            {
                var most = context.RequestServices.GetRequiredService<IConfiguration>().GetValue("Limits:SearchesPerMinute", AMinute);
                return new() { TokenLimit = most, TokensPerPeriod = Math.Max(1, most / 60), ReplenishmentPeriod = TimeSpan.FromSeconds(1) };
            })));

    private static bool Searches(HttpRequest request) =>
        (request.Path.StartsWithSegments("/api/households") && request.Query.ContainsKey("search")) || (request.Path.StartsWithSegments(Addresses.Households) && request.Query.ContainsKey("q"));
}
