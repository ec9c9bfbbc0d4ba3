using System.Globalization;
using System.Text.Json.Serialization;
using CsvHelper;
using YenBai.Cases.Households;

namespace YenBai.Cases.Watch;

[JsonConverter(typeof(SnakeCase<WatchRule>))]
public enum WatchRule { ExitedLately, NearPoorAtExit, ReenteredBefore, Shock, SupportEnded, FewWorkers, LoanOverdue, WageOrSecondIncome }

/// <summary>Whether a rule applies. Where nobody recorded what it asks for it gives no points, and says so.</summary>
public enum Finding { NotRecorded, No, Yes }

/// <summary>What the lenders said of a household's loans.</summary>
public enum LoanStanding { None, NotReported, InOrder, Overdue }

/// <summary>
/// All that the points may be made of: what was known of a household on the day. Who they are, what they believe, which hamlet
/// they live in and who follows them is not among it, and must not come to be.
/// </summary>
/// <param name="Exit">The day on which it left the list.</param>
/// <param name="To">How far it left poverty; none where the register does not say.</param>
/// <param name="HistoryIsWhole">The register tells of it from its first time on the list.</param>
/// <param name="LastSeen">When anybody last saw it: a visit, a confirmation, the exit itself.</param>
/// <param name="LastSupportEnd">When the last of its agreements ended.</param>
/// <param name="EndsAreRecorded">All support it took stands under an agreement, which has an end.</param>
/// <param name="MostWorkers">How many can work at the most: the members who are 16 or older.</param>
/// <param name="JobTaken">When somebody of it was last placed in a job.</param>
public sealed record WatchFacts(
    DateOnly Day, DateOnly Exit, PovertyClass? To, bool ReturnedBefore, bool HistoryIsWhole, DateOnly? LastShock, DateOnly LastSeen, DateOnly? LastSupportEnd, bool EndsAreRecorded,
    int? MostWorkers, LoanStanding Loan, DateOnly? JobTaken);

/// <param name="Version">Of the list of rules.</param>
/// <param name="Points">More: to be seen sooner.</param>
/// <param name="Source">On what it rests.</param>
public sealed record WeighedRule(string Version, WatchRule Rule, int Points, string Source);

/// <param name="Findings">Rule by rule, in their order.</param>
public sealed record Scored(int Points, IReadOnlyList<Finding> Findings)
{
    /// <summary>The rules that gave points, those that gave most first.</summary>
    public IEnumerable<WeighedRule> Reasons => WatchRules.All.Where((_, i) => Findings[i] == Finding.Yes).OrderByDescending(r => Math.Abs(r.Points));

    public IEnumerable<WatchRule> NotRecorded => WatchRules.All.Where((_, i) => Findings[i] == Finding.NotRecorded).Select(r => r.Rule);
}

/// <summary>
/// Which households might come back onto the list: an opinion held before there are data, to be tested against them. Points and
/// sources are data with a version.
/// </summary>
public static class WatchRules
{
    public const int Months = 12;

    public static IReadOnlyList<WeighedRule> All { get; } = Read();

    public static string Version => All[0].Version;

    public static Scored Score(WatchFacts facts)
    {
        var findings = new Finding[All.Count];
        var points = 0;
        for (var i = 0; i < findings.Length; i++)
            if ((findings[i] = Of(All[i].Rule, facts)) == Finding.Yes) points += All[i].Points;
        return new(points, findings);
    }

    public static Finding Of(WatchRule rule, WatchFacts f) => rule switch
    {
        WatchRule.ExitedLately => YesOrNo(Lately(f.Exit, f.Day)),
        WatchRule.NearPoorAtExit => f.To is { } to ? YesOrNo(to == PovertyClass.NearPoor) : Finding.NotRecorded,
        WatchRule.ReenteredBefore => f.ReturnedBefore ? Finding.Yes : f.HistoryIsWhole ? Finding.No : Finding.NotRecorded,
        // That nobody reported one says nothing of a household that nobody saw.
        WatchRule.Shock => f.LastShock is { } shock && Lately(shock, f.Day) ? Finding.Yes : Lately(f.LastSeen, f.Day) ? Finding.No : Finding.NotRecorded,
        WatchRule.SupportEnded => f.LastSupportEnd is { } end && Lately(end, f.Day) ? Finding.Yes : f.EndsAreRecorded ? Finding.No : Finding.NotRecorded,
        // Nobody writes down who works: where more than one could, it is not known that more than one does.
        WatchRule.FewWorkers => f.MostWorkers is <= 1 ? Finding.Yes : Finding.NotRecorded,
        WatchRule.LoanOverdue => f.Loan == LoanStanding.NotReported ? Finding.NotRecorded : YesOrNo(f.Loan == LoanStanding.Overdue),
        // Placements are recorded; whether the job was kept, and what else the household earns, is not.
        WatchRule.WageOrSecondIncome => f.JobTaken is { } job && Lately(job, f.Day) ? Finding.Yes : Finding.NotRecorded,
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    /// <summary>Less than twelve months before.</summary>
    private static bool Lately(DateOnly then, DateOnly day) => then <= day && then.AddMonths(Months) > day;

    private static Finding YesOrNo(bool yes) => yes ? Finding.Yes : Finding.No;

    private static List<WeighedRule> Read()
    {
        using var stream = typeof(WatchRules).Assembly.GetManifestResourceStream(typeof(WatchRules), "Data.rules.csv")!;
        using var csv = CsvReader.Create(stream);
        List<WeighedRule> rules = [];
        while (csv.Read())
            rules.Add(new(
                csv.GetString("version"), Enum.Parse<WatchRule>(csv.GetString("id").Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
                int.Parse(csv.GetString("points"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), csv.GetString("source")));
        return rules;
    }
}
