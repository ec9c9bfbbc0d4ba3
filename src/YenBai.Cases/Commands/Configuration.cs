using Microsoft.Extensions.DependencyInjection;

namespace YenBai.Cases.Commands;

public static class CommandsConfiguration
{
    public static IServiceCollection AddCommands(this IServiceCollection services)
    {
        services.AddSingleton<CommandDesk>();
        services.AddSingleton(new StoreSetup(o => o.Schema.For<Receipt>().DocumentAlias("receipt")));
        return services;
    }
}
