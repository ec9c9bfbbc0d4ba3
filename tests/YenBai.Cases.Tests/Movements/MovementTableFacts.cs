using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Movements;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;
using YenBai.Cases.Tests.Plan;
using static YenBai.Cases.Tests.Plan.ARegister;
using FactKind = YenBai.Cases.Households.FactKind;

namespace YenBai.Cases.Tests.Movements;

/// <summary>The parts of the table, the layout of the form, and the households behind its numbers.</summary>
public class MovementTableFacts
{
    private static readonly DateTimeOffset Now = Days.EndOf(new(2030, 1, 1));

    private static LedgerSnapshot Ledger(IEnumerable<ListFact> facts) => facts.ToArray() is var all ? new(all, all.Length) : null!;

    private static MovementReport Table(IEnumerable<ListFact> facts, int year, MovementCut by = MovementCut.District) =>
        MovementReport.Of(Ledger(facts), PlaceCatalog.Default, year, year, new(year, 12, 31), Now, null, by, (_, _) => true);

    /// <summary>The same register, of whose households some are told to be of an ethnic minority on their first fact.</summary>
    private static IEnumerable<ListFact> Marked(ARegister register, Func<Guid, bool?> mark) =>
        register.Facts.Select(f => f.Version == 1 ? f with { EthnicMinority = mark(f.Household) } : f);

    /// <summary>Households that do whatever households do, on three lists of places and two of standards.</summary>
    private static List<ListFact> Many()
    {
        var dice = new Random(11);
        var places = new[] { City, VanYen, TramTau };
        var register = new ARegister();
        for (var h = 0; h < 200; h++)
            for (var year = 2016 + dice.Next(4); year < 2024; year += 1 + dice.Next(2))
                switch (dice.Next(6))
                {
                    case 0: register.Exit($"{h}", $"{year}-12-15", places[dice.Next(3)], dice.Next(3) switch { 0 => true, 1 => false, _ => null }, year < 2022 ? Standard2016 : Standard2022); break;
                    case 1: register.Transfer($"{h}", $"{year}-05-01", places[dice.Next(3)]); break;
                    case 2: register.Is(FactKind.MoveOut, $"{h}", $"{year}-07-01", places[dice.Next(3)]); break;
                    case 3: register.Exit($"{h}", $"{year}-01-01", places[h % 3], false, year < 2022 ? Standard2016 : Standard2022); break;
                    default: register.Enter($"{h}", dice.Next(2) == 0 ? $"{year}-01-01" : $"{year}-12-15", places[h % 3], (EntryCause)dice.Next(4), year < 2022 ? Standard2016 : Standard2022); break;
                }
        return [.. Marked(register, h => (h.GetHashCode() & 3) switch { 0 => true, 1 => null, _ => false })];
    }

    [Fact]
    public void A_household_counts_as_of_an_ethnic_minority_from_when_it_was_told_and_apart_before()
    {
        var register = new ARegister().Enter("told", "2019-12-15", VanYen).Enter("late", "2019-12-15", VanYen).Enter("not", "2019-12-15", VanYen).Enter("never", "2019-12-15", VanYen)
            .Exit("told", "2021-12-15", VanYen).Exit("late", "2021-12-15", VanYen);
        var facts = register.Facts.Select(f =>
            f.Household == Ids.Household("told") && f.Version == 1 || f.Household == Ids.Household("late") && f.Version == 2 ? f with { EthnicMinority = true }
            : f.Household == Ids.Household("not") ? f with { EthnicMinority = false } : f);

        var whole = Table(facts, 2021).Rows[0];

        whole.Counts.ShouldBe(new MovementCounts { Opening = 4, Exits = 2, Closing = 2 });
        whole.EthnicMinority.Counts.ShouldBe(new MovementCounts { Opening = 1, Exits = 2 });
        whole.EthnicityNotTold.Counts.ShouldBe(new MovementCounts { Opening = 2, Closing = 1 });
    }

    [Fact]
    public void Who_leaves_because_the_list_is_of_another_standard_leaves_as_it_stood_on_the_list_before()
    {
        var register = new ARegister().Enter("H", "2019-12-15", VanYen).Exit("H", "2022-01-01", VanYen, null, Standard2022);
        var facts = register.Facts.Select(f => f.Kind == FactKind.Exit ? f with { EthnicMinority = true } : f);

        var whole = Table(facts, 2022).Rows[0];

        whole.EthnicityNotTold.ShouldBe(new MovementPart(default, -1));
        whole.EthnicMinority.ShouldBe(default);
    }

    [Fact]
    public void Newly_poor_of_whom_an_older_register_kept_only_the_end_are_told_apart()
    {
        var register = new ARegister()
            .Is(FactKind.TakeOver, "survivor", "2018-01-01", VanYen).Enter("survivor", "2021-12-15", VanYen)
            .Is(FactKind.TakeOver, "complete", "2018-01-01", VanYen).Enter("complete", "2021-12-15", VanYen)
            .Enter("watched", "2021-12-15", VanYen);
        var facts = register.Facts.Select(f => f.Kind != FactKind.TakeOver ? f
            : f with { History = f.Household == Ids.Household("survivor") ? TakenOverHistory.SurvivorsOnly : TakenOverHistory.Complete });

        Table(facts, 2021).Rows[0].Counts.ShouldBe(new MovementCounts { NewlyPoor = 3, NewlyPoorOfShortHistory = 1, Closing = 3 });
    }

    [Theory]
    [InlineData(2019), InlineData(2021), InlineData(2022), InlineData(2023)]
    public void The_columns_of_the_form_keep_the_identity(int year)
    {
        var rows = Table(Many(), year).Rows;

        rows.Count.ShouldBeGreaterThan(2);
        foreach (var row in rows)
        {
            int Of(MovementColumn column) => new MovementPart(row.Counts, row.ListChange).Of(column);
            (Of(MovementColumn.Opening) - Of(MovementColumn.FormExits) + Of(MovementColumn.FormReentries) + Of(MovementColumn.FormNewlyPoor)).ShouldBe(Of(MovementColumn.Closing), row.Unit);
        }
        rows.Sum(r => new MovementPart(r.Counts, r.ListChange).Of(MovementColumn.FormExits)).ShouldBeGreaterThan(rows.Sum(r => r.Counts.Exits), "nobody left otherwise: the test tells nothing");
    }

    [Theory]
    [InlineData(2019, MovementCut.District), InlineData(2021, MovementCut.District), InlineData(2022, MovementCut.District), InlineData(2022, MovementCut.Area)]
    public void Behind_each_number_there_are_as_many_households_as_it_says(int year, MovementCut by)
    {
        var facts = Many();
        var asOf = new DateOnly(year, 12, 31);
        var seen = new HashSet<MovementColumn>();
        foreach (var row in Table(facts, year, by).Rows)
            foreach (var column in Enum.GetValues<MovementColumn>())
                foreach (var (mark, part) in new[] { (EthnicMark.All, new MovementPart(row.Counts, row.ListChange)), (EthnicMark.Minority, row.EthnicMinority), (EthnicMark.NotTold, row.EthnicityNotTold) })
                {
                    var behind = MovementReport.Behind(Ledger(facts), PlaceCatalog.Default, year, asOf, Now, null, by, (_, _) => true, asOf, row.Unit, column, mark);
                    // Who came by a change of the list less who left by it.
                    var count = column == MovementColumn.ListChange ? behind.Count(t => t.Movement != Movement.Exit) - behind.Count(t => t.Movement == Movement.Exit) : behind.Count;
                    count.ShouldBe(part.Of(column), $"{row.Unit} {column} {mark}");
                    if (count > 0) seen.Add(column);
                }
        seen.ShouldContain(MovementColumn.FormExits);
        seen.ShouldContain(MovementColumn.Opening);
    }
}
