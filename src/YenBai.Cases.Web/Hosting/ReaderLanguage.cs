using Microsoft.AspNetCore.Localization;

namespace YenBai.Cases.Web.Hosting;

/// <summary>
/// Vietnamese, unless the reader chose English. What a browser asks for counts for programs alone: many an officer's
/// machine speaks English and its user does not.
/// </summary>
public static class ReaderLanguage
{
    public static void UseReaderLanguage(this WebApplication app) => app.UseRequestLocalization(o =>
    {
        o.SetDefaultCulture("vi").AddSupportedCultures("vi", "en").AddSupportedUICultures("vi", "en");
        o.ApplyCurrentCultureToResponseHeaders = true;
        var asked = new AcceptLanguageHeaderRequestCultureProvider { Options = o };
        o.RequestCultureProviders =
        [
            new CookieRequestCultureProvider { Options = o },
            new CustomRequestCultureProvider(c => c.Request.Path.StartsWithSegments("/api") ? asked.DetermineProviderCultureResult(c) : Task.FromResult<ProviderCultureResult?>(null)),
        ];
    });
}
