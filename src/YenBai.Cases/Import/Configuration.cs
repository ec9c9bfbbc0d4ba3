using Microsoft.Extensions.DependencyInjection;

namespace YenBai.Cases.Import;

public static class ImportConfiguration
{
    public static IServiceCollection AddImport(this IServiceCollection services)
    {
        services.AddSingleton<Reasons>();
        services.AddSingleton<Importer>();
        services.AddSingleton<RejectsReader>();
        services.AddSingleton<Withdrawal>();
        services.AddSingleton(new StoreSetup(o => o.Schema.For<ImportRun>().DocumentAlias("import_run")));
        return services;
    }
}
