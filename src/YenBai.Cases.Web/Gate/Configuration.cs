namespace YenBai.Cases.Web.Gate;

/// <summary>Refusals, the kind of store and the limit of searches.</summary>
internal static class Configuration
{
    public static void AddGate(this IServiceCollection services)
    {
        services.AddSingleton<Problems>();
        services.AddSingleton<StoreKind>();
        services.AddSearchLimit();
    }
}
