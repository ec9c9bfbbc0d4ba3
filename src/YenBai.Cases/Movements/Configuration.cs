using Microsoft.Extensions.DependencyInjection;

namespace YenBai.Cases.Movements;

public static class MovementsConfiguration
{
    public static IServiceCollection AddMovements(this IServiceCollection services)
    {
        services.AddSingleton<MovementDesk>();
        return services;
    }
}
