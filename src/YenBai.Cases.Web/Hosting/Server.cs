using System.Runtime.InteropServices;
using Wolverine;
using Wolverine.Marten;
using YenBai.Cases.Commands;
using YenBai.Cases.Demonstration;
using YenBai.Cases.Storage;
using YenBai.Cases.Support;
using YenBai.Cases.Web.Accounts;
using YenBai.Cases.Web.Api;

namespace YenBai.Cases.Web.Hosting;

/// <summary>The web server: pages, API, projections.</summary>
public static class Server
{
    private const string Demo = "--demo";

    public static async Task<int> RunAsync(string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        try
        {
            var builder = WebApplication.CreateBuilder(args.Where(a => a.StartsWith("--", StringComparison.Ordinal) && a != Demo && a != DemonstrationExposure.Switch).ToArray());
            await using var connection = await StoreConnection.OpenAsync(builder.Configuration, Console.Error.WriteLine, stop.Token);
            AddServices(builder, connection.Text);
            builder.Services.AddHostedService<ClockKeeper>();
            builder.Services.AddHostedService<Ledger.LedgerWarmth>();
            await using var app = builder.Build();
            Map(app);
            var kind = app.Services.GetRequiredService<StoreKind>();
            if (await DemonstrationExposure.RefusalAsync(app.Configuration, args, async () => args.Contains(Demo) || await kind.IsDemonstrationAsync()) is { } refusal)
                throw new ArgumentException(refusal);
            await app.StartAsync(stop.Token);
            Console.WriteLine($"Yên Bái Cases: {string.Join(", ", app.Urls)}   (Ctrl-C stops it)");
            if (args.Contains(Demo)) await FillAsync(app, args, stop.Token);
            await app.WaitForShutdownAsync(stop.Token);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception e) when (e is PrivatePostgresException or ArgumentException or IOException or Npgsql.NpgsqlException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    /// <summary>The pages are there while the province is being filled in.</summary>
    private static async Task FillAsync(WebApplication app, string[] args, CancellationToken cancellation)
    {
        var loader = app.Services.GetRequiredService<DemonstrationLoader>();
        var freshness = app.Services.GetRequiredService<Freshness>();
        if (!await loader.HoldsHouseholdsAsync(cancellation))
            await CommandLine.FillAsync(loader, freshness, CommandLine.Number(args, Demo, DemonstrationProvince.DefaultHouseholds), 1, cancellation);
        else if (!await loader.IsDemonstrationAsync(cancellation))
        {
            Console.Error.WriteLine("The store holds real households: no made-up ones are put beside them.");
            return;
        }
        await using var scope = app.Services.CreateAsyncScope();
        await CommandLine.PrintAccountsAsync(scope.ServiceProvider, cancellation);
    }

    public static void AddServices(WebApplicationBuilder builder, string connection)
    {
        var services = builder.Services;
        services.AddAccounts();
        services.AddSearchLimit();
        services.AddCases(connection, StoreConnection.ErasureList(builder.Configuration)).IntegrateWithWolverine();
        builder.Host.UseWolverine(o =>
        {
            o.ApplicationAssembly = typeof(Submit).Assembly;
            o.Policies.AutoApplyTransactions();
            o.Policies.UseDurableLocalQueues();
            o.Durability.Mode = DurabilityMode.Solo;
        });
        // A stale version is an answer of the desk, not a failure; what nobody foresaw is logged by the server.
        builder.Logging.AddFilter("YenBai.Cases.Commands", LogLevel.None);
        // It would log each address with its query: the name that somebody searches for.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        services.AddSingleton<Problems>();
        services.AddSingleton<SpellsEndpoint>();
        services.AddLocalization(o => o.ResourcesPath = "Resources");
        services.AddSingleton<Microsoft.Extensions.Localization.IStringLocalizer<Texts>, Words.AllTexts>();
        services.AddSingleton<Words.EligibilityWords>();
        services.AddProblemDetails();
        services.ConfigureHttpJsonOptions(o => ApiJson.Configure(o.SerializerOptions));
        services.AddOpenApi();
        services.AddReadiness();
        builder.AddRequestLimits();
        builder.AddPages();
    }

    public static void Map(WebApplication app)
    {
        app.UsePages();
        app.UseDoor();
        app.UseAccessControl();
        app.UseSecondFactor();
        app.MapOpenApi().AllowAnonymous();
        app.MapReadiness();
        var api = app.MapGroup("/api").AddEndpointFilter<RouteGroupBuilder, ParameterFilter>().AddEndpointFilter<RouteGroupBuilder, FreshFilter>();
        api.MapHouseholds();
        api.MapAttachments();
        api.MapPlan();
        api.MapSupports();
        api.MapStandards();
        api.MapMovement();
        api.MapDurability();
        api.MapDurabilityFigure();
        api.MapDecisions();
        api.MapOutcomes();
        api.MapNeeds();
        api.MapWatch();
        api.MapSponsors();
        api.MapStaff();
        api.MapReleases();
        api.MapAccounts();
        // Whatever else is asked of the API is answered as the API answers, not with a page.
        api.Map("/{**rest}", (HttpContext context, Problems problems) => context.Request.ContentType is null || context.Request.HasJsonContentType()
            ? problems.Of(StatusCodes.Status404NotFound, "unknown_address")
            : Door.Problem(context, StatusCodes.Status415UnsupportedMediaType, "json_only")).NeedsSignIn().ExcludeFromDescription();
        app.MapPages();
    }
}
