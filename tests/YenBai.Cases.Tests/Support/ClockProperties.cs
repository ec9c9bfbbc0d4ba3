using YenBai.Cases.Households;
using YenBai.Cases.Tests.Households;
using static YenBai.Cases.Tests.Households.AHousehold;
using static YenBai.Cases.Tests.Support.AnAgreement;

namespace YenBai.Cases.Tests.Support;

/// <summary>
/// Whatever happened to an agreement, in whatever order it was learnt and whenever the clock was asked in between: it comes
/// to the same last day, the same due days, the same state of every condition, the same end.
/// </summary>
public sealed class ClockProperties
{
    private static readonly DateOnly First = On(2024, 1, 10), Last = On(2027, 1, 1);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory, MemberData(nameof(Seeds))]
    public void The_order_in_which_things_are_learnt_and_the_clock_is_asked_changes_nothing(int seed)
    {
        var dice = new Random(seed);
        var (terms, facts) = AStory(dice);
        var straight = Poor.Told([terms, .. facts]).Struck(Last);

        for (var telling = 0; telling < 3; telling++)
        {
            var household = Poor.Told(terms);
            var shuffled = facts.ToArray();
            dice.Shuffle(shuffled);
            // What is completed is over: no command adds time to it afterwards.
            if (straight.TheAgreement().Conditions.All(straight.TheAgreement().IsSettled)) shuffled = [.. shuffled.OrderBy(f => f is ConditionMet or ConditionWaived)];
            // Of two things that happened on one day the order of telling is what happened: a stop and a start are not a start and a stop.
            foreach (var sameDay in facts.GroupBy(f => f.On))
            {
                var places = new Queue<int>(shuffled.Index().Where(f => f.Item.On == sameDay.Key).Select(f => f.Index).ToArray());
                foreach (var fact in sameDay) shuffled[places.Dequeue()] = fact;
            }
            foreach (var fact in shuffled)
            {
                // Redelivered, on a second node, after a jump of the clock: on any day, and again.
                var day = First.AddDays(dice.Next(Last.DayNumber - First.DayNumber));
                household = household.Struck(day);
                household.Strikes(day).ShouldBeEmpty();
                household = household.Told(fact);
            }
            household = household.Struck(Last);

            household.Strikes(Last).ShouldBeEmpty();
            Summary(household).ShouldBe(Summary(straight), $"told as {string.Join(", ", shuffled.Select(f => $"{Facts.NameOf(f)} {f.On}"))}");
        }
    }

    public static TheoryData<int> SomeSeeds => [.. Enumerable.Range(1, 5)];

    [Theory, MemberData(nameof(SomeSeeds))]
    public void Asked_every_day_the_clock_tells_each_thing_once_and_on_its_day(int seed)
    {
        var (terms, facts) = AStory(new Random(seed));
        var household = Poor.Told(terms);
        var waiting = new Queue<HouseholdEvent>(facts.OrderBy(f => f.On));
        for (var day = First; day <= Last; day = day.AddDays(1))
        {
            while (waiting.TryPeek(out var next) && next.On <= day) household = household.Told(waiting.Dequeue());
            var told = household.Strikes(day);
            told.ShouldAllBe(e => e.On == day);
            household = household.Told([.. told]);
        }

        Summary(household).ShouldBe(Summary(Poor.Told([terms, .. facts]).Struck(Last)));
        household.Folded.Facts.Select(f => f.Event).OfType<ConditionMissed>().GroupBy(m => m.ConditionId).ShouldAllBe(g => g.Count() == 1);
        household.Folded.Facts.Count(f => f.Event is SupportEnded).ShouldBeLessThanOrEqualTo(1);
    }

    /// <summary>All that anybody reads of an agreement.</summary>
    private static string Summary(AHousehold household)
    {
        var a = household.TheAgreement();
        return string.Join("; ", [$"{a.StateOn(Last)} {a.Ended?.On}", $"until {a.EndOn(Last)}", .. a.Conditions.OrderBy(c => c.Id).Select(c => $"{a.StateOf(c)} {a.DueOn(c, Last)}")]);
    }

    /// <summary>An agreement with one to four conditions, and what became of it: pauses one after the other, extensions, conditions met, shown and waived.</summary>
    private static (SupportAgreed Terms, List<HouseholdEvent> Facts) AStory(Random dice)
    {
        var start = First.AddDays(dice.Next(0, 20));
        var end = start.AddDays(dice.Next(30, 400));
        var conditions = Enumerable.Range(1, dice.Next(1, 5))
            .Select(i => new ConditionTerms(Ids.Named(Id, $"condition {i}"), "report_progress", null, null, start.AddDays(dice.Next(end.DayNumber - start.DayNumber + 1)), Evidence.None, AfterMiss.Remind)).ToList();
        var terms = Terms with { Start = start, End = end, Conditions = conditions };
        List<HouseholdEvent> facts = [];

        var (at, last) = (First, end);
        for (var pauses = dice.Next(4); pauses > 0; pauses--)
        {
            var from = at.AddDays(dice.Next(1, 90));
            if (from > last) break;
            facts.Add(new SupportSuspended(from, Noon(from), Id, null));
            // The last of them may never end.
            if (pauses == 1 && dice.Next(5) == 0) break;
            // A day at least: what was told of one day counts in the order of telling, and no command resumes what was not suspended.
            at = from.AddDays(dice.Next(1, 60));
            facts.Add(new SupportResumed(at, Noon(at), Id));
            last = last.AddDays(at.DayNumber - from.DayNumber);
        }
        for (var extensions = dice.Next(3); extensions > 0; extensions--)
        {
            var on = First.AddDays(dice.Next(end.DayNumber - First.DayNumber + 1));
            facts.Add(new SupportExtended(on, Noon(on), Id, dice.Next(1, 60), null));
        }
        foreach (var condition in conditions)
        {
            var on = First.AddDays(dice.Next(500));
            switch (dice.Next(4))
            {
                case 0: facts.Add(new ConditionMet(on, Noon(on), Id, condition.Id, [], null)); break;
                case 1: facts.Add(new ConditionWaived(on, Noon(on), Id, condition.Id, null)); break;
                case 2: facts.Add(new EvidenceHandedIn(on, Noon(on), Id, condition.Id, [], null)); break;
            }
        }
        return (terms, facts);
    }
}
