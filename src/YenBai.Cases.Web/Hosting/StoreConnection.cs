using Npgsql;
using YenBai.Cases.Kernel;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Web.Postgres;

namespace YenBai.Cases.Web.Hosting;

/// <summary>Where the store is: at ConnectionStrings__cases, or else in a private PostgreSQL in the data directory.</summary>
public sealed class StoreConnection : IAsyncDisposable
{
    internal const string SwitchRole = "-c role=";

    private readonly PrivatePostgres? postgres;

    private StoreConnection(StoreAccess access, PrivatePostgres? postgres) => (Access, this.postgres) = (access, postgres);

    public StoreAccess Access { get; }

    /// <summary>Of the run-time role.</summary>
    public string Text => Access.RunTime;

    /// <summary>The store, brought up to this version.</summary>
    public static async Task<StoreConnection> OpenAsync(IConfiguration configuration, Action<string> say, CancellationToken cancellation)
    {
        var connection = await FindAsync(configuration, say, cancellation);
        try
        {
            await StorePreparation.EnsureAsync(connection.Access, cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The store as it is.</summary>
    public static async Task<StoreConnection> FindAsync(IConfiguration configuration, Action<string> say, CancellationToken cancellation)
    {
        if (configuration.GetConnectionString("cases") is { Length: > 0 } text)
            return new(configuration.GetConnectionString("cases_owner") is { Length: > 0 } owner ? new(text, owner) : await AloneAsync(text, cancellation), null);
        var postgres = await PrivatePostgres.JoinAsync(DataDirectory.Of(configuration), say, cancellation);
        return new(new(postgres.RunTimeConnectionString, postgres.ConnectionString), postgres);
    }

    /// <summary>
    /// One role for everything: where it owns the store it works as the run-time role, if it may make one. That holds
    /// against mistakes, not against a statement that switches back, which readiness says.
    /// </summary>
    private static async Task<StoreAccess> AloneAsync(string text, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(text) { Pooling = false }.ConnectionString);
        await using var command = source.CreateCommand($"""
            select coalesce(pg_has_role(n.nspowner, 'member'), true), r.rolsuper or r.rolcreaterole
            from pg_roles r left join pg_namespace n on n.nspname = '{StoreSchema.Name}' where r.rolname = current_user
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var (owns, makesRoles) = (reader.GetBoolean(0), reader.GetBoolean(1));
        await reader.DisposeAsync();
        if (!owns) return new(text, null);
        if (!makesRoles) return new(text, text);
        var runTime = new NpgsqlConnectionStringBuilder(text);
        runTime.Options = $"{runTime.Options} {SwitchRole}{DatabaseRoles.RunTime}".Trim();
        return new(runTime.ConnectionString, text);
    }

    /// <summary>The list of erasures lies beside the store and outlives it.</summary>
    public static string ErasureList(IConfiguration configuration) => Path.Combine(DataDirectory.Of(configuration), "erasures.csv");

    public ValueTask DisposeAsync() => postgres?.DisposeAsync() ?? ValueTask.CompletedTask;
}
