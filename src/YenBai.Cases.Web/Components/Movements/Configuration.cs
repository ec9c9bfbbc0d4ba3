namespace YenBai.Cases.Web.Components.Movements;

/// <summary>Services of the page of movements and of its file.</summary>
internal static class Configuration
{
    public static void AddMovementPages(this IServiceCollection services)
    {
        services.AddSingleton<MovementWords>();
        services.AddSingleton<MovementFile>();
    }
}
