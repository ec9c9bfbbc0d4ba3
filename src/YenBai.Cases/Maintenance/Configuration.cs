using Microsoft.Extensions.DependencyInjection;

namespace YenBai.Cases.Maintenance;

public static class MaintenanceConfiguration
{
    public static IServiceCollection AddMaintenance(this IServiceCollection services)
    {
        services.AddSingleton<Freshness>();
        services.AddSingleton<Rebuild>();
        services.AddSingleton<Verification>();
        services.AddSingleton<StoreProbe>();
        return services;
    }
}
