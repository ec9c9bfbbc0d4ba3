namespace YenBai.Cases.Web.Components.RowLevel;

/// <summary>Services of the published list.</summary>
internal static class Configuration
{
    public static void AddRowLevelPages(this IServiceCollection services)
    {
        services.AddSingleton<CoarseExport>();
    }
}
