using YenBai.Cases.Households;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Demonstration;

// What happens to it between the reviews.
internal sealed partial class HouseholdWriter
{
    // Deaths and departures are learnt late more often than anything else.
    private const int DeparturesLate = 250;

    private void Depart(Story story, int h, int year)
    {
        Visit(story, year, lastMonth: 2);
        var day = story.Day(year, 3, 11);
        var recorded = story.EveningOrLater(day, DeparturesLate);
        switch (plan.DepartureOf(h))
        {
            case Departure.MovedOut:
                story.Tell(new MovedOut(day, recorded, story.Unit, null) { Then = story.Then });
                break;
            case Departure.Dissolved:
                story.Tell(new Dissolved(day, recorded, story.Unit, null) { Then = story.Then });
                break;
            case Departure.Merged:
                var into = CodeOf(plan.MergedInto[h]);
                story.Tell(new MergedInto(day, recorded, story.Unit, null, Ids.Household(into), into) { Then = story.Then });
                break;
        }
        story.Status = ListStatus.Gone;
    }

    private void Move(Story story, int h, int year)
    {
        var day = story.Day(year, 2, 6);
        var to = settlement.Communes[plan.Commune(h, year)];
        var from = story.Unit;
        (story.Unit, story.Area) = (to.UnitId, to.Area);
        story.Tell(new MovedWithin(day, story.Evening(day), to.UnitId, from, Hamlet(story)) { Then = story.Then });
    }

    /// <summary>A birth, a marriage, a departure, a death: at most one a year.</summary>
    private void ChangeMembers(Story story, int h, int year)
    {
        var what = story.Dice.Below(1000);
        if (what >= 32 || what >= 22 && (story.Members < 4 || plan.ChildOf.ContainsKey(h))) return;

        var day = story.Day(year, 2, 8);
        // A birth is registered within a month or two, always before the review.
        var recorded = what < 16 && story.Dice.Chance(300) ? story.Later(day, 7, 60) : story.Evening(day);
        switch (what)
        {
            case < 16:
                story.Tell(new MembersJoined(day, recorded, 1, 1, MemberChange.Birth));
                story.Members++;
                story.Then = story.Then with { Under16 = story.Then.Under16 + 1 };
                break;
            case < 22:
                story.Tell(new MembersJoined(day, recorded, 1, 0, what < 20 ? MemberChange.Marriage : MemberChange.Return));
                story.Members++;
                break;
            case < 27:
                story.Tell(new MembersLeft(day, recorded, 1, 0, what < 25 ? MemberChange.Departure : MemberChange.Marriage, null));
                Lose(story, 1, 0);
                break;
            default:
                story.Tell(new MembersLeft(day, recorded, 1, 0, MemberChange.Death, null));
                Lose(story, 1, 0);
                ChangeHead(story, day, recorded.AddSeconds(1));
                break;
        }
    }

    /// <summary>After a death the spouse or a grown child heads the household.</summary>
    private static void ChangeHead(Story story, DateOnly day, DateTimeOffset recorded)
    {
        var sex = story.Dice.Chance(550) ? Sex.Female : Sex.Male;
        var head = story.Person($"head-{day.Year}", sex, day.Year - story.Dice.Between(22, 60), recorded);
        story.Tell(new HeadChanged(day, recorded, head, sex, MemberChange.Death));
        story.Then = story.Then with { HeadSex = sex };
    }

    private static void Lose(Story story, int members, int under16)
    {
        story.Members -= members;
        story.Then = story.Then with { Under16 = Math.Max(0, story.Then.Under16!.Value - under16) };
    }

    private static void Visit(Story story, int year, int lastMonth = 11)
    {
        if (!story.Dice.Chance(story.Status == ListStatus.Poor || story.StatusYear >= year - 2 ? 52 : 22)) return;
        var day = story.Day(year, 1, lastMonth);
        var recorded = story.Dice.Chance(100) ? story.Later(day, 5, 30) : story.Evening(day);
        story.Tell(new VisitRecorded(day, recorded, story.Note(story.Dice.Of(Texts.Visits), recorded)));
        if (story.Dice.Chance(4)) MistakenVisit(story, day, recorded);
    }
}
