using YenBai.Cases.Households;
using YenBai.Cases.Plan;
using YenBai.Cases.Registering;
using static YenBai.Cases.Tests.Plan.ARegister;

namespace YenBai.Cases.Tests.Plan;

public class PlanProgressFacts
{
    /// <summary>Ten poor households of the city at the end of 2020.</summary>
    private static ARegister TenPoorInTheCity() =>
        new ARegister().Many(10, (r, h) => r.Enter(h, "2018-12-15", City), "H");

    [Fact]
    public void Net_reduction_is_what_the_list_lost_and_gross_what_left_it_willingly()
    {
        var progress = TenPoorInTheCity()
            .Exit("H0", "2021-06-01", City, voluntary: true).Exit("H1", "2021-06-01", City).Exit("H2", "2021-11-15", City)
            .Enter("H1", "2021-11-20", City, EntryCause.Deterioration)
            .Enter("new", "2021-11-20", City)
            .Is(FactKind.Dissolve, "H9", "2021-05-05", City)
            .Progress();

        var counts = progress.Counts(City);
        (counts.Opening, counts.Exits, counts.AllReentries, counts.NewlyPoor, counts.OtherIn, counts.OtherOut, counts.Closing).ShouldBe((10, 3, 1, 1, 0, 1, 8));
        counts.Balances.ShouldBeTrue();
        progress.In(City, Measure.NetReductionHouseholds).Actual.ShouldBe((Figure)2);
        progress.In(City, Measure.VoluntaryExits).Actual.ShouldBe((Figure)1);
        progress.In(City, Measure.NetReductionHouseholds).Gap.ShouldBe(2 - 59);
        progress.In(City, Measure.NetReductionHouseholds).Remaining.ShouldBe(57);
    }

    [Fact]
    public void At_least_five_voluntary_exits_are_met_by_the_fifth()
    {
        var register = TenPoorInTheCity().Many(4, (r, h) => r.Exit(h, "2021-03-01", City, voluntary: true), "H");
        var four = register.Progress().In(City, Measure.VoluntaryExits);
        var five = register.Exit("H4", "2021-03-02", City, voluntary: true).Progress().In(City, Measure.VoluntaryExits);

        (four.Met, four.Gap, four.Remaining).ShouldBe((false, -1, 1));
        (five.Met, five.Gap, five.Remaining).ShouldBe((true, 0, 0));
    }

    [Fact]
    public void More_than_6_5_points_are_not_met_by_6_5()
    {
        ARegister Register(int exits) => new ARegister().Total(TramTau, "2020-12-31", 1000)
            .Many(400, (r, h) => r.Enter(h, "2018-12-15", TramTau), "H").Many(exits, (r, h) => r.Exit(h, "2021-11-15", TramTau), "H");
        var just = Register(65).Progress().In(TramTau, Measure.NetReductionPoints);
        var more = Register(66).Progress().In(TramTau, Measure.NetReductionPoints);

        (just.Actual.Value, just.Met).ShouldBe((6.5m, false));
        (more.Actual.Value, more.Met).ShouldBe((6.6m, true));
    }

    [Fact]
    public void Who_goes_beyond_an_exact_figure_has_met_it_and_an_end_rate_is_met_from_above()
    {
        var register = new ARegister().Total(City, "2020-12-01", 10_000)
            .Many(129, (r, h) => r.Enter(h, "2018-12-15", City), "H").Many(60, (r, h) => r.Exit(h, "2021-11-15", City), "H");

        register.Progress().In(City, Measure.NetReductionHouseholds).Met.ShouldBe(true);
        register.Progress().In(City, Measure.EndRatePercent).ShouldSatisfyAllConditions(
            r => r.Actual.Value.ShouldBe(0.69m), r => r.Met.ShouldBe(true));
        register.Enter("one more", "2021-12-01", City).Progress().In(City, Measure.EndRatePercent).Met.ShouldBe(false);
    }

    [Fact]
    public void An_exact_rate_is_compared_as_the_form_prints_it()
    {
        var row = new ARegister().Total(City, "2020-12-31", 1449).Many(10, (r, h) => r.Enter(h, "2020-12-15", City), "H").Progress()
            .In(City, Measure.EndRatePercent);

        Math.Round(row.Actual.Value!.Value, 2).ShouldBe(0.69m);
        row.Actual.Value.Value.ShouldBeGreaterThan(0.69m);
        row.Met.ShouldBe(true);
    }

    [Fact]
    public void A_rate_without_denominator_reads_no_denominator()
    {
        var progress = TenPoorInTheCity().Total(VanYen, "2020-12-31", 35_000).Total(City, "2022-01-01", 30_000).Progress();

        foreach (var measure in new[] { Measure.NetReductionPoints, Measure.EndRatePercent })
            progress.In(City, measure).ShouldSatisfyAllConditions(
                r => r.Actual.ShouldBe((Figure)Missing.NoDenominator), r => r.Gap.ShouldBeNull(), r => r.Met.ShouldBeNull(), r => r.Remaining.ShouldBeNull());
    }

    [Fact]
    public void A_rate_carries_its_numerator_and_the_last_total_before_the_day()
    {
        var unit = TenPoorInTheCity().Exit("H0", "2021-06-01", City)
            .Total(City, "2019-12-31", 900).Total(City, "2020-12-31", 1000).Total(City, "2021-12-31", 900).Progress().In(City, Measure.NetReductionPoints);

        unit.Arithmetic!.OpeningRate.ShouldBe(new PovertyRate(10, new(2021, 1, 1), new(Id(City), new(2020, 12, 31), 1000, "Chi cục Thống kê")));
        unit.Arithmetic!.ClosingRate.ShouldBe(new PovertyRate(9, new(2021, 12, 31), new(Id(City), new(2021, 12, 31), 900, "Chi cục Thống kê")));
        unit.Actual.Value.ShouldBe(0m);
    }

    [Fact]
    public void The_province_has_an_end_rate_but_no_target_for_it()
    {
        var row = TenPoorInTheCity().Total(Province, "2020-12-31", 1000).Progress().In(Province, Measure.EndRatePercent);

        (row.Target, row.Actual.Value, row.Gap, row.Met).ShouldBe((null, 1m, null, null));
    }

    [Fact]
    public void Sponsoring_is_not_recorded_and_never_nought()
    {
        var progress = TenPoorInTheCity().Progress();

        progress.In(Province, Measure.SponsoredHouseholds).ShouldSatisfyAllConditions(
            r => r.Target!.Value.ShouldBe(1072), r => r.Actual.ShouldBe((Figure)Missing.NotRecorded), r => r.Met.ShouldBeNull());
        progress.In(Province, Measure.SponsoringAgencies).Actual.Reason.ShouldBe(Missing.NotRecorded);
        progress.Row(Id(City), Measure.SponsoredHouseholds).ShouldBeNull();
    }

    [Fact]
    public void No_household_with_a_person_of_merit_shall_be_left()
    {
        var register = new ARegister().Enter("M", "2018-12-15", City, merit: true).Enter("N", "2018-12-15", City, merit: false);
        var before = register.Progress();
        var after = register.Exit("M", "2021-06-01", City).Progress();

        (before.In(Province, Measure.MeritHouseholds).Actual.Value, before.In(Province, Measure.MeritHouseholds).Met).ShouldBe((1, false));
        before.Behind(Component.MeritHouseholds, Province).ShouldBe([Ids.Household("M")]);
        (after.In(Province, Measure.MeritHouseholds).Actual.Value, after.In(Province, Measure.MeritHouseholds).Met).ShouldBe((0, true));
    }

    [Fact]
    public void Where_merit_or_the_wish_to_leave_is_not_told_nothing_is_claimed()
    {
        var untold = TenPoorInTheCity().Exit("H0", "2021-06-01", City, voluntary: null);
        untold.Progress().In(Province, Measure.MeritHouseholds).Actual.ShouldBe((Figure)Missing.NotRecorded);
        untold.Progress().In(City, Measure.VoluntaryExits).Actual.ShouldBe((Figure)Missing.NotRecorded);

        var partly = untold.Enter("N", "2018-12-15", City, merit: false);
        partly.Progress().In(Province, Measure.MeritHouseholds).ShouldSatisfyAllConditions(
            r => r.Actual.Value.ShouldBe(0), r => r.Met.ShouldBeNull(), r => r.Arithmetic!.MeritNotTold.ShouldBe(9));

        partly.Many(5, (r, h) => r.Exit(h, "2021-06-02", City, voluntary: h != "H1"), "H");
        var three = partly.Progress().In(City, Measure.VoluntaryExits);
        (three.Actual.Value, three.Arithmetic!.Counts.ExitsNotTold, three.Met).ShouldBe((3, 1, false));
        var four = partly.Exit("H5", "2021-06-02", City, voluntary: true).Progress().In(City, Measure.VoluntaryExits);
        (four.Actual.Value, four.Arithmetic!.Counts.ExitsNotTold, four.Met).ShouldBe((4, 1, null));
    }

    [Fact]
    public void Before_the_plan_starts_nothing_is_reported_as_reached()
    {
        var progress = TenPoorInTheCity().Exit("H0", "2020-11-15", City, voluntary: true).Progress(asOf: "2020-12-31");

        progress.Started.ShouldBeFalse();
        progress.Rows.ShouldAllBe(r => r.Actual == Missing.NotStarted && r.Gap == null && r.Met == null);
        progress.Sums.Count.ShouldBe(2);
    }

    [Fact]
    public void On_its_first_day_it_has_started_and_after_its_last_day_nothing_counts()
    {
        var register = TenPoorInTheCity().Exit("H0", "2021-01-01", City).Exit("H1", "2021-12-31", City).Exit("H2", "2022-01-01", City);

        register.Progress(asOf: "2021-01-01").Counts(City).Exits.ShouldBe(1);
        register.Progress(asOf: "2022-05-01").ShouldSatisfyAllConditions(
            p => p.AsOf.ShouldBe(new DateOnly(2021, 12, 31)), p => p.Counts(City).Exits.ShouldBe(2), p => p.Counts(City).Closing.ShouldBe(8));
    }

    [Fact]
    public void The_same_plan_as_known_earlier_lacks_what_was_learnt_later()
    {
        var register = TenPoorInTheCity()
            .Exit("H0", "2021-06-01", City, recorded: "2021-09-01")
            .Exit("H1", "2021-06-01", City).AnnulThat(recorded: "2021-10-01");

        register.Progress(asOf: "2021-06-30", knownAt: "2021-06-30").Behind(Component.Exits, City).ShouldBe([Ids.Household("H1")]);
        register.Progress(asOf: "2021-06-30", knownAt: "2021-09-30").Counts(City).Exits.ShouldBe(2);
        register.Progress(asOf: "2021-06-30", knownAt: "2021-10-01").Behind(Component.Exits, City).ShouldBe([Ids.Household("H0")]);
    }

    [Fact]
    public void A_withdrawn_import_takes_its_facts_with_it_and_no_others()
    {
        var register = TenPoorInTheCity()
            .Exit("H0", "2021-06-01", City, import: "first").Exit("H1", "2021-06-01", City, import: "second")
            .Withdraw("H0", "first", "2021-08-01").Withdraw("H1", "first", "2021-08-01");

        register.Progress(knownAt: "2021-07-31").Counts(City).Exits.ShouldBe(2);
        register.Progress(knownAt: "2021-08-01").Behind(Component.Exits, City).ShouldBe([Ids.Household("H1")]);
    }

    [Fact]
    public void The_arithmetic_holds_in_every_unit_and_the_units_add_up_to_the_province()
    {
        var places = new[] { City, NghiaLo, VanYen, MuCangChai, TramTau, "04375", "15" };
        var random = new Random(11);
        var register = new ARegister();
        for (var h = 0; h < 200; h++)
            for (var (year, code) = (2019, "H" + h); year <= 2021; year++)
                for (var month = 1; month <= 12; month += random.Next(1, 7))
                {
                    var (on, place) = ($"{year}-{month:00}-10", places[random.Next(places.Length)]);
                    _ = random.Next(7) switch
                    {
                        0 or 1 => register.Enter(code, on, place, (EntryCause)random.Next(4), merit: random.Next(2) == 0),
                        2 or 3 => register.Exit(code, on, place, random.Next(2) == 0),
                        4 => register.Transfer(code, on, place),
                        5 => register.Is(random.Next(2) == 0 ? FactKind.MoveOut : FactKind.Dissolve, code, on, place),
                        _ => register.Split(code, on, place, (PovertyClass)random.Next(3)),
                    };
                }
        var progress = register.Progress();

        progress.Units.ShouldAllBe(u => u.Counts.Balances);
        var province = progress.Units.Single(u => u.ParentId is null);
        var parts = progress.Units.Where(u => u.ParentId == province.Unit.Id).ToList();
        parts.Count.ShouldBe(9);
        parts.Aggregate(province.InNoChild, (sum, u) => sum + u.Counts).ShouldBe(province.Counts);
        province.InNoChild.Closing.ShouldBeGreaterThan(0);
        var counts = province.Counts;
        foreach (var (component, count) in new[]
        {
            (Component.Opening, counts.Opening), (Component.Exits, counts.Exits), (Component.VoluntaryExits, counts.VoluntaryExits),
            (Component.ExitsNotTold, counts.ExitsNotTold), (Component.Reentries, counts.Reentries),
            (Component.ReentriesStandardChange, counts.ReentriesStandardChange), (Component.ReentriesAfterAbsence, counts.ReentriesAfterAbsence),
            (Component.NewlyPoor, counts.NewlyPoor), (Component.OtherIn, counts.OtherIn), (Component.OtherOut, counts.OtherOut),
            (Component.Closing, counts.Closing), (Component.MeritHouseholds, province.MeritHouseholds), (Component.MeritNotTold, province.MeritNotTold),
        })
            progress.Behind(component, Province).Count().ShouldBe(count, component.ToString());
    }

    [Fact]
    public void A_place_narrows_the_report_to_its_units()
    {
        var register = TenPoorInTheCity().Enter("V", "2018-12-15", "04375");

        register.Progress(place: VanYen).ShouldSatisfyAllConditions(
            p => p.Units.ShouldHaveSingleItem().Counts.Closing.ShouldBe(1),
            p => p.Sums.ShouldBeEmpty(),
            p => p.In(VanYen, Measure.VoluntaryExits).Target!.Value.ShouldBe(100));
        // A commune has no target of its own, but its figures.
        register.Progress(place: "04375").In("04375", Measure.NetReductionHouseholds).ShouldSatisfyAllConditions(
            r => r.Target.ShouldBeNull(), r => r.Arithmetic!.Counts.Closing.ShouldBe(1));
        Should.Throw<ArgumentException>(() => register.Progress(place: "nowhere"));
    }
}
