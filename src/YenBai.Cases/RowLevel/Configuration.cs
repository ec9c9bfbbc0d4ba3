using Microsoft.Extensions.DependencyInjection;

namespace YenBai.Cases.RowLevel;

public static class RowLevelConfiguration
{
    public static IServiceCollection AddRowLevel(this IServiceCollection services)
    {
        services.AddSingleton<CoarseHouseholds>();
        services.AddSingleton<CoarseSpells>();
        services.AddSingleton<ReleasedRows>();
        return services;
    }
}
