using Marten;
using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Web.Components.Case;

/// <summary>A fact with the household that it happened to.</summary>
public sealed record LatestFact(string Code, string? Head, string Unit, HouseholdEvent Event, DateTimeOffset Stored);

/// <summary>What was written down last, across households.</summary>
public sealed class LatestFacts(IDocumentStore store)
{
    public async Task<IReadOnlyList<LatestFact>> ReadAsync(int count, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var events = await session.Events.QueryAllRawEvents().OrderByDescending(e => e.Sequence).Take(count).ToListAsync(cancellation);
        var households = (await session.LoadManyAsync<Household>(cancellation, [.. events.Select(e => e.StreamId).Distinct()])).ToDictionary(h => h.Id);
        var states = households.ToDictionary(h => h.Key, h => h.Value.Latest());
        var heads = (await session.LoadManyAsync<Person>(cancellation, [.. states.Values.Select(s => s.HeadId).OfType<Guid>()])).ToDictionary(p => p.Id);
        return
        [
            .. events.Where(e => households.ContainsKey(e.StreamId)).Select(e => new LatestFact(
                households[e.StreamId].Code, states[e.StreamId].HeadId is { } head ? heads.GetValueOrDefault(head)?.Name : null,
                states[e.StreamId].Unit, (HouseholdEvent)e.Data, e.Timestamp)),
        ];
    }
}
