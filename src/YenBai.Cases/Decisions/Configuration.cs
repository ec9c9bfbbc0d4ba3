using Microsoft.Extensions.DependencyInjection;

namespace YenBai.Cases.Decisions;

public static class DecisionsConfiguration
{
    public static IServiceCollection AddDecisions(this IServiceCollection services)
    {
        services.AddSingleton<PlaceCases>();
        services.AddSingleton<ReviewLists>();
        services.AddSingleton<LetterBatch>();
        services.AddSingleton<CommandBatch>();
        services.AddSingleton<Confirmations>();
        services.AddSingleton<ExitRequests>();
        services.AddSingleton<Commendations>();
        services.AddSingleton(new StoreSetup(o => o.Schema.For<Commendation>().DocumentAlias("commendation")));
        return services;
    }
}
