using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Localization;
using Radzen;
using YenBai.Cases.Composition;
using YenBai.Cases.Web.Accounts;
using YenBai.Cases.Web.Components;
using YenBai.Cases.Web.Components.Administration;
using YenBai.Cases.Web.Components.Case;
using YenBai.Cases.Web.Components.Decisions;
using YenBai.Cases.Web.Components.Durability;
using YenBai.Cases.Web.Components.Forms;
using YenBai.Cases.Web.Components.Importing;
using YenBai.Cases.Web.Components.List;
using YenBai.Cases.Web.Components.Movements;
using YenBai.Cases.Web.Components.Outcomes;
using YenBai.Cases.Web.Components.Planning;
using YenBai.Cases.Web.Components.Privacy;
using YenBai.Cases.Web.Components.Supports;
using YenBai.Cases.Web.Hosting.Faults;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Hosting;

/// <summary>What the pages need beside the API.</summary>
public static class Pages
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseStaticWebAssets();
        var services = builder.Services;
        services.AddRazorComponents()
            .AddInteractiveServerComponents(o =>
            {
                o.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
                o.DisconnectedCircuitMaxRetained = 100;
            })
            .AddHubOptions(o =>
            {
                o.MaximumReceiveMessageSize = 256 * 1024;
                o.ClientTimeoutInterval = TimeSpan.FromSeconds(60);
                o.KeepAliveInterval = TimeSpan.FromSeconds(15);
            });
        services.AddAccountPages(builder.Configuration);
        services.AddRadzenComponents();
        services.AddHttpContextAccessor();
        // Vietnamese letters as they are, not as character references.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<IResponseCompressionProvider, StreamedPages>();
        services.AddResponseCompression(o =>
        {
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
        });
        services.AddSingleton<RadzenTexts>().AddSingleton<ILocalizer>(p => p.GetRequiredService<RadzenTexts>());
        services.AddFaultAnswers();
        services.AddSingleton<StoreKind>();
        services.AddSingleton<IStringLocalizer<Texts>, AllTexts>();
        services.AddSingleton<Wording>();
        services.AddSingleton<EventWords>();
        services.AddSingleton<SupportScreenWords>();
        services.AddSingleton<StandardWords>();
        services.AddScoped<CurrentActor>();
        services.AddSingleton<FieldChoices>();
        services.AddSingleton<PlanWords>();
        services.AddSingleton<MovementWords>().AddSingleton<MovementFile>();
        services.AddSingleton<OutcomeFigures>();
        services.AddSingleton<DurabilityWords>();
        services.AddSingleton<DecisionWords>();
        services.AddSingleton<AccessWords>();
        services.AddSingleton<ReadingWords>();
        services.AddSingleton<Components.RowLevel.CoarseExport>();
        services.AddScoped<StaffOffice>();
        services.AddScoped<StaffChoices>();
        services.AddSingleton<ImportFolders>();
        services.AddSingleton<ImportDesk>();
        services.AddScoped<PageScripts>();
        services.AddScoped<CircuitHandler>(s => s.GetRequiredService<PageScripts>());
        services.AddScoped<Drafts>();
        services.AddScoped<SidePanels>();
        services.AddSingleton<FormDesk>();
        services.AddHostedService<ReplayAtStart>();
        services.AddSingleton<UploadSweep>().AddHostedService(p => p.GetRequiredService<UploadSweep>());
    }

    /// <summary>Before everything that answers.</summary>
    public static void UsePages(this WebApplication app)
    {
        app.UseResponseCompression();
        app.UseSecurityHeaders();
        app.UseReaderLanguage();
        app.UseFaultAnswers();
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            // A page is shown to who asked for one; what was posted is answered by its status.
            if ((ApiErrors.Concern(context) || !HttpMethods.IsGet(context.Request.Method)) && context.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
            return next();
        });
    }

    public static void MapPages(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapPreferences();
        app.MapCaseloadExport();
        app.MapHouseholdChoices();
        app.MapImports();
        app.MapRecord();
        app.MapForms();
        app.MapAccountPages();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = null);
    }
}
