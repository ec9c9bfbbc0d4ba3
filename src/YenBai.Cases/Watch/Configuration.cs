using Microsoft.Extensions.DependencyInjection;

namespace YenBai.Cases.Watch;

public static class WatchConfiguration
{
    public static IServiceCollection AddWatch(this IServiceCollection services)
    {
        services.AddSingleton<WatchQuery>();
        return services;
    }
}
