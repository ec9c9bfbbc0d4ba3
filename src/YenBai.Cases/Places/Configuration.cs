using Microsoft.Extensions.DependencyInjection;

namespace YenBai.Cases.Places;

public static class PlacesConfiguration
{
    public static IServiceCollection AddPlaces(this IServiceCollection services)
    {
        services.AddSingleton(_ => PlaceCatalog.Default);
        services.AddSingleton<MarkBook>();
        services.AddSingleton(new StoreSetup(o =>
        {
            o.Schema.For<StoredMark>().DocumentAlias("place_mark");
            o.Schema.For<UnitTotal>().DocumentAlias("unit_total");
        }));
        return services;
    }
}
