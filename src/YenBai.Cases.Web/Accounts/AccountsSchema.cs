using System.Reflection;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace YenBai.Cases.Web.Accounts;

/// <summary>
/// Brings schema <c>identity</c> up to this version before anything reads it. EF is asked only when something is to be done:
/// it needs most of a second to get up, and nearly every start has nothing to do.
/// </summary>
public sealed class AccountsSchema(NpgsqlDataSource source, IServiceScopeFactory scopes, IDataProtectionProvider protection, AccountSecrets secrets) : IHostedService
{
    private const long Lock = 0x5941_4343;

    private static readonly string Newest = typeof(AccountsDb).Assembly.GetTypes().Select(t => t.GetCustomAttribute<MigrationAttribute>()?.Id).Max()!;

    public async Task StartAsync(CancellationToken cancellation)
    {
        if (await IsCurrentAsync(cancellation)) return;
        // Of two processes that start together one does it; the other waits and finds it done.
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await ExecuteAsync(connection, $"select pg_advisory_lock({Lock})", cancellation);
        try
        {
            if (await IsCurrentAsync(cancellation)) return;
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<AccountsDb>().Database.MigrateAsync(cancellation);
            // So that both begin with the same key.
            protection.CreateProtector("first").Protect([]);
            await secrets.EncryptAsync(connection, cancellation);
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    public Task StopAsync(CancellationToken cancellation) => Task.CompletedTask;

    private async Task<bool> IsCurrentAsync(CancellationToken cancellation)
    {
        try
        {
            await using var command = source.CreateCommand($"""select exists (select from {AccountsDb.Schema}.{AccountsDb.Migrations} where "MigrationId" = $1)""");
            command.Parameters.AddWithValue(Newest);
            return (bool)(await command.ExecuteScalarAsync(cancellation))!;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return false;
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
