namespace YenBai.Cases.Households;

/// <summary>
/// The states of a household on days that follow each other, in one fold over its facts: what <see cref="Household.StateAt"/> says of
/// each day, without folding anew for each.
/// </summary>
internal sealed class StateWalk
{
    private readonly List<Fact> facts;
    private readonly HouseholdState state = new();
    private int next;

    public StateWalk(Household household)
    {
        facts = household.Visible(DateTimeOffset.MaxValue);
        facts.Sort(Fact.Order);
    }

    /// <summary>The state on a day, which must not lie before the one of the last call. It changes with the next call.</summary>
    public HouseholdState To(DateOnly day)
    {
        while (next < facts.Count && facts[next].Event.On <= day) state.Apply(facts[next++]);
        return state;
    }
}
