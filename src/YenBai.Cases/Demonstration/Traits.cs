using YenBai.Cases.Households;

namespace YenBai.Cases.Demonstration;

[Flags]
internal enum Instruments : byte { None = 0, Livestock = 1, Loan = 2, Service = 4, Training = 8 }

/// <summary>What a made-up household is from the beginning.</summary>
/// <param name="Frailty">How easily it becomes poor and remains so: 0.5 to 1.5.</param>
/// <param name="Support">What it is given while it is poor.</param>
internal readonly record struct Traits(
    int People, Sex HeadSex, int HeadAge, int Members, int Under16, bool Merit, double Frailty, Instruments Support)
{
    // Mixes with their weights; a quarter of the households gets nothing.
    private static readonly (Instruments Mix, int Weight)[] Mixes =
    [
        (Instruments.None, 27), (Instruments.Service, 17), (Instruments.Loan, 15), (Instruments.Livestock, 9), (Instruments.Training, 5),
        (Instruments.Loan | Instruments.Service, 11), (Instruments.Livestock | Instruments.Service, 7), (Instruments.Loan | Instruments.Training, 5),
        (Instruments.Livestock | Instruments.Loan, 4), (Instruments.Service | Instruments.Training, 3),
        (Instruments.Livestock | Instruments.Loan | Instruments.Service, 2), (Instruments.Loan | Instruments.Service | Instruments.Training, 2),
    ];

    private static readonly int MixWeights = Mixes.Sum(m => m.Weight);

    public static Traits Of(int seed, int household, District district)
    {
        var dice = Dice.For(seed, household, Purpose.Traits);
        var people = Pick(district.Peoples, ref dice);
        var sex = dice.Chance(220) ? Sex.Female : Sex.Male;
        var age = dice.Between(21, 70);
        var members = 2 + dice.Below(4) + dice.Below(3);
        var under16 = Math.Min(members - 1, dice.Below(members + 1) / 2 + dice.Below(2));
        return new(people, sex, age, members, under16, dice.Chance(9), 0.5 + dice.Below(1000) / 1000.0, DrawMix(ref dice));
    }

    public static Instruments DrawMix(ref Dice dice)
    {
        var at = dice.Below(MixWeights);
        foreach (var (mix, weight) in Mixes)
            if ((at -= weight) < 0) return mix;
        return Instruments.None;
    }

    private static int Pick(IReadOnlyList<int> weights, ref Dice dice)
    {
        var sum = 0;
        for (var i = 0; i < weights.Count; i++) sum += weights[i];
        var at = dice.Below(sum);
        var choice = 0;
        while ((at -= weights[choice]) >= 0) choice++;
        return choice;
    }
}
