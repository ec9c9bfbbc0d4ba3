using System.Globalization;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Places;
using YenBai.Cases.Records;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Tests.Import;

/// <summary>
/// Time and memory of an import are in proportion to the rows of its file, whatever they say: measured in allocated bytes at n, 2n and 4n
/// rows. What grows with the square of the rows allocates sixteen times as much at 4n.
/// </summary>
public sealed class ImportGrowthFacts : IDisposable
{
    private const int Few = 2000;
    private const double MostGrowth = 6.0;

    private static readonly DateOnly Today = new(2024, 6, 15);
    private static readonly DateOnly On = new(2023, 12, 31);

    private readonly string directory = Directory.CreateTempSubdirectory("growth-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private static readonly Dictionary<string, (string Header, Func<int, string, string> Row)> Kinds = new()
    {
        ["register"] = ("household_code,commune_code,class,head_name", (i, code) => $"{code},04375,poor,Người {i}"),
        ["history"] = ("event_id,household,seq,effective,type,district", (i, code) => $"{i},{code},{i},{Day(i)},{(i % 2 == 0 ? "ENTER" : "EXIT")},{(i % 3 == 0 ? "Van Yen" : "Tran Yen")}"),
        ["agreements"] = ("agreement_id,household_code,agreed_on,instrument,amount,funding,start,end", (i, code) => $"A{i},{code},2024-01-10,livestock,8000000,state:8000000,2024-02-01,2025-12-31"),
        ["conditions"] = ("household_code,agreement_id,condition_no,result,on,note", (i, code) => $"{code},A{i},1,met,2024-05-01,x"),
        ["loan status"] = ("household_code,agreement_id,on,balance,overdue,days_overdue", (i, code) => $"{code},V{i},2024-05-01,1000000,,"),
        ["services"] = ("event_id,household_code,on,service,until", (i, code) => $"{i},{code},{Day(i)},education,"),
        ["assignments"] = ("household_code,sponsor_code,since,consent_on", (i, code) => $"{code},DV-01,{Day(i)},{Day(i)}"),
    };

    private static readonly Dictionary<string, Func<int, int, string>> Codes = new()
    {
        ["one code"] = (_, _) => "H",
        ["no code"] = (_, _) => "",
        ["two codes in turn"] = (i, _) => i % 2 == 0 ? "H" : "G",
        ["a code each"] = (i, _) => $"H{i}",
        ["ten rows a code, together"] = (i, _) => $"H{i / 10}",
        ["ten rows a code, apart"] = (i, n) => $"H{i % (n / 10)}",
    };

    private static string Day(int i) => new DateOnly(2015, 1, 1).AddDays(i % 3000).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static TheoryData<string, string> All()
    {
        var all = new TheoryData<string, string>();
        foreach (var kind in Kinds.Keys)
            foreach (var codes in Codes.Keys) all.Add(kind, codes);
        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_allocated_grows_with_the_rows(string kind, string codes)
    {
        Measure(kind, codes, Few, row => row); // once to load what is loaded once

        var allocated = new[] { Few, 2 * Few, 4 * Few }.Select(n => Measure(kind, codes, n, row => row)).ToArray();

        ((double)allocated[2] / allocated[0]).ShouldBeLessThan(MostGrowth, string.Join(", ", allocated.Select(a => $"{a / 1e6:0} MB")));
    }

    [Theory]
    [InlineData("every row refused for a cell of its own")]
    [InlineData("every row twice")]
    public void So_does_what_is_allocated_for_refusals_and_for_repetitions(string what)
    {
        foreach (var kind in Kinds.Keys)
        {
            Func<string, string> change = what.StartsWith("every row refused", StringComparison.Ordinal) ? row => row.Replace("2024-0", "9999-0").Replace("04375", "no place").Replace("Yen", "nowhere") : row => row + "\n" + row;
            var allocated = new[] { Few, 2 * Few, 4 * Few }.Select(n => Measure(kind, "ten rows a code, apart", n, change)).ToArray();

            ((double)allocated[2] / allocated[0]).ShouldBeLessThan(MostGrowth, kind);
        }
    }

    [Fact]
    public void A_register_of_eight_thousand_rows_under_one_code_costs_little_and_names_each_row()
    {
        var path = Write("register", "one code", 8000, row => row);
        using var rejects = new Rejects(new SourceFile(path), p => new Reasons().Text(p));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Run(path, rejects).Refused.ShouldBe(8000);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000_000);
        rejects.Complete();
        var lines = File.ReadAllLines(rejects.Path!);
        lines.Length.ShouldBe(8001);
        lines[5000].ShouldContain(",5001,household_code,H,");
    }

    [Theory]
    [InlineData("history")]
    [InlineData("services")]
    [InlineData("agreements")]
    public void The_most_rows_that_a_household_may_have_are_decided_within_bounds(string kind)
    {
        var path = Write(kind, "one code", HouseholdGroups.MostRows, row => row);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Run(path, null).Refused.ShouldBe(0);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(600_000_000);
    }

    [Fact]
    public void One_row_more_than_a_household_may_have_refuses_it_with_its_lines()
    {
        var result = Run(Write("history", "one code", HouseholdGroups.MostRows + 1, row => row), null);

        result.Refused.ShouldBe(HouseholdGroups.MostRows + 1);
        result.Problems[0].ShouldSatisfyAllConditions(p => p.Line.ShouldBe(2), p => p.Column.ShouldBe("household"), p => p.Value.ShouldBe("H"), p => p.Reason.ShouldBe("household_too_many_rows"));
    }

    [Fact]
    public void A_household_is_brought_to_no_more_facts_than_can_be_folded()
    {
        var full = Known("H");
        full = full.With(Enumerable.Range(0, ImportDecisions.MostFacts - 3).Select(i => new Fact(full.Version + 1 + i, Guid.Empty, new VisitRecorded(new(2020, 1, 1), DateTimeOffset.MinValue, null), null)));

        var result = Run(Write("services", "one code", 2, row => row), null, _ => full);

        (result.Refused, result.Problems[0].Reason).ShouldBe((2, "household_too_many_facts"));
    }

    [Fact]
    public void Rows_of_a_megabyte_each_are_not_held_together()
    {
        var path = Write("register", "one code", 40, row => row.Replace("Người", new string('x', 900_000)));
        var file = new SourceFile(path);

        using var groups = new HouseholdGroups(file, file.Column("household_code"), default);

        groups.Read().ShouldAllBe(g => g.TooMany && g.Rows.Sum(r => r.Values.Sum(v => v == null ? 0 : v.Length)) <= 9_000_000);
    }

    [Theory]
    [InlineData("one code")]
    [InlineData("two codes in turn")]
    [InlineData("a code each")]
    public void It_can_be_stopped_while_the_file_is_read(string codes)
    {
        var file = new SourceFile(Write("register", codes, 5000, row => row));
        using var stop = new CancellationTokenSource();
        using var groups = new HouseholdGroups(file, file.Column("household_code"), stop.Token);
        stop.Cancel();

        Should.Throw<OperationCanceledException>(() => groups.Read().Sum(g => g.Rows.Count));
        Should.Throw<OperationCanceledException>(() => new HouseholdGroups(file, file.Column("household_code"), stop.Token));
    }

    [Fact]
    public void A_code_of_a_megabyte_is_no_danger_to_the_process() => Ids.Household(new string('x', 1_000_000)).ShouldNotBe(Guid.Empty);

    private long Measure(string kind, string codes, int rows, Func<string, string> change)
    {
        var path = Write(kind, codes, rows, change);
        using var rejects = new Rejects(new SourceFile(path), p => new Reasons().Text(p));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(path, rejects);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private string Write(string kind, string codes, int rows, Func<string, string> change)
    {
        var (header, row) = Kinds[kind];
        var path = Path.Combine(directory, $"{Guid.NewGuid():N}.csv");
        File.WriteAllLines(path, Enumerable.Range(0, rows).Select(i => change(row(i, Codes[codes](i, rows)))).Prepend(header));
        return path;
    }

    /// <summary>Reads and decides as the importer does, without a store.</summary>
    private static ImportResult Run(string path, Rejects? rejects, Func<string, Household>? known = null)
    {
        var file = new SourceFile(path);
        IHouseholdFile rows = file.Kind switch
        {
            FileKind.Register => new RegisterFile(file, PlaceCatalog.Default, On, Today),
            FileKind.Agreements => new AgreementsFile(file, PlaceCatalog.Default, StandardBook.Shipped, Today),
            FileKind.Conditions => new ConditionsFile(file, PlaceCatalog.Default, StandardBook.Shipped, Today),
            FileKind.LoanStatus => new LoanStatusFile(file, PlaceCatalog.Default, StandardBook.Shipped, Today),
            FileKind.Services => new ServicesFile(file, PlaceCatalog.Default, StandardBook.Shipped, Today),
            FileKind.Assignments => new AssignmentsFile(file, PlaceCatalog.Default, StandardBook.Shipped, Today, new Dictionary<string, Sponsor> { ["DV-01"] = new("DV-01", "Sở Minh hoạ", SponsorKind.Agency, null) }),
            _ => new HistoryFile(file, PlaceCatalog.Default, Today),
        };
        using var groups = new HouseholdGroups(file, rows.KeyColumn, default);
        var tally = new Tally(groups.Rows, null, TimeProvider.System, 0);
        var decisions = new ImportDecisions(rows, file.Header[rows.KeyColumn], tally, rejects, TimeProvider.System);
        var isNew = file.Kind is FileKind.Register or FileKind.History;
        foreach (var batch in ImportDecisions.Batches(groups.Read()))
            foreach (var group in batch)
                decisions.Decide(group, known?.Invoke(group.Code) ?? (isNew ? Household.Nobody(Ids.Household(group.Code)) : Known(group.Code)), KnownPeople.None);
        return tally.Result("", file.Kind, null, default, default);
    }

    private static Household Known(string code) => Household.Nobody(Ids.Household(code)).With(
    [
        new Fact(1, Guid.Empty, new HouseholdRegistered(new(2014, 1, 1), Days.StartOf(new(2014, 1, 1)), code, "04375@2020-02-01", null, null, 4, null), null),
        new Fact(2, Guid.Empty, new ListedPoor(new(2014, 1, 1), Days.StartOf(new(2014, 1, 1)), "04375@2020-02-01", "2022-2025", EntryCause.Unknown), null),
    ]);
}
