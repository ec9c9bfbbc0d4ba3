using Microsoft.Extensions.DependencyInjection;
using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Caseload;

public static class CaseloadConfiguration
{
    public static IServiceCollection AddCaseload(this IServiceCollection services)
    {
        services.AddSingleton<CaseloadQuery>();
        services.AddSingleton<LatestFacts>();
        services.AddSingleton<HamletQuery>();
        services.AddSingleton<IReadModel, CaseloadModel>();
        return services;
    }
}
