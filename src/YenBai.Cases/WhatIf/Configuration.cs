using Microsoft.Extensions.DependencyInjection;

namespace YenBai.Cases.WhatIf;

public static class WhatIfConfiguration
{
    public static IServiceCollection AddWhatIf(this IServiceCollection services)
    {
        services.AddSingleton<WhatIfQuery>();
        return services;
    }
}
