using CsvHelper;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Support;

/// <summary>A kind of support that exists.</summary>
/// <param name="Family">What statistics call it: loan, training, job, livestock, production, service, assistance.</param>
/// <param name="ForClasses">poor, near_poor, newly_escaped.</param>
/// <param name="Ceiling">VND.</param>
/// <param name="CeilingFrom">The ceiling applies to agreements from that day; before it none is known.</param>
/// <param name="LongestMonths">The longest term that may be agreed.</param>
/// <param name="ExtensionMonths">How much longer it may become by all extensions together.</param>
/// <param name="OncePerPerson">Only once in a person's life.</param>
/// <param name="OwnSharePercent">The least that the household contributes itself, of the whole.</param>
/// <param name="Certainty">V the text was read, M from memory: an administrator can correct it.</param>
public sealed record Instrument(
    string Code, string Family, string NameVi, string NameEn, IReadOnlyList<string> ForClasses, decimal? Ceiling, DateOnly? CeilingFrom, int LongestMonths,
    int ExtensionMonths, bool OncePerPerson, bool Repay, bool PassOn, decimal? OwnSharePercent, DateOnly? From, DateOnly? Until, string Source, string Certainty);

/// <summary>What a condition can ask for.</summary>
/// <param name="Evidence">What is usually shown for it.</param>
public sealed record ConditionKind(string Code, string NameVi, string NameEn, Evidence Evidence);

/// <summary>The instruments of the plan and the conditions that go with them: data with their sources.</summary>
public static class Instruments
{
    public static readonly IReadOnlyList<Instrument> All = Read("instruments", csv => new Instrument(
        csv.GetString("code"), csv.GetString("family"), csv.GetString("name_vi"), csv.GetString("name_en"), csv.GetString("for_classes").Split(';'), csv.Amount("ceiling_vnd"), csv.Day("ceiling_from"), (int)csv.Amount("longest_months")!,
        (int)csv.Amount("extension_months")!, csv.GetString("once_per_person") == "yes", csv.GetString("repay") == "yes", csv.GetString("pass_on") == "yes", csv.Amount("own_share_percent"),
        csv.Day("from"), csv.Day("until"), csv.GetString("source"), csv.GetString("certainty")));

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

    public static Instrument? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);

    public static ConditionKind? FindCondition(string? code) => code is null ? null : ConditionByCode.GetValueOrDefault(code);

    /// <summary>The family of an instrument; one that is no longer listed is its own.</summary>
    public static string FamilyOf(string code) => Find(code)?.Family ?? code;

    private static decimal? Amount(this CsvReader csv, string column) =>
        csv.GetString(column) is { Length: > 0 } text ? decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

    private static DateOnly? Day(this CsvReader csv, string column) =>
        csv.GetString(column) is { Length: > 0 } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : null;

    private static List<T> Read<T>(string name, Func<CsvReader, T> make)
    {
        using var stream = typeof(Instruments).Assembly.GetManifestResourceStream($"YenBai.Cases.Support.Data.{name}.csv")!;
        using var csv = CsvReader.Create(stream);
        var all = new List<T>();
        while (csv.Read()) all.Add(make(csv));
        return all;
    }
}
