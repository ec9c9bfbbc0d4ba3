using YenBai.Cases.Households;

namespace YenBai.Cases.Demonstration;

// What it is given while it is poor, and in the year after.
internal sealed partial class HouseholdWriter
{
    private static readonly Instruments[] All = [Instruments.Livestock, Instruments.Loan, Instruments.Service, Instruments.Training];

    // As HouseholdState.SupportMix writes it: sorted, joined by +, or none.
    private static readonly string[] Mixes = [.. Enumerable.Range(0, 16).Select(mix => mix == 0 ? "none"
        : string.Join('+', All.Where(i => (mix & (int)i) != 0).Select(i => i switch
        {
            Instruments.Livestock => "livestock", Instruments.Loan => "loan", Instruments.Service => "service", _ => "training",
        })))];

    private static string SupportMix(Story story) => Mixes[(int)story.Received];

    private void GiveSupport(Story story, int h, int year, Standing opening)
    {
        if (opening != Standing.Poor)
        {
            // Loans are to be had for three years after leaving the list (Decisions 28/2015 and 02/2021).
            if (opening == Standing.NotPoor && story.Status == ListStatus.Out && story.StatusYear == year - 1 && story.Dice.Chance(60))
                Give(story, Instruments.Loan, year);
            return;
        }
        MistakenSupport(story, year);
        foreach (var instrument in All)
            if (PlannedFor(story, h, year, instrument)) Give(story, instrument, year);
    }

    /// <summary>
    /// Each instrument falls into one year of the stretch in which the household is poor, any with the same chance.
    /// Asked of the plan anew each year, so that nothing need be remembered.
    /// </summary>
    private bool PlannedFor(Story story, int h, int year, Instruments instrument)
    {
        var (from, to) = (year, year);
        while (from - 1 > First && plan.Opening(h, from - 1) == Standing.Poor) from--;
        while (to < Calibration.LastYear && plan.Opening(h, to + 1) == Standing.Poor) to++;
        if (plan.At(h, to) == Standing.Gone) to--;
        if (to < year) return false;

        var dice = Dice.For(seed, h, Purpose.Story, from);
        var mix = story.Exits == 0 ? traits[h].Support : Traits.DrawMix(ref dice);
        for (var i = Instruments.Livestock; i < instrument; i = (Instruments)((int)i << 1)) dice.Below(2);
        return (mix & instrument) != 0 && dice.Between(from, to) == year;
    }

    private static void Give(Story story, Instruments instrument, int year)
    {
        TellOf(story, instrument, story.Day(year, 1, 10));
        story.Received |= instrument;
    }

    private static HouseholdEvent TellOf(Story story, Instruments instrument, DateOnly day)
    {
        var recorded = story.Evening(day);
        ref var dice = ref story.Dice;
        switch (instrument)
        {
            case Instruments.Loan:
                // The ceiling rose from 50 to 100 million on 1 March 2019.
                var most = day < new DateOnly(2019, 3, 1) ? 10 : 20;
                Guid? purpose = dice.Chance(250) ? story.Note(dice.Of(Texts.LoanPurposes), recorded) : null;
                return story.Tell(new LoanGranted(day, recorded, story.NextSupport(), dice.Between(3, most) * 5_000_000m, dice.Between(3, 10) * 12, "NHCSXH", purpose));
            case Instruments.Training:
                var id = story.NextSupport();
                var joined = story.Tell(new TrainingJoined(day, recorded, id, dice.Of(Texts.Courses), dice.Of(Texts.Providers)));
                if (dice.Chance(850))
                {
                    var completed = day.AddDays(dice.Between(20, 60));
                    if (completed.Month == 12) completed = new DateOnly(day.Year, 11, 30);
                    story.Tell(new TrainingCompleted(completed, story.Evening(completed), id, null));
                }
                return joined;
            case Instruments.Livestock:
                var (species, count, worth) = dice.Below(10) switch
                {
                    < 3 => (Livestock.Buffalo, 1, 18),
                    < 5 => (Livestock.Cattle, 1, 15),
                    < 8 => (Livestock.Pig, dice.Between(1, 3), 3),
                    8 => (Livestock.Goat, dice.Between(2, 4), 2),
                    _ => (Livestock.Poultry, dice.Between(30, 100), 0),
                };
                return story.Tell(new LivestockSupported(day, recorded, story.NextSupport(), species, count, worth == 0 ? count * 50_000m : count * worth * 1_000_000m));
            default:
                var service = dice.Below(20) switch
                {
                    < 9 => BasicService.HealthInsurance,
                    < 12 => BasicService.Housing,
                    < 15 => BasicService.Education,
                    < 18 => BasicService.WaterSanitation,
                    _ => BasicService.Information,
                };
                DateOnly? until = service == BasicService.HealthInsurance ? new DateOnly(day.Year, 12, 31) : null;
                return story.Tell(new ServiceProvided(day, recorded, story.NextSupport(), service, until));
        }
    }
}
