namespace YenBai.Cases.Web.Components.Decisions;

/// <summary>Services of the pages of decisions.</summary>
internal static class Configuration
{
    public static void AddDecisionPages(this IServiceCollection services)
    {
        services.AddSingleton<DecisionWords>();
    }
}
