using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>Writes the agreements and conditions of every household whose events can change them.</summary>
public sealed class SupportProjection : IProjection
{
    /// <summary>What Marten calls it within the composite.</summary>
    public const string Name = nameof(SupportProjection);

    public async Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        var touched = events.Where(e => e.Data is HouseholdEvent x && SupportTables.Concerns(x)).Select(e => e.StreamId).Distinct().ToArray();
        foreach (var some in touched.Chunk(1000)) SupportTables.Write(operations, [.. await operations.LoadManyAsync<Household>(cancellation, some)]);
    }
}
