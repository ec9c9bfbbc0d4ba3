using Microsoft.Extensions.DependencyInjection;

namespace YenBai.Cases.Listing;

public static class ListingConfiguration
{
    public static IServiceCollection AddListing(this IServiceCollection services)
    {
        services.AddSingleton(new StoreSetup(o => o.Schema.For<Review>().DocumentAlias("review")));
        return services;
    }
}
