using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace YenBai.Cases.Web.Accounts;

/// <summary>A token for programs, a cookie for screens; whichever a request brings.</summary>
public static class Schemes
{
    public const string Either = "either", Cookie = "cookie", Token = BearerTokenDefaults.AuthenticationScheme;
    public const string SignInPath = "/tai-khoan/dang-nhap", CodePath = "/tai-khoan/ma-xac-thuc", ProfilePath = "/tai-khoan/ho-so", SecondFactorPath = "/tai-khoan/xac-thuc-hai-buoc", ConfirmPath = "/tai-khoan/xac-nhan";

    /// <summary>A cookie serves a working day after its last use and a week in all; tokens of one sign-in can be renewed for two weeks in all.</summary>
    public static readonly TimeSpan CookieLasts = TimeSpan.FromHours(12), CookieEnds = TimeSpan.FromDays(7), TokenLasts = TimeSpan.FromMinutes(15), RefreshLasts = TimeSpan.FromDays(14);

    public static string ConfirmAddress(string returnUrl) => $"{ConfirmPath}?{Return.Parameter}={Uri.EscapeDataString(returnUrl)}";

    public static string SignInAddress(string? returnUrl) => $"{SignInPath}?{Return.Parameter}={Uri.EscapeDataString(Return.Local(returnUrl))}";

    public static bool HasToken(HttpRequest request) => request.Headers.Authorization.Count > 0;

    /// <summary>Whether a request brings a token of ours whose time is over: to be renewed, where without one somebody must sign in.</summary>
    public static bool HasExpiredToken(HttpContext context)
    {
        const string Prefix = "Bearer ";
        if (context.Request.Headers.Authorization.ToString() is not { } header || !header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return false;
        var options = context.RequestServices.GetRequiredService<IOptionsMonitor<BearerTokenOptions>>().Get(Token);
        return options.BearerTokenProtector.Unprotect(header[Prefix.Length..].Trim())?.Properties.ExpiresUtc <= context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
    }

    public static AuthenticationBuilder AddSchemes(this IServiceCollection services) => services
        .AddAuthentication(Either)
        .AddPolicyScheme(Either, null, o => o.ForwardDefaultSelector = context => HasToken(context.Request) ? Token : Cookie)
        .AddBearerToken(Token, o => (o.BearerTokenExpiration, o.RefreshTokenExpiration) = (TokenLasts, RefreshLasts))
        .AddCookie(Cookie, o =>
        {
            o.Cookie.Name = "cases";
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.ExpireTimeSpan = CookieLasts;
            o.SlidingExpiration = true;
            o.LoginPath = SignInPath;
            o.ReturnUrlParameter = Return.Parameter;
            o.Events.OnRedirectToAccessDenied = context =>
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
            o.Events.OnCheckSlidingExpiration = context => context.ShouldRenew
                ? context.HttpContext.RequestServices.GetRequiredService<Sessions>().ProlongAsync(context.Principal!, context.HttpContext.RequestAborted)
                : Task.CompletedTask;
        })
        // Between the two steps of a sign-in: who gave the right password, and what a passkey was asked.
        .AddCookie(IdentityConstants.TwoFactorUserIdScheme, o =>
        {
            o.Cookie.Name = "cases.step";
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.ExpireTimeSpan = TimeSpan.FromMinutes(5);
        });
}

/// <summary>Where a person goes after signing in: to a page of ours, whatever the address says.</summary>
public static class Return
{
    public const string Parameter = "ReturnUrl";

    public static string Local(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\') && !path.Any(char.IsControl) ? path : "/";
}
