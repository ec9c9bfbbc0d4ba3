using YenBai.Cases.Outcomes;

namespace YenBai.Cases.Tests.Outcomes;

/// <summary>Limits of a funnel plot, against binomial probabilities added up by hand.</summary>
public sealed class BinomialLimitFacts
{
    [Fact]
    public void Of_ten_at_one_in_five_the_limits_are_those_of_the_table()
    {
        // P(R ≤ 0) = 0.1073741824; P(R ≤ 4) = 0.9672065024, P(R ≤ 5) = 0.9936306176; P(R ≤ 6) = 0.9991356416, P(R ≤ 7) = 0.9999220736.
        var (inner, outer) = (BinomialLimits.Of(0.2, 10, 0.95), BinomialLimits.Of(0.2, 10, 0.998));

        inner.Upper.ShouldBe((5 - (0.9936306176 - 0.975) / (0.9936306176 - 0.9672065024)) / 10, 1e-12);
        outer.Upper.ShouldBe((6 - (0.9991356416 - 0.999) / (0.9991356416 - 0.9936306176)) / 10, 1e-12);
        // Nought already has more than one in forty: no share is too small.
        (inner.Lower, outer.Lower).ShouldBe((0, 0));
    }

    [Fact]
    public void Of_twenty_at_a_half_they_lie_alike_on_both_sides()
    {
        // P(R ≤ 5) = 21700 / 2^20, P(R ≤ 6) = 60460 / 2^20.
        var limits = BinomialLimits.Of(0.5, 20, 0.95);

        limits.Lower.ShouldBe((6 - (60460 / 1048576.0 - 0.025) / (38760 / 1048576.0)) / 20, 1e-12);
        // From above the interpolation reaches one number further.
        limits.Upper.ShouldBe((14 - ((1048576 - 21700) / 1048576.0 - 0.975) / (38760 / 1048576.0)) / 20, 1e-12);
    }

    [Theory]
    [InlineData(50), InlineData(500), InlineData(5000)]
    public void More_households_make_narrower_limits_about_the_same_share_and_the_outer_ones_hold_the_inner(int n)
    {
        var (inner, outer, fewer) = (BinomialLimits.Of(0.06, n, 0.95), BinomialLimits.Of(0.06, n, 0.998), BinomialLimits.Of(0.06, n / 2, 0.95));

        inner.Holds(0.06).ShouldBeTrue();
        (outer.Lower <= inner.Lower && outer.Upper > inner.Upper).ShouldBeTrue();
        inner.Upper.ShouldBeLessThan(fewer.Upper);
        // Near the normal limits where there are many.
        if (n == 5000) inner.Upper.ShouldBe(0.06 + 1.96 * Math.Sqrt(0.06 * 0.94 / n), 2e-4);
    }

    [Fact]
    public void A_share_of_nought_or_all_leaves_nothing_to_chance()
    {
        BinomialLimits.Of(0, 30, 0.95).ShouldBe(new BinomialLimits(0, 0));
        BinomialLimits.Of(1, 30, 0.95).ShouldBe(new BinomialLimits(1, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => BinomialLimits.Of(0.5, 0, 0.95));
    }
}
