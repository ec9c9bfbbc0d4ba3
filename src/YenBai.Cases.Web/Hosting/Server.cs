using Marten;
using Wolverine;
using Wolverine.Marten;
using YenBai.Cases.Caseload;
using YenBai.Cases.Commands;
using YenBai.Cases.Places;
using YenBai.Cases.Storage;
using YenBai.Cases.Web.Api;

namespace YenBai.Cases.Web.Hosting;

/// <summary>The web server: pages, API, projections.</summary>
public static class Server
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var connection = builder.Configuration.GetConnectionString("cases") ?? throw new InvalidOperationException("ConnectionStrings__cases");
        AddServices(builder, connection);
        var app = builder.Build();
        Map(app);
        await app.RunAsync();
        return 0;
    }

    public static void AddServices(WebApplicationBuilder builder, string connection)
    {
        var services = builder.Services;
        services.AddCasesStore(connection).IntegrateWithWolverine();
        builder.Host.UseWolverine(o =>
        {
            o.ApplicationAssembly = typeof(Submit).Assembly;
            o.Policies.AutoApplyTransactions();
            o.Policies.UseDurableLocalQueues();
            o.Durability.Mode = DurabilityMode.Solo;
        });
        // A stale version is an answer of the desk, not a failure; what nobody foresaw is logged by the server.
        builder.Logging.AddFilter("YenBai.Cases.Commands", LogLevel.None);
        services.AddSingleton(PlaceCatalog.Default);
        services.AddSingleton<CaseloadQuery>();
        services.AddSingleton<CommandDesk>();
        services.AddSingleton<Freshness>();
        services.AddSingleton<Problems>();
        services.AddLocalization(o => o.ResourcesPath = "Resources");
        services.AddProblemDetails();
        services.ConfigureHttpJsonOptions(o => ApiJson.Configure(o.SerializerOptions));
        services.AddOpenApi();
        builder.AddPages();
    }

    public static void Map(WebApplication app)
    {
        app.UseExceptionHandler();
        app.UsePages();
        app.UseRequestLocalization(o =>
        {
            o.SetDefaultCulture("vi").AddSupportedCultures("vi", "en").AddSupportedUICultures("vi", "en");
            o.ApplyCurrentCultureToResponseHeaders = true;
        });
        app.MapOpenApi();
        var api = app.MapGroup("/api").AddEndpointFilter<RouteGroupBuilder, FreshFilter>();
        api.MapHouseholds();
        app.MapPages();
    }
}
