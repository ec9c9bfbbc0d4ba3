using System.Text.Json;
using Npgsql;
using YenBai.Cases.Households;

namespace YenBai.Cases.Maintenance;

/// <summary>A household folded afresh from its stream.</summary>
/// <param name="Sequences">The position of each of its facts among all events of the store; empty where nobody read them.</param>
public sealed record Refolded(Household Household, IReadOnlyList<long> Sequences);

/// <summary>An event is not what this product writes: somebody changed it in the database, or a newer version wrote it.</summary>
public sealed class UnreadableEventException(long sequence, Guid stream, Exception cause)
    : InvalidOperationException($"The event {sequence} of stream {stream} cannot be read: {cause.Message}", cause);

/// <summary>Reads streams, many at a time, and folds them afresh: what a rebuild writes and a verification compares with.</summary>
internal static class Refold
{
    public const int StreamsAtOnce = 500;

    /// <summary>The ids of all households' streams, in order, chunk by chunk.</summary>
    public static async IAsyncEnumerable<Guid[]> StreamsAsync(
        NpgsqlDataSource source, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = Guid.Empty;
        while (true)
        {
            await using var command = source.CreateCommand($"select id from {StoreSchema.HouseholdStreams} s where id > $1 order by id limit {StreamsAtOnce}");
            command.Parameters.Add(new() { Value = after });
            var ids = new List<Guid>(StreamsAtOnce);
            await using (var reader = await command.ExecuteReaderAsync(cancellation))
                while (await reader.ReadAsync(cancellation)) ids.Add(reader.GetGuid(0));
            if (ids.Count == 0) yield break;
            after = ids[^1];
            yield return [.. ids];
        }
    }

    // Past Marten's queries, which take three times as long.
    public static async Task<List<Refolded>> FoldAsync(NpgsqlDataSource source, Guid[] streams, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"""
            select stream_id, version, id, type, correlation_id, seq_id, data from {StoreSchema.Name}.mt_events
            where stream_id = any($1) order by stream_id, version
            """);
        command.Parameters.Add(new() { Value = streams });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var folded = new List<Refolded>(streams.Length);
        var stream = Guid.Empty;
        List<Fact> facts = [];
        List<long> sequences = [];
        while (await reader.ReadAsync(cancellation))
        {
            if (reader.GetGuid(0) is var next && next != stream)
            {
                Fold();
                (stream, facts, sequences) = (next, [], []);
            }
            var e = Read(reader);
            var fact = new Fact((int)reader.GetInt64(1), reader.GetGuid(2), e, reader.IsDBNull(4) ? null : HouseholdProjection.ImportOf(reader.GetString(4)));
            facts.Add(fact);
            sequences.Add(reader.GetInt64(5));
        }
        Fold();
        return folded;

        HouseholdEvent Read(NpgsqlDataReader reader)
        {
            try
            {
                return (HouseholdEvent)JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(6), Facts.Named(reader.GetString(3)).Type, Json.Options)!;
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or NotSupportedException)
            {
                throw new UnreadableEventException(reader.GetInt64(5), reader.GetGuid(0), e);
            }
        }

        void Fold()
        {
            if (facts.Count > 0) folded.Add(new(Household.Nobody(stream).With(facts), sequences));
        }
    }
}
