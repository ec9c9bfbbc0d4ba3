using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Watch;

/// <summary>Texts of the watch list that are found under the common texts.</summary>
internal static class Configuration
{
    public static void AddWatchPages(this IServiceCollection services)
    {
        services.AddTexts<WatchTexts>();
    }
}
