using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using YenBai.Cases.Households;

namespace YenBai.Cases.Ledger;

/// <summary>Writes the facts of the list into the ledger as they come.</summary>
public sealed class LedgerProjection : IProjection
{
    /// <summary>What Marten calls it within the composite.</summary>
    public const string Name = nameof(LedgerProjection);

    public Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        var rows = new List<ListFact>(events.Count);
        foreach (var e in events)
            if (e.Data is HouseholdEvent && ListFact.Of(e.StreamId, e.Sequence, HouseholdProjection.FactOf(e)) is { } row)
                rows.Add(row);
        LedgerTable.Write(operations, rows);
        return Task.CompletedTask;
    }
}
