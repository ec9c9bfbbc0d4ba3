using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Tests.Standards;

/// <summary>Every branch of every standard, in both areas, at, just below and just above each boundary.</summary>
public sealed class ClassificationFacts
{
    private const Area R = Area.Rural, U = Area.Urban;
    private const PovertyClass P = PovertyClass.Poor, N = PovertyClass.NearPoor, O = PovertyClass.NotPoor;

    /// <summary>Standard, area, income points, deprivation points, class.</summary>
    public static TheoryData<string, Area, double, double?, PovertyClass> Golden => new()
    {
        // Circular 17/2016, rural: poor up to 120 whatever is lacked, between 120 and 150 by the deprivations.
        { "2016-2020", R, 0, 0, P }, { "2016-2020", R, 119.5, 0, P }, { "2016-2020", R, 120, 0, P }, { "2016-2020", R, 120, 100, P }, { "2016-2020", R, 120, null, P },
        { "2016-2020", R, 120.01, 29.99, N }, { "2016-2020", R, 120.5, 30, P }, { "2016-2020", R, 121, 0, N }, { "2016-2020", R, 121, 20, N }, { "2016-2020", R, 121, 29.5, N },
        { "2016-2020", R, 121, 30, P }, { "2016-2020", R, 121, 30.5, P }, { "2016-2020", R, 149.9, 30, P }, { "2016-2020", R, 150, 30, P }, { "2016-2020", R, 150, 29, N },
        { "2016-2020", R, 150.01, 30, O }, { "2016-2020", R, 150.5, 100, O }, { "2016-2020", R, 151, 100, O }, { "2016-2020", R, 151, null, O }, { "2016-2020", R, 175, 100, O },
        // The same circular, urban: 140 and 175 are its two lines.
        { "2016-2020", U, 120, 0, P }, { "2016-2020", U, 139.5, 0, P }, { "2016-2020", U, 140, 0, P }, { "2016-2020", U, 140, null, P }, { "2016-2020", U, 140.01, 29.99, N },
        { "2016-2020", U, 140.5, 30, P }, { "2016-2020", U, 141, 20, N }, { "2016-2020", U, 141, 30, P }, { "2016-2020", U, 150.5, 20, N }, { "2016-2020", U, 175, 29.5, N },
        { "2016-2020", U, 175, 30, P }, { "2016-2020", U, 175.01, 30, O }, { "2016-2020", U, 176, 100, O }, { "2016-2020", U, 176, null, O },
        // Circular 07/2021: one line, 140 in the country and 175 in town.
        { "2022-2025", R, 0, 0, N }, { "2022-2025", R, 0, 30, P }, { "2022-2025", R, 120, 29.5, N }, { "2022-2025", R, 120, 20, N }, { "2022-2025", R, 139.5, 30, P },
        { "2022-2025", R, 140, 29.99, N }, { "2022-2025", R, 140, 30, P }, { "2022-2025", R, 140, 30.5, P }, { "2022-2025", R, 140, 120, P }, { "2022-2025", R, 140.01, 30, O },
        { "2022-2025", R, 140.5, 120, O }, { "2022-2025", R, 141, 0, O }, { "2022-2025", R, 141, null, O }, { "2022-2025", R, 175, 120, O },
        { "2022-2025", U, 140.5, 30, P }, { "2022-2025", U, 174.5, 29.5, N }, { "2022-2025", U, 175, 0, N }, { "2022-2025", U, 175, 20, N }, { "2022-2025", U, 175, 30, P },
        { "2022-2025", U, 175.01, 30, O }, { "2022-2025", U, 175.5, 120, O }, { "2022-2025", U, 176, null, O },
        // 2027: no form is published; the points of 2022 are borrowed.
        { "2027-2030", R, 139.5, 30, P }, { "2027-2030", R, 140, 30, P }, { "2027-2030", R, 140, 29.5, N }, { "2027-2030", R, 140.5, 30, O }, { "2027-2030", R, 141, null, O },
        { "2027-2030", U, 174.5, 20, N }, { "2027-2030", U, 175, 30, P }, { "2027-2030", U, 175, 29.99, N }, { "2027-2030", U, 175.5, 30, O },
    };

    [Theory, MemberData(nameof(Golden))]
    public void Given_the_points_of_a_form_then_the_class_is_proposed(string standard, Area area, double scoreA, double? scoreB, PovertyClass expected) =>
        Propose(standard, area, (decimal)scoreA, (decimal?)scoreB).Class.ShouldBe(expected);

    [Theory]
    [InlineData("2016-2020", Area.Rural, 121)]
    [InlineData("2016-2020", Area.Urban, 175)]
    [InlineData("2022-2025", Area.Rural, 140)]
    [InlineData("2022-2025", Area.Urban, 0)]
    [InlineData("2027-2030", Area.Rural, 140)]
    public void Given_income_points_that_do_not_decide_when_the_deprivation_points_are_missing_then_nothing_is_proposed(string standard, Area area, double scoreA)
    {
        var proposal = Propose(standard, area, (decimal)scoreA, null);
        proposal.Class.ShouldBeNull();
        (proposal.Problem!.Code, proposal.Problem.Field).ShouldBe(("score_b_needed", "scoreB"));
    }

    [Fact]
    public void Given_no_income_points_then_nothing_is_proposed_even_where_the_deprivations_are_many()
    {
        var problem = Propose("2022-2025", R, null, 120).Problem!;
        (problem.Code, problem.Field).ShouldBe(("required", "scoreA"));
    }

    [Theory]
    [InlineData(-0.5, 30.0, "scoreA")]
    [InlineData(1000.5, 30.0, "scoreA")]
    [InlineData(100.0, -1.0, "scoreB")]
    [InlineData(100.0, 200.5, "scoreB")]
    public void Given_points_that_no_form_has_then_they_are_refused(double scoreA, double scoreB, string field)
    {
        var problem = Propose("2022-2025", R, (decimal)scoreA, (decimal)scoreB).Problem!;
        (problem.Code, problem.Field).ShouldBe(("out_of_range", field));
    }

    [Fact]
    public void Given_points_between_the_two_lines_then_the_reasoning_tells_every_step()
    {
        var proposal = Propose("2016-2020", U, 150, 40);
        proposal.Reasoning.Select(s => s.Code).ShouldBe(["entered_both", "rule_two_tier", "income_between", "lacks_enough", "proposes"]);
        proposal.Reasoning[2].Data.ShouldBe(["B1", 150m, 140m, 175m]);
        proposal.Reasoning[3].Data.ShouldBe(["B2", 40m, 30m, 3]);
        proposal.Reasoning[^1].Data.ShouldBe([P]);
    }

    [Fact]
    public void Given_a_threshold_that_nobody_has_verified_when_it_decides_then_the_reasoning_says_so() =>
        Propose("2016-2020", R, 150, 20).Reasoning.Single(s => s.Code == "unverified").Data.ShouldBe([150m]);

    [Fact]
    public void Given_a_threshold_that_nobody_has_verified_when_another_decides_then_it_is_not_mentioned() =>
        Propose("2016-2020", R, 100, 20).Reasoning.ShouldNotContain(s => s.Code == "unverified");

    [Fact]
    public void Given_the_standard_of_2027_then_the_reasoning_says_that_no_form_is_published() =>
        Propose("2027-2030", R, 100, 20).Reasoning.ShouldContain(s => s.Code == "no_form");

    [Theory]
    [InlineData("2016-2020", Area.Rural, 121, new string[0], PovertyClass.NearPoor)]
    [InlineData("2016-2020", Area.Rural, 121, new[] { "1", "10" }, PovertyClass.NearPoor)]
    [InlineData("2016-2020", Area.Rural, 121, new[] { "1", "5", "10" }, PovertyClass.Poor)]
    [InlineData("2022-2025", Area.Urban, 175, new[] { "11", "12" }, PovertyClass.NearPoor)]
    [InlineData("2022-2025", Area.Urban, 175, new[] { "1", "11", "12" }, PovertyClass.Poor)]
    [InlineData("2022-2025", Area.Urban, 175, new[] { "1", "1", "1" }, PovertyClass.NearPoor)]
    public void Given_the_deprivations_then_each_counts_once_and_ten_points(string standard, Area area, int scoreA, string[] codes, PovertyClass expected)
    {
        var proposal = Classification.Propose(StandardRules.Of(standard)!, area, new FormAnswers(scoreA, Deprivations: codes));
        proposal.Class.ShouldBe(expected);
        proposal.ScoreB.ShouldBe(codes.Distinct().Count() * 10);
    }

    [Fact]
    public void Given_a_deprivation_of_another_standard_then_the_answers_are_refused()
    {
        var problem = Classification.Propose(StandardRules.Of("2016-2020")!, R, new FormAnswers(121, Deprivations: ["12"])).Problem!;
        (problem.Code, problem.Field, problem.Data[0]).ShouldBe(("unknown_indicator", "deprivations", "12"));
    }

    [Fact]
    public void Given_a_total_that_is_not_what_the_deprivations_come_to_then_the_answers_are_refused()
    {
        var problem = Classification.Propose(StandardRules.Of("2016-2020")!, R, new FormAnswers(121, 40, ["1", "2"])).Problem!;
        (problem.Code, problem.Field).ShouldBe(("scores_disagree", "scoreB"));
        problem.Data.ShouldBe([40m, 20m]);
    }

    private static readonly PointTable Table = new("2022-2025", "made up",
    [
        new(FormScore.A, "dwelling", "brick", 60), new(FormScore.A, "dwelling", "wood", 20.5m), new(FormScore.A, "members", "1-2", 90), new(FormScore.A, "members", "3+", 40),
    ]);

    [Fact]
    public void Given_the_point_table_of_a_form_when_every_item_is_answered_then_the_income_points_are_computed()
    {
        var proposal = Classification.Propose(StandardRules.Of("2022-2025")!, R,
            new FormAnswers(Deprivations: ["1", "2", "3"], Chosen: new Dictionary<string, string> { ["dwelling"] = "wood", ["members"] = "1-2" }), Table);
        (proposal.ScoreA, proposal.ScoreB, proposal.Class).ShouldBe((110.5m, 30m, P));
        proposal.Reasoning.Select(s => s.Code).ShouldBe(["priced", "counted", "rule_single_line", "income_under", "lacks_enough", "proposes"]);
    }

    [Theory]
    [InlineData("roof", "wood", "unknown_item")]
    [InlineData("dwelling", "gold", "unknown_option")]
    [InlineData("dwelling", "wood", "item_missing")]
    public void Given_the_point_table_when_an_answer_is_not_on_it_or_left_out_then_nothing_is_proposed(string item, string option, string code) =>
        Classification.Propose(StandardRules.Of("2022-2025")!, R, new FormAnswers(Chosen: new Dictionary<string, string> { [item] = option }), Table)
            .Problem!.Code.ShouldBe(code);

    [Fact]
    public void Given_answers_without_a_point_table_then_it_is_said_that_there_is_none() =>
        Classification.Propose(StandardRules.Of("2022-2025")!, R, new FormAnswers(Chosen: new Dictionary<string, string> { ["dwelling"] = "wood" }))
            .Problem!.Code.ShouldBe("no_point_table");

    private static Proposal Propose(string standard, Area area, decimal? scoreA, decimal? scoreB) =>
        Classification.Propose(StandardRules.Of(standard)!, area, scoreA, scoreB);
}
