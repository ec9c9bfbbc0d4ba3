using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Support;

/// <summary>Services and texts of the pages of support.</summary>
internal static class Configuration
{
    public static void AddSupportPages(this IServiceCollection services)
    {
        services.AddTexts<SupportTexts>();
        services.AddSingleton<SupportScreenWords>();
    }
}
