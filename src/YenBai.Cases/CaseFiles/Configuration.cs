using Microsoft.Extensions.DependencyInjection;

namespace YenBai.Cases.CaseFiles;

public static class CaseFilesConfiguration
{
    public static IServiceCollection AddCaseFiles(this IServiceCollection services)
    {
        services.AddSingleton<CaseReader>();
        return services;
    }
}
