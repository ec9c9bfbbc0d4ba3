using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Accounts;

/// <summary>Signing in with an account that another authority keeps (OpenID Connect), where <c>Oidc:Authority</c> names one. It opens an account that is here under the same code, and makes none.</summary>
public sealed class OtherAuthority(IConfiguration configuration)
{
    public const string Scheme = "oidc";

    private const string Path = "/tai-khoan/oidc", BackPath = Path + "/ket-qua";

    public bool IsConfigured { get; } = Authority(configuration) is not null;

    public string Address(string? returnUrl) => $"{Path}?{Return.Parameter}={Uri.EscapeDataString(Return.Local(returnUrl))}";

    private static string? Authority(IConfiguration configuration) => configuration["Oidc:Authority"] is { Length: > 0 } authority ? authority : null;

    public static void Add(AuthenticationBuilder schemes, IConfiguration configuration)
    {
        if (Authority(configuration) is not { } authority) return;
        schemes
            .AddCookie(IdentityConstants.ExternalScheme, o =>
            {
                o.Cookie.Name = "cases.other";
                o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                o.ExpireTimeSpan = TimeSpan.FromMinutes(5);
            })
            .AddOpenIdConnect(Scheme, o =>
            {
                o.SignInScheme = IdentityConstants.ExternalScheme;
                (o.Authority, o.ClientId, o.ClientSecret) = (authority, configuration["Oidc:ClientId"], configuration["Oidc:ClientSecret"]);
                // The answer comes with an ordinary redirect, for which our cookies need not travel from other sites.
                (o.ResponseType, o.ResponseMode) = ("code", "query");
                (o.CorrelationCookie.SameSite, o.CorrelationCookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
                (o.NonceCookie.SameSite, o.NonceCookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
                o.UsePkce = true;
                o.MapInboundClaims = false;
                o.Scope.Clear();
                o.Scope.Add("openid");
                o.Scope.Add("profile");
                o.CallbackPath = Path + "/tra-loi";
                o.Events.OnRedirectToIdentityProvider = context =>
                {
                    if (context.HttpContext.RequestServices.GetRequiredService<PublicAddress>() is { Configured: not null } address)
                        context.ProtocolMessage.RedirectUri = address.Value + o.CallbackPath;
                    return Task.CompletedTask;
                };
                o.Events.OnRemoteFailure = context =>
                {
                    context.HandleResponse();
                    context.Response.Redirect($"{Schemes.SignInPath}?loi=khac");
                    return Task.CompletedTask;
                };
            });
    }

    public static void Map(WebApplication app)
    {
        if (!app.Services.GetRequiredService<OtherAuthority>().IsConfigured) return;
        app.MapGet(Path, (string? returnUrl) => Results.Challenge(new() { RedirectUri = $"{BackPath}?{Return.Parameter}={Uri.EscapeDataString(Return.Local(returnUrl))}" }, [Scheme]))
            .AllowAnonymous().ExcludeFromDescription();
        app.MapGet(BackPath, async (string? returnUrl, HttpContext context, UserManager<StaffAccount> users, SignInDesk desk) =>
        {
            var person = (await context.AuthenticateAsync(IdentityConstants.ExternalScheme)).Principal;
            var name = person?.FindFirstValue("preferred_username");
            await context.SignOutAsync(IdentityConstants.ExternalScheme);
            var account = name is null ? null : await users.FindByNameAsync(name);
            // RFC 8176: the authority asked for more than one factor.
            var answer = account is null ? null : await desk.OtherAuthorityAsync(account, person!.HasClaim("amr", "mfa"), context.RequestAborted);
            switch (answer?.Outcome)
            {
                case SignInOutcome.Passed:
                    await Entrance.EnterAsync(context, answer);
                    return Results.LocalRedirect(Return.Local(returnUrl));
                case SignInOutcome.CodeNeeded:
                    await Entrance.WaitForCodeAsync(context, account!);
                    return Results.LocalRedirect($"{Schemes.CodePath}?{Return.Parameter}={Uri.EscapeDataString(Return.Local(returnUrl))}");
                default:
                    return Results.LocalRedirect($"{Schemes.SignInPath}?loi=khac");
            }
        }).AllowAnonymous().ExcludeFromDescription();
    }
}
