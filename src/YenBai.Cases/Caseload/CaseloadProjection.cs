using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using YenBai.Cases.Households;
using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Caseload;

/// <summary>
/// Keeps the caseload up to date: for each household that something happened to, the row of its case, and the rows of the other
/// read models that are written with it. The case is written with the events, so it is never behind them; whatever order batches come in, the newest row stays.
/// </summary>
public sealed class CaseloadProjection(TimeProvider clock, IEnumerable<IReadModel> models) : IProjection
{
    /// <summary>What Marten calls it within the composite.</summary>
    public const string Name = nameof(CaseloadProjection);

    private readonly List<IReadModel> written = [.. models.Where(m => m.Projection == Name)];

    public async Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        var touched = events.Where(e => e.Data is HouseholdEvent).Select(e => e.StreamId).Distinct().ToArray();
        var today = clock.Today();
        foreach (var some in touched.Chunk(1000))
        {
            var households = await operations.LoadManyAsync<Household>(cancellation, some);
            // From the same cases: reading them again would cost more than writing the rows.
            foreach (var model in written) model.Write(operations, [.. households.Select(h => new Refolded(h, []))], today);
        }
    }
}
