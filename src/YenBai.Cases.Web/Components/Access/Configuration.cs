namespace YenBai.Cases.Web.Components.Access;

/// <summary>Services of the pages about accounts, grants and readings.</summary>
internal static class Configuration
{
    public static void AddAccessPages(this IServiceCollection services)
    {
        services.AddSingleton<AccessWords>();
        services.AddSingleton<ReadingWords>();
    }
}
