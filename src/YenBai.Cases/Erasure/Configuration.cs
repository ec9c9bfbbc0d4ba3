using Microsoft.Extensions.DependencyInjection;

namespace YenBai.Cases.Erasure;

public static class ErasureConfiguration
{
    public static IServiceCollection AddErasure(this IServiceCollection services)
    {
        services.AddSingleton<Erasing>();
        services.AddSingleton<Erasures>();
        return services;
    }
}
