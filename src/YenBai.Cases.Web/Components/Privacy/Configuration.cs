namespace YenBai.Cases.Web.Components.Privacy;

/// <summary>What removes uploads and replays erasures.</summary>
internal static class Configuration
{
    public static void AddPrivacyServices(this IServiceCollection services)
    {
        services.AddHostedService<ReplayAtStart>();
        services.AddSingleton<UploadSweep>().AddHostedService(p => p.GetRequiredService<UploadSweep>());
    }
}
