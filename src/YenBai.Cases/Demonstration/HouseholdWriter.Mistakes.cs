using YenBai.Cases.Households;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Demonstration;

// What was entered wrongly and annulled some weeks later: it stays readable and counts no more.
internal sealed partial class HouseholdWriter
{
    private void MistakenExit(Story story, int h, int year, DateOnly day)
    {
        // Not when the standard changes, and not when no time is left to notice it.
        if (year is Calibration.TwoStandards or Calibration.LastYear || !OneInFiveThousand(ref story.Dice, 3)) return;
        var decided = story.Tell(new ClassDecided(day, story.Evening(day), StandardOf(year), PovertyClass.NotPoor, DecisionNumber(h, year)));
        var exited = story.Tell(new Exited(day, story.Evening(day), story.Unit, StandardOf(year), PovertyClass.NotPoor, false, SupportMix(story)) { Then = story.Then });
        var noticed = day.AddDays(story.Dice.Between(17, 80));
        story.Annul(exited, story.Evening(noticed), Texts.WrongExit);
        story.Annul(decided, story.Evening(noticed), Texts.WrongExit);
    }

    private static void MistakenSupport(Story story, int year)
    {
        if (!OneInFiveThousand(ref story.Dice, 2)) return;
        var day = story.Day(year, 1, 10);
        var wrong = TellOf(story, story.Dice.Chance(500) ? Instruments.Loan : Instruments.Service, day);
        story.Annul(wrong, story.Evening(day.AddDays(story.Dice.Between(3, 30))), Texts.WrongSupport);
    }

    private static void MistakenVisit(Story story, DateOnly day, DateTimeOffset recorded)
    {
        var again = story.Tell(new VisitRecorded(day, recorded.AddMinutes(1), null));
        story.Annul(again, recorded.AddMinutes(story.Dice.Between(5, 4000)), Texts.WrongVisit);
    }

    private static bool OneInFiveThousand(ref Dice dice, int times) => dice.Below(5000) < times;
}
