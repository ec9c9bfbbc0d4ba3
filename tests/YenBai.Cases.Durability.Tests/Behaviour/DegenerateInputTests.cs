using System.Globalization;

namespace YenBai.Cases.Durability.Tests;

public class DegenerateInputTests
{
    static Observation Event(int time, int entry = Observation.NoEntry) => new(time, EndKind.ReEntry, entry);

    static Observation Censored(int time, int entry = Observation.NoEntry) => new(time, EndKind.Censored, entry);

    sealed record Row(Observation Observation, double X);

    static readonly Design<Row> OnX = Design<Row>.Empty.With("x", row => row.X);

    static Outcome<CoxFit<Row>> CoxOf(IEnumerable<Row> rows, int minimum = 0)
        => Cox.Fit([.. rows], row => row.Observation, OnX, new CoxOptions { MinimumEventsPerParameter = minimum });

    [Fact]
    public void Without_spells_there_is_nothing_to_say()
    {
        var curve = KaplanMeier.Fit([]);
        curve.At(12).Value.Reason.ShouldBe(Reason.NoData);
        curve.Quantile(0.5).Value.Reason.ShouldBe(Reason.NoData);
        curve.RestrictedMean(12).Value.Reason.ShouldBe(Reason.NoData);
        LogRank.Compare(Array.Empty<Row>(), row => row.Observation, row => row.X).ChiSquared.Reason.ShouldBe(Reason.NoData);
        AalenJohansen.Fit([])[0].At(12).Value.Reason.ShouldBe(Reason.NoData);
        CoxOf([]).Reason.ShouldBe(Reason.NoData);
        Concordance.Of(Array.Empty<Row>(), row => row.Observation, row => row.X).Value.Reason.ShouldBe(Reason.NoData);
        RiskPredictions.Assess([]).Auc.Reason.ShouldBe(Reason.NoData);
        RiskPredictions.Reliability([]).ShouldBeEmpty();
    }

    [Fact]
    public void All_censored_means_all_still_out()
    {
        var curve = KaplanMeier.Fit([Censored(3), Censored(5), Censored(8)]);
        curve.At(5).Value.Value.ShouldBe(1);
        curve.Steps[^1].CumulativeHazard.ShouldBe(0);
        curve.At(5).Lower.Reason.ShouldBe(Reason.NoEvents);
        curve.Quantile(0.25).Value.Reason.ShouldBe(Reason.NotReached);
        LogRank.Compare([new Row(Censored(3), 0), new Row(Censored(4), 1)], row => row.Observation, row => row.X).ChiSquared.Reason.ShouldBe(Reason.NoEvents);
        CoxOf([new Row(Censored(3), 0), new Row(Censored(4), 1)]).Reason.ShouldBe(Reason.NoEvents);
    }

    [Fact]
    public void None_of_n_gives_an_upper_limit()
    {
        ZeroEvents.UpperLimit(59).Value.ShouldBe(1 - Math.Pow(0.05, 1 / 59.0), 1e-12);
        ZeroEvents.UpperLimit(0).Reason.ShouldBe(Reason.NoData);
    }

    [Fact]
    public void All_events_at_one_time_can_not_be_compared()
    {
        Row[] rows = [new(Event(4), 0), new(Event(4), 1), new(Event(4), 1)];
        var curve = KaplanMeier.Fit([.. rows.Select(row => row.Observation)]);
        curve.At(4).Value.Value.ShouldBe(0);
        curve.At(4).StandardError.Reason.ShouldBe(Reason.RiskSetEmpty);
        curve.At(4).Lower.Reason.ShouldBe(Reason.RiskSetEmpty);
        LogRank.Compare(rows, row => row.Observation, row => row.X).ChiSquared.Reason.ShouldBe(Reason.Singular);
    }

    [Fact]
    public void An_early_risk_set_of_one_is_flagged_and_can_be_conditioned_away()
    {
        Observation[] rows = [Event(2, 0), Event(6, 3), Censored(8, 3), Event(9, 4)];
        KaplanMeier.Fit(rows).FellToZeroEarly.ShouldBeTrue();
        var given = KaplanMeier.Fit(rows, new KaplanMeierOptions { GivenStillOutAt = 2 });
        given.FellToZeroEarly.ShouldBeFalse();
        given.At(6).Value.Value.ShouldBe(2 / 3.0, 1e-12);
    }

    [Fact]
    public void A_stretch_without_anybody_watched_is_marked()
    {
        KaplanMeier.Fit([Censored(2, 0), Event(6, 3), Censored(8, 3)]).Gaps.ShouldBe([new InformationGap(2, 3)]);
        KaplanMeier.Fit([Event(9, 5), Censored(12, 6)]).Gaps.ShouldBe([new InformationGap(0, 5)]);
        KaplanMeier.Fit([Censored(2), Event(6)]).Gaps.ShouldBeEmpty();
    }

    [Fact]
    public void Entry_at_an_event_time_is_not_yet_at_risk()
        => KaplanMeier.Fit([Event(4, 0), Event(8, 4), Censored(6, 0)]).Steps[0].AtRisk.ShouldBe(2);

    [Fact]
    public void A_row_that_ends_before_it_is_watched_is_nobody()
        => KaplanMeier.Fit([Event(4, 4), Event(3, 9), Censored(6, 0)]).Count.ShouldBe(1);

    [Fact]
    public void Past_the_last_time_the_value_is_carried_and_flagged()
    {
        var curve = KaplanMeier.Fit([Event(4), Censored(10)]);
        curve.At(10).BeyondFollowUp.ShouldBeFalse();
        curve.At(11).BeyondFollowUp.ShouldBeTrue();
        curve.At(11).AtRisk.ShouldBe(0);
        curve.At(11).Value.ShouldBe(curve.At(10).Value);
        curve.RestrictedMean(12).BeyondFollowUp.ShouldBeTrue();
    }

    [Fact]
    public void Median_follow_up_comes_from_the_reverse_curve()
        => KaplanMeier.FitReverse([Event(1), Censored(4), Event(5), Censored(6), Censored(9)]).Quantile(0.5).Value.Value.ShouldBe(6);

    [Fact]
    public void A_group_gone_before_the_first_event_takes_no_degree_of_freedom()
    {
        Row[] rows = [new(Censored(1), 0), new(Event(5), 1), new(Event(6), 2), new(Censored(7), 2), new(Censored(9), 1)];
        LogRank.Compare(rows, row => row.Observation, row => row.X).DegreesOfFreedom.ShouldBe(1);
    }

    [Fact]
    public void Tail_probabilities_stay_right_far_out()
    {
        Row[] rows = [.. Enumerable.Range(1, 400).Select(i => new Row(Event(i), i <= 200 ? 1 : 0))];
        var p = LogRank.Compare(rows, row => row.Observation, row => row.X).PValue.Value;
        p.ShouldBeGreaterThan(0);
        p.ShouldBeLessThan(1e-30);
    }

    [Fact]
    public void A_covariate_that_separates_has_no_estimate()
    {
        CoxOf(Enumerable.Range(1, 20).Select(i => new Row(i <= 10 ? Event(i) : Censored(30), i <= 10 ? 1 : 0))).Reason.ShouldBe(Reason.Separated);
        var rows = Enumerable.Range(0, 40).Select(i => (X: i / 40.0, Happened: i >= 20)).ToList();
        DiscreteHazard.Fit(rows, _ => 1, row => row.Happened, Design<(double X, bool Happened)>.Empty.With("x", row => row.X),
            new HazardOptions { MinimumEventsPerParameter = 0 }).Reason.ShouldBe(Reason.Separated);
    }

    [Fact]
    public void A_ridge_holds_a_separating_covariate()
    {
        var rows = Enumerable.Range(0, 40).Select(i => (X: i / 40.0, Happened: i >= 20)).ToList();
        var fit = DiscreteHazard.Fit(rows, _ => 1, row => row.Happened, Design<(double X, bool Happened)>.Empty.With("x", row => row.X),
            new HazardOptions { MinimumEventsPerParameter = 0, Ridge = 1 });
        fit.Value.Hazard((0.9, false), 1).Value.ShouldBeGreaterThan(fit.Value.Hazard((0.1, false), 1).Value);
    }

    [Fact]
    public void Few_events_are_refused_and_constants_are_singular()
    {
        var rows = Enumerable.Range(1, 9).Select(i => new Row(Event(i), i % 3)).ToList();
        CoxOf(rows, minimum: 10).Reason.ShouldBe(Reason.TooFewEvents);
        CoxOf(rows).Value.FewEvents.ShouldBeTrue();
        CoxOf(rows.Select(row => row with { X = 1 })).Reason.ShouldBe(Reason.Singular);
        Cox.Fit(rows, row => row.Observation, OnX.With("twice", row => row.X * 2), new CoxOptions { MinimumEventsPerParameter = 0 })
            .Reason.ShouldBe(Reason.Singular);
    }

    [Fact]
    public void Cycles_without_events_join_their_neighbour()
    {
        var rows = Enumerable.Range(0, 400).Select(i => (Cycle: 1 + i % 4, Happened: i % 4 is 0 or 3 && i % 5 == 0, X: i % 7)).ToList();
        var fit = DiscreteHazard.Fit(rows, row => row.Cycle, row => row.Happened, Design<(int Cycle, bool Happened, int X)>.Empty.With("x", row => row.X));
        fit.Value.Coefficients.Select(c => c.Term).ShouldBe(["cycle 1-3", "cycle 4", "x"]);
    }

    [Fact]
    public void Rows_with_a_missing_covariate_are_left_out_and_counted()
    {
        var rows = Enumerable.Range(1, 30).Select(i => (Event: Event(i), X: i % 6 == 0 ? (double?)null : i % 5)).ToList();
        var fit = Cox.Fit(rows, row => row.Event, Design<(Observation Event, double? X)>.Empty.With("x", row => row.X)).Value;
        (fit.Count, fit.Missing).ShouldBe((25, 5));
        fit.LinearPredictor((Event(3), null)).Reason.ShouldBe(Reason.NoData);
    }

    [Fact]
    public void A_covariate_far_from_zero_leaves_no_infinite_baseline()
    {
        var fit = CoxOf(Enumerable.Range(1, 40).Select(i => new Row(Event(i), 5000 - i / 8 + i % 5))).Value;
        fit.Baseline[""].ShouldAllBe(step => !step.AtZero.IsEstimable || double.IsFinite(step.AtZero.Value));
        fit.Survival(new Row(Event(1), 5000), 20).Value.ShouldBeInRange(0.01, 0.99);
    }

    [Fact]
    public void A_measure_is_never_without_a_number()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Measure.Of(double.NaN));
        Should.Throw<ArgumentOutOfRangeException>(() => Measure.Of(double.PositiveInfinity));
        Should.Throw<InvalidOperationException>(() => Measure.Not(Reason.NoEvents).Value);
        default(Measure).Reason.ShouldBe(Reason.NoData);
    }

    [Fact]
    public void Numbers_are_written_alike_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("vi-VN");
            Measure.Of(0.05).ToString().ShouldBe("0.05");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Contributions_add_up_to_the_score()
    {
        var rows = Enumerable.Range(0, 600).Select(i => (Cycle: 1 + i % 3, Happened: i * 37 % 11 < 2 + i % 2, A: i % 2, B: i * 13 % 29)).ToList();
        var fit = DiscreteHazard.Fit(rows, row => row.Cycle, row => row.Happened,
            Design<(int Cycle, bool Happened, int A, int B)>.Empty.With("a", row => row.A).With("b", row => row.B)).Value;
        double Score((int, bool, int, int) row) => fit.Hazard(row, 2).Map(h => Math.Log(h / (1 - h))).Value;
        var difference = fit.Contributions((0, false, 1, 20)).Sum(c => c.Value) - fit.Contributions((0, false, 0, 3)).Sum(c => c.Value);
        difference.ShouldBe(Score((0, false, 1, 20)) - Score((0, false, 0, 3)), 1e-9);
        fit.CumulativeRisk((0, false, 1, 20), 1, 2).Value.ShouldBe(
            1 - (1 - fit.Hazard((0, false, 1, 20), 1).Value) * (1 - fit.Hazard((0, false, 1, 20), 2).Value), 1e-12);
    }
}
