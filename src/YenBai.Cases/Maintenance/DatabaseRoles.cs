using Npgsql;
using YenBai.Cases.Access;

namespace YenBai.Cases.Maintenance;

/// <summary>
/// What the run-time role may do: add to the record, not change it. The owner, which makes the schema, restores and backs
/// up, is another role. Why, and what that holds against: ops/docs/decisions.
/// </summary>
public static class DatabaseRoles
{
    /// <summary>The run-time role where the configuration names none.</summary>
    public const string RunTime = "cases_app";

    /// <summary>The record: rows are added and read.</summary>
    internal static readonly string[] AppendOnly = [$"{StoreSchema.Name}.mt_events", ReadLog.Name];

    /// <summary>Lets the run-time role analyse after a bulk load, which is otherwise the owner's alone: these tables, or all.</summary>
    public const string Statistics = $"""
        create or replace function {StoreSchema.Name}.refresh_statistics(tables regclass[] default null) returns void
        language plpgsql security definer set search_path = pg_catalog as $$
        declare t regclass;
        begin
            for t in select oid::regclass from pg_class
                where relnamespace = '{StoreSchema.Name}'::regnamespace and relkind = 'r' and (tables is null or oid::regclass = any (tables))
            loop execute format('analyze %s', t); end loop;
        end $$;
        """;

    /// <summary>Exactly what the role may do, whatever it could before.</summary>
    public static string Grants(string role, IReadOnlyList<string> otherSchemas, IReadOnlyList<string> readOnly)
    {
        var to = Quote(role);
        var schemas = string.Join(", ", otherSchemas.Prepend(StoreSchema.Name));
        return $"""
            revoke create on schema {schemas} from {to};
            grant usage on schema {schemas} to {to};
            revoke all on all tables in schema {schemas} from {to};
            grant select, insert, update, delete on all tables in schema {schemas} to {to};
            revoke update, delete on {string.Join(", ", AppendOnly)} from {to};
            revoke insert, update, delete on {string.Join(", ", readOnly)} from {to};
            revoke update, delete on {StoreSchema.Name}.mt_streams from {to};
            grant update (version, timestamp) on {StoreSchema.Name}.mt_streams to {to};
            revoke all on all sequences in schema {schemas} from {to};
            grant usage, select on all sequences in schema {schemas} to {to};
            revoke execute on function {StoreSchema.Name}.refresh_statistics(regclass[]) from public;
            grant execute on all functions in schema {StoreSchema.Name} to {to};
            """;
    }

    public static string Quote(string name) => new NpgsqlCommandBuilder().QuoteIdentifier(name);

    /// <summary>Whether the connection can change what was recorded: it is the owner's, or can become the owner.</summary>
    public static async Task<bool> CanRewriteAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"""
            select exists (select from unnest($1) t (name) where has_table_privilege(session_user, to_regclass(name), 'update, delete, truncate'))
                or exists (select from pg_class c where c.oid = to_regclass('{StoreSchema.Name}.mt_events') and pg_has_role(session_user, c.relowner, 'member'))
            """);
        command.Parameters.Add(new() { Value = AppendOnly });
        return await command.ExecuteScalarAsync(cancellation) is true;
    }
}
