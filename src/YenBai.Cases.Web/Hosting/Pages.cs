using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.ResponseCompression;
using Radzen;
using YenBai.Cases.Composition;
using YenBai.Cases.Web.Accounts;
using YenBai.Cases.Web.Components;
using YenBai.Cases.Web.Components.Access;
using YenBai.Cases.Web.Components.Caseload;
using YenBai.Cases.Web.Components.Decisions;
using YenBai.Cases.Web.Components.ExitDurability;
using YenBai.Cases.Web.Components.Forms;
using YenBai.Cases.Web.Components.Import;
using YenBai.Cases.Web.Components.Movements;
using YenBai.Cases.Web.Components.Outcomes;
using YenBai.Cases.Web.Components.Privacy;
using YenBai.Cases.Web.Components.RowLevel;
using YenBai.Cases.Web.Components.Sponsors;
using YenBai.Cases.Web.Components.Support;
using YenBai.Cases.Web.Components.Watch;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Hosting.Faults;

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
        services.AddForms();
        services.AddSupportPages();
        services.AddSponsorPages();
        services.AddWatchPages();
        services.AddOutcomePages();
        services.AddMovementPages();
        services.AddExitDurabilityPages();
        services.AddDecisionPages();
        services.AddAccessPages();
        services.AddRowLevelPages();
        services.AddImportPages();
        services.AddPrivacyServices();
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
