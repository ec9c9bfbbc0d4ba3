
namespace YenBai.Cases.Tests.Calendar;

public sealed class DayTextFacts
{
    [Theory]
    [InlineData("2021-04-03"), InlineData("3/4/2021"), InlineData("03/04/2021"), InlineData("3-4-2021"), InlineData("03.04.2021"), InlineData("2021/4/3"), InlineData(" 03/04/2021 ")]
    [InlineData("03/04/2021 00:00:00"), InlineData("2021-04-03T00:00:00"), InlineData("3 / 4 / 2021"), InlineData("ngày 3 tháng 4 năm 2021"), InlineData("\u00A003/04/2021")]
    public void The_day_stands_before_the_month(string text)
    {
        DayText.TryRead(text, out var day).ShouldBeTrue(text);
        day.ShouldBe(new(2021, 4, 3));
    }

    [Theory]
    [InlineData("4/31/2021"), InlineData("31/2/2021"), InlineData("3/4/21"), InlineData("44910"), InlineData("2021"), InlineData(""), InlineData(null), InlineData("3/4/2021 10:30:00"), InlineData("29"), InlineData("#REF!")]
    public void What_is_no_day_is_not_read(string? text) => DayText.TryRead(text, out _).ShouldBeFalse(text);

    [Theory]
    [InlineData("44910", 2022, 12, 15), InlineData("16438", 1945, 1, 1), InlineData("15-12-2022", 2022, 12, 15)]
    public void In_a_cell_a_count_of_days_is_a_day(string text, int year, int month, int date)
    {
        DayText.TryReadCell(text, out var day).ShouldBeTrue(text);
        day.ShouldBe(new(year, month, date));
    }

    [Theory, InlineData("2021"), InlineData("1"), InlineData("99999"), InlineData("44910,5")]
    public void Other_numbers_in_a_cell_are_no_days(string text) => DayText.TryReadCell(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("1980", 1980), InlineData("15/12/1980", 1980), InlineData("1980-12-15", 1980), InlineData("15-12-1980", 1980)]
    public void A_year_is_taken_out_of_a_date_of_birth(string text, int year)
    {
        DayText.TryReadYear(text, out var read).ShouldBeTrue(text);
        read.ShouldBe(year);
    }

    [Theory, InlineData("80"), InlineData("1.980"), InlineData("19800"), InlineData("năm 1980")]
    public void What_is_no_year_is_not_read(string text) => DayText.TryReadYear(text, out _).ShouldBeFalse();
}
