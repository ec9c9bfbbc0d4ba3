using Microsoft.Extensions.DependencyInjection;

namespace YenBai.Cases.Standards;

public static class StandardsConfiguration
{
    public static IServiceCollection AddStandards(this IServiceCollection services)
    {
        services.AddSingleton<StandardShelf>();
        services.AddSingleton(new StoreSetup(o =>
        {
            o.Schema.For<StandardCorrection>().DocumentAlias("standard_correction");
            o.Schema.For<StoredPointTable>().DocumentAlias("point_table");
        }));
        return services;
    }
}
