using System.Text.Json;
using YenBai.Cases.Households;

namespace YenBai.Cases.Bench;

/// <summary>An event with its place in the store.</summary>
internal readonly record struct StoredEvent(Guid Stream, long Version, Guid Id, string Type, string DotNetType, string? Correlation, HouseholdEvent Event)
{
    private static readonly Dictionary<string, Type> Types = Facts.All.ToDictionary(f => f.Name, f => f.Type);

    /// <summary>Reads events in an order, with no library between but Npgsql and System.Text.Json.</summary>
    public static async IAsyncEnumerable<StoredEvent> ReadAsync(Store store, string order)
    {
        await using var command = store.Source.CreateCommand($"select stream_id, version, id, type, mt_dotnet_type, correlation_id, data from cases.mt_events order by {order}");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var type = reader.GetString(3);
            // Streams of staff members stand in the same table.
            if (!Types.TryGetValue(type, out var known)) continue;
            yield return new(reader.GetGuid(0), reader.GetInt64(1), reader.GetGuid(2), type, reader.GetString(4), reader.IsDBNull(5) ? null : reader.GetString(5),
                (HouseholdEvent)JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(6), known, Json.Options)!);
        }
    }
}
