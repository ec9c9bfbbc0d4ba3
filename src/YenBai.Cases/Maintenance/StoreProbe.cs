using Npgsql;

namespace YenBai.Cases.Maintenance;

/// <summary>Asks the store for nothing from every table that an answer needs: a missing table or column is then known.</summary>
public sealed class StoreProbe(NpgsqlDataSource source, IEnumerable<IReadModel> models)
{
    private static readonly string[] Tables =
    [
        $"{StoreSchema.Name}.mt_events", $"{StoreSchema.Name}.mt_streams", $"{StoreSchema.Name}.mt_event_progression", $"{StoreSchema.Name}.mt_doc_household",
        $"{StoreSchema.Name}.mt_doc_person", $"{StoreSchema.Name}.mt_doc_receipt", $"{StoreSchema.Name}.mt_doc_import_run", $"{StoreSchema.Name}.mt_doc_unit_total",
    ];

    /// <summary>What is wrong: store_unreachable or schema_outdated; nothing when nothing is.</summary>
    public async Task<string?> AskAsync(CancellationToken cancellation)
    {
        try
        {
            foreach (var model in models) await model.ReadAsync(source, [], cancellation);
            foreach (var table in Tables)
            {
                await using var command = source.CreateCommand($"select 1 from {table} limit 0");
                await command.ExecuteNonQueryAsync(cancellation);
            }
            return null;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.InvalidSchemaName)
        {
            return "schema_outdated";
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return "store_unreachable";
        }
    }
}
