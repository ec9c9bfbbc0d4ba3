using YenBai.Cases.Households;
using YenBai.Cases.Places;

namespace YenBai.Cases.Demonstration;

/// <summary>
/// Makes up a review form whose scores propose a given class. Lines: Circular 17/2016 (B1, B2) until 2021, Circular
/// 07/2021 (A, B) from the autumn of 2021; ten points a deprivation in both.
/// </summary>
internal static class Scores
{
    private const int DeprivationsOfThePoor = 3;

    private static readonly string[] Codes = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];

    public static Assessed Assess(Story story, DateOnly on, string standard, PovertyClass @class)
    {
        ref var dice = ref story.Dice;
        var old = standard == Calibration.OldStandard;
        var (income, deprivations) = old ? Old(story.Area, @class, ref dice) : New(story.Area, @class, ref dice);
        var form = old ? story.Area == Area.Urban ? "TT17-2016 PL3b.0" : "TT17-2016 PL3b.2" : "TT07-2021 PL3-PL4";
        var wanting = @class == PovertyClass.NotPoor ? 0 : 1;
        return new Assessed(on, story.Evening(on), standard, form, story.Area, income, deprivations * 10,
            Some(deprivations, old ? 10 : 12, ref dice), Some(wanting + wanting * dice.Below(2), old ? 11 : 8, ref dice), Some(wanting * dice.Below(3), 6, ref dice));
    }

    // Poor: under the lower line, or between the two with three deprivations.
    private static (int Income, int Deprivations) Old(Area area, PovertyClass @class, ref Dice dice)
    {
        var (lower, upper) = area == Area.Urban ? (140, 175) : (120, 150);
        return @class switch
        {
            PovertyClass.Poor when dice.Chance(700) => (dice.Between(60, lower), dice.Between(1, 7)),
            PovertyClass.Poor => (dice.Between(lower + 1, upper), dice.Between(DeprivationsOfThePoor, 7)),
            PovertyClass.NearPoor => (dice.Between(lower + 1, upper), dice.Below(DeprivationsOfThePoor)),
            _ => (dice.Between(upper + 1, upper + 60), dice.Below(4)),
        };
    }

    private static (int Income, int Deprivations) New(Area area, PovertyClass @class, ref Dice dice)
    {
        var line = area == Area.Urban ? 175 : 140;
        return @class switch
        {
            PovertyClass.Poor => (dice.Between(70, line), dice.Between(DeprivationsOfThePoor, 8)),
            PovertyClass.NearPoor => (dice.Between(80, line), dice.Below(DeprivationsOfThePoor)),
            _ => (dice.Between(line + 1, line + 70), dice.Below(5)),
        };
    }

    /// <summary>So many different codes of the first so many, in order.</summary>
    private static string[] Some(int count, int of, ref Dice dice)
    {
        if (count == 0) return [];
        var some = new string[count];
        var taken = 0;
        for (var i = 0; taken < count; i++)
            if (dice.Below(of - i) < count - taken) some[taken++] = Codes[i];
        return some;
    }
}
