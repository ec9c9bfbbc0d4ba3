using YenBai.Cases.Places;
using YenBai.Cases.Plan;

namespace YenBai.Cases.Tests.Plan;

/// <summary>What a plan must be to be entered, and what of it is a warning only.</summary>
public class PlanEntryFacts
{
    private static readonly TargetDraft Province = new("15", Measure.NetReductionHouseholds, Comparator.Exactly, 4000, "Bí thư Tỉnh uỷ", null);
    private static readonly TargetDraft VanYen = new("136", Measure.NetReductionHouseholds, Comparator.AtLeast, 700, "Bí thư Huyện uỷ Văn Yên", null);
    private static readonly PlanDraft Plan2022 = new("31-KH/TU", new(2022, 1, 20), "2022-2025", new(2022, 1, 1), new(2022, 12, 31), "Kế hoạch 31", [Province, VanYen]);

    private static (AnnualPlan? Plan, string[] Faults) Decide(PlanDraft draft, PlanVersion? current = null, int year = 2022)
    {
        var (plan, faults) = PlanEntry.Decide(year, current, draft, PlaceCatalog.Default);
        return (plan, [.. faults.Select(f => $"{f.Field}: {f.Code}")]);
    }

    private static string[] FaultsOf(TargetDraft target) => Decide(Plan2022 with { Targets = [target] }).Faults;

    private static PlanVersion Entered(bool locked = false) => new(Guid.Empty, 2022, 1, Decide(Plan2022).Plan!, locked, null, "x", default, null);

    [Fact]
    public void A_whole_plan_is_entered_as_it_is_stated()
    {
        var plan = Decide(Plan2022).Plan!;

        (plan.Year, plan.Number, plan.Standard, plan.Through).ShouldBe((2022, "31-KH/TU", "2022-2025", new(2022, 12, 31)));
        plan.Targets.ShouldBe([
            new("15@2020-02-01", Measure.NetReductionHouseholds, Comparator.Exactly, 4000, "Bí thư Tỉnh uỷ", "Kế hoạch 31"),
            new("136@2020-02-01", Measure.NetReductionHouseholds, Comparator.AtLeast, 700, "Bí thư Huyện uỷ Văn Yên", "Kế hoạch 31"),
        ]);
        var sum = StatedAndDerived.Of(plan, PlaceCatalog.Default).ShouldHaveSingleItem();
        (sum.UnitId, sum.Stated, sum.Derived, sum.AddsUp).ShouldBe(("15@2020-02-01", 4000, 700, false), "a sum that differs is said, not refused");
    }

    [Fact]
    public void A_unit_stands_with_a_measure_once() =>
        Decide(Plan2022 with { Targets = [Province, VanYen, VanYen with { Unit = "136@2020-02-01", Value = 1 }] }).Faults.ShouldBe(["targets[2].unit: unit_twice"]);

    [Fact]
    public void A_range_has_its_smaller_bound_first()
    {
        var range = VanYen with { Measure = Measure.NetReductionPoints, Comparator = Comparator.Between, Value = 4, Upper = 5.5m };

        FaultsOf(range).ShouldBeEmpty();
        FaultsOf(range with { Value = 5.5m, Upper = 4 }).ShouldBe(["targets[0].upper: bounds_reversed"]);
        FaultsOf(range with { Upper = 4 }).ShouldBe(["targets[0].upper: bounds_reversed"]);
        FaultsOf(range with { Upper = null }).ShouldBe(["targets[0].upper: required"]);
        FaultsOf(range with { Comparator = Comparator.AtLeast }).ShouldBe(["targets[0].upper: upper_without_range"]);
    }

    [Fact]
    public void What_is_wrong_with_a_target_is_named_by_its_place_in_the_list()
    {
        FaultsOf(VanYen with { Unit = "999" }).ShouldBe(["targets[0].unit: unknown_unit"]);
        FaultsOf(VanYen with { Unit = "136@2026-01-01", Head = " " }).ShouldBe(["targets[0].head: required"]);
        FaultsOf(VanYen with { Unit = null, Measure = null, Comparator = null, Value = null }).ShouldBe(
            ["targets[0].unit: required", "targets[0].measure: required", "targets[0].comparator: required", "targets[0].value: required"]);
        FaultsOf(VanYen with { Value = 1.5m }).ShouldBe(["targets[0].value: not_whole"]);
        FaultsOf(VanYen with { Value = -1 }).ShouldBe(["targets[0].value: not_a_number"]);
        FaultsOf(VanYen with { Measure = Measure.EndRatePercent, Value = 101 }).ShouldBe(["targets[0].value: out_of_range"]);
    }

    [Fact]
    public void A_unit_that_has_ended_by_the_last_day_has_no_target()
    {
        var plan = Plan2022 with { From = new(2025, 1, 1), Through = new(2025, 12, 31), Targets = [VanYen with { Unit = "136@2020-02-01" }] };

        Decide(plan, year: 2025).Faults.ShouldBe(["targets[0].unit: unknown_unit"]);
        Decide(plan with { Through = new(2025, 6, 30) }, year: 2025).Faults.ShouldBeEmpty();
    }

    [Fact]
    public void The_document_and_its_period_are_needed()
    {
        Decide(new(null, null, "x", new(2022, 12, 31), new(2022, 1, 1), " ", [])).Faults.ShouldBe(
            ["number: required", "source: required", "standard: unknown_standard", "date: required", "through: ends_before_it_begins", "targets: no_targets"]);
        Decide(Plan2022 with { From = new(2023, 1, 1), Through = new(2023, 12, 31) }).Faults.ShouldBe(["from: outside_year"]);
        Decide(Plan2022 with { From = new(2021, 1, 1), Through = new(2021, 12, 31) }).Faults.ShouldBe(["through: outside_year"]);
    }

    [Fact]
    public void A_correction_says_why_and_changes_something()
    {
        Decide(Plan2022 with { Number = "32-KH/TU" }, Entered()).Faults.ShouldBe(["reason: required"]);
        Decide(Plan2022 with { Reason = "sửa" }, Entered()).Faults.ShouldBe([": nothing_changed"]);
        Decide(Plan2022 with { Reason = "sửa", Targets = [Province with { Value = 4100 }, VanYen] }, Entered()).Plan!.Targets[0].Value.ShouldBe(4100);
        Decide(Plan2022 with { Reason = "sửa", Number = "32-KH/TU" }, Entered(locked: true)).Faults.ShouldBe([": year_locked"]);
    }

    [Fact]
    public void A_plan_is_locked_and_unlocked_with_a_reason()
    {
        string? Lock(PlanVersion? current, bool locked, string? reason) => PlanEntry.DecideLock(current, locked, reason)?.Code;

        Lock(null, true, "x").ShouldBe("unknown_plan");
        Lock(Entered(), true, null).ShouldBe("required");
        Lock(Entered(), true, "đã thông qua").ShouldBeNull();
        Lock(Entered(locked: true), true, "x").ShouldBe("year_locked");
        Lock(Entered(), false, "x").ShouldBe("year_not_locked");
        Lock(Entered(locked: true), false, "điều chỉnh giữa năm").ShouldBeNull();
    }

    [Theory]
    [InlineData(Measure.NetReductionPoints, 3.99, false)]
    [InlineData(Measure.NetReductionPoints, 4, true)]
    [InlineData(Measure.NetReductionPoints, 7, true)]
    [InlineData(Measure.EndRatePercent, 5.5, true)]
    [InlineData(Measure.EndRatePercent, 5.51, false)]
    [InlineData(Measure.EndRatePercent, 1, true)]
    public void A_range_is_met_from_its_easier_bound(Measure measure, double actual, bool met) =>
        MeasureProgress.IsMet(new("15@2020-02-01", measure, Comparator.Between, 4, "h", "s", 5.5m), (decimal)actual).ShouldBe(met);

    [Fact]
    public void A_view_of_a_day_has_the_version_of_that_day()
    {
        PlanVersion At(int version, int day) => new(Guid.Empty, 2022, version, Decide(Plan2022).Plan!, false, null, "x", new(2022, 3, day, 0, 0, 0, TimeSpan.Zero), null);
        var history = new PlanHistory(2022, [At(1, 1), At(2, 20)]);
        DateTimeOffset On(int month, int day) => new(2022, month, day, 12, 0, 0, TimeSpan.Zero);

        history.At(null)!.Version.ShouldBe(2);
        history.At(On(3, 19))!.Version.ShouldBe(1);
        history.At(On(3, 20))!.Version.ShouldBe(2);
        history.At(On(1, 1))!.Version.ShouldBe(1, "before it was entered there is nothing else to compare with");
        new PlanHistory(2022, []).At(null).ShouldBeNull();
    }

    [Fact]
    public void A_range_is_read_from_a_file()
    {
        const string Header = "year,number,date,standard,from,through,plan_source,unit_code,measure,comparator,value,upper,head,source\n2022,31,2022-01-20,2022-2025,2022-01-01,2022-12-31,x,";
        PlanRead Read(string row) => PlanFile.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Header + row + "\n")));

        Read("15,net_reduction_points,between,4,\"5,5\",h,s").Plan!.Targets.ShouldBe([new("15@2020-02-01", Measure.NetReductionPoints, Comparator.Between, 4, "h", "s", 5.5m)]);
        Read("15,net_reduction_points,between,5,4,h,s").Problems.ShouldBe([new(2, "upper", "4", "bounds_reversed")]);
        Read("15,net_reduction_points,between,5,,h,s").Problems.ShouldBe([new(2, "upper", "", "missing")]);
        Read("15,net_reduction_points,at_least,5,6,h,s").Problems.ShouldBe([new(2, "upper", "6", "upper_without_range")]);
    }
}
