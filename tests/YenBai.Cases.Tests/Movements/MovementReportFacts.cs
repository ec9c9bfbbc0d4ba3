using YenBai.Cases.Durability;
using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Movements;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;
using YenBai.Cases.Tests.Plan;
using static YenBai.Cases.Tests.Plan.ARegister;
using FactKind = YenBai.Cases.Households.FactKind;
using MovementRow = YenBai.Cases.Movements.MovementRow;

namespace YenBai.Cases.Tests.Movements;

public class MovementReportFacts
{
    private static MovementReport Table(ARegister register, int from, int to, string? standard = null, MovementCut by = MovementCut.District) =>
        MovementReport.Of(new LedgerSnapshot([.. register.Facts], register.Facts.Count), PlaceCatalog.Default, from, to, new(to, 12, 31), Days.EndOf(new(2030, 1, 1)), standard, by, (_, _) => true);

    private static MovementRow Row(MovementReport table, string unit, int year) => table.Rows.Single(r => r.Unit == unit && r.Year == year);

    [Fact]
    public void When_the_list_changes_its_standard_nobody_moves_and_the_opening_is_that_of_the_new_list()
    {
        var table = Table(new ARegister()
            .Enter("stays", "2019-12-15", VanYen).Enter("stays", "2022-01-01", VanYen, EntryCause.StandardChange, Standard2022)
            .Enter("poor by the new", "2022-01-01", VanYen, EntryCause.StandardChange, Standard2022)
            .Enter("left", "2018-12-15", VanYen).Exit("left", "2020-12-15", VanYen).Enter("left", "2022-01-01", VanYen, EntryCause.StandardChange, Standard2022)
            .Enter("not poor by the new", "2018-12-15", VanYen).Exit("not poor by the new", "2022-01-01", VanYen, null, Standard2022)
            .Enter("fell", "2022-12-15", VanYen, EntryCause.Deterioration, Standard2022), 2021, 2022);

        Row(table, "Van Yen", 2021).Counts.ShouldBe(new MovementCounts { Opening = 2, Closing = 2 });
        Row(table, "Van Yen", 2022).ShouldSatisfyAllConditions(
            r => r.Counts.ShouldBe(new MovementCounts { Opening = 3, NewlyPoor = 1, Closing = 4 }),
            r => r.ListChange.ShouldBe(1));
        table.AddsUp.ShouldBeTrue();
    }

    [Fact]
    public void Before_and_after_that_day_who_is_listed_by_a_new_standard_moves_and_who_asked_to_leave_leaves()
    {
        var table = Table(new ARegister()
            .Enter("early", "2018-12-15", VanYen).Exit("early", "2020-12-15", VanYen).Enter("early", "2021-12-15", VanYen, EntryCause.StandardChange, Standard2022)
            .Enter("late", "2022-02-15", VanYen, EntryCause.StandardChange, Standard2022)
            .Enter("asked", "2018-12-15", VanYen).Exit("asked", "2022-01-01", VanYen, voluntary: true, Standard2022), 2021, 2022);

        Row(table, "all", 2021).Counts.ReentriesStandardChange.ShouldBe(1);
        (Row(table, "all", 2022).Counts.NewlyPoor, Row(table, "all", 2022).Counts.VoluntaryExits, Row(table, "all", 2022).ListChange).ShouldBe((1, 1, 0));
    }

    [Fact]
    public void A_list_of_one_standard_opens_on_its_first_day_with_whom_it_holds()
    {
        var table = Table(new ARegister()
            .Enter("carried over", "2019-12-15", VanYen).Enter("carried over", "2022-01-01", VanYen, EntryCause.StandardChange, Standard2022)
            .Enter("only old", "2019-12-15", VanYen), 2022, 2023, Standard2022);

        Row(table, "all", 2022).Counts.ShouldBe(new MovementCounts { Opening = 1, Closing = 1 });
        Row(table, "all", 2023).ListChange.ShouldBe(0);
    }

    [Fact]
    public void A_move_within_a_district_is_one_of_its_communes()
    {
        var communes = PlaceCatalog.Default.ChildrenOf(Id(VanYen)).Take(2).Select(u => u.Code).ToList();
        var register = new ARegister().Enter("H", "2019-12-15", communes[0]).Transfer("H", "2021-04-01", communes[1]);

        Row(Table(register, 2021, 2021), "Van Yen", 2021).Counts.ShouldBe(new MovementCounts { Opening = 1, Closing = 1 });
        var fine = Table(register, 2021, 2021, by: MovementCut.Commune);
        Row(fine, communes[0], 2021).Counts.ShouldBe(new MovementCounts { Opening = 1, OtherOut = 1, MovedOut = 1 });
        Row(fine, communes[1], 2021).Counts.ShouldBe(new MovementCounts { OtherIn = 1, MovedIn = 1, Closing = 1 });
    }

    [Fact]
    public void Each_line_goes_from_its_opening_to_its_closing_and_the_lines_make_the_sum()
    {
        var dice = new Random(5);
        var places = new[] { City, VanYen, TramTau };
        var register = new ARegister();
        for (var h = 0; h < 60; h++)
            for (var year = 2016 + dice.Next(3); year < 2024; year += 1 + dice.Next(2))
                switch (dice.Next(5))
                {
                    case 0: register.Exit($"{h}", $"{year}-12-15", places[dice.Next(3)], dice.Next(2) == 0, year < 2022 ? Standard2016 : Standard2022); break;
                    case 1: register.Transfer($"{h}", $"{year}-05-01", places[dice.Next(3)]); break;
                    case 2: register.Is(FactKind.MoveOut, $"{h}", $"{year}-07-01", places[dice.Next(3)]); break;
                    default: register.Enter($"{h}", dice.Next(2) == 0 ? $"{year}-01-01" : $"{year}-12-15", places[dice.Next(3)], (EntryCause)dice.Next(4), year < 2022 ? Standard2016 : Standard2022); break;
                }
        var table = Table(register, 2016, 2024);

        table.AddsUp.ShouldBeTrue();
        table.Rows.ShouldAllBe(r => r.Counts.Balances);
        for (var year = 2016; year <= 2024; year++)
        {
            var (all, sum) = (Row(table, "all", year).Counts, table.Rows.Where(r => r.Year == year && r.Unit != "all").Aggregate(default(MovementCounts), (sum, r) => sum + r.Counts));
            // A move between two of the units is one out and one in of them, and nothing of the whole.
            var moved = sum.MovedIn - all.MovedIn;
            (sum.MovedOut - all.MovedOut).ShouldBe(moved);
            all.ShouldBe(sum with { OtherIn = sum.OtherIn - moved, OtherOut = sum.OtherOut - moved, MovedIn = sum.MovedIn - moved, MovedOut = sum.MovedOut - moved });
        }
        table.Rows.Zip(table.Rows.Skip(1)).Where(p => p.First.Unit == p.Second.Unit).ShouldAllBe(p => p.Second.Counts.Opening == p.First.Counts.Closing + p.Second.ListChange);
    }

    [Fact]
    public void A_move_out_of_the_commune_asked_for_is_counted_although_it_stays_in_the_district()
    {
        var communes = PlaceCatalog.Default.ChildrenOf(Id(VanYen)).Take(2).ToList();
        var register = new ARegister()
            .Enter("left", "2019-12-15", communes[0].Code).Transfer("left", "2021-04-01", communes[1].Code)
            .Enter("came", "2019-12-15", communes[1].Code).Transfer("came", "2021-05-01", communes[0].Code).Exit("came", "2021-12-15", communes[0].Code);

        foreach (var by in Enum.GetValues<MovementCut>())
        {
            var table = Of(register, communes[0].Id, 2021, 2021, by);
            table.AddsUp.ShouldBeTrue();
            table.Rows.Select(r => r.Counts).Distinct().ShouldHaveSingleItem()
                .ShouldBe(new MovementCounts { Opening = 1, OtherOut = 1, MovedOut = 1, OtherIn = 1, MovedIn = 1, Exits = 1 });
        }
    }

    /// <summary>For random registers, and every place, cut and period: the identity holds in every row, and the whole is the same in every cut.</summary>
    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void The_movements_of_any_place_lead_to_its_closing_in_every_cut(int seed)
    {
        var dice = new Random(seed);
        var communes = new[] { VanYen, TramTau, City }.SelectMany(d => PlaceCatalog.Default.ChildrenOf(Id(d)).Take(3)).Select(u => u.Code).ToList();
        string[] places = [.. communes, VanYen, TramTau];
        var register = new ARegister();
        string Place() => places[dice.Next(places.Length)];
        for (var h = 0; h < 80; h++)
            for (var year = 2016 + dice.Next(3); year < 2024; year += 1 + dice.Next(2))
            {
                var standard = year < 2022 ? Standard2016 : Standard2022;
                switch (dice.Next(6))
                {
                    case 0: register.Exit($"{h}", $"{year}-12-15", Place(), dice.Next(2) == 0, standard); break;
                    case 1: register.Transfer($"{h}", $"{year}-05-01", Place(), recorded: $"{year + dice.Next(2)}-06-01"); break;
                    case 2: register.Is(FactKind.MoveOut, $"{h}", $"{year}-07-01", Place()); break;
                    case 3: register.Split($"{h}", $"{year}-03-01", Place(), PovertyClass.Poor); break;
                    default: register.Enter($"{h}", dice.Next(2) == 0 ? $"{year}-01-01" : $"{year}-12-15", Place(), (EntryCause)dice.Next(4), standard); break;
                }
            }

        foreach (var place in places.Append(Province).Select(Id))
            foreach (var (from, to) in new[] { (2016, 2024), (2019, 2019), (2021, 2022) })
            {
                var tables = Enum.GetValues<MovementCut>().Select(by => Of(register, place, from, to, by)).ToList();
                tables.ShouldAllBe(t => t.AddsUp && t.Rows.All(r => r.Counts.Balances), place);
                for (var year = from; year <= to; year++)
                    tables.Select(t => Row(t, "all", year)).Select(r => (r.Counts, r.ListChange)).Distinct().Count().ShouldBe(1, $"{place} {year}");
                foreach (var t in tables)
                    t.Rows.Where(r => r.Unit != "all").GroupBy(r => r.Year).ShouldAllBe(g => g.Sum(r => r.Counts.Closing) == Row(t, "all", g.Key).Counts.Closing);
            }
    }

    private static MovementReport Of(ARegister register, string place, int from, int to, MovementCut by)
    {
        var within = PlaceCatalog.Default.Within(place);
        return MovementReport.Of(
            new LedgerSnapshot([.. register.Facts], register.Facts.Count), PlaceCatalog.Default, from, to, new(to, 12, 31), Days.EndOf(new(2030, 1, 1)), null, by,
            (_, unit) => within.Contains(unit));
    }
}
