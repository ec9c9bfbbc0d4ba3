using System.Globalization;
using CsvHelper;
using YenBai.Cases.Registering;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Households;

/// <summary>A kind of support that exists.</summary>
/// <param name="Family">What statistics call it: loan, training, job, livestock, production, service, assistance.</param>
/// <param name="ForClasses">poor, near_poor, newly_escaped.</param>
/// <param name="LongestMonths">The longest term that may be agreed.</param>
/// <param name="ExtensionMonths">How much longer it may become by all extensions together.</param>
/// <param name="OncePerPerson">Only once in a person's life.</param>
/// <param name="OwnSharePercent">The least that the household contributes itself, of the whole.</param>
/// <param name="NeedsGroup">The kind of group through which it is given.</param>
/// <param name="Gap">A time within its life in which nothing allowed it.</param>
/// <param name="Certainty">V the text was read, M from memory: an administrator can correct it.</param>
public sealed record Instrument(
    string Code, string Family, string NameVi, string NameEn, IReadOnlyList<string> ForClasses, int LongestMonths, int ExtensionMonths, bool OncePerPerson, bool Repay,
    bool PassOn, decimal? OwnSharePercent, GroupKind? NeedsGroup, DateOnly? From, DateOnly? Until, (DateOnly From, DateOnly Through)? Gap, string Source, string Certainty)
{
    /// <summary>In the reader's language.</summary>
    public string Name => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? NameEn : NameVi;
}

/// <summary>How much of an instrument is granted to whom, from when.</summary>
/// <param name="Group">A standing, or <c>poor_minority</c>, <c>disabled</c>: of several that fit the highest applies, alone.</param>
/// <param name="Ceiling">VND.</param>
/// <param name="StatePercent">What of the cost the state bears.</param>
public sealed record GrantTerms(string Instrument, string Group, decimal? Ceiling, decimal? StatePercent, DateOnly? From, DateOnly? Until, string Source, string Certainty);

/// <summary>What an entry of a form's list asks for.</summary>
/// <param name="List">need, or cause: one of these causes is what the instrument is for.</param>
public sealed record Want(string Standard, string List, string Code, string Instrument);

/// <summary>What a condition can ask for.</summary>
/// <param name="Evidence">What is usually shown for it.</param>
public sealed record ConditionKind(string Code, string NameVi, string NameEn, Evidence Evidence);

/// <summary>The instruments of the plan and the conditions that go with them: data with their sources.</summary>
public static class Instruments
{
    public static readonly IReadOnlyList<Instrument> All = Read("instruments", csv => new Instrument(
        csv.GetString("code"), csv.GetString("family"), csv.GetString("name_vi"), csv.GetString("name_en"), csv.GetString("for_classes").Split(';'), (int)csv.Amount("longest_months")!,
        (int)csv.Amount("extension_months")!, csv.GetString("once_per_person") == "yes", csv.GetString("repay") == "yes", csv.GetString("pass_on") == "yes", csv.Amount("own_share_percent"),
        csv.GetString("needs_group") switch { "savings_and_credit" => GroupKind.SavingsAndCredit, "production" => GroupKind.Production, _ => null },
        csv.Day("from"), csv.Day("until"), csv.Day("gap_from") is { } from ? (from, csv.Day("gap_through")!.Value) : null, csv.GetString("source"), csv.GetString("certainty")));

    public static readonly IReadOnlyList<GrantTerms> Terms = Read("terms", csv => new GrantTerms(
        csv.GetString("instrument"), csv.GetString("group"), csv.Amount("ceiling_vnd"), csv.Amount("state_percent"), csv.Day("from"), csv.Day("until"), csv.GetString("source"), csv.GetString("certainty")));

    public static readonly IReadOnlyList<Want> Wants = Read("wants", csv => new Want(csv.GetString("standard"), csv.GetString("list"), csv.GetString("code"), csv.GetString("instrument")));

    public static readonly IReadOnlyList<ConditionKind> Conditions = Read("conditions", csv => new ConditionKind(
        csv.GetString("code"), csv.GetString("name_vi"), csv.GetString("name_en"), Enum.Parse<Evidence>(csv.GetString("evidence"), ignoreCase: true)));

    /// <summary>So many days before a due day or an end somebody is reminded, the most first.</summary>
    public static readonly IReadOnlyList<int> RemindBefore;

    /// <summary>So many days after a due day a missed condition is the manager's, too.</summary>
    public static readonly int EscalateAfter;

    static Instruments()
    {
        var acts = Read("clock", csv => (Act: csv.GetString("act"), Days: (int)csv.Amount("days")!));
        RemindBefore = [.. acts.Where(a => a.Act == "remind").Select(a => a.Days).OrderDescending()];
        EscalateAfter = acts.Single(a => a.Act == "escalate").Days;
    }

    private static readonly Dictionary<string, Instrument> ByCode = All.ToDictionary(i => i.Code);
    private static readonly Dictionary<string, ConditionKind> ConditionByCode = Conditions.ToDictionary(c => c.Code);
    private static readonly ILookup<string, Instrument> WantedBy = Wants.Where(w => w.List == "need").ToLookup(w => $"{w.Standard}/{w.Code}", w => ByCode[w.Instrument]);
    private static readonly ILookup<string, Want> Causes = Wants.Where(w => w.List == "cause").ToLookup(w => w.Instrument);

    public static Instrument? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);

    public static ConditionKind? FindCondition(string? code) => code is null ? null : ConditionByCode.GetValueOrDefault(code);

    /// <summary>The family of an instrument; one that is no longer listed is its own.</summary>
    public static string FamilyOf(string code) => Find(code)?.Family ?? code;

    /// <summary>The terms for somebody on a day; none where nothing is known.</summary>
    /// <param name="groups">All the groups to which they belong.</param>
    public static GrantTerms? TermsOf(string instrument, IReadOnlyCollection<string> groups, DateOnly day) =>
        Terms.Where(t => t.Instrument == instrument && groups.Contains(t.Group) && !(day < t.From) && !(day > t.Until)).MaxBy(t => t.Ceiling ?? 0);

    /// <summary>What an entry of a form's list of needs can be met with, the first choice first.</summary>
    public static IEnumerable<Instrument> ForNeed(string standard, string code) => WantedBy[$"{standard}/{code}"];

    /// <summary>The causes of which an instrument wants one; none where it asks for no cause.</summary>
    public static IEnumerable<Want> CausesFor(string instrument) => Causes[instrument];

    private static decimal? Amount(this CsvReader csv, string column) =>
        csv.GetString(column) is { Length: > 0 } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;

    private static DateOnly? Day(this CsvReader csv, string column) =>
        csv.GetString(column) is { Length: > 0 } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    private static List<T> Read<T>(string name, Func<CsvReader, T> make)
    {
        using var stream = typeof(Instruments).Assembly.GetManifestResourceStream($"YenBai.Cases.Support.Data.{name}.csv")!;
        using var csv = CsvReader.Create(stream);
        var all = new List<T>();
        while (csv.Read()) all.Add(make(csv));
        return all;
    }
}
