using Microsoft.Extensions.DependencyInjection;

namespace YenBai.Cases.Privacy;

public static class PrivacyConfiguration
{
    public static IServiceCollection AddPrivacy(this IServiceCollection services)
    {
        services.AddSingleton<PrivacyDuties>();
        services.AddSingleton<AccessReports>();
        return services;
    }
}
