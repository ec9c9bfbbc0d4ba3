using System.Globalization;
using CsvHelper;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace YenBai.Cases.Import;

/// <summary>What a file tells, read off its header.</summary>
public enum FileKind { Register, History, Reviews, Totals, Agreements, Conditions, LoanStatus, Services, Sponsors, Assignments }

/// <param name="Line">The line in the file as an editor counts it.</param>
/// <param name="Values">As many as the header has columns; nothing where a cell is empty.</param>
/// <param name="Wrong">Why the line as a whole cannot be read for sure.</param>
public readonly record struct SourceRow(int Line, string?[] Values, string? Wrong);

/// <summary>A file that cannot be imported at all, with the reason's code.</summary>
public sealed class UnreadableFileException(string code, params object?[] data) : Exception(code)
{
    public string Code { get; } = code;
    public object?[] Details { get; } = data;

    /// <summary>Why an import failed, as far as an officer or the operator can do something about it; none for what nobody foresaw.</summary>
    public static UnreadableFileException? Of(Exception e) =>
        e as UnreadableFileException ?? (Storage.StoreFault.Of(e) is { } fault ? new(Storage.StoreFault.CodeOf(fault)) : null);
}

/// <summary>A CSV or XLSX file, read row by row as often as it takes and never held as a whole.</summary>
public sealed class SourceFile
{
    public const int MostColumns = 200;
    public const int LongestLine = 1024 * 1024;
    public const int MostSheetRows = 1_048_576;

    private static readonly (FileKind Kind, string[] Needed)[] Kinds =
    [
        (FileKind.History, ["event_id", "household", "effective", "type"]),
        (FileKind.Register, ["household_code", "commune_code", "class"]),
        (FileKind.Agreements, ["agreement_id", "household_code", "agreed_on", "instrument"]),
        (FileKind.Conditions, ["household_code", "agreement_id", "condition_no", "result"]),
        (FileKind.LoanStatus, ["household_code", "on", "balance"]),
        (FileKind.Services, ["event_id", "household_code", "on", "service"]),
        (FileKind.Assignments, ["household_code", "sponsor_code", "since"]),
        (FileKind.Sponsors, ["sponsor_code", "sponsor_name"]),
        (FileKind.Totals, ["unit_code", "on", "households"]),
        (FileKind.Reviews, ["review"]),
    ];

    private readonly Dictionary<string, int> columns = [];
    private readonly bool excel;

    public string Path { get; }
    public FileKind Kind { get; }
    public IReadOnlyList<string> Header { get; }

    public SourceFile(string path)
    {
        Path = path;
        if (!File.Exists(path)) throw new UnreadableFileException("file_not_found", Shown(path));
        try
        {
            excel = FileStart.IsWorkbook(path);
        }
        catch (UnauthorizedAccessException)
        {
            throw new UnreadableFileException("file_not_permitted", Shown(path));
        }
        if (excel) WorkbookCheck.Pass(path);

        Header = [.. (excel ? ExcelHeader() : CsvHeader()).Select(h => VietnameseText.Compose(h.Trim()).ToLowerInvariant())];
        if (Header.Count > MostColumns) throw new UnreadableFileException("too_many_columns", MostColumns);
        for (var i = 0; i < Header.Count; i++) columns.TryAdd(Header[i], i);
        for (var i = 0; i < Header.Count; i++)
            if (Headings.Meaning(Header[i]) is { } name) columns.TryAdd(name, i);
        if (Header.All(h => h.Length == 0)) throw new UnreadableFileException("no_rows");
        var kind = Kinds.Where(k => k.Needed.All(columns.ContainsKey)).Select(k => (FileKind?)k.Kind).FirstOrDefault();
        Kind = kind ?? throw new UnreadableFileException("unknown_kind", Shown(string.Join(", ", Header)));
    }

    /// <summary>The position of a column; -1 where the file has none of that name.</summary>
    public int Column(string name) => columns.GetValueOrDefault(name, -1);

    public IEnumerable<SourceRow> Rows()
    {
        var rows = Readable(excel ? ExcelRows() : CsvRows());
        return Kind == FileKind.Agreements ? WithHousehold(rows) : rows;
    }

    /// <summary>The further rows of an agreement may leave out what its first one says: the household, too.</summary>
    private IEnumerable<SourceRow> WithHousehold(IEnumerable<SourceRow> rows)
    {
        var (agreement, household) = (Column("agreement_id"), Column("household_code"));
        (string? Agreement, string? Household) last = default;
        foreach (var row in rows)
        {
            if (row.Values[agreement] is { } id && id == last.Agreement) row.Values[household] ??= last.Household;
            last = (row.Values[agreement], row.Values[household]);
            yield return row;
        }
    }

    /// <summary>Foreign text as it may be shown: not endless, and nothing in it that a terminal or a log would obey.</summary>
    public static string Shown(string text) => string.Create(Math.Min(text.Length, 300), text, (shown, from) =>
    {
        for (var i = 0; i < shown.Length; i++) shown[i] = char.IsControl(from[i]) ? '\uFFFD' : from[i];
        if (from.Length > shown.Length) shown[^1] = '…';
    });

    /// <summary>What the readers throw at a file that somebody made to trouble them is a file that cannot be read, and no failure of ours.</summary>
    private IEnumerable<T> Readable<T>(IEnumerable<T> rows)
    {
        using var row = rows.GetEnumerator();
        while (true)
        {
            try
            {
                if (!row.MoveNext()) yield break;
            }
            catch (CsvFormatException)
            {
                throw new UnreadableFileException("line_too_long", LongestLine >> 20);
            }
            catch (Exception e) when (Storage.StoreFault.Of(e) is null && e is not (UnreadableFileException or OutOfMemoryException))
            {
                throw new UnreadableFileException(excel ? "workbook_damaged" : "file_damaged");
            }
            yield return row.Current;
        }
    }

    private static CsvReaderOptions Options(Action<long>? damaged = null) => new()
    {
        Separator = ',',
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MaxRecordSize = LongestLine,
        // One unbalanced quote must cost one line, not the rest of the file.
        AllowLineBreaksInQuotes = false,
        PoolStrings = true,
        OnMalformedRecord = damaged is null ? null : record => damaged(record.LineNumber),
    };

    private IReadOnlyList<string> CsvHeader() => Readable(CsvHeaders()).Single();

    private IEnumerable<string[]> CsvHeaders()
    {
        using var csv = CsvReader.FromFile(Path, Options());
        yield return [.. csv.Headers];
    }

    private IEnumerable<SourceRow> CsvRows()
    {
        var damaged = -1L;
        using var csv = CsvReader.FromFile(Path, Options(line => damaged = line));
        while (csv.Read())
        {
            var values = new string?[Header.Count];
            var any = false;
            for (var i = 0; i < values.Length && i < csv.FieldCount; i++) any |= (values[i] = Clean(csv.GetString(i))) is not null;
            if (any) yield return new((int)csv.LineNumber, values, damaged == csv.LineNumber ? "line_damaged" : Encoding(values));
        }
    }

    private IReadOnlyList<string> ExcelHeader()
    {
        var first = Readable(Sheet(MostColumns + 1, 1)).FirstOrDefault();
        var names = first is null ? [] : first.Values.Select(v => v?.ToString() ?? "").ToList();
        return names[..(names.FindLastIndex(n => n.Length > 0) + 1)];
    }

    /// <summary>
    /// The first cells of the sheet. The reader makes a row as wide as the sheet says it is, and as many empty rows as numbers are
    /// left out: what the sheet says of itself is not believed. Nor is the file's name, by which it would be taken for text.
    /// </summary>
    private IEnumerable<IDictionary<string, object?>> Sheet(int width, int height) =>
        MiniExcel.QueryRange(Path, useHeaderRow: false, startCell: "A1", endCell: Letters(width) + height.ToString(CultureInfo.InvariantCulture), excelType: ExcelType.XLSX, configuration: TextAlone)
            .Cast<IDictionary<string, object?>>();

    // Left on, a text that names another part of the archive would be answered with that part.
    private static readonly OpenXmlConfiguration TextAlone = new() { EnableConvertByteArray = false };

    private static string Letters(int column) => (column > 26 ? Letters((column - 1) / 26) : "") + (char)('A' + (column - 1) % 26);

    private IEnumerable<SourceRow> ExcelRows()
    {
        var line = 1;
        foreach (var row in Sheet(Header.Count, MostSheetRows).Skip(1))
        {
            if (++line > MostSheetRows) throw new UnreadableFileException("too_many_rows", MostSheetRows);
            var values = new string?[Header.Count];
            var i = 0;
            foreach (var cell in row.Values)
            {
                if (i == values.Length) break;
                values[i++] = Clean(cell switch
                {
                    null => null,
                    DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                    _ => cell.ToString(),
                });
            }
            if (Array.Exists(values, v => v is not null)) yield return new(line, values, Encoding(values));
        }
    }

    /// <summary>Where bytes were no UTF-8, the reader puts this character: names would be kept mutilated.</summary>
    private static string? Encoding(string?[] values) => Array.Exists(values, v => v?.Contains('\uFFFD') == true) ? "text_not_utf8" : null;

    private static string? Clean(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var trimmed = SpreadsheetText.Unguard(text).Trim();
        return trimmed.Length == 0 ? null : System.Text.Ascii.IsValid(trimmed) ? trimmed : VietnameseText.Compose(trimmed);
    }
}
