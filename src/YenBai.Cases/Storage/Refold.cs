using JasperFx.Events;
using Marten;
using Npgsql;
using YenBai.Cases.Households;
using YenBai.Cases.Ledger;

namespace YenBai.Cases.Storage;

/// <summary>A household folded afresh from its stream.</summary>
/// <param name="Facts">Its rows of the ledger.</param>
public sealed record Refolded(Household Household, IReadOnlyList<ListFact> Facts);

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
            await using var command = source.CreateCommand($"select id from {CasesStore.HouseholdStreams} s where id > $1 order by id limit {StreamsAtOnce}");
            command.Parameters.Add(new() { Value = after });
            var ids = new List<Guid>(StreamsAtOnce);
            await using (var reader = await command.ExecuteReaderAsync(cancellation))
                while (await reader.ReadAsync(cancellation)) ids.Add(reader.GetGuid(0));
            if (ids.Count == 0) yield break;
            after = ids[^1];
            yield return [.. ids];
        }
    }

    public static async Task<List<Refolded>> FoldAsync(IQuerySession session, Guid[] streams, CancellationToken cancellation)
    {
        var events = await session.Events.QueryAllRawEvents().Where(e => e.StreamId.IsOneOf(streams)).OrderBy(e => e.StreamId).ThenBy(e => e.Version).ToListAsync(cancellation);
        var folded = new List<Refolded>(streams.Length);
        foreach (var stream in events.GroupBy(e => e.StreamId))
        {
            var facts = stream.Select(e => (e.Sequence, Fact: HouseholdProjection.FactOf(e))).ToList();
            folded.Add(new(
                Household.Nobody(stream.Key).With(facts.Select(f => f.Fact)),
                [.. facts.Select(f => ListFact.Of(stream.Key, f.Sequence, f.Fact)).OfType<ListFact>()]));
        }
        return folded;
    }
}
