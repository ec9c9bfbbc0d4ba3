using System.Collections.Immutable;

namespace YenBai.Cases.Durability;

/// <summary>
/// Facts to spells (rules R1 to R12): a pure function, so that a figure of last year can be made again from what was known last year.
/// </summary>
public static class SpellBuilder
{
    /// <summary>Builds the spells that answer <paramref name="query"/>.</summary>
    /// <param name="facts">All facts, in any order.</param>
    /// <param name="reviews">The review days.</param>
    /// <param name="query">The question.</param>
    public static SpellSet Build(IEnumerable<SpellFact> facts, ReviewCalendar reviews, SpellQuery query)
    {
        var run = new SpellRun(reviews, query);
        ReadOnlySpan<SpellFact> visible = VisibleFacts.Of(facts, query.AsOf, query.KnownAt);
        for (int from = 0, to; from < visible.Length; from = to)
        {
            for (to = from + 1; to < visible.Length && visible[to].Household == visible[from].Household; to++) ;
            run.Add(visible[from..to]);
        }

        return run.Result();
    }
}

/// <summary>
/// <see cref="SpellBuilder"/> household by household, for who reads millions of facts from a store that has them together already.
/// </summary>
public sealed class SpellRun(ReviewCalendar reviews, SpellQuery query)
{
    readonly ImmutableArray<Spell>.Builder spells = ImmutableArray.CreateBuilder<Spell>();
    readonly ImmutableArray<LeftOut>.Builder leftOut = ImmutableArray.CreateBuilder<LeftOut>();
    int households;

    /// <summary>The spells so far.</summary>
    public IReadOnlyList<Spell> Spells => spells;

    /// <summary>What was left out so far.</summary>
    public IReadOnlyList<LeftOut> LeftOut => leftOut;

    /// <summary>The answer.</summary>
    public SpellSet Result() => new(query, spells.ToImmutable(), leftOut.ToImmutable());

    /// <summary>Takes one household more.</summary>
    /// <param name="facts">Its facts that are known, effective and not annulled (R1, R2), in their order (R3).</param>
    public void Add(ReadOnlySpan<SpellFact> facts)
    {
        var watchedFrom = WatchedFrom(facts);
        var status = new HouseholdStatus();
        SpellFact exit = default;
        DateOnly lastConfirmed = default;
        var before = spells.Count;
        foreach (ref readonly var fact in facts)
        {
            switch (status.Apply(fact))
            {
                case StatusChange.Exited or StatusChange.ExitedUnlisted:
                    exit = fact;
                    lastConfirmed = fact.Effective;
                    break;
                case StatusChange.Confirmed:
                    lastConfirmed = fact.Effective;
                    break;
                case StatusChange.ReEntered:
                    Close(exit, status.SpellNumber, watchedFrom, fact.Effective, EndKind.ReEntry, EndReason.ReEntry, fact.Id);
                    break;
                case StatusChange.ReEnteredByStandard:
                    var end = query.StandardChange == StandardChangeRule.Event ? EndKind.ReEntry : EndKind.Censored;
                    Close(exit, status.SpellNumber, watchedFrom, fact.Effective, end, EndReason.StandardChange, fact.Id);
                    break;
                case StatusChange.MovedOutOut:
                    Close(exit, status.SpellNumber, watchedFrom, fact.Effective, EndKind.MovedOut, EndReason.MoveOut, fact.Id);
                    break;
                case StatusChange.DissolvedOut:
                    Close(exit, status.SpellNumber, watchedFrom, fact.Effective, EndKind.Dissolved, EndReason.Dissolve, fact.Id);
                    break;
                case StatusChange.ExitWithdrawn: Leave(ExclusionRule.ExitAnnulledByCorrection, exit); break;
                case StatusChange.DuplicateExit: Leave(ExclusionRule.DuplicateExit, fact); break;
                case StatusChange.ExitAfterGone: Leave(ExclusionRule.ExitAfterGone, fact); break;
                case StatusChange.DuplicateEnter: Leave(ExclusionRule.DuplicateEnter, fact); break;
                case StatusChange.ConfirmIgnored: Leave(ExclusionRule.ConfirmIgnored, fact); break;
            }
        }

        if (status.Standing == Standing.Out)
        {
            var end = query.Censoring == CensoringRule.AsOf ? query.AsOf : lastConfirmed;
            Close(exit, status.SpellNumber, watchedFrom, end, EndKind.Censored, EndReason.Censored, null, lastConfirmed);
        }

        if (spells.Count > before) households++;
    }

    void Leave(ExclusionRule rule, in SpellFact fact) => leftOut.Add(new LeftOut(rule, fact.Id));

    /// <summary>Rule R10: the day of a survivors-only import, from which on re-entries would be seen.</summary>
    static DateOnly? WatchedFrom(ReadOnlySpan<SpellFact> facts)
    {
        foreach (ref readonly var fact in facts)
            if (fact.Kind == FactKind.Import) return fact.History == ImportHistory.SurvivorsOnly ? fact.Effective : null;
        return null;
    }

    void Close(in SpellFact exit, int number, DateOnly? watchedFrom, DateOnly endDate, EndKind end, EndReason reason, long? endedBy, DateOnly? lastConfirmed = null)
    {
        if (query.Scope == SpellScope.First && number > 1) return;
        var start = exit.Effective;
        var time = endDate.DayNumber - start.DayNumber;
        var entry = watchedFrom > start ? watchedFrom.Value.DayNumber - start.DayNumber : 0;
        if (entry > 0 && time <= entry)
        {
            Leave(ExclusionRule.NeverAtRisk, exit);
            return;
        }

        if (time == 0)
        {
            Leave(end == EndKind.Censored ? ExclusionRule.ZeroLengthCensored : ExclusionRule.ZeroLengthEvent, exit);
            return;
        }

        var cycle = end == EndKind.ReEntry ? reviews.CycleOf(start, endDate) : reviews.Completed(start, endDate);
        spells.Add(new Spell(exit.Household, households, number, start, exit.District, exit.Voluntary, exit.Support, exit.Standard,
            entry, time, end, reason, endDate, cycle, reviews.Completed(start, start.AddDays(entry)), exit.Group)
        { ExitId = exit.Id, EndId = endedBy, LastConfirmed = lastConfirmed });
    }
}
