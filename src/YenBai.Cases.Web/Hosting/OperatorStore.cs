using YenBai.Cases.Composition;
using YenBai.Cases.Web.Accounts;

namespace YenBai.Cases.Web.Hosting;

/// <summary>The store as the command line uses it: with projections of its own when no server has them.</summary>
public sealed class OperatorStore : IAsyncDisposable
{
    private readonly IHost host;
    private readonly StoreConnection? connection;

    private OperatorStore(IHost host, StoreConnection? connection) => (this.host, this.connection) = (host, connection);

    public static async Task<OperatorStore> OpenAsync(CancellationToken cancellation)
    {
        var configuration = Configuration();
        var connection = await StoreConnection.OpenAsync(configuration, Console.Error.WriteLine, cancellation);
        try
        {
            return new(await StartAsync(connection.Text, StoreConnection.ErasureList(configuration), cancellation), connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A store that is known to be brought up to date.</summary>
    public static async Task<OperatorStore> OpenAsync(string connection, string erasures, CancellationToken cancellation) => new(await StartAsync(connection, erasures, cancellation), null);

    private static async Task<IHost> StartAsync(string connection, string erasures, CancellationToken cancellation)
    {
        var builder = Builder();
        builder.Logging.ClearProviders().AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Error);
        builder.Logging.AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        Faults.GuardedLogging.Add(builder.Services);
        builder.Services.AddAccountStore();
        Words.PluralTextsFactory.Add(builder.Services);
        builder.Services.AddSingleton<Gate.Problems>();
        builder.Services.AddCases(connection, erasures);
        var host = builder.Build();
        await host.StartAsync(cancellation);
        return host;
    }

    /// <summary>As the server reads it, without its arguments.</summary>
    public static IConfiguration Configuration() => Builder().Configuration;

    private static HostApplicationBuilder Builder() => Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = [] });

    public T Get<T>() where T : notnull => host.Services.GetRequiredService<T>();

    public AsyncServiceScope Scope() => host.Services.CreateAsyncScope();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        if (connection is not null) await connection.DisposeAsync();
    }
}
