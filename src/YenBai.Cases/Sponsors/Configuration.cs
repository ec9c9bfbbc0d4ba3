using Microsoft.Extensions.DependencyInjection;
using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Sponsors;

public static class SponsorsConfiguration
{
    public static IServiceCollection AddSponsors(this IServiceCollection services)
    {
        services.AddSingleton<SponsorQuery>();
        services.AddSingleton<IReadModel, SponsorshipModel>();
        return services;
    }
}
