using Npgsql;

namespace YenBai.Cases.Composition;

/// <summary>
/// Which process projects: a row with a token. The holder confirms it every second or two; a process that is gone or has
/// not confirmed for <see cref="Lapse"/> loses it to the next one. Every connection of a daemon carries its token, and a
/// trigger refuses progress under a token that has been replaced, so that a process that was frozen writes nothing
/// when it wakes.
/// </summary>
public sealed class ProjectorLease(NpgsqlDataSource source, string connectionString)
{
    public const string Table = StoreSchema.Name + ".projector";

    /// <summary>The SQLSTATE of progress that is refused.</summary>
    public const string NotTheProjector = "YB001";

    private const string Setting = "cases.projector";
    private const string Sessions = "cases-projector-";

    /// <summary>Without a confirmation for so long, the holder counts as frozen.</summary>
    public static readonly TimeSpan Lapse = TimeSpan.FromSeconds(10);

    /// <summary>Without one and without a session, it counts as dead. Longer than the time between two confirmations.</summary>
    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(3);

    /// <summary>Run by the owner. The token is a key, so that taking it over waits for a commit under the old one, and confirming it does not.</summary>
    public const string Schema = $"""
        create table if not exists {Table} (token bigint primary key, node text, confirmed timestamptz not null);
        create unique index if not exists projector_one_row on {Table} ((true));
        insert into {Table} (token, node, confirmed) values (0, null, now()) on conflict do nothing;
        create or replace function {StoreSchema.Name}.only_the_projector_advances() returns trigger language plpgsql as $$
        declare claimed text := nullif(current_setting('{Setting}', true), '');
        begin
            if claimed is not null then
                perform 1 from {Table} where token = claimed::bigint for key share;
                if not found then raise exception 'Another process has taken over the projections.' using errcode = '{NotTheProjector}'; end if;
            end if;
            return new;
        end $$;
        create or replace trigger only_the_projector_advances before insert or update on {StoreSchema.Name}.mt_event_progression
            for each row execute function {StoreSchema.Name}.only_the_projector_advances();
        """;

    private readonly string node = Guid.NewGuid().ToString("N");

    /// <summary>A connection whose progress counts only while the token does.</summary>
    public string ConnectionUnder(long token)
    {
        var text = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = Sessions + node, MaxPoolSize = 10 };
        text.Options = $"{text.Options} -c {Setting}={token}".Trim();
        return text.ConnectionString;
    }

    /// <summary>The token, or nothing while another process has it.</summary>
    public async Task<long?> TryTakeAsync(CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var (token, holder, silent, connected) = await ReadAsync(connection, cancellation);
        if (holder is not null && holder != node && silent < Lapse && (connected || silent < Gone)) return null;
        // What it left open would hold rows that the next daemon needs; its requests run in other sessions and go on.
        if (holder is not null) await ExecuteAsync(connection, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = $1", cancellation, Sessions + holder);

        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, "set local lock_timeout = '2s'", cancellation);
        try
        {
            await using var take = Command(connection, $"update {Table} set token = token + 1, node = $1, confirmed = clock_timestamp() where token = $2 returning token", node, token);
            var taken = await take.ExecuteScalarAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return (long?)taken;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return null;
        }
    }

    /// <summary>Confirms the token; false when another process has taken over.</summary>
    public async Task<bool> ConfirmAsync(long token, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = Command(connection, $"""
            with confirmed as (update {Table} set confirmed = clock_timestamp() where token = $1 and confirmed < clock_timestamp() - interval '1.4 s')
            select exists (select from {Table} where token = $1)
            """, token);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>Leaves it to anyone who asks next.</summary>
    public async Task ReleaseAsync(long token)
    {
        await using var connection = await source.OpenConnectionAsync();
        await ExecuteAsync(connection, $"update {Table} set node = null where token = $1", CancellationToken.None, token);
    }

    private static async Task<(long Token, string? Holder, TimeSpan Silent, bool Connected)> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = Command(connection, $"""
            select token, node, clock_timestamp() - confirmed,
                exists (select from pg_stat_activity where datname = current_database() and application_name = $1 || node) from {Table}
            """, Sessions);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetTimeSpan(2), !reader.IsDBNull(3) && reader.GetBoolean(3));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    // A connection that hangs must not hang the question for longer than the lease lasts.
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 4 };
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }
}
