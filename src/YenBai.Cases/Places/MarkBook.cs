using Marten;

namespace YenBai.Cases.Places;

/// <summary>A mark as it is stored; told again, it is the same mark.</summary>
public sealed record StoredMark(string Id, string UnitId, MarkKind Kind, DateOnly From, DateOnly? Until, string Source);

/// <summary>The marks of places: those that come with the product and those that an operator imported.</summary>
public sealed class MarkBook(IDocumentStore store)
{
    public async Task<IReadOnlyList<PlaceMark>> AllAsync(CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var stored = await session.Query<StoredMark>().ToListAsync(cancellation);
        // An imported mark of the same unit, kind and first day takes the place of the one that came with the product.
        return [.. PlaceMarks.Default.Concat(stored.Select(s => new PlaceMark(s.UnitId, s.Kind, s.From, s.Until, s.Source))).GroupBy(IdOf).Select(g => g.Last())];
    }

    public async Task StoreAsync(IReadOnlyList<PlaceMark> marks, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        session.Store(marks.Select(m => new StoredMark(IdOf(m), m.UnitId, m.Kind, m.From, m.Until, m.Source)));
        await session.SaveChangesAsync(cancellation);
    }

    private static string IdOf(PlaceMark mark) => $"{mark.UnitId}|{mark.Kind}|{mark.From:yyyy-MM-dd}";
}
