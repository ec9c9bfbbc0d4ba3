using YenBai.Cases.Web.Components.ExitDurability;


namespace YenBai.Cases.Web.Tests.DurabilityPage;

/// <summary>Where everything of a figure stands.</summary>
[Trait("Tier", "Fast")]
public sealed class FigureDrawingFacts
{
    private static readonly FigureScale Scale = new(1, 0, 1, 4, [.. Enumerable.Range(0, 5).Select(i => new AxisMark(i, $"{i}"))]);

    private static DrawnStep Step(int time, double value, bool censors = false, int? atRisk = 10, double? lower = null, double? upper = null) => new(time, value, lower, upper, censors, atRisk);

    private static FigureDrawing Draw(params DrawnGroup[] groups) => FigureDrawing.Of(groups, Scale, narrow: false, captionLines: 2, footLines: 2);

    [Fact]
    public void Given_steps_then_the_line_is_flat_until_each_and_goes_on_to_the_last_time() =>
        FigureDrawing.Steps([Step(1, .9), Step(2, .9), Step(3, .8), Step(4, .8)], 1, t => t * 10, v => 100 - v * 100).ShouldBe("M0 0H10V10H30V20H40");

    [Fact]
    public void Given_a_step_without_limits_then_the_band_closes_upon_the_line() =>
        FigureDrawing.Band([Step(1, 1), Step(2, .5, lower: .25, upper: .75)], 1, t => t * 10, v => 100 - v * 100).ShouldBe("M0 0H10V0H20V25V75H20V0H10V0Z");

    [Fact]
    public void Given_no_limits_at_all_then_there_is_no_band() => FigureDrawing.Band([Step(1, .9)], 1, t => t, v => v).ShouldBeNull();

    [Fact]
    public void Given_lines_that_end_at_one_height_then_their_labels_keep_apart_and_in_their_order()
    {
        var placed = FigureDrawing.Spread([50, 50, 51, 300], 15, 10, 310);

        placed.Order().Zip(placed.Order().Skip(1)).ShouldAllBe(p => p.Second - p.First >= 15 - 1e-9);
        placed[2].ShouldBeGreaterThan(placed[1]);
        placed[3].ShouldBe(300);
        FigureDrawing.Spread([305, 306, 307], 15, 10, 310).Max().ShouldBeLessThanOrEqualTo(310);
    }

    [Fact]
    public void Given_a_mark_between_steps_then_who_is_at_risk_is_the_number_of_the_next_step_and_after_the_last_nobody()
    {
        FigureDrawing.AtRisk([Step(1, 1, atRisk: 20), Step(3, .9, atRisk: 12)], 2, "0").ShouldBe("12");
        FigureDrawing.AtRisk([Step(1, 1, atRisk: 20)], 2, "0").ShouldBe("0");
        FigureDrawing.AtRisk([Step(1, 1, atRisk: 20)], 2, "–").ShouldBe("–");
    }

    [Fact]
    public void Given_somebody_whose_watch_ended_then_a_tick_stands_on_the_line_and_nowhere_else()
    {
        var line = Draw(new DrawnGroup("a", "a", [Step(1, .9, censors: true), Step(2, .8)])).Lines.Single();

        line.Ticks.ShouldHaveSingleItem();
    }

    [Fact]
    public void Given_an_axis_that_begins_higher_then_what_lies_below_is_cut_at_its_foot()
    {
        var drawing = FigureDrawing.Of([new("a", "a", [Step(1, .2)])], Scale with { Bottom = .5 }, narrow: false, 0, 0);

        drawing.Lines.Single().End.Y.ShouldBe(drawing.Bottom);
    }

    [Fact]
    public void Given_many_groups_then_bands_that_would_hide_one_another_are_left_out_and_no_two_lines_look_alike()
    {
        var drawing = Draw([.. Enumerable.Range(0, FigureDrawing.MostLines).Select(i => new DrawnGroup($"{i}", $"{i}", [Step(1, .9, lower: .8, upper: .95)]))]);

        drawing.Lines.ShouldAllBe(l => l.Band == null);
        drawing.Lines.Select(l => l.Style).ShouldBeUnique();
        FigureSvg.Dashes.ShouldBeUnique();
        FigureSvg.Colours.ShouldBeUnique();
    }

    [Theory]
    [InlineData(0.5, 0.1), InlineData(0.8, 0.3)]
    public void Given_a_ratio_then_the_shares_that_could_be_told_apart_lie_on_both_sides_of_the_others(double ratio, double returns)
    {
        var (below, above) = DurabilityReport.Detectable(ratio, returns);

        Math.Log(1 - below).ShouldBe(ratio * Math.Log(1 - returns), 1e-12);
        Math.Log(1 - above).ShouldBe(Math.Log(1 - returns) / ratio, 1e-12);
    }
}
