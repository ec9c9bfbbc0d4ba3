using YenBai.Cases.Disclosure;
using YenBai.Cases.Durability;

namespace YenBai.Cases.Tests.Disclosure;

public sealed class PublishedCutsFacts
{
    private static readonly DateOnly Latest = PublishedCuts.LatestOn(new(2024, 6, 15));

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(null, null, "2023-12-31", "2023-12-31")]
    [InlineData("2024-06-15", null, "2023-12-31", "2023-12-31")]
    [InlineData("2022-06-30", null, "2021-12-31", "2023-12-31")]
    [InlineData("2022-12-31", null, "2022-12-31", "2023-12-31")]
    [InlineData(null, "2022-12-31", "2022-12-31", "2022-12-31")]
    [InlineData("2023-05-01", "2021-07-01", "2020-12-31", "2020-12-31")]
    public void A_question_is_answered_for_the_end_of_a_year_that_is_over(string? asOf, string? knownAt, string day, string known)
    {
        var cut = PublishedCuts.Of(asOf is null ? null : Day(asOf), knownAt is null ? null : Days.EndOf(Day(knownAt)), Latest);

        (cut.AsOf, cut.KnownAt).ShouldBe((Day(day), Days.EndOf(Day(known))));
    }

    [Fact]
    public void The_last_day_of_a_year_is_published_when_it_is_over()
    {
        PublishedCuts.LatestOn(new(2023, 12, 31)).ShouldBe(new(2022, 12, 31));
        PublishedCuts.LatestOn(new(2024, 1, 1)).ShouldBe(new(2023, 12, 31));
        PublishedCuts.Of(null, DateTimeOffset.MaxValue, Latest).AsOf.ShouldBe(Latest);
    }

    [Theory]
    [InlineData(1, EndKind.ReEntry, 366), InlineData(366, EndKind.ReEntry, 366), InlineData(367, EndKind.ReEntry, 731), InlineData(1096, EndKind.ReEntry, 1096), InlineData(1097, EndKind.ReEntry, 1461)]
    [InlineData(730, EndKind.Censored, 731), InlineData(733, EndKind.Censored, 731), InlineData(100, EndKind.Censored, 0), InlineData(300, EndKind.Censored, 366), InlineData(400, EndKind.MovedOut, 731)]
    public void Days_are_published_in_steps_of_years(int days, EndKind end, int step) =>
        PublishedSteps.Of(new(days, end, 0)).Time.ShouldBe(step);

    [Fact]
    public void A_late_entry_is_never_after_the_end()
    {
        for (var entry = 1; entry < 1500; entry += 7)
            for (var time = entry + 1; time < 1600; time += 11)
                foreach (var end in Enum.GetValues<EndKind>())
                {
                    var published = PublishedSteps.Of(new(time, end, entry));
                    published.Entry.ShouldBeLessThanOrEqualTo(published.Time, $"{entry} {time} {end}");
                }
    }
}
