namespace YenBai.Cases.Web.Components.ExitDurability;

/// <summary>Services of the page of durability.</summary>
internal static class Configuration
{
    public static void AddExitDurabilityPages(this IServiceCollection services)
    {
        services.AddSingleton<DurabilityWords>();
    }
}
