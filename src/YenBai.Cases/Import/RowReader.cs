using YenBai.Cases.Places;
using YenBai.Cases.Records;

namespace YenBai.Cases.Import;

/// <summary>What is wrong with one cell.</summary>
/// <param name="Reason">A stable code; the words are in Reasons.resx.</param>
public readonly record struct Problem(int Line, string Column, string? Value, string Reason, object?[] Data);

/// <summary>Reads typed values out of the cells of rows and notes what cannot be read.</summary>
internal sealed class RowReader(SourceFile file, PlaceCatalog places, DateOnly today)
{
    private readonly Dictionary<(string Text, DateOnly On, string? Within), Unit?> units = [];
    private readonly HashSet<int> codes = Columns(file, "household_code", "household", "agreement_id", "event_id", "sponsor_code", "unit_code", "commune_code");
    private readonly HashSet<int> names = Columns(file, "head_name", "hamlet", "ethnicity", "sponsor_name");
    private SourceRow row;

    public List<Problem> Problems { get; } = [];

    public void MoveTo(SourceRow next)
    {
        row = next;
        Problems.Clear();
        if (row.Wrong is { } wrong) Refuse("", null, wrong);
        for (var i = 0; i < row.Values.Length; i++)
            if (row.Values[i] is { } text && file.IsRead(i) && WrongOf(text, i) is { } why) Refuse(i, why);
    }

    /// <summary>What makes a cell unreadable whatever its column holds.</summary>
    private string? WrongOf(string text, int column) =>
        text[0] == '#' && SourceFile.IsCellError(text) ? "cell_error"
        : codes.Contains(column) && IdentityNumber.IsScientific(text) ? "digits_lost"
        : System.Text.Ascii.IsValid(text) && !text.Contains('?', StringComparison.Ordinal) ? null
        : BrokenLetters.WrongOf(text, names.Contains(column));

    private static HashSet<int> Columns(SourceFile file, params ReadOnlySpan<string> names)
    {
        HashSet<int> columns = [];
        foreach (var name in names) columns.Add(file.Position(name));
        return columns;
    }

    public string? Text(int column, int longest = 200, string name = "")
    {
        if (column < 0 || row.Values[column] is not { } text) return null;
        if (text.Length <= longest && !HasControls(text)) return text;
        Refuse(column, text.Length > longest ? "text_too_long" : "text_has_control_characters", longest);
        return null;
    }

    /// <summary>The value of a cell that is not text: a leading apostrophe only marks the cell as text for a spreadsheet.</summary>
    private string? Plain(int column) => column < 0 ? null : row.Values[column]?.TrimStart('\'', '’', ' ') is { Length: > 0 } text ? text : null;

    private static bool HasControls(string text)
    {
        foreach (var c in text)
            if (char.IsControl(c)) return true;
        return false;
    }

    public string Needed(int column, string name, int longest = 60)
    {
        var text = Text(column, longest);
        if (text is null && Problems.Count == 0) Missing(column, name);
        return text ?? "";
    }

    public DateOnly? Day(int column, bool needed = false, string name = "", bool mayLieAhead = false)
    {
        if (Plain(column) is not { } text)
        {
            if (needed) Missing(column, name);
            return null;
        }
        if (!DayText.TryReadCell(text, out var day, file.From1904))
        {
            Refuse(column, "not_a_date");
            return null;
        }
        if (day.Year < 1945) Refuse(column, "date_too_early");
        else if (day > today && !mayLieAhead) Refuse(column, "date_in_future", today);
        return day;
    }

    /// <summary>A year, also out of a full date of birth.</summary>
    public int? Year(int column, int least, int most)
    {
        if (Plain(column) is not { } text) return null;
        if (!DayText.TryReadYearCell(text, out var year, file.From1904)) Refuse(column, "not_a_year");
        else if (year >= least && year <= most) return year;
        else Refuse(column, "out_of_range", least, most);
        return null;
    }

    public long? Whole(int column, long least, long most, bool needed = false, string name = "")
    {
        if (needed && Plain(column) is null) Missing(column, name);
        if (Decimal(column, least, most) is not { } number) return null;
        if (number == decimal.Truncate(number)) return (long)number;
        Refuse(column, "not_a_whole_number");
        return null;
    }

    public decimal? Decimal(int column, decimal least, decimal most)
    {
        if (Plain(column) is not { } text) return null;
        if (!NumberText.TryDecimal(text, out var number)) Refuse(column, "not_a_number");
        else if (number >= least && number <= most) return number;
        else Refuse(column, "out_of_range", least, most);
        return null;
    }

    public bool? YesNo(int column)
    {
        if (column < 0 || row.Values[column] is not { } text) return null;
        switch (text is "0" or "1" ? text : VietnameseText.Fold(text))
        {
            case "1" or "true" or "yes" or "y" or "co" or "x" or "dung": return true;
            case "0" or "false" or "no" or "n" or "khong" or "k" or "sai": return false;
        }
        Refuse(column, "not_yes_or_no");
        return null;
    }

    public T? Choice<T>(int column, IReadOnlyDictionary<string, T> choices, bool needed = false, string name = "") where T : struct
    {
        if (column < 0 || row.Values[column] is not { } text)
        {
            if (needed) Missing(column, name);
            return null;
        }
        if (choices.TryGetValue(text, out var plain)) return plain;
        if (choices.TryGetValue(VietnameseText.Fold(text).Replace(' ', '_').Replace('-', '_'), out var choice)) return choice;
        Refuse(column, "unknown_value", string.Join(", ", choices.Keys));
        return null;
    }

    /// <param name="historic">Whether a former standard may be named, too.</param>
    public string? Standard(int column, bool historic = false)
    {
        if (column < 0 || row.Values[column] is not { } text) return null;
        var code = text.Replace('–', '-').Replace(" ", "", StringComparison.Ordinal);
        if ((historic ? Households.PovertyStandards.FindRecorded(code) : Households.PovertyStandards.Find(code)) is { } standard) return standard.Code;
        var known = Households.PovertyStandards.All;
        Refuse(column, "unknown_standard", string.Join(", ", (historic ? Households.PovertyStandards.Historic.Concat(known) : known).Select(s => s.Code)));
        return null;
    }

    /// <summary>An amount of VND, which has no fractions.</summary>
    public decimal? Dong(int column, bool needed = false, string name = "")
    {
        if (Plain(column) is not { } text)
        {
            if (needed) Missing(column, name);
            return null;
        }
        if (NumberText.TryWhole(text, out var amount)) return amount;
        Refuse(column, "not_an_amount");
        return null;
    }

    /// <summary>A list whose items are separated by semicolons.</summary>
    public IReadOnlyList<string> List(int column) =>
        Text(column, 400)?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    public Unit? Place(int column, DateOnly on, Level? level = null, string? within = null)
    {
        if (column < 0 || row.Values[column] is not { } text) return null;
        var key = (text, on, within);
        if (!units.TryGetValue(key, out var unit))
        {
            if (units.Count > 200_000) units.Clear();
            units[key] = unit = text.Contains('@', StringComparison.Ordinal) ? places.Resolve(text, on) : places.ResolveInFile(text, on, level, within);
        }
        if (unit is null) Refuse(column, "unknown_place");
        return unit;
    }

    private void Missing(int column, string name) => Refuse(column < 0 ? name : file.Header[column], null, "missing");

    /// <summary>One cell is refused for one reason: the first that was found.</summary>
    public void Refuse(int column, string reason, params object?[] data)
    {
        if (!Problems.Exists(p => p.Column == file.Header[column] && p.Value is not null)) Refuse(file.Header[column], row.Values[column], reason, data);
    }

    /// <summary>Of a line that cannot be read for sure its cells say nothing: that alone is reported.</summary>
    public void Refuse(string column, string? value, string reason, params object?[] data)
    {
        if (row.Wrong is null || Problems.Count == 0) Problems.Add(new(row.Line, column, value is null ? null : SourceFile.Shown(value), reason, data));
    }
}
