using YenBai.Cases.Households;

namespace YenBai.Cases.Demonstration;

// What the yearly review of 15 December says of it.
internal sealed partial class HouseholdWriter
{
    // One exit in seventy and one re-entry in twenty-five is entered weeks or months late.
    private const int ExitsLate = 14, EntriesLate = 40, ConfirmationsLate = 10;

    private void Review(Story story, int h, int year, Standing opening, Standing closing)
    {
        var day = DemonstrationProvince.ReviewOf(year);
        switch (opening, closing)
        {
            case (Standing.Poor, Standing.Poor):
                if (story.Dice.Chance(1)) AskAndWithdraw(story, year);
                else MistakenExit(story, h, year, day);
                break;
            case (Standing.Poor, _):
                Leave(story, h, year, day, ClassOf(closing));
                break;
            case (_, Standing.Poor):
                BecomePoor(story, h, year, day);
                break;
            default:
                if (opening != closing) Judge(story, h, year, story.Day(year, 10, 11), day, closing);
                Confirm(story, h, year, day);
                break;
        }
    }

    private void Leave(Story story, int h, int year, DateOnly day, PovertyClass to)
    {
        var voluntary = plan.Voluntary(h, year);
        if (voluntary)
        {
            var asked = story.Day(year, 9, 10);
            var recorded = story.Evening(asked);
            story.Tell(new ExitRequested(asked, recorded, story.Note(story.Dice.Of(Texts.Requests), recorded)));
        }
        var standard = StandardOf(year);
        if (FormKept(story, year)) story.Tell(Scores.Assess(story, story.Day(year, 10, 11), standard, to));
        var known = story.EveningOrLater(day, ExitsLate);
        Decide(story, h, year, day, known, to);
        story.Tell(new Exited(day, known.AddSeconds(1), story.Unit, standard, to, voluntary, SupportMix(story)) { Then = story.Then });
        (story.Status, story.StatusYear) = (ListStatus.Out, year);
        story.Exits++;
    }

    /// <summary>Onto the list: again, where it had left it, or for the first time.</summary>
    private void BecomePoor(Story story, int h, int year, DateOnly day, DateOnly? assessed = null)
    {
        var standard = StandardOf(year);
        var review = day == DemonstrationProvince.ReviewOf(year);
        story.Tell(Scores.Assess(story, assessed ?? (review ? story.Day(year, 10, 11) : day), standard, PovertyClass.Poor));
        var known = story.EveningOrLater(day, EntriesLate);
        Decide(story, h, year, day, known, PovertyClass.Poor);
        if (story.Exits > 0)
            story.Tell(new ReEntered(day, known.AddSeconds(1), story.Unit, standard, EntryCause.Deterioration) { Then = story.Then });
        else
            story.Tell(new ListedPoor(day, known.AddSeconds(1), story.Unit, standard, EntryCause.Deterioration) { Then = story.Then });
        (story.Status, story.StatusYear) = (ListStatus.Poor, year);
    }

    /// <summary>A class that does not change the list.</summary>
    private void Judge(Story story, int h, int year, DateOnly assessed, DateOnly day, Standing standing)
    {
        if (story.Exits == 0 || FormKept(story, year)) story.Tell(Scores.Assess(story, assessed, StandardOf(year), ClassOf(standing)));
        Decide(story, h, year, day, story.Evening(day), ClassOf(standing));
    }

    /// <summary>Of the forms by which households left a class before 2021 only some were taken into the register.</summary>
    private static bool FormKept(Story story, int year) => year >= Calibration.TwoStandards || story.Dice.Chance(250);

    /// <summary>Still not poor: said at most reviews; 5 to 15 in a hundred are not seen, by district and year.</summary>
    private void Confirm(Story story, int h, int year, DateOnly day)
    {
        if (story.Status != ListStatus.Out) return;
        var unseen = 50 + (int)(Dice.Mix(seed, settlement.DistrictOf[plan.Commune(h, year)], Purpose.Coverage, year) % 101);
        if (story.Dice.Chance(unseen)) return;
        story.Tell(new ExitConfirmed(day, story.EveningOrLater(day, ConfirmationsLate), story.Unit, StandardOf(year)) { Then = story.Then });
    }

    /// <summary>The autumn of 2021: the same household under the standard to come.</summary>
    private void JudgeUnderSecondStandard(Story story, int h)
    {
        const int year = Calibration.TwoStandards;
        var day = DemonstrationProvince.ReviewOf(year);
        var @class = ClassOf(plan.Second(h));
        // Who is clearly not poor by the quick look (form A) is not scored.
        if (@class != PovertyClass.NotPoor || plan.At(h, year) != Standing.NotPoor)
            story.Tell(Scores.Assess(story, new DateOnly(year, 12, story.Dice.Between(1, 10)), Calibration.NewStandard, @class));
        story.Tell(new ClassDecided(day, story.Evening(day), Calibration.NewStandard, @class, DecisionNumber(h, year, second: true)));
    }

    /// <summary>1 January 2022: the list itself is of another standard. Nobody moved.</summary>
    private void ChangeStandard(Story story, int h)
    {
        if (plan.Opening(h, Calibration.TwoStandards + 1) != Standing.Poor) return;
        var day = new DateOnly(Calibration.TwoStandards + 1, 1, 1);
        Enter(story, day, day, Calibration.NewStandard, EntryCause.StandardChange);
    }

    private static void Enter(Story story, DateOnly on, DateOnly entered, string standard, EntryCause cause)
    {
        story.Tell(new ListedPoor(on, story.Evening(entered), story.Unit, standard, cause) { Then = story.Then });
        (story.Status, story.StatusYear) = (ListStatus.Poor, on.Year);
    }

    private void Decide(Story story, int h, int year, DateOnly day, DateTimeOffset recorded, PovertyClass @class) =>
        story.Tell(new ClassDecided(day, recorded, StandardOf(year), @class, DecisionNumber(h, year)));

    private static void AskAndWithdraw(Story story, int year)
    {
        var asked = story.Day(year, 9, 10);
        var recorded = story.Evening(asked);
        story.Tell(new ExitRequested(asked, recorded, story.Note(story.Dice.Of(Texts.Requests), recorded)));
        var back = asked.AddDays(story.Dice.Between(5, 30));
        recorded = story.Evening(back);
        story.Tell(new ExitRequestWithdrawn(back, recorded, story.Note(story.Dice.Of(Texts.Withdrawals), recorded)));
    }
}
