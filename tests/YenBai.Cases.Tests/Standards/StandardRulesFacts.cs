using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Tests.Standards;

public sealed class StandardRulesFacts
{
    [Theory]
    [InlineData("2016-2020", 5, 10, 11)]
    [InlineData("2022-2025", 6, 12, 8)]
    [InlineData("2027-2030", 6, 12, 8)]
    public void Given_a_standard_then_it_has_its_dimensions_indicators_and_causes(string code, int dimensions, int indicators, int causes)
    {
        var rules = StandardRules.Of(code)!;
        rules.Indicators.Select(i => i.Dimension).Distinct().Count().ShouldBe(dimensions);
        rules.Indicators.Select(i => i.Code).ShouldBe(Enumerable.Range(1, indicators).Select(i => $"{i}"));
        rules.Causes.Count.ShouldBe(causes);
        rules.Needs.Count.ShouldBe(6);
    }

    [Theory]
    [InlineData("2016-2020", "line/poverty/rural", 700_000)]
    [InlineData("2016-2020", "line/near_poverty/rural", 1_000_000)]
    [InlineData("2016-2020", "line/poverty/urban", 900_000)]
    [InlineData("2016-2020", "line/near_poverty/urban", 1_300_000)]
    [InlineData("2022-2025", "line/income/rural", 1_500_000)]
    [InlineData("2022-2025", "line/income/urban", 2_000_000)]
    [InlineData("2027-2030", "line/income/rural", 2_200_000)]
    [InlineData("2027-2030", "line/income/urban", 2_800_000)]
    public void Given_a_standard_then_its_income_lines_are_those_of_the_decree_and_verified(string code, string key, int amount)
    {
        var line = StandardRules.Of(code)![key];
        (line.Number, line.Certainty).ShouldBe((amount, Certainty.Verified));
    }

    [Fact]
    public void Given_any_standard_then_every_value_says_what_it_rests_on()
    {
        foreach (var value in StandardBook.Shipped.All.SelectMany(r => r.Values))
        {
            value.Source.ShouldNotBeEmpty(value.Key);
            if (value.Part(0) is "indicator" or "cause" or "need" or "form" && value.Part(2) is null or "deprived") value.English.ShouldNotBeNullOrEmpty(value.Key);
        }
    }

    [Fact]
    public void Given_the_points_of_2027_then_they_are_marked_as_a_hypothesis() =>
        StandardRules.Of("2027-2030")!.Values.Where(v => v.Part(0) == "points").ShouldAllBe(v => v.Certainty == Certainty.Unverified);

    [Fact]
    public void Given_the_traps_of_140_and_175_then_they_mean_other_things_in_the_two_schemes()
    {
        StandardRules.Of("2016-2020")!.LimitsIn(Area.Urban).Outright!.Number.ShouldBe(140);
        StandardRules.Of("2022-2025")!.LimitsIn(Area.Rural).Upper.Number.ShouldBe(140);
        StandardRules.Of("2016-2020")!.LimitsIn(Area.Urban).Upper.Number.ShouldBe(175);
        StandardRules.Of("2022-2025")!.LimitsIn(Area.Urban).Upper.Number.ShouldBe(175);
    }

    [Fact]
    public void Given_two_standards_then_an_indicator_is_shared_only_where_the_data_say_so()
    {
        var book = StandardBook.Shipped;
        var shared = book.SharedIndicators(book.Find("2016-2020")!, book.Find("2022-2025")!);
        shared.Select(p => (p.From.Code, p.To.Code)).ShouldBe([("2", "4"), ("5", "7"), ("6", "8"), ("7", "9"), ("8", "10")]);
        book.SharedIndicators(book.Find("2016-2020")!, book.Find("2027-2030")!).Select(p => (p.From.Code, p.To.Code))
            .ShouldBe([("2", "4"), ("5", "8"), ("6", "7"), ("7", "10"), ("8", "11")], "over the standard between them");
    }

    [Fact]
    public void Given_a_value_when_it_is_corrected_then_the_next_version_has_it_and_the_first_does_not()
    {
        var shipped = StandardRules.Of("2016-2020")!;
        var corrected = shipped.With(shipped["points/income_near_poor/rural"] with { Value = "145" });
        corrected.Version.ShouldBe(2);
        Classification.Propose(corrected, Area.Rural, 146, 30).Class.ShouldBe(PovertyClass.NotPoor);
        Classification.Propose(shipped, Area.Rural, 146, 30).Class.ShouldBe(PovertyClass.Poor);
    }
}
