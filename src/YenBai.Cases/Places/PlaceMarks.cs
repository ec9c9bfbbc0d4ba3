using CsvHelper;

namespace YenBai.Cases.Places;

public enum MarkKind
{
    /// <summary>Huyện nghèo.</summary>
    PoorDistrict,

    /// <summary>Xã đặc biệt khó khăn.</summary>
    EspeciallyDifficult,

    /// <summary>Xã có thôn đặc biệt khó khăn.</summary>
    EspeciallyDifficultHamlets,
}

/// <summary>What a decision of the state says of a unit, from its first to its last day (null: until further notice).</summary>
public readonly record struct PlaceMark(string UnitId, MarkKind Kind, DateOnly From, DateOnly? Until, string Source)
{
    public bool HoldsOn(DateOnly day) => From <= day && (Until is null || day <= Until);
}

/// <summary>What is wrong with a line of a file of marks. The reason is a code; the page words it.</summary>
public readonly record struct PlaceMarkProblem(int Line, string Column, string? Value, string Reason);

/// <summary>The marks that a file has, and the lines that could not be taken.</summary>
public sealed record PlaceMarksRead(IReadOnlyList<PlaceMark> Marks, IReadOnlyList<PlaceMarkProblem> Problems);

/// <summary>Reads marks from CSV with the columns <c>unit_code, mark, from, until, source</c>.</summary>
public static class PlaceMarks
{
    static readonly string[] Columns = ["unit_code", "mark", "from", "until", "source"];

    static readonly Dictionary<string, (MarkKind Kind, Level Level)> Kinds = new()
    {
        ["poor_district"] = (MarkKind.PoorDistrict, Level.District),
        ["especially_difficult"] = (MarkKind.EspeciallyDifficult, Level.Commune),
        ["especially_difficult_hamlets"] = (MarkKind.EspeciallyDifficultHamlets, Level.Commune),
    };

    static readonly Lazy<IReadOnlyList<PlaceMark>> Embedded = new(() =>
    {
        using var file = new StreamReader(PlaceData.Open("marks"));
        return Read(file).Marks;
    });

    /// <summary>The marks that ship with the program.</summary>
    public static IReadOnlyList<PlaceMark> Default => Embedded.Value;

    /// <summary>
    /// Reads all lines. A unit is given as everywhere (<c>CODE</c> on the first day of the mark, or <c>CODE@date</c>);
    /// reasons are missing_column, unreadable, missing, unknown_unit, unknown_mark, wrong_level, not_a_date,
    /// ends_before_it_begins.
    /// </summary>
    public static PlaceMarksRead Read(TextReader file, PlaceCatalog? places = null)
    {
        places ??= PlaceCatalog.Default;
        var marks = new List<PlaceMark>();
        var problems = new List<PlaceMarkProblem>();
        var damaged = new HashSet<long>();
        using var csv = CsvReader.Create(file, new CsvReaderOptions
        {
            Separator = ',',
            TrimWhitespace = true,
            TrackLineNumbers = true,
            AllowLineBreaksInQuotes = false,
            OnMalformedRecord = record => damaged.Add(record.LineNumber),
        }, leaveOpen: true);

        foreach (var column in Columns)
            if (!csv.TryGetFieldIndex(column, out _))
                problems.Add(new(1, column, null, "missing_column"));
        if (problems.Count > 0)
            return new(marks, problems);

        while (csv.Read())
        {
            var line = (int)csv.LineNumber;
            var row = Columns.ToDictionary(column => column, csv.GetString);
            var before = problems.Count;
            var mark = ReadMark(row, places, (column, reason) => problems.Add(new(line, column, row[column], reason)));
            if (damaged.Contains(line))
                problems.Add(new(line, "", null, "unreadable"));
            if (problems.Count == before)
                marks.Add(mark);
        }
        return new(marks, problems);
    }

    static PlaceMark ReadMark(Dictionary<string, string> row, PlaceCatalog places, Action<string, string> refuse)
    {
        foreach (var column in Columns)
            if (column != "until" && row[column] == "")
                refuse(column, "missing");

        var from = Day("from");
        var until = Day("until");
        if (until < from)
            refuse("until", "ends_before_it_begins");

        var mark = row["mark"];
        var known = Kinds.TryGetValue(mark, out var kind);
        if (!known && mark != "")
            refuse("mark", "unknown_mark");

        var code = row["unit_code"];
        var unit = from is null ? null : places.Resolve(code, from.Value);
        if (unit is null && from is not null && code != "")
            refuse("unit_code", "unknown_unit");
        if (unit is not null && known && unit.Level != kind.Level)
            refuse("unit_code", "wrong_level");

        return new(unit?.Id ?? "", kind.Kind, from ?? default, until, row["source"]);

        DateOnly? Day(string column)
        {
            var text = row[column];
            if (text == "")
                return null;
            if (DayText.TryReadCell(text, out var day))
                return day;
            refuse(column, "not_a_date");
            return null;
        }
    }
}
