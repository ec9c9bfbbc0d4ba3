using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Accounts;

/// <summary>What every request passes: who it is, asked of the store; and that no other site sends it.</summary>
public static class Door
{
    /// <summary>After this <see cref="HttpContext.User"/> is somebody who is signed in at this moment, or nobody.</summary>
    public static void UseDoor(this WebApplication app)
    {
        app.UseAuthentication();
        app.Use(async (context, next) =>
        {
            if (context.User.Identity?.IsAuthenticated == true)
            {
                var person = await context.RequestServices.GetRequiredService<Sessions>().CheckAsync(context.User, context.RequestAborted);
                if (person is null && context.User.Identity.AuthenticationType == Schemes.Cookie) await context.SignOutAsync(Schemes.Cookie);
                context.User = person ?? new ClaimsPrincipal(new ClaimsIdentity());
            }
            if (!IsFromElsewhere(context)) await next(context);
            else await Refuse(context, StatusCodes.Status403Forbidden, "cross_site");
        });
        app.UseAuthorization();
        app.UseRateLimiter();
    }

    /// <summary>
    /// A browser sends our cookie along with what another site makes it send: a write, and a circuit, which is one however it begins (a
    /// WebSocket's handshake and a long poll are GETs). It always says where those come from; a program need not, and what brings a token
    /// is no browser's doing. Antiforgery tokens of pages and uploads apply in addition.
    /// </summary>
    private static bool IsFromElsewhere(HttpContext context)
    {
        var request = context.Request;
        if (!request.Path.StartsWithSegments("/_blazor") && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || Schemes.HasToken(request))) return false;
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site && site is not ("same-origin" or "none")) return true;
        return request.Headers.Origin.ToString() is { Length: > 0 } origin && !context.RequestServices.GetRequiredService<PublicAddress>().IsOwnOrigin(origin, request);
    }

    /// <summary>At sign-out: what our pages kept in the browser goes. Its cookies stay, which hold the language and that the device is known.</summary>
    internal static void ForgetInBrowser(HttpContext context) => context.Response.Headers["Clear-Site-Data"] = "\"storage\"";

    /// <summary>Nobody is signed in; an expired token says so (RFC 6750).</summary>
    internal static Task NotSignedIn(HttpContext context)
    {
        var expired = Schemes.HasExpiredToken(context);
        context.Response.Headers.WWWAuthenticate = expired ? "Bearer error=\"invalid_token\", error_description=\"The access token expired\"" : "Bearer";
        return Refuse(context, StatusCodes.Status401Unauthorized, expired ? "token_expired" : "not_signed_in");
    }

    internal static Task Refuse(HttpContext context, int status, string code) => Problem(context, status, code).ExecuteAsync(context);

    internal static ProblemHttpResult Problem(HttpContext context, int status, string code)
    {
        var texts = context.RequestServices.GetRequiredService<IStringLocalizer<AccountTexts>>();
        return context.RequestServices.GetRequiredService<Problems>().Worded(status, code, null, texts[$"refusal.{code}"]);
    }
}

/// <summary>A program is told in its own way that it must sign in or may not; a person is led to the page for it.</summary>
public sealed class DoorAnswers : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler pages = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult result)
    {
        if (result.Succeeded || !ApiErrors.Concern(context)) return pages.HandleAsync(next, context, policy, result);
        if (result.Forbidden) return Door.Refuse(context, StatusCodes.Status403Forbidden, "not_permitted");
        return Door.NotSignedIn(context);
    }
}
