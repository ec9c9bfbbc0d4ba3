using YenBai.Cases.Disclosure;

namespace YenBai.Cases.Tests.Disclosure;

public sealed class CellRoundingFacts
{
    private static readonly Random Dice = new(20211215);

    private static uint Key(Random dice) => (uint)dice.NextInt64(1L << 32);

    [Fact]
    public void A_count_becomes_the_multiple_of_five_below_or_above_and_a_multiple_stays()
    {
        for (var count = 0; count <= 60; count++)
            for (var i = 0; i < 200; i++)
            {
                var rounded = CellRounding.Round(count, Key(Dice));
                (rounded % 5).ShouldBe(0);
                Math.Abs(rounded - count).ShouldBeLessThan(5);
                if (count % 5 == 0) rounded.ShouldBe(count);
            }
    }

    [Fact]
    public void Over_all_keys_the_mean_is_the_count()
    {
        const uint Step = 1 << 16;
        for (var count = 0; count <= 23; count++)
        {
            var sum = 0L;
            for (ulong key = 0; key < 1UL << 32; key += Step) sum += CellRounding.Round(count, (uint)key);
            ((double)sum / (1 << 16)).ShouldBe(count, 0.001);
        }
    }

    [Fact]
    public void The_key_of_a_cell_does_not_depend_on_the_order_and_another_member_makes_another_key()
    {
        var dice = new Random(7);
        var members = Enumerable.Range(0, 30).Select(_ => Key(dice)).ToArray();
        var key = CellRounding.KeyOf(members);
        dice.Shuffle(members);

        CellRounding.KeyOf(members).ShouldBe(key);
        CellRounding.KeyOf(members.Append(Key(dice))).ShouldNotBe(key);
    }

    [Fact]
    public void The_key_of_a_household_is_the_same_for_the_same_secret_only()
    {
        var household = Guid.NewGuid();
        var (a, same, b) = (new RecordKeyer([1, 2, 3]), new RecordKeyer([1, 2, 3]), new RecordKeyer([1, 2, 4]));

        a.Of(household).ShouldBe(same.Of(household));
        a.Of(household).ShouldNotBe(b.Of(household));
        a.Of(household).ShouldNotBe(a.Of(Guid.NewGuid()));
    }
}
