using Wolverine;
using Wolverine.Marten;
using YenBai.Cases.Commands;
using YenBai.Cases.Web.Api;

namespace YenBai.Cases.Web.Hosting;

/// <summary>The web server: pages, API, projections.</summary>
public static class Server
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        await using var connection = await StoreConnection.OpenAsync(builder.Configuration, Console.WriteLine, CancellationToken.None);
        AddServices(builder, connection.Text);
        await using var app = builder.Build();
        Map(app);
        await app.StartAsync();
        Console.WriteLine($"Yên Bái Cases: {string.Join(", ", app.Urls)}");
        await app.WaitForShutdownAsync();
        return 0;
    }

    public static void AddServices(WebApplicationBuilder builder, string connection)
    {
        var services = builder.Services;
        services.AddCases(connection).IntegrateWithWolverine();
        builder.Host.UseWolverine(o =>
        {
            o.ApplicationAssembly = typeof(Submit).Assembly;
            o.Policies.AutoApplyTransactions();
            o.Policies.UseDurableLocalQueues();
            o.Durability.Mode = DurabilityMode.Solo;
        });
        // A stale version is an answer of the desk, not a failure; what nobody foresaw is logged by the server.
        builder.Logging.AddFilter("YenBai.Cases.Commands", LogLevel.None);
        services.AddSingleton<Problems>();
        services.AddLocalization(o => o.ResourcesPath = "Resources");
        services.AddProblemDetails();
        services.ConfigureHttpJsonOptions(o => ApiJson.Configure(o.SerializerOptions));
        services.AddOpenApi();
        builder.AddPages();
    }

    public static void Map(WebApplication app)
    {
        app.UsePages();
        app.MapOpenApi();
        var api = app.MapGroup("/api").AddEndpointFilter<RouteGroupBuilder, FreshFilter>();
        api.MapHouseholds();
        app.MapPages();
    }
}
