using System.Text.Json;
using CsvHelper;
using YenBai.Cases.Households;
using YenBai.Cases.Places;

namespace YenBai.Cases.Plan;

/// <summary>What is wrong with a line of a plan's file. The reason is a code; the page words it.</summary>
public readonly record struct PlanProblem(int Line, string Column, string? Value, string Reason);

/// <summary>The plan, unless there are problems.</summary>
public sealed record PlanRead(AnnualPlan? Plan, IReadOnlyList<PlanProblem> Problems);

/// <summary>
/// Reads a plan from CSV, one row a target, with the columns <c>year, number, date, standard, from, through, plan_source,
/// unit_code, measure, comparator, value, head, source</c> and, where it has ranges, <c>upper</c>. The first seven are about the
/// plan: they stand in the first row, and in the others are empty or the same. A plan is taken whole or not at all.
/// </summary>
public static class PlanFile
{
    private static readonly string[] PlanColumns = ["year", "number", "date", "standard", "from", "through", "plan_source"];
    private static readonly string[] TargetColumns = ["unit_code", "measure", "comparator", "value", "head", "source"];

    /// <summary>The upper bound of a range; a file without ranges need not have the column.</summary>
    private const string Upper = "upper";

    private static readonly Dictionary<string, Comparator> Comparators =
        Enum.GetValues<Comparator>().ToDictionary(c => JsonNamingPolicy.SnakeCaseLower.ConvertName(c.ToString()));

    /// <summary>
    /// Units are given as everywhere: <c>CODE</c> is the unit of that code on the plan's last day. Reasons are
    /// missing_column, no_rows, unreadable, missing, not_a_year, not_a_date, ends_before_it_begins, unknown_standard,
    /// plan_differs, unknown_unit, unknown_measure, unknown_comparator, not_a_number, not_whole,
    /// out_of_range, bounds_reversed, upper_without_range, duplicate.
    /// </summary>
    public static PlanRead Read(Stream file, PlaceCatalog? places = null)
    {
        places ??= PlaceCatalog.Default;
        var problems = new List<PlanProblem>();
        var damaged = new HashSet<long>();
        using var csv = CsvReader.Create(file, new CsvReaderOptions
        {
            Separator = SeparatorOf(file),
            TrimWhitespace = true,
            TrackLineNumbers = true,
            AllowLineBreaksInQuotes = false,
            OnMalformedRecord = record => damaged.Add(record.LineNumber),
        }, leaveOpen: true);

        foreach (var column in PlanColumns.Concat(TargetColumns))
            if (!csv.TryGetFieldIndex(column, out _))
                problems.Add(new(1, column, null, "missing_column"));
        if (problems.Count > 0) return new(null, problems);

        AnnualPlan? plan = null;
        Row? first = null;
        var targets = new List<PlanTarget>();
        while (csv.Read())
        {
            var row = new Row(csv, problems);
            if (damaged.Contains(row.Line)) row.Refuse("", "unreadable");
            if (first is null)
            {
                first = row;
                plan = ReadPlan(row);
            }
            else
            {
                foreach (var column in PlanColumns)
                    if (row[column] != "" && row[column] != first[column]) row.Refuse(column, "plan_differs");
            }

            if (ReadTarget(row, places, plan?.Through) is not { } target) continue;
            if (targets.Exists(t => t.UnitId == target.UnitId && t.Measure == target.Measure)) row.Refuse("measure", "duplicate");
            targets.Add(target);
        }
        if (first is null) problems.Add(new(1, "", null, "no_rows"));
        return new(problems.Count == 0 ? plan! with { Targets = targets } : null, problems);
    }

    /// <summary>The mark that the first line has most of: a spreadsheet that writes decimals with a comma parts columns with semicolons.</summary>
    private static char SeparatorOf(Stream file)
    {
        if (!file.CanSeek) return ',';
        Span<byte> start = stackalloc byte[1024];
        var from = file.Position;
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        file.Position = from;
        if (start.IndexOf((byte)'\n') is >= 0 and var end) start = start[..end];
        char best = ',';
        foreach (var one in (ReadOnlySpan<char>)[';', '\t'])
            if (start.Count((byte)one) > start.Count((byte)best)) best = one;
        return best;
    }

    private static AnnualPlan? ReadPlan(Row row)
    {
        if (!DayText.TryReadYear(row.Needed("year"), out var year) || year is < 1990 or > 2100)
            row.Refuse("year", "not_a_year");
        var (number, source) = (row.Needed("number"), row.Needed("plan_source"));
        var (date, from, through) = (row.Day("date"), row.Day("from"), row.Day("through"));
        if (through < from) row.Refuse("through", "ends_before_it_begins");
        var standard = row.Needed("standard");
        if (standard != "" && PovertyStandards.Find(standard) is null) row.Refuse("standard", "unknown_standard");
        return date is null || from is null || through is null ? null : new(year, number, date.Value, standard, from.Value, through.Value, source, []);
    }

    private static PlanTarget? ReadTarget(Row row, PlaceCatalog places, DateOnly? on)
    {
        var before = row.ProblemCount;
        var (code, head, source) = (row.Needed("unit_code"), row.Needed("head"), row.Needed("source"));
        var unit = on is { } day && code != "" ? places.Resolve(code, day) : null;
        if (unit is null && on is not null && code != "") row.Refuse("unit_code", "unknown_unit");

        var known = Measures.TryParse(row.Needed("measure"), out var measure);
        if (!known) row.Refuse("measure", "unknown_measure");
        if (!Comparators.TryGetValue(row.Needed("comparator"), out var comparator)) row.Refuse("comparator", "unknown_comparator");

        var (value, upper) = (Number("value", row.Needed("value")), comparator == Comparator.Between ? Number(Upper, row.Needed(Upper)) : null);
        if (comparator != Comparator.Between && row[Upper] != "") row.Refuse(Upper, "upper_without_range");
        if (upper <= value) row.Refuse(Upper, "bounds_reversed");
        return unit is null || value is null || row.ProblemCount > before ? null : new(unit.Id, measure, comparator, value.Value, head, source, upper);

        decimal? Number(string column, string text)
        {
            if (!NumberText.TryDecimal(text, out var number)) row.Refuse(column, "not_a_number");
            else if (PlanEntry.RefusesValue(known ? measure : null, number) is { } reason) row.Refuse(column, reason);
            else return number;
            return null;
        }
    }

    private sealed class Row(CsvReader csv, List<PlanProblem> problems)
    {
        private readonly Dictionary<string, string> values =
            PlanColumns.Concat(TargetColumns).Append(Upper).ToDictionary(column => column, column => csv.TryGetFieldIndex(column, out _) ? csv.GetString(column).Normalize() : "");

        private readonly HashSet<string> refused = [];

        public int Line { get; } = (int)csv.LineNumber;

        public int ProblemCount => problems.Count;

        public string this[string column] => values[column];

        /// <summary>One problem a column: the first is the one to mend.</summary>
        public void Refuse(string column, string reason)
        {
            if (refused.Add(column)) problems.Add(new(Line, column, column == "" ? null : values[column], reason));
        }

        public string Needed(string column)
        {
            if (values[column] == "") Refuse(column, "missing");
            return values[column];
        }

        public DateOnly? Day(string column)
        {
            if (DayText.TryReadCell(Needed(column), out var day)) return day;
            Refuse(column, "not_a_date");
            return null;
        }
    }
}
