using System.Globalization;
using YenBai.Cases.Plan;
using YenBai.Cases.Web.Components.Plan;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Tests.Planning;

/// <summary>Targets as plans word them are read as what they mean.</summary>
[Trait("Tier", "Fast")]
public class BoundTextFacts
{
    [Theory]
    [InlineData("59", Comparator.Exactly, 59, null)]
    [InlineData("1.136 hộ", Comparator.Exactly, 1136, null)]
    [InlineData("6,5", Comparator.Exactly, 6.5, null)]
    [InlineData("ít nhất 100", Comparator.AtLeast, 100, null)]
    [InlineData("từ 100 trở lên", Comparator.AtLeast, 100, null)]
    [InlineData("100 trở lên", Comparator.AtLeast, 100, null)]
    [InlineData("≥ 100", Comparator.AtLeast, 100, null)]
    [InlineData(">=100", Comparator.AtLeast, 100, null)]
    [InlineData("At least 1,136 households", Comparator.AtLeast, 1136, null)]
    [InlineData("TRÊN 6,5 %", Comparator.MoreThan, 6.5, null)]
    [InlineData("more than 6.5", Comparator.MoreThan, 6.5, null)]
    [InlineData("không quá 2", Comparator.AtMost, 2, null)]
    [InlineData("at most 2", Comparator.AtMost, 2, null)]
    [InlineData("không còn hộ nào", Comparator.AtMost, 0, null)]
    [InlineData("none left", Comparator.AtMost, 0, null)]
    [InlineData("4–5", Comparator.Between, 4, 5.0)]
    [InlineData("từ 4 đến 5,5 %", Comparator.Between, 4, 5.5)]
    [InlineData("1.000 - 1.200", Comparator.Between, 1000, 1200.0)]
    [InlineData("5 - 4", Comparator.Between, 5, 4.0)]
    public void A_target_in_words_is_read(string text, Comparator comparator, double value, double? upper)
    {
        BoundText.TryRead(text, out var c, out var v, out var u).ShouldBeTrue();
        (c, v, u).ShouldBe((comparator, (decimal)value, (decimal?)upper));
    }

    [Theory]
    [InlineData("nhiều")]
    [InlineData("-5")]
    [InlineData("dưới 5")]
    [InlineData("từ 5")]
    [InlineData("trên 5 đến 6")]
    [InlineData("4 5 6 7 x")]
    [InlineData("1,2,3")]
    public void What_says_nothing_for_sure_is_not_read(string text) => BoundText.TryRead(text, out _, out _, out _).ShouldBeFalse();

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public void A_number_that_is_shown_is_read_as_the_same_number(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        foreach (var number in new[] { 0m, 59m, 1136m, 0.69m, 2.305m, 6.5m, 25.1234m, 1_000_000m })
        {
            BoundText.TryRead(BoundText.Number(number), out _, out var read, out _).ShouldBeTrue($"{number}");
            read.ShouldBe(number);
        }
    }
}
