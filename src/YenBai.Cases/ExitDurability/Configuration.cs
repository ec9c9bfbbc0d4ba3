using Microsoft.Extensions.DependencyInjection;

namespace YenBai.Cases.ExitDurability;

public static class ExitDurabilityConfiguration
{
    public static IServiceCollection AddExitDurability(this IServiceCollection services)
    {
        services.AddSingleton<ExitDesk>();
        return services;
    }
}
