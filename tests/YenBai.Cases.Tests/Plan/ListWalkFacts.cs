using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;
using YenBai.Cases.Registering;
using static YenBai.Cases.Tests.Plan.ARegister;

namespace YenBai.Cases.Tests.Plan;

public class ListWalkFacts
{
    [Fact]
    public void A_household_that_moves_leaves_one_district_and_comes_to_another()
    {
        var progress = new ARegister().Enter("H", "2019-12-15", VanYen).Transfer("H", "2021-04-01", NghiaLo).Exit("H", "2021-12-15", NghiaLo, voluntary: true).Progress();

        progress.Counts(VanYen).ShouldBe(new MovementCounts { Opening = 1, OtherOut = 1, MovedOut = 1 });
        progress.Counts(NghiaLo).ShouldBe(new MovementCounts { OtherIn = 1, MovedIn = 1, Exits = 1, VoluntaryExits = 1 });
        progress.Counts(Province).ShouldBe(new MovementCounts { Opening = 1, OtherIn = 1, MovedIn = 1, OtherOut = 1, MovedOut = 1, Exits = 1, VoluntaryExits = 1 });
    }

    [Fact]
    public void A_move_between_communes_of_one_district_is_none_of_the_districts()
    {
        var communes = PlaceCatalog.Default.ChildrenOf(Id(VanYen)).Take(2).Select(u => u.Code).ToList();

        new ARegister().Enter("H", "2019-12-15", communes[0]).Transfer("H", "2021-04-01", communes[1]).Progress()
            .Counts(VanYen).ShouldBe(new MovementCounts { Opening = 1, Closing = 1 });
    }

    [Fact]
    public void Another_district_on_a_fact_is_a_move_though_none_was_told() =>
        new ARegister().Enter("H", "2019-12-15", VanYen).Exit("H", "2021-12-15", NghiaLo).Progress()
            .Counts(VanYen).ShouldBe(new MovementCounts { Opening = 1, OtherOut = 1, MovedOut = 1 });

    [Fact]
    public void A_fact_learnt_before_a_late_told_move_does_not_move_the_household_back()
    {
        var progress = new ARegister().Enter("H", "2019-12-15", VanYen)
            .Is(FactKind.Confirm, "H", "2021-06-15", VanYen)
            .Transfer("H", "2021-03-01", NghiaLo, recorded: "2021-09-01").Progress();

        progress.Counts(NghiaLo).Closing.ShouldBe(1);
        progress.Counts(VanYen).ShouldBe(new MovementCounts { Opening = 1, OtherOut = 1, MovedOut = 1 });
    }

    [Fact]
    public void A_household_that_moves_while_off_the_list_moves_nothing_on_it() =>
        new ARegister().Enter("H", "2018-12-15", VanYen).Exit("H", "2019-12-15", VanYen).Transfer("H", "2021-02-01", NghiaLo)
            .Enter("H", "2021-12-01", NghiaLo, EntryCause.Deterioration).Progress()
            .Counts(Province).ShouldBe(new MovementCounts { Reentries = 1, Closing = 1 });

    [Fact]
    public void A_part_of_a_poor_household_comes_in_otherwise_and_a_part_of_one_that_has_left_can_come_back()
    {
        var progress = new ARegister().Split("poor", "2021-04-01", City, PovertyClass.Poor).Split("unknown", "2021-04-01", City, null)
            .Split("out", "2021-04-01", City, PovertyClass.NotPoor).Enter("out", "2021-12-01", City, EntryCause.Deterioration).Progress();

        progress.Counts(City).ShouldBe(new MovementCounts { OtherIn = 1, Reentries = 1, Closing = 2 });
    }

    [Fact]
    public void An_exit_of_a_household_that_was_never_listed_is_no_exit_of_the_table_but_its_return_is_a_re_entry() =>
        new ARegister().Exit("H", "2021-03-01", City, voluntary: true).Enter("H", "2021-09-01", City, EntryCause.Deterioration).Progress()
            .Counts(City).ShouldBe(new MovementCounts { Reentries = 1, Closing = 1 });

    [Fact]
    public void An_exit_taken_back_as_an_error_comes_in_otherwise_and_leaves_no_trace_of_an_exit() =>
        new ARegister().Enter("H", "2019-12-15", City).Exit("H", "2021-03-01", City).Enter("H", "2021-04-01", City, EntryCause.Correction)
            .Is(FactKind.MoveOut, "H", "2021-05-01", City).Enter("H", "2021-06-01", City).Progress()
            .Counts(City).ShouldBe(new MovementCounts { Opening = 1, Exits = 1, OtherIn = 2, OtherOut = 1, Closing = 1 });

    [Fact]
    public void Facts_of_one_day_are_told_in_the_order_of_the_register() =>
        new ARegister().Enter("H", "2019-12-15", City).Enter("H", "2021-12-15", City, EntryCause.Deterioration, seq: 3).Exit("H", "2021-12-15", City, seq: 2).Progress()
            .Counts(City).ShouldBe(new MovementCounts { Opening = 1, Exits = 1, Reentries = 1, Closing = 1 });

    [Fact]
    public void What_is_decided_under_another_standard_moves_nothing_on_this_list() =>
        new ARegister().Enter("H", "2019-12-15", City)
            .Enter("only under the new", "2021-12-15", City, EntryCause.StandardChange, Standard2022)
            .Exit("H", "2021-12-15", City, standard: Standard2022).Progress()
            .Counts(City).ShouldBe(new MovementCounts { Opening = 1, Closing = 1 });

    [Fact]
    public void A_fact_without_standard_is_of_the_one_in_force_on_its_day() =>
        new ARegister().Enter("H", "2014-12-15", City, standard: null).Exit("H", "2021-06-15", City, standard: null).Progress()
            .Counts(City).Exits.ShouldBe(1);

    [Fact]
    public void When_the_list_changes_its_standard_nobody_becomes_poor_anew_and_who_had_left_comes_back()
    {
        var plan = Plans.Find(2021)! with { Year = 2022, Standard = Standard2022, From = new(2022, 1, 1), Through = new(2022, 12, 31) };
        var progress = new ARegister()
            .Enter("stays", "2019-12-15", City).Enter("stays", "2022-01-10", City, EntryCause.StandardChange, Standard2022)
            .Enter("left", "2018-12-15", City).Exit("left", "2020-12-15", City)
            .Enter("left", "2022-11-15", City, EntryCause.Deterioration, Standard2022)
            .Enter("listed in time", "2021-12-15", City, EntryCause.StandardChange, Standard2022)
            .Is(FactKind.MoveOut, "listed in time", "2022-03-01", City)
            .Progress("2022-12-31", "2023-01-31", plan: plan);

        progress.Counts(City).ShouldBe(new MovementCounts { Opening = 1, OtherIn = 1, OtherOut = 1, Reentries = 1, Closing = 2 });
    }

    [Fact]
    public void A_household_known_only_by_its_province_is_counted_by_the_province_alone()
    {
        var progress = new ARegister().Enter("H", "2019-12-15", Province).Progress();

        progress.Units.Single(u => u.ParentId is null).ShouldSatisfyAllConditions(
            u => u.Counts.Closing.ShouldBe(1), u => u.InNoChild.Closing.ShouldBe(1));
        progress.Units.Where(u => u.ParentId is not null).ShouldAllBe(u => u.Counts.Closing == 0);
    }

    [Fact]
    public void A_household_known_only_by_a_unit_that_has_ended_is_counted_where_that_unit_went()
    {
        var target = new PlanTarget("15@2025-07-01", Measure.NetReductionHouseholds, Comparator.AtLeast, 1, "Bí thư Tỉnh uỷ", "Điều 1");
        var plan = new AnnualPlan(2026, "1", new(2026, 1, 2), Standard2022, new(2026, 1, 1), new(2026, 12, 31), "Kế hoạch", [target]);

        new ARegister().Enter("H", "2022-12-15", VanYen, standard: Standard2022).Progress("2026-06-30", "2026-06-30", plan: plan)
            .Counts("15@2025-07-01").Closing.ShouldBe(1);
    }

    [Fact]
    public void Half_a_million_scattered_facts_are_all_counted()
    {
        var communes = PlaceCatalog.Default.Units.Where(u => u.Level == Level.Commune && u.From.Year == 2020).Select(u => u.Id).ToArray();
        var facts = new List<ListFact>(500_000);
        var kinds = new[] { FactKind.Enter, FactKind.Confirm, FactKind.Exit, FactKind.Confirm, FactKind.Enter, FactKind.Exit };
        for (var i = 0; i < 500_000; i++)
        {
            var household = i % 83_333;
            var on = new DateOnly(2016 + i / 83_333, 12, 15);
            facts.Add(new(new Guid(household, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), i / 83_333 + 1, i, on, new(on.ToDateTime(default), default), null, kinds[i / 83_333 % 6],
                communes[household % communes.Length], Standard2016, null, EntryCause.Deterioration, false, null, null, null, null, null, false, null, null));
        }
        var progress = PlanProgress.Of(Plans.Find(2021)!, facts, PlaceCatalog.Default, [], new(2021, 12, 31), DateTimeOffset.MaxValue);

        progress.Counts(Province).Exits.ShouldBe(83_333);
    }
}
