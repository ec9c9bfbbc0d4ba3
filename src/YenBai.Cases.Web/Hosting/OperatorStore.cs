using YenBai.Cases.Web.Accounts;

namespace YenBai.Cases.Web.Hosting;

/// <summary>The store as the command line uses it: with projections of its own when no server has them.</summary>
internal sealed class OperatorStore : IAsyncDisposable
{
    private readonly IHost host;
    private readonly StoreConnection connection;

    private OperatorStore(IHost host, StoreConnection connection) => (this.host, this.connection) = (host, connection);

    public static async Task<OperatorStore> OpenAsync(CancellationToken cancellation)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = [] });
        builder.Logging.ClearProviders().AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Error);
        builder.Logging.AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        var connection = await StoreConnection.OpenAsync(builder.Configuration, Console.Error.WriteLine, cancellation);
        Faults.GuardedLogging.Add(builder.Services);
        builder.Services.AddAccountStore();
        builder.Services.AddLocalization(o => o.ResourcesPath = "Resources");
        builder.Services.AddSingleton<Api.Problems>();
        builder.Services.AddCases(connection.Text, StoreConnection.ErasureList(builder.Configuration));
        var host = builder.Build();
        await host.StartAsync(cancellation);
        return new(host, connection);
    }

    public T Get<T>() where T : notnull => host.Services.GetRequiredService<T>();

    public AsyncServiceScope Scope() => host.Services.CreateAsyncScope();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        await connection.DisposeAsync();
    }
}
