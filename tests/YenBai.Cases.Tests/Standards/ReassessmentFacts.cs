using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Tests.Standards;

public sealed class ReassessmentFacts
{
    private static readonly DateOnly Autumn = new(2021, 10, 1);

    private static Assessed Assessment(string standard, decimal? a, decimal? b, params string[] deprivations) =>
        new(Autumn, new(2021, 10, 1, 17, 0, 0, TimeSpan.FromHours(7)), standard, null, Area.Rural, a, b, deprivations, [], []);

    private static Reassessed Under(string standard, Assessed assessed) =>
        Reassessment.Under(StandardBook.Shipped, StandardRules.Of(standard)!, assessed, Area.Rural);

    [Fact]
    public void Given_an_assessment_when_it_is_taken_under_its_own_standard_then_the_totals_stand()
    {
        var again = Under("2016-2020", Assessment("2016-2020", 130, 30, "1"));
        (again.Proposal.Class, again.Complete).ShouldBe((PovertyClass.Poor, true));
    }

    [Fact]
    public void Given_an_assessment_without_a_total_when_it_is_taken_under_its_own_standard_then_the_deprivations_are_counted() =>
        Under("2016-2020", Assessment("2016-2020", 130, null, "1", "2", "3")).Proposal.Class.ShouldBe(PovertyClass.Poor);

    [Fact]
    public void Given_deprivations_of_another_standard_then_only_those_count_that_both_ask_and_the_rest_is_said_not_to_be_known()
    {
        // Insurance and quality of the dwelling are asked by both; access to health services by the old one alone.
        var again = Under("2022-2025", Assessment("2016-2020", 130, 30, "1", "2", "5"));
        (again.Proposal.Class, again.Proposal.ScoreB, again.Complete).ShouldBe((PovertyClass.NearPoor, 20m, false));
        again.Proposal.Reasoning.Select(s => s.Code).ShouldBe(["other_form", "carried", "not_asked", "rule_single_line", "income_under", "lacks_less", "proposes", "at_least"]);
    }

    [Fact]
    public void Given_three_deprivations_that_both_standards_ask_then_the_household_is_poor_whatever_else_is_not_known()
    {
        var again = Under("2022-2025", Assessment("2016-2020", 130, 30, "2", "5", "6"));
        (again.Proposal.Class, again.Complete).ShouldBe((PovertyClass.Poor, true));
    }

    [Fact]
    public void Given_income_points_above_the_other_line_then_the_deprivations_do_not_matter()
    {
        var again = Under("2022-2025", Assessment("2016-2020", 145, 20, "1", "2"));
        (again.Proposal.Class, again.Complete).ShouldBe((PovertyClass.NotPoor, true));
    }

    [Fact]
    public void Given_only_a_total_of_another_form_then_it_is_taken_and_said_to_come_from_there()
    {
        var again = Under("2022-2025", Assessment("2016-2020", 130, 40));
        (again.Proposal.Class, again.Complete).ShouldBe((PovertyClass.Poor, false));
        again.Proposal.Reasoning.ShouldContain(s => s.Code == "other_form_b");
    }

    [Fact]
    public void Given_an_assessment_without_income_points_then_nothing_is_proposed() =>
        Under("2022-2025", Assessment("2016-2020", null, 40)).Proposal.Class.ShouldBeNull();
}
