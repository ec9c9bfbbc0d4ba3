using YenBai.Cases.Households;

namespace YenBai.Cases.Maintenance;

/// <summary>Whether events were changed rather than a read model.</summary>
public enum Suspicion
{
    /// <summary>The read model was.</summary>
    None,

    /// <summary>One or the other: nothing else in the store says which.</summary>
    Either,

    /// <summary>The events were: a rebuild would write the change into the read models.</summary>
    Events,
}

/// <summary>
/// The case is written in one transaction with its events and keeps what they say; the other read models are written
/// apart from it. Where the case and one of those agree with each other and not with the events, somebody changed the
/// events in the database.
/// </summary>
internal static class Tampering
{
    /// <param name="folded">What the events say now.</param>
    /// <param name="case">The case as it stands.</param>
    /// <param name="stored">The rows of each other read model as they stand.</param>
    public static Suspicion Of(Refolded folded, Household @case, IEnumerable<(IReadModel Model, IReadOnlyList<object> Rows)> stored, DateOnly today)
    {
        var parts = stored.SelectMany(s => Parts(s.Model, s.Rows, s.Model.RowsOf(folded, today), s.Model.RowsOf(new(@case, []), today)));
        var telling = parts.Where(p => !p.ByEvents.SequenceEqual(p.ByCase)).ToList();
        return telling.Exists(p => p.Stored.SequenceEqual(p.ByCase)) ? Suspicion.Events
            : telling.Count == 0 ? Suspicion.Either
            : Suspicion.None;
    }

    /// <summary>A read model of several tables is as many witnesses.</summary>
    private static IEnumerable<(List<object> Stored, List<object> ByEvents, List<object> ByCase)> Parts(
        IReadModel model, IReadOnlyList<object> stored, IReadOnlyList<object> byEvents, IReadOnlyList<object> byCase)
    {
        foreach (var kind in stored.Concat(byEvents).Concat(byCase).Select(r => r.GetType()).Distinct())
            yield return (Rows(stored, kind), Rows(byEvents, kind), Rows(byCase, kind));

        List<object> Rows(IReadOnlyList<object> rows, Type kind) => [.. rows.Where(r => r.GetType() == kind).Select(model.Comparable)];
    }
}
