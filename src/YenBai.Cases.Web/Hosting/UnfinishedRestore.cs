using Npgsql;

namespace YenBai.Cases.Web.Hosting;

/// <summary>
/// Lies in a database from the moment a restore begins until what was erased since the backup is erased again. As long as
/// it does, nothing opens the store: a backup holds people who have been erased.
/// </summary>
internal static class UnfinishedRestore
{
    private const string Mark = "cases_restore";

    public static async Task<bool> IsThereAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select to_regnamespace('{Mark}') is not null", connection);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <exception cref="ArgumentException">A restore was broken off.</exception>
    public static async Task RefuseAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (await IsThereAsync(connection, cancellation))
            throw new ArgumentException(
                "A restore into this store goes on or was broken off, and what was erased since the backup may be readable in it: it stays closed. Run 'cases restore FILE [--erasures LIST]' again; it starts anew.");
    }

    public static Task BeginAsync(NpgsqlConnection connection, CancellationToken cancellation) => ExecuteAsync(connection, $"create schema {Mark}", cancellation);

    public static Task EndAsync(NpgsqlConnection connection) => ExecuteAsync(connection, $"drop schema if exists {Mark}", CancellationToken.None);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
