using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using YenBai.Cases.Access;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Accounts;

/// <summary>
/// Anonymous requests may only sign in; a request that still needs a second factor may only set it up; a request without a grant for
/// the operation gets 403. How far an operation reaches is decided where the work is done.
/// </summary>
public static class AccessMiddleware
{
    /// <summary>After authentication.</summary>
    public static void UseAccessControl(this WebApplication app) => app.Use(PassAsync);

    private static async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        // What is not there is not there for anybody.
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            await next(context);
            return;
        }
        if (context.User.Identity is not { IsAuthenticated: true, Name: { Length: > 0 } name })
        {
            await ChallengeAsync(context);
            return;
        }
        var actor = await context.RequestServices.GetRequiredService<StaffDesk>().ActorAsync(name, context.Connection.RemoteIpAddress?.ToString(), context.RequestAborted);
        context.Features.Set(actor);
        var standing = await context.RequestServices.GetRequiredService<SecondFactor>().StandingAsync(context.User, actor);
        context.Features.Set(new SecondFactorNotice.Standing(standing));
        if (standing.Duty == SecondFactorDuty.Needed && endpoint.Metadata.GetMetadata<WithoutSecondFactorAttribute>() is null)
        {
            await SecondFactor.RefuseAsync(context);
            return;
        }
        // An endpoint that does not say what it needs is nobody's; the circuit of a page says it page by page, and what routing
        // itself answers (a wrong method, a wrong kind of body) tells nothing.
        var needs = endpoint.Metadata.GetMetadata<NeedsAttribute>()
            ?? (endpoint is not RouteEndpoint || endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null || context.Request.Path.StartsWithSegments("/_blazor") ? new NeedsAttribute() : null);
        if (needs is null || (needs.Operation is { } operation && !actor.May(operation)))
        {
            if (ApiErrors.Concern(context)) await context.RequestServices.GetRequiredService<Problems>().Of(StatusCodes.Status403Forbidden, "not_permitted").ExecuteAsync(context);
            else context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        await next(context);
    }

    /// <summary>A program is told that it must sign in; a person is led to where they can.</summary>
    private static async Task ChallengeAsync(HttpContext context)
    {
        if (!ApiErrors.Concern(context))
        {
            await context.ChallengeAsync();
            return;
        }
        await Door.NotSignedIn(context);
    }
}
