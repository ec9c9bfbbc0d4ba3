using System.Globalization;
using CsvHelper;
using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Tests.Plan;

/// <summary>One household a rule, worked by hand: movement by year and district as computed there in R.</summary>
public class MovementOfReferenceFacts
{
    private static readonly string Folder = Find("tests/YenBai.Cases.Tests/Plan/oracle");
    private static readonly IReadOnlyList<ListFact> Facts = ReadFacts();

    [Theory]
    [InlineData("A", "2022-06-30")]
    [InlineData("B", "2022-06-30")]
    [InlineData("C", "2022-06-30")]
    [InlineData("D", "2020-01-31")]
    public void Movement_by_year_and_district_equals_the_reference(string run, string day)
    {
        var on = ARegister.Day(day);
        var table = Movement(Facts, new ListWindow(new(2016, 1, 1), on, Days.EndOf(on), Standard: null));

        foreach (var row in Rows($"{run}_movement.csv"))
        {
            int Column(string name) => int.Parse(row[name], CultureInfo.InvariantCulture);
            var actual = table[(row["district"], Column("year"))];
            var expected = new MovementCounts
            {
                Opening = Column("opening"),
                Exits = Column("exits"),
                Reentries = Column("reentries"),
                ReentriesStandardChange = Column("reentries_standard_change"),
                ReentriesAfterAbsence = Column("reentries_after_absence"),
                NewlyPoor = Column("newly_poor"),
                OtherIn = Column("other_in"),
                OtherOut = Column("other_out"),
                Closing = Column("closing"),
            };
            (actual with { VoluntaryExits = 0, ExitsNotTold = 0 }).ShouldBe(expected, $"{run} {row["district"]} {row["year"]}");
            actual.Balances.ShouldBeTrue();
        }
    }

    [Fact]
    public void The_order_in_which_facts_come_does_not_matter()
    {
        var window = new ListWindow(new(2016, 1, 1), new(2022, 6, 30), DateTimeOffset.MaxValue, null);
        var shuffled = Facts.ToArray();
        new Random(7).Shuffle(shuffled);

        Movement(shuffled, window).OrderBy(e => e.Key).ShouldBe(Movement(Facts, window).OrderBy(e => e.Key));
    }

    private static Dictionary<(string District, int Year), MovementCounts> Movement(IEnumerable<ListFact> facts, ListWindow window)
    {
        var households = new FactsByHousehold(facts);
        var transitions = new List<Transition>();
        var buffer = new ListFact[1];
        for (var i = 0; i < households.Count; i++) ListWalk.Walk(households.Of(i, ref buffer), window, transitions);

        var table = new Dictionary<(string, int), MovementCounts>();
        foreach (var district in new[] { "all", "Tram Tau", "Van Yen" })
        {
            var opening = 0;
            for (var year = 2016; year <= 2022; year++)
            {
                var counts = new MovementCounts();
                foreach (var t in transitions.Where(t => district == "all" || t.Unit == district))
                    if (t.Movement == Cases.Ledger.Movement.Opening ? year == 2016 : t.Movement != Cases.Ledger.Movement.Closing && t.On.Year == year)
                        counts.Count(t);
                counts.Opening += opening;
                counts.Closing = opening = counts.Reckoned;
                table[(district, year)] = counts;
            }
            opening.ShouldBe(transitions.Count(t => t.Movement == Cases.Ledger.Movement.Closing && (district == "all" || t.Unit == district)));
        }
        return table;
    }

    private static List<ListFact> ReadFacts()
    {
        var versions = new Dictionary<string, int>();
        var byEvent = new Dictionary<string, int>();
        return [.. Rows("events.csv").Select(row =>
        {
            var version = versions[row["household"]] = versions.GetValueOrDefault(row["household"]) + 1;
            byEvent[row["event_id"]] = version;
            return new ListFact(
                Ids.Household(row["household"]), version, 0, ARegister.Day(row["effective"]), Days.StartOf(ARegister.Day(row["recorded"])),
                long.Parse(row["seq"], CultureInfo.InvariantCulture),
                row["type"] switch
                {
                    "ENTER" => FactKind.Enter, "EXIT" => FactKind.Exit, "CONFIRM" => FactKind.Confirm, "MOVE_OUT" => FactKind.MoveOut,
                    "DISSOLVE" => FactKind.Dissolve, "IMPORT" => FactKind.TakeOver, "VOID" => FactKind.Void, var other => throw new InvalidDataException(other),
                },
                row["district"], row["standard"], null,
                row["cause"] switch
                {
                    "deterioration" => EntryCause.Deterioration, "standard_change" => EntryCause.StandardChange, "correction" => EntryCause.Correction, _ => null,
                },
                row["voluntary"] == "" ? null : row["voluntary"] == "1", row["support"], null, null,
                row["reference"] == "" ? null : byEvent[row["reference"]], null, null, null, null);
        })];
    }

    private static List<Dictionary<string, string>> Rows(string file)
    {
        using var stream = File.OpenRead(Path.Combine(Folder, file));
        using var csv = CsvReader.Create(stream);
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read()) rows.Add(csv.Headers.ToArray().ToDictionary(h => h, h => csv.GetString(h)));
        return rows;
    }

    private static string Find(string folder)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Directory.Exists(Path.Combine(at.FullName, folder))) return Path.Combine(at.FullName, folder);
        throw new DirectoryNotFoundException(folder);
    }
}
