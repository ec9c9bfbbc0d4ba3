using Microsoft.Extensions.DependencyInjection;
using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Needs;

public static class NeedsConfiguration
{
    public static IServiceCollection AddNeeds(this IServiceCollection services)
    {
        services.AddSingleton<NeedQuery>();
        services.AddSingleton<IReadModel, WishModel>();
        return services;
    }
}
