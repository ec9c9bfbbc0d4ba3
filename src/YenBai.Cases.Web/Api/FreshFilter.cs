using YenBai.Cases.Maintenance;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Api;

/// <summary><c>?fresh=true</c>: wait until the read models have passed the newest event at arrival, five seconds at most.</summary>
public sealed class FreshFilter(Freshness freshness) : IEndpointFilter
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(5);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (HttpMethods.IsGet(request.Method) && bool.TryParse(request.Query["fresh"], out var fresh) && fresh)
            await freshness.WaitAsync(AtMost, context.HttpContext.RequestAborted);
        return await next(context);
    }
}
