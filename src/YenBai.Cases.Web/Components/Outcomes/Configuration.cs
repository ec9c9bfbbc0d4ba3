using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Outcomes;

/// <summary>Services and texts of the page of outcomes.</summary>
internal static class Configuration
{
    public static void AddOutcomePages(this IServiceCollection services)
    {
        services.AddTexts<OutcomeTexts>();
        services.AddSingleton<OutcomeFigures>();
    }
}
