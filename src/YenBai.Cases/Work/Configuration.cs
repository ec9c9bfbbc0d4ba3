using Microsoft.Extensions.DependencyInjection;

namespace YenBai.Cases.Work;

public static class WorkConfiguration
{
    public static IServiceCollection AddWork(this IServiceCollection services)
    {
        services.AddSingleton<WorkQuery>();
        return services;
    }
}
