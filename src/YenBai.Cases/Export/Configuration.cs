using Microsoft.Extensions.DependencyInjection;

namespace YenBai.Cases.Export;

public static class ExportConfiguration
{
    public static IServiceCollection AddExport(this IServiceCollection services)
    {
        services.AddSingleton<HistoryExport>();
        return services;
    }
}
