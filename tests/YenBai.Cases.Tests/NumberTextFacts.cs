using System.Globalization;

namespace YenBai.Cases.Tests;

public sealed class NumberTextFacts
{
    [Theory]
    [InlineData("12.000", 12000), InlineData("12,000", 12000), InlineData("12 000", 12000), InlineData("12\u00A0000", 12000), InlineData("12\u202F000", 12000)]
    [InlineData("1.000", 1000), InlineData("213.700", 213700), InlineData("10.000.000,00", 10000000), InlineData("10,000,000.00", 10000000)]
    [InlineData("10.000.000đ", 10000000), InlineData("10.000.000 ₫", 10000000), InlineData("VND 10,000,000", 10000000), InlineData("10 000 000 đồng", 10000000)]
    [InlineData("3.0", 3), InlineData("3,00", 3), InlineData("0", 0), InlineData("007", 7), InlineData("-5", -5), InlineData(" 42 ", 42), InlineData("１２", 12)]
    public void Whole_numbers_are_read_as_offices_write_them(string text, long number)
    {
        NumberText.TryWhole(text, out var read).ShouldBeTrue(text);
        read.ShouldBe(number);
    }

    [Theory]
    [InlineData("4,5"), InlineData("4.5"), InlineData("12.00.000"), InlineData("1.2.3"), InlineData("10.000,000.00"), InlineData("12 00"), InlineData("1.5E+7"), InlineData("ba")]
    [InlineData(""), InlineData(" "), InlineData(null), InlineData("--5"), InlineData("1e3"), InlineData("12.000.00"), InlineData("#N/A"), InlineData("5 người"), InlineData("0.125")]
    [InlineData("99999999999999999999"), InlineData("1,2,3,4")]
    public void What_is_no_whole_number_is_not_read(string? text) => NumberText.TryWhole(text, out _).ShouldBeFalse(text);

    [Theory]
    [InlineData("127,5", "127.5"), InlineData("127.5", "127.5"), InlineData("1.234,5", "1234.5"), InlineData("1,234.5", "1234.5"), InlineData("0.125", "0.125"), InlineData("0,125", "0.125")]
    [InlineData("1234.567", "1234.567"), InlineData("12.3450", "12.345"), InlineData("1.234.567", "1234567"), InlineData("1.234,567", "1234.567"), InlineData("95", "95"), InlineData("-2,5", "-2.5")]
    public void Numbers_with_a_fraction_have_a_point_or_a_comma(string text, string number)
    {
        NumberText.TryDecimal(text, out var read).ShouldBeTrue(text);
        read.ShouldBe(decimal.Parse(number, CultureInfo.InvariantCulture));
    }

    /// <summary>What is shown in either language is read back as what it was.</summary>
    [Fact]
    public void What_is_shown_is_read_back()
    {
        var dice = new Random(3);
        foreach (var culture in new[] { "vi", "en" }.Select(CultureInfo.GetCultureInfo))
            for (var i = 0; i < 2000; i++)
            {
                var whole = dice.NextInt64(0, (long)Math.Pow(10, dice.Next(1, 13)));
                foreach (var shown in new[] { whole.ToString("#,0", culture), whole.ToString("0", culture), whole.ToString("#,0.00", culture), whole.ToString("#,0", culture) + " ₫" })
                {
                    NumberText.TryWhole(shown, out var read).ShouldBeTrue(shown);
                    read.ShouldBe(whole, shown);
                }
                // Three digits behind one mark group: a fraction is shown with two.
                var fraction = decimal.Round((decimal)dice.NextDouble() * 1000, dice.Next(1, 3));
                NumberText.TryDecimal(fraction.ToString("#,0.##", culture), out var back).ShouldBeTrue();
                back.ShouldBe(fraction);
            }
    }
}
