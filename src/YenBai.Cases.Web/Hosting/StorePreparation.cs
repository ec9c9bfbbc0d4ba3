using JasperFx;
using Marten;
using Npgsql;
using Wolverine;
using Wolverine.Marten;
using Wolverine.Persistence.Durability;
using YenBai.Cases.Composition;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Web.Accounts;
using YenBai.Cases.Web.Postgres;

namespace YenBai.Cases.Web.Hosting;

/// <summary>
/// Brings a store up to this version as its owner, and leaves it to the run-time role. It says in the store which version
/// did so, so that a start that has nothing to do asks one question.
/// </summary>
public static class StorePreparation
{
    /// <summary>Held by anyone who changes the schema or restores.</summary>
    private const long Lock = 0x5942_5072_6570_6172; // "YBPrepar"

    private static readonly string Build = string.Join('.', new[] { typeof(CasesStore), typeof(StorePreparation), typeof(DocumentStore), typeof(WolverineOptions) }.Select(t => t.Module.ModuleVersionId.ToString("N")[..12]));

    // A table that somebody dropped is noticed: their number is part of the stamp.
    private const string Stamped = $"""
        select coalesce(obj_description(to_regnamespace('{StoreSchema.Name}'), 'pg_namespace'), ''),
            (select count(*) from pg_class where relkind in ('r', 'S') and relnamespace in (to_regnamespace('{StoreSchema.Name}'), to_regnamespace('{AccountsDb.Schema}')))
        """;

    /// <exception cref="ArgumentException">The store waits for a restore, or this role may not prepare it.</exception>
    public static async Task EnsureAsync(StoreAccess access, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(Unpooled(access.Owner ?? access.RunTime));
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await UnfinishedRestore.RefuseAsync(connection, cancellation);
        var role = RoleOf(access.RunTime);
        if (await IsPreparedAsync(connection, role, cancellation)) return;
        if (access.Owner is null) throw new ArgumentException("The store is of another version, and the role of ConnectionStrings__cases may not change that. Set ConnectionStrings__cases_owner to the role that owns the store.");

        await using var held = await HoldAsync(connection, cancellation);
        // Of two that start together one waited; and a restore may have begun meanwhile.
        await UnfinishedRestore.RefuseAsync(connection, cancellation);
        if (await IsPreparedAsync(connection, role, cancellation)) return;
        await EnsureRoleAsync(connection, access, cancellation);
        await ApplySchemaAsync(access.Owner, cancellation);
        await HandOverAsync(connection, access, cancellation);
    }

    /// <summary>Keeps others from changing the schema until it is disposed of.</summary>
    public static async Task<IAsyncDisposable> HoldAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await ExecuteAsync(connection, $"select pg_advisory_lock({Lock})", cancellation);
        return new Held(connection);
    }

    private sealed class Held(NpgsqlConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await ExecuteAsync(connection, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
    }

    /// <summary>Makes what is missing: events and documents, messages, accounts.</summary>
    public static async Task ApplySchemaAsync(string owner, CancellationToken cancellation)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = [] });
        builder.Logging.ClearProviders();
        builder.Services.AddAccountStore();
        builder.Services.AddLocalization();
        builder.Services.AddCases(owner, Path.Combine(Path.GetTempPath(), "unused")).IntegrateWithWolverine();
        builder.Services.ConfigureMarten(o => o.AutoCreateSchemaObjects = AutoCreate.CreateOrUpdate);
        builder.UseWolverine(Messages.Configure);
        var host = builder.Build();
        await using var services = (IAsyncDisposable)host;
        await host.Services.GetRequiredService<IDocumentStore>().Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await host.Services.GetRequiredService<IMessageStore>().Admin.MigrateAsync(AutoCreate.CreateOrUpdate);
        await host.Services.GetServices<IHostedService>().OfType<AccountsSchema>().Single().StartAsync(cancellation);
        await using var command = host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(ProjectorLease.Schema + DatabaseRoles.Statistics);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Gives the run-time role what it may do, and says in the store that it is ready.</summary>
    public static async Task HandOverAsync(NpgsqlConnection connection, StoreAccess access, CancellationToken cancellation)
    {
        var role = RoleOf(access.RunTime);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // Where the only role is the owner, nothing can be taken from it.
        if (role != RoleOf(access.Owner!)) await ExecuteAsync(connection, DatabaseRoles.Grants(role, [AccountsDb.Schema], [$"{AccountsDb.Schema}.{AccountsDb.Migrations}"]), cancellation);
        var (_, relations) = await StampAsync(connection, cancellation);
        await ExecuteAsync(connection, $"comment on schema {StoreSchema.Name} is '{StampOf(role, relations).Replace("'", "''", StringComparison.Ordinal)}'", cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The run-time role of the private PostgreSQL, or of a server whose owner may make roles.</summary>
    public static async Task EnsureRoleAsync(NpgsqlConnection connection, StoreAccess access, CancellationToken cancellation)
    {
        var role = RoleOf(access.RunTime);
        await using var ask = new NpgsqlCommand("select exists (select from pg_roles where rolname = $1)", connection) { Parameters = { new() { Value = role } } };
        if (await ask.ExecuteScalarAsync(cancellation) is not true) await MakeRoleAsync(connection, access, role, cancellation);
        if (role != new NpgsqlConnectionStringBuilder(access.RunTime).Username) await ExecuteAsync(connection, $"grant {DatabaseRoles.Quote(role)} to current_user", cancellation);
    }

    private static async Task MakeRoleAsync(NpgsqlConnection connection, StoreAccess access, string role, CancellationToken cancellation)
    {
        var password = new NpgsqlConnectionStringBuilder(access.RunTime).Password is { Length: > 0 } p ? $" password '{p.Replace("'", "''", StringComparison.Ordinal)}'" : "";
        try
        {
            await ExecuteAsync(connection, $"create role {DatabaseRoles.Quote(role)} login nosuperuser nocreatedb nocreaterole noinherit{password}", cancellation);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation)
        {
            // Another store of this server was quicker.
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new ArgumentException($"There is no role {role}, and the owner of the store may not make it. Have it made: create role {role} login password '…'.");
        }
    }

    /// <summary>The role under which statements run: the one that the connection switches to, or the one that it signs in as.</summary>
    private static string RoleOf(string connection)
    {
        var text = new NpgsqlConnectionStringBuilder(connection);
        return text.Options is { } options && options.IndexOf(StoreConnection.SwitchRole, StringComparison.Ordinal) is >= 0 and var at
            ? options[(at + StoreConnection.SwitchRole.Length)..].Split(' ')[0]
            : text.Username ?? "";
    }

    private static async Task<bool> IsPreparedAsync(NpgsqlConnection connection, string role, CancellationToken cancellation)
    {
        var (stamp, relations) = await StampAsync(connection, cancellation);
        return stamp == StampOf(role, relations);
    }

    private static string StampOf(string role, long relations) => $"{Build} {relations} {role}";

    private static async Task<(string Stamp, long Relations)> StampAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Stamped, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetString(0), reader.GetInt64(1));
    }

    private static string Unpooled(string connection) => new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString;

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        // As long as another process needs to bring the store up to date.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
