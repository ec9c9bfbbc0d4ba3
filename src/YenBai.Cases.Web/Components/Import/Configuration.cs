namespace YenBai.Cases.Web.Components.Import;

/// <summary>Services of the pages of import.</summary>
internal static class Configuration
{
    public static void AddImportPages(this IServiceCollection services)
    {
        services.AddSingleton<ImportFolders>();
        services.AddSingleton<ImportDesk>();
    }
}
