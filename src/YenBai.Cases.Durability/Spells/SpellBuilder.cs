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
        var run = new Run(reviews, query);
        ReadOnlySpan<SpellFact> visible = VisibleFacts.Of(facts, query.AsOf, query.KnownAt);
        for (int from = 0, to; from < visible.Length; from = to)
        {
            for (to = from + 1; to < visible.Length && visible[to].Household == visible[from].Household; to++) ;
            run.AddHousehold(visible[from..to]);
        }

        return run.Result();
    }

    /// <summary>One run of the builder; nothing of it outlives the call.</summary>
    sealed class Run(ReviewCalendar reviews, SpellQuery query)
    {
        readonly ImmutableArray<Spell>.Builder spells = ImmutableArray.CreateBuilder<Spell>();
        readonly List<Spell> household = [];
        int households, duplicateExit, exitAfterGone, duplicateEnter, zeroEvent, zeroCensored, neverAtRisk, annulled, confirmIgnored;

        public SpellSet Result() => new(query, spells.ToImmutable(), new Exclusions(
            duplicateExit, exitAfterGone, duplicateEnter, zeroEvent, zeroCensored, neverAtRisk, annulled, confirmIgnored));

        public void AddHousehold(ReadOnlySpan<SpellFact> facts)
        {
            var watchedFrom = WatchedFrom(facts);
            var status = new HouseholdStatus();
            SpellFact exit = default;
            DateOnly lastConfirmed = default;
            household.Clear();
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
                        Close(exit, status.SpellNumber, watchedFrom, fact.Effective, EndKind.ReEntry, EndReason.ReEntry);
                        break;
                    case StatusChange.ReEnteredByStandard:
                        var end = query.StandardChange == StandardChangeRule.Event ? EndKind.ReEntry : EndKind.Censored;
                        Close(exit, status.SpellNumber, watchedFrom, fact.Effective, end, EndReason.StandardChange);
                        break;
                    case StatusChange.MovedOutOut:
                        Close(exit, status.SpellNumber, watchedFrom, fact.Effective, EndKind.MovedOut, EndReason.MoveOut);
                        break;
                    case StatusChange.DissolvedOut:
                        Close(exit, status.SpellNumber, watchedFrom, fact.Effective, EndKind.Dissolved, EndReason.Dissolve);
                        break;
                    case StatusChange.ExitWithdrawn: annulled++; break;
                    case StatusChange.DuplicateExit: duplicateExit++; break;
                    case StatusChange.ExitAfterGone: exitAfterGone++; break;
                    case StatusChange.DuplicateEnter: duplicateEnter++; break;
                    case StatusChange.ConfirmIgnored: confirmIgnored++; break;
                }
            }

            if (status.Standing == Standing.Out)
            {
                var end = query.Censoring == CensoringRule.AsOf ? query.AsOf : lastConfirmed;
                Close(exit, status.SpellNumber, watchedFrom, end, EndKind.Censored, EndReason.Censored);
            }

            if (household.Count == 0) return;
            spells.AddRange(household);
            households++;
        }

        /// <summary>Rule R10: the day of a survivors-only import, from which on re-entries would be seen.</summary>
        static DateOnly? WatchedFrom(ReadOnlySpan<SpellFact> facts)
        {
            foreach (ref readonly var fact in facts)
                if (fact.Kind == FactKind.Import) return fact.History == ImportHistory.SurvivorsOnly ? fact.Effective : null;
            return null;
        }

        void Close(in SpellFact exit, int number, DateOnly? watchedFrom, DateOnly endDate, EndKind end, EndReason reason)
        {
            if (query.Scope == SpellScope.First && number > 1) return;
            var start = exit.Effective;
            var time = endDate.DayNumber - start.DayNumber;
            var entry = watchedFrom > start ? watchedFrom.Value.DayNumber - start.DayNumber : 0;
            if (entry > 0 && time <= entry)
            {
                neverAtRisk++;
                return;
            }

            if (time == 0)
            {
                if (end == EndKind.Censored) zeroCensored++;
                else zeroEvent++;
                return;
            }

            var cycle = end == EndKind.ReEntry ? reviews.CycleOf(start, endDate) : reviews.Completed(start, endDate);
            household.Add(new Spell(exit.Household, households, number, start, exit.District, exit.Voluntary, exit.Support, exit.Standard,
                entry, time, end, reason, endDate, cycle, reviews.Completed(start, start.AddDays(entry)), exit.Group));
        }
    }
}
