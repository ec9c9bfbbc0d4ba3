namespace YenBai.Cases.Web.Hosting;

/// <summary>Where the store is: at ConnectionStrings__cases, or else in a private PostgreSQL in the data directory.</summary>
public sealed class StoreConnection : IAsyncDisposable
{
    private readonly PrivatePostgres? postgres;

    private StoreConnection(string text, PrivatePostgres? postgres) => (Text, this.postgres) = (text, postgres);

    public string Text { get; }

    public static async Task<StoreConnection> OpenAsync(IConfiguration configuration, Action<string> say, CancellationToken cancellation)
    {
        if (configuration.GetConnectionString("cases") is { Length: > 0 } text) return new(text, null);
        var postgres = await PrivatePostgres.JoinAsync(DataDirectory(configuration), say, cancellation);
        return new(postgres.ConnectionString, postgres);
    }

    public static string DataDirectory(IConfiguration configuration) =>
        Path.GetFullPath(configuration["Cases:DataDirectory"] is { Length: > 0 } directory ? directory : ".data");

    /// <summary>The list of erasures lies beside the store and outlives it.</summary>
    public static string ErasureList(IConfiguration configuration) => Path.Combine(DataDirectory(configuration), "erasures.csv");

    public ValueTask DisposeAsync() => postgres?.DisposeAsync() ?? ValueTask.CompletedTask;
}
