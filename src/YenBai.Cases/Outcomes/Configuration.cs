using Microsoft.Extensions.DependencyInjection;

namespace YenBai.Cases.Outcomes;

public static class OutcomesConfiguration
{
    public static IServiceCollection AddOutcomes(this IServiceCollection services)
    {
        services.AddSingleton<OutcomeDesk>();
        return services;
    }
}
