using System.Runtime.InteropServices;
using Wolverine;
using Wolverine.Marten;
using YenBai.Cases.Composition;
using YenBai.Cases.Demonstration;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Support;
using YenBai.Cases.Web.Accounts;
using YenBai.Cases.Web.Api;
using YenBai.Cases.Web.Components.ExitDurability;
using YenBai.Cases.Web.Components.Movements;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Postgres;
using YenBai.Cases.Web.Words;

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
            builder.Services.AddHostedService<ReadingWatch>();
            await using var app = builder.Build();
            Map(app);
            var kind = app.Services.GetRequiredService<StoreKind>();
            if (await DemonstrationExposure.RefusalAsync(app.Configuration, args, async () => args.Contains(Demo) || await kind.IsDemonstrationAsync()) is { } refusal)
                throw new ArgumentException(refusal);
            await app.StartAsync(stop.Token);
            Console.WriteLine($"Yên Bái Cases: {string.Join(", ", app.Urls)}   (Ctrl-C stops it)");
            if (args.Contains(Demo)) await FillAsync(app, args, stop.Token);
            else if (await app.Services.GetRequiredService<DemonstrationLoader>().StateAsync(stop.Token) is DemonstrationState.BrokenOff)
                Console.WriteLine("The demonstration province in this store was broken off half-way: 'cases demo', or a start with --demo, completes it.");
            await app.WaitForShutdownAsync(stop.Token);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception e) when (e is PrivatePostgresException or ArgumentException or IOException or Npgsql.NpgsqlException)
        {
            Console.Error.WriteLine(StoreFailure.Words(e) ?? e.Message);
            return 1;
        }
    }

    /// <summary>The pages are there while the province is being filled in.</summary>
    private static async Task FillAsync(WebApplication app, string[] args, CancellationToken cancellation)
    {
        var loader = app.Services.GetRequiredService<DemonstrationLoader>();
        var freshness = app.Services.GetRequiredService<Freshness>();
        if (await loader.StateAsync(cancellation) is DemonstrationState.BrokenOff || !await loader.HoldsHouseholdsAsync(cancellation))
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
        Faults.GuardedLogging.Add(services);
        services.AddAccounts();
        PublicAddress.FilterHosts(services);
        services.AddSingleton(ReadingWatch.Limits(builder.Configuration));
        services.AddCases(connection, StoreConnection.ErasureList(builder.Configuration)).IntegrateWithWolverine();
        builder.Host.UseWolverine(Messages.Configure);
        // Wolverine logs a command that is refused as stale, which is an answer, as a failure. An unexpected exception reaches the
        // caller of the command: FaultAnswers logs it there, once.
        builder.Logging.AddFilter("YenBai.Cases.Commands", LogLevel.None);
        // It would log each address with its query: the name that somebody searches for.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        services.AddWords();
        services.AddGate();
        services.AddApi();
        services.AddReadiness();
        builder.AddRequestLimits();
        builder.AddPages();
    }

    public static void Map(WebApplication app)
    {
        app.UsePages();
        app.UseReadiness();
        app.UseDoor();
        app.UseAccessControl();
        app.UseCurrentStandards();
        app.MapOpenApi().AllowAnonymous();
        app.MapReadiness();
        var api = app.MapApi();
        api.MapMovementFile();
        api.MapDurabilityFigure();
        app.MapPages();
    }
}
