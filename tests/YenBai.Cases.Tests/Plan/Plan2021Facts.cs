using System.Globalization;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;
using static YenBai.Cases.Tests.Plan.ARegister;

namespace YenBai.Cases.Tests.Plan;

public class Plan2021Facts
{
    private static readonly AnnualPlan Plan2021 = Plans.Find(2021)!;

    [Fact]
    public void It_is_the_plan_of_the_Party_Committee_under_the_standard_then_in_force()
    {
        Plan2021.Number.ShouldBe("19-KH/TU");
        Plan2021.Date.ShouldBe(new DateOnly(2021, 2, 23));
        Plan2021.Standard.ShouldBe(Standard2016);
        (Plan2021.From, Plan2021.Through).ShouldBe((new DateOnly(2021, 1, 1), new DateOnly(2021, 12, 31)));
    }

    [Theory]
    [InlineData("15", 4382, "2.05", Comparator.Exactly, 305, null)]
    [InlineData("132", 59, "0.2", Comparator.Exactly, 5, "0.69")]
    [InlineData("141", 260, "0.85", Comparator.Exactly, 15, "2.39")]
    [InlineData("138", 130, "0.5", Comparator.Exactly, 10, "1.53")]
    [InlineData("136", 757, "2.15", Comparator.Exactly, 100, "2.61")]
    [InlineData("140", 1136, "3.75", Comparator.Exactly, 50, "6.67")]
    [InlineData("133", 181, "1", Comparator.Exactly, 10, "2.31")]
    [InlineData("135", 720, "2.5", Comparator.Exactly, 35, "3.4")]
    [InlineData("139", 409, "6.5", Comparator.MoreThan, 20, "29.63")]
    [InlineData("137", 730, "6.5", Comparator.MoreThan, 40, "25.58")]
    public void Its_targets_are_those_of_the_text(string code, int households, string points, Comparator bound, int voluntary, string? endRate)
    {
        PlanTarget? Target(Measure measure) => Plan2021.Target(Id(code), measure);

        Target(Measure.NetReductionHouseholds)!.Value.ShouldBe(households);
        Target(Measure.NetReductionPoints)!.Value.ShouldBe(decimal.Parse(points, CultureInfo.InvariantCulture));
        Target(Measure.NetReductionPoints)!.Comparator.ShouldBe(bound);
        Target(Measure.VoluntaryExits).ShouldSatisfyAllConditions(
            t => t!.Value.ShouldBe(voluntary), t => t!.Comparator.ShouldBe(Comparator.AtLeast));
        Target(Measure.EndRatePercent)?.Value.ShouldBe(decimal.Parse(endRate!, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void No_end_rate_is_invented_for_the_province() =>
        Plan2021.Target(Id(Province), Measure.EndRatePercent).ShouldBeNull();

    [Fact]
    public void Nine_districts_and_the_province_have_a_responsible_office_for_each_target()
    {
        Plan2021.Targets.Select(t => t.UnitId).Distinct().Count().ShouldBe(10);
        Plan2021.Targets.ShouldAllBe(t => t.Head != "" && t.Source.Contains("19-KH/TU"));
        Plan2021.Target(Id(VanYen), Measure.VoluntaryExits)!.Head.ShouldBe("Bí thư Huyện uỷ, Chủ tịch UBND huyện Văn Yên");
        Plan2021.Targets.Where(t => t.UnitId != Id(Province))
            .ShouldAllBe(t => t.Head.EndsWith(PlaceCatalog.Default.Get(t.UnitId)!.ShortName));
    }

    [Fact]
    public void The_stated_305_stands_beside_the_285_that_the_districts_add_up_to()
    {
        var sum = new ARegister().Progress().In(Province, Measure.VoluntaryExits).Sum!;

        (sum.Stated, sum.Derived, sum.Difference, sum.AddsUp).ShouldBe((305, 285, 20, false));
        sum.Parts.Select(p => p.Value).ShouldBe([5, 15, 10, 100, 50, 10, 35, 20, 40]);
        sum.WithoutTarget.ShouldBeEmpty();
    }

    [Fact]
    public void The_4382_households_add_up()
    {
        var sum = new ARegister().Progress().In(Province, Measure.NetReductionHouseholds).Sum!;

        (sum.Stated, sum.Derived, sum.AddsUp).ShouldBe((4382, 4382, true));
    }

    [Fact]
    public void Rates_and_measures_that_only_the_province_states_have_no_derived_sum() =>
        new ARegister().Progress().Sums.Select(s => s.Measure).ShouldBe([Measure.NetReductionHouseholds, Measure.VoluntaryExits]);

    [Fact]
    public void Net_and_gross_are_told_apart()
    {
        Measure.NetReductionHouseholds.BasisOf().ShouldBe(Basis.Net);
        Measure.NetReductionPoints.BasisOf().ShouldBe(Basis.Net);
        Measure.VoluntaryExits.BasisOf().ShouldBe(Basis.Gross);
        Measures.All.Select(Measures.NameOf).ShouldBe(["net_reduction_households", "net_reduction_points", "voluntary_exits",
            "end_rate_percent", "merit_households", "sponsored_households", "sponsoring_agencies"]);
    }
}
