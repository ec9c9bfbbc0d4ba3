using YenBai.Cases.Households;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Demonstration;

/// <summary>Tells the way of one household in facts: days, decisions, supports, visits, mistakes.</summary>
internal sealed partial class HouseholdWriter(Trajectories plan, Traits[] traits, Calibration calibration, Settlement settlement, int seed, DateOnly? today)
{
    private const int First = Calibration.FirstYear;

    private readonly string?[] decisionNumbers = new string?[settlement.Communes.Count * (Calibration.Years + 1)];

    public GeneratedHousehold Write(int h)
    {
        var code = CodeOf(h);
        var story = new Story(Ids.Household(code), code, Dice.For(seed, h, Purpose.Story)) { People = People.All[traits[h].People] };
        if (plan.At(h, First) != Standing.Absent) Census(story, h);
        for (var year = First + 1; year <= Calibration.LastYear; year++)
        {
            Year(story, h, year);
            Sponsor(story, h, year);
            Ask(story, h, year);
        }
        if (today is { } day) Present(story, h, day);
        return story.Finish();
    }

    private void Year(Story story, int h, int year)
    {
        var closing = plan.At(h, year);
        if (year == Calibration.TwoStandards + 1) ChangeStandard(story, h);
        switch (plan.Opening(h, year))
        {
            case Standing.Absent when closing != Standing.Absent:
                Arrive(story, h, year, closing);
                break;
            case Standing.Absent:
                return;
            case Standing.Gone when closing == Standing.Poor:
                BecomePoor(story, h, year, DemonstrationProvince.ReviewOf(year));
                break;
            case Standing.Gone:
                return;
            case var _ when closing == Standing.Gone:
                Depart(story, h, year);
                return;
            case var opening:
                Live(story, h, year, opening, closing);
                break;
        }
        if (year == Calibration.TwoStandards) JudgeUnderSecondStandard(story, h);
    }

    private void Live(Story story, int h, int year, Standing opening, Standing closing)
    {
        var fallsBetweenReviews = opening != Standing.Poor && closing == Standing.Poor && year != Calibration.TwoStandards && story.Dice.Chance(100);
        if (plan.Commune(h, year) != plan.Commune(h, year - 1)) Move(story, h, year);
        else if (plan.ChildOf.TryGetValue(h, out var split) && split.Year == year) SplitOff(story, split.Child, year);
        else if (!fallsBetweenReviews) ChangeMembers(story, h, year);

        Visit(story, year);
        GiveSupport(story, h, year, opening);
        if (fallsBetweenReviews) BecomePoor(story, h, year, story.Day(year, 3, 8));
        else Review(story, h, year, opening, closing);
    }

    /// <summary>What the plan's standing is to the list and to the classes.</summary>
    private static PovertyClass ClassOf(Standing standing) => standing switch
    {
        Standing.Poor => PovertyClass.Poor,
        Standing.NearPoor => PovertyClass.NearPoor,
        _ => PovertyClass.NotPoor,
    };

    private static string StandardOf(int year) => year <= Calibration.TwoStandards ? Calibration.OldStandard : Calibration.NewStandard;

    private string CodeOf(int h) => $"DEMO-{calibration.Districts[plan.FirstDistrict[h]].Code}-{h + 1:D6}";

    /// <summary>One decision a commune and review, as the chairman signs one list.</summary>
    private string DecisionNumber(int h, int year, bool second = false)
    {
        var commune = plan.Commune(h, year);
        ref var number = ref decisionNumbers[commune * (Calibration.Years + 1) + (second ? Calibration.Years : year - First)];
        return number ??= $"{20 + Dice.Mix(seed, commune, Purpose.Decision, second ? 1 : year) % 400}/QĐ-UBND";
    }
}
