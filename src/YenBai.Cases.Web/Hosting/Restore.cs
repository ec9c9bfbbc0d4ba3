using Npgsql;
using YenBai.Cases.Erasure;
using YenBai.Cases.Kernel;
using YenBai.Cases.Privacy;
using YenBai.Cases.Web.Postgres;

namespace YenBai.Cases.Web.Hosting;

/// <summary>
/// Restores a backup into an empty store and erases again what was erased since. The store opens when both have ended; the
/// same command, given again after it was broken off, starts anew.
/// </summary>
public static class Restore
{
    private const string Session = "cases-restore";

    public static async Task<Replay> RunAsync(StoreAccess access, string file, string erasures, string? given, CancellationToken cancellation)
    {
        // Everything that can be wrong with what is given is found before anything is restored.
        await CheckBackupAsync(file, cancellation);
        var list = new ErasureList(erasures);
        list.Read();
        IReadOnlyList<ErasureEntry> more = given is null ? [] : new ErasureList(given).ReadWholly();

        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(access.RequiredOwner) { Pooling = false }.ConnectionString);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var held = await StorePreparation.HoldAsync(connection, cancellation);
        if (await UnfinishedRestore.IsThereAsync(connection, cancellation)) await ClearAsync(connection, cancellation);
        else if (await IsFilledAsync(connection, cancellation))
            throw new ArgumentException("The store is not empty: a backup is restored into an empty one only (another data directory, or another database).");
        else await UnfinishedRestore.BeginAsync(connection, cancellation);

        foreach (var erasure in more) list.Add(erasure);
        try
        {
            await PostgresProgram.RunAsync("pg_restore", access.RequiredOwner,
                ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--dbname", new NpgsqlConnectionStringBuilder(access.RequiredOwner).Database!, Path.GetFullPath(file)], Session, cancellation);
        }
        catch (IOException)
        {
            // Nothing of it is there: another file can be tried.
            await UnfinishedRestore.EndAsync(connection);
            throw;
        }

        await StorePreparation.EnsureRoleAsync(connection, access, cancellation);
        await StorePreparation.ApplySchemaAsync(access.RequiredOwner, cancellation);
        Replay replay;
        // As the owner: the run-time role gets its privileges when there is nobody left to read.
        await using (var store = await OperatorStore.OpenAsync(access.RequiredOwner, erasures, cancellation))
            replay = await store.Get<Erasures>().ReconcileAsync(cancellation);
        await StorePreparation.HandOverAsync(connection, access, cancellation);
        await UnfinishedRestore.EndAsync(connection);
        return replay;
    }

    private static async Task CheckBackupAsync(string file, CancellationToken cancellation)
    {
        if (!File.Exists(file)) throw new ArgumentException($"There is no file {file}.");
        await using var stream = File.OpenRead(file);
        var start = new byte[5];
        if (await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation) < start.Length || !start.AsSpan().SequenceEqual("PGDMP"u8))
            throw new ArgumentException($"{file} is no backup of this product.");
    }

    private static async Task<bool> IsFilledAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select to_regclass('{StoreSchema.Name}.mt_events') is not null", connection);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>Ends a pg_restore that is still at work and takes away what it brought.</summary>
    private static async Task ClearAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await ExecuteAsync("select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = current_database() and application_name = $1", Session);
        await ExecuteAsync($"drop schema if exists {StoreSchema.Name}, {Accounts.AccountsDb.Schema} cascade");

        async Task ExecuteAsync(string sql, params string[] values)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
            foreach (var value in values) command.Parameters.Add(new() { Value = value });
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}
