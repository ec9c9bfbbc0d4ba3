using Microsoft.AspNetCore.Components.Server.Circuits;

namespace YenBai.Cases.Web.Components.Forms;

/// <summary>Services of the forms.</summary>
internal static class Configuration
{
    public static void AddForms(this IServiceCollection services)
    {
        services.AddSingleton<FieldChoices>();
        services.AddScoped<StaffChoices>();
        services.AddScoped<PageScripts>();
        services.AddScoped<CircuitHandler>(s => s.GetRequiredService<PageScripts>());
        services.AddScoped<Drafts>();
        services.AddScoped<SidePanels>();
        services.AddSingleton<FormDesk>();
    }
}
