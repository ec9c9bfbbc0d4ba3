using Microsoft.AspNetCore.Localization;

namespace YenBai.Cases.Web.Gate;

/// <summary>Language and light of a reader: links that set a cookie and lead back to the page.</summary>
public static class Preferences
{
    public const string DarkCookie = "dark";

    private static readonly CookieOptions Kept = new() { MaxAge = TimeSpan.FromDays(400), HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true };

    public static void MapPreferences(this WebApplication app)
    {
        app.MapGet("/preferences/language/{language}", (string language, string? back, HttpContext context) =>
        {
            if (language is "vi" or "en")
                context.Response.Cookies.Append(
                    CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)), Kept);
            return BackTo(back);
        }).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/preferences/light/{light}", (string light, string? back, HttpContext context) =>
        {
            if (light is "dark" or "light") context.Response.Cookies.Append(DarkCookie, light == "dark" ? "1" : "0", Kept);
            return BackTo(back);
        }).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>What the reader chose, else what the browser says that the reader's system has.</summary>
    public static bool IsDark(HttpContext? context) =>
        context?.Request.Cookies[DarkCookie] is { } chosen ? chosen == "1" : context?.Request.Headers["Sec-CH-Prefers-Color-Scheme"].ToString() == "dark";

    private static IResult BackTo(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\') && !path.Any(char.IsControl) ? TypedResults.LocalRedirect(path) : TypedResults.LocalRedirect("/");
}
