using Microsoft.Extensions.Localization;

namespace YenBai.Cases.Web.Words;

/// <summary>The texts and what puts values into words.</summary>
internal static class Configuration
{
    public static void AddWords(this IServiceCollection services)
    {
        PluralTextsFactory.Add(services);
        services.AddSingleton<IStringLocalizer<Texts>, AllTexts>();
        services.AddTexts<NeedTexts>();
        services.AddSingleton<Wording>();
        services.AddSingleton<EventWords>();
        services.AddSingleton<EligibilityWords>();
        services.AddSingleton<StandardWords>();
        services.AddSingleton<PlanWords>();
    }
}
