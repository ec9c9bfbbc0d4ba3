namespace YenBai.Cases.Durability;

/// <summary>Rules R1 to R3: which facts are seen, and in which order.</summary>
static class VisibleFacts
{
    /// <summary>
    /// Facts recorded by <paramref name="knownAt"/>, effective by <paramref name="asOf"/> and not annulled, ordered by household (ordinal),
    /// effective day and sequence: the same order, and so the same output, however the rows come.
    /// </summary>
    public static SpellFact[] Of(IEnumerable<SpellFact> facts, DateOnly asOf, DateTimeOffset knownAt)
    {
        var known = facts.Where(fact => fact.Recorded <= knownAt).ToList();

        // A void counts from the moment it is known; the day it names is that of its target.
        var annulled = known.Where(fact => fact is { Kind: FactKind.Void, Reference: not null }).Select(fact => fact.Reference!.Value).ToHashSet();
        var seen = known.Where(fact => fact.Kind != FactKind.Void && fact.Effective <= asOf && !annulled.Contains(fact.Id)).ToArray();
        Array.Sort(seen, static (a, b) =>
        {
            var order = string.CompareOrdinal(a.Household, b.Household);
            if (order == 0) order = a.Effective.CompareTo(b.Effective);
            if (order == 0) order = a.Sequence.CompareTo(b.Sequence);
            return order == 0 ? a.Id.CompareTo(b.Id) : order;
        });
        return seen;
    }
}
