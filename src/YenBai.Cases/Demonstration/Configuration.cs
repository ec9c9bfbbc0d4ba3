using Microsoft.Extensions.DependencyInjection;

namespace YenBai.Cases.Demonstration;

public static class DemonstrationConfiguration
{
    public static IServiceCollection AddDemonstration(this IServiceCollection services)
    {
        services.AddSingleton<DemonstrationLoader>();
        services.AddSingleton(new StoreSetup(o => o.Schema.For<DemonstrationMark>().DocumentAlias("demonstration_mark")));
        return services;
    }
}
