namespace YenBai.Cases.Households;

/// <summary>
/// A decision constitutes a class and what it does to the list: two facts, of one day and one standard. Where one of them is
/// annulled alone, the household is of one class and on the list of another.
/// </summary>
public static class DecidedTogether
{
    /// <returns>What stands and would contradict the rest without the fact; empty for most.</returns>
    public static IReadOnlyList<Fact> With(Fact fact, Household household)
    {
        if (Decided(fact) is not { } decided) return [];
        var standing = household.Visible(DateTimeOffset.MaxValue);
        // Two decisions of one day under one standard have their facts in the order in which they were written down.
        var pairs = standing.Where(f => Decided(f) == decided && f.Import == fact.Import && (f.Event is ClassDecided) != (fact.Event is ClassDecided)).ToList();
        return pairs.Count == 0 ? [] : [pairs.MinBy(f => Math.Abs(f.Version - fact.Version))!];
    }

    private static (DateOnly On, string? Standard)? Decided(Fact fact) => fact.Event switch
    {
        ClassDecided x => (x.On, x.Standard),
        ListedPoor x => (x.On, x.Standard),
        Exited x => (x.On, x.Standard),
        ReEntered x => (x.On, x.Standard),
        _ => null,
    };
}
