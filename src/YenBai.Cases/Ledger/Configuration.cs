using Microsoft.Extensions.DependencyInjection;
using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Ledger;

public static class LedgerConfiguration
{
    public static IServiceCollection AddLedger(this IServiceCollection services)
    {
        services.AddSingleton<LedgerReader>();
        services.AddSingleton<IReadModel, LedgerModel>();
        return services;
    }
}
