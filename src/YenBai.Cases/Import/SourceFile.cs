using System.Globalization;
using CsvHelper;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;
using YenBai.Cases.Records;

namespace YenBai.Cases.Import;

/// <summary>A CSV or XLSX file, read row by row as often as it takes and never held as a whole.</summary>
public sealed class SourceFile
{
    public const int MostColumns = 200;
    public const int LongestLine = 1024 * 1024;
    public const int MostSheetRows = 1_048_576;

    /// <summary>Titles may stand above the headings, in so many rows at most.</summary>
    private const int MostTitleRows = 15;

    private const int MostSheets = 50;
    private const double MostExact = 1e15;

    /// <summary>The columns that a merged cell fills downwards: what several households, or the people of one, have in common.</summary>
    private static readonly string[] Filled = ["commune_code", "district", "hamlet", "area", "standard", "since", "on"], FilledForPeople = ["household_code", "class"];

    private static readonly char[] Breaks = ['\r', '\n', '\t', '\v', '\f', '\u0085', '\u2028', '\u2029'];

    /// <summary>What a spreadsheet puts into a cell whose formula failed.</summary>
    private static readonly HashSet<string> CellErrors =
        ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#GETTING_DATA", "#BUSY!", "#UNKNOWN!"];

    private readonly HeadingRow heading;
    private readonly Sections? sections;
    private readonly HashSet<int> asked = [];
    private readonly bool breaksInQuotes;
    private char separator = ',';
    private readonly WorkbookStructure? workbook;

    /// <summary>How many records or sheet rows stand before the first one with data.</summary>
    private readonly int before;

    private bool IsWorkbook => workbook is not null;

    public string Path { get; }
    public FileKind Kind { get; }
    public IReadOnlyList<string> Header => heading.Names;

    /// <summary>Whether the days of a workbook are counted from 1904.</summary>
    public bool From1904 => workbook?.From1904 == true;

    /// <summary>Whether there is more in the workbook than the sheet that is read.</summary>
    public bool HasOtherSheets => workbook is { SheetCount: > 1 };

    /// <summary>The lines that are of no household: titles of hamlets, totals, signatures. Known once the rows were read.</summary>
    public IReadOnlyCollection<int> LinesLeftOut => sections?.Lines ?? [];

    /// <summary>The line of the first hidden row of a workbook, and how many there are.</summary>
    public (int Line, int Count) HiddenRows => workbook?.Hidden ?? default;

    public SourceFile(string path)
    {
        Path = path;
        if (!File.Exists(path)) throw new UnreadableFileException("file_not_found", Shown(path));
        bool isWorkbook;
        try
        {
            isWorkbook = FileStart.IsWorkbook(path);
        }
        catch (UnauthorizedAccessException)
        {
            throw new UnreadableFileException("file_not_permitted", Shown(path));
        }
        if (isWorkbook)
        {
            WorkbookCheck.Pass(path);
            workbook = WorkbookStructure.Read(path);
        }

        if (workbook is null) breaksInQuotes = QuotedBreaks.Occur(path);
        (heading, before) = workbook is null ? FindText() : FindSheet(workbook);
        if (heading.InFile > MostColumns) throw new UnreadableFileException("too_many_columns", MostColumns);
        if (Header.All(h => h.Length == 0)) throw new UnreadableFileException("no_rows");
        if (UnreadableHeadings() is { } letters) throw new UnreadableFileException(letters);
        Kind = heading.Kind ?? throw Unknown();
        if (heading.Twice is { } twice) throw new UnreadableFileException("heading_twice", Shown(twice));
        workbook?.ReadSheet(path);
        CheckCells();
        if (Kind == FileKind.Register) sections = new(heading.Column("household_code"), heading.Column("commune_code"), heading.Column("class"), heading.Column("hamlet"));
    }

    private (HeadingRow, int) FindText()
    {
        (HeadingRow Heading, int Before) best = default;
        foreach (var one in ",;\t|")
        {
            separator = one;
            var found = FindHeading();
            if (found.Heading.Kind is not null) return found;
            if (best.Heading is null || (found.Heading.InFile > 1 && found.Heading.InFile > best.Heading.InFile)) best = found;
        }
        return best;
    }

    /// <summary>The sheet with the headings of a kind of file: covers and notes may lie before it.</summary>
    private (HeadingRow, int) FindSheet(WorkbookStructure structure)
    {
        (HeadingRow Heading, int Before)? first = null;
        List<(string Sheet, (HeadingRow, int) Found)> known = [];
        foreach (var sheet in structure.Sheets.Take(MostSheets))
        {
            structure.Sheet = sheet;
            var found = FindHeading();
            if (found.Heading.Kind is not null) known.Add((sheet, found));
            else if (first is null || !first.Value.Heading.Names.Any(n => n.Length > 0)) first = found;
        }
        structure.Sheet = known.Count > 0 ? known[0].Sheet : structure.Sheets.First();
        return known.Count switch
        {
            0 => first!.Value,
            1 => known[0].Found,
            _ => throw new UnreadableFileException("several_sheets", Shown(string.Join(", ", known.Select(k => k.Sheet)))),
        };
    }

    /// <summary>A list of households or people that nothing can be told from, or none that anybody knows.</summary>
    private UnreadableFileException Unknown() =>
        heading.Column("relation") >= 0 ? new("list_of_people")
        : heading.Column("head_name") >= 0 ? new("list_without_codes")
        : Header.Select(h => BrokenLetters.WrongOf(h, isName: false)).FirstOrDefault(w => w is not null) is { } letters ? new(letters)
        : new("unknown_kind", Shown(string.Join(", ", Header.Where(h => h.Length > 0))), before, MostTitleRows);

    /// <summary>Bytes that are no text, or no UTF-8: shown, they say nothing to anybody.</summary>
    private string? UnreadableHeadings() =>
        !Header.Any(h => h.Contains('\uFFFD', StringComparison.Ordinal)) ? null
        : Header.Any(h => h.Any(char.IsControl)) ? "file_is_no_table" : "file_not_utf8";

    /// <summary>The first of the first rows that has the headings of a kind of file; else the first that says anything.</summary>
    /// <returns>Also how many rows stand before the data; where no kind is known, the line of the row.</returns>
    private (HeadingRow Heading, int Before) FindHeading()
    {
        var start = Readable(IsWorkbook ? ExcelStart() : CsvStart()).ToList();
        var rows = start.ConvertAll(r => r.Values);
        (HeadingRow? Row, int Line) first = (null, 1);
        for (var i = 0; i < rows.Count; i++)
        {
            if (i + 1 < rows.Count && HeadingRow.Of(rows[i], rows[i + 1]) is { } both) return (both, i + 2);
            var row = new HeadingRow(rows[i]);
            if (row.Kind is not null) return (row, i + 1);
            // What looks most like a heading is shown where none is known.
            if (row.Names.Any(n => n.Length > 0) && (first.Row is null || (first.Row.Column("head_name") < 0 && row.Column("head_name") >= 0))) first = (row, start[i].Line);
        }
        return (first.Row ?? new([]), first.Line);
    }

    /// <summary>Cells of known columns that would be read as empty though they hold something.</summary>
    private void CheckCells()
    {
        bool IsUnderHeading(CellRange cell) => cell.LastRow > before && cell.Column < heading.InFile && Header[cell.Column].Length > 0;
        if (workbook?.WithoutValue.Where(IsUnderHeading).Select(c => c.Name).FirstOrDefault() is { } formula) throw new UnreadableFileException("formula_without_value", formula);
        var merged = workbook?.Merged.Where(IsUnderHeading).Where(c => c.Row <= before || !FilledColumns.Contains(c.Column) || c.LastColumn > c.Column).ToList() ?? [];
        if (merged.Count == 0) return;
        // Those below the list, around signatures, hide nothing.
        var key = Math.Max(heading.Column("household_code"), heading.Column("household"));
        var lines = AllRows().Where(r => (key >= 0 && r.Values[key] is not null) || r.Values.Count(v => v is not null) > 2).Select(r => r.Line).ToHashSet();
        var hiding = merged.FindIndex(m => Enumerable.Range(m.Row + 1, Math.Min(m.LastRow - m.Row, MostSheetRows)).Any(lines.Contains));
        if (hiding >= 0) throw new UnreadableFileException("merged_cells", Shown(merged[hiding].Name));
    }

    private IEnumerable<int> FilledColumns => (heading.Column("relation") >= 0 ? Filled.Concat(FilledForPeople) : Filled).Select(heading.Column);

    /// <summary>The headings that nothing asked for: their columns were not read.</summary>
    public IReadOnlyList<string> UnreadHeadings => [.. Header.Where((h, i) => h.Length > 0 && !asked.Contains(i) && !heading.IsPart(i) && !Headings.IsNumber(h) && !Rejects.AddedColumns.Contains(h)).Select(Shown)];

    /// <summary>Whether the column is one that is read.</summary>
    internal bool IsRead(int column) => asked.Contains(column);

    internal static bool IsCellError(string text) => CellErrors.Contains(text);

    /// <summary>The position of a column; -1 where the file has none of that name.</summary>
    public int Column(string name)
    {
        var column = heading.Column(name);
        if (column >= 0) asked.Add(column);
        return column;
    }

    /// <summary>The position of a column that is not thereby read.</summary>
    internal int Position(string name) => heading.Column(name);

    public IEnumerable<SourceRow> Rows() => Kind == FileKind.Agreements ? WithHousehold(AllRows()) : sections?.Households(AllRows()) ?? AllRows();

    /// <summary>Also what is of no household.</summary>
    public IEnumerable<SourceRow> AllRows() => Readable(IsWorkbook ? ExcelRows() : CsvRows());

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
            catch (Exception e) when (Maintenance.StoreFault.Of(e) is null && e is not (UnreadableFileException or OutOfMemoryException))
            {
                throw new UnreadableFileException(IsWorkbook ? "workbook_damaged" : "file_damaged");
            }
            yield return row.Current;
        }
    }

    private CsvReaderOptions Options(Action<long>? damaged = null) => new()
    {
        Separator = separator,
        HasHeader = false,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MaxRecordSize = LongestLine,
        // One unbalanced quote must cost one line, not the rest of the file.
        AllowLineBreaksInQuotes = breaksInQuotes,
        PoolStrings = true,
        OnMalformedRecord = damaged is null ? null : record => damaged(record.LineNumber),
    };

    private IEnumerable<(int Line, string[] Values)> CsvStart()
    {
        using var csv = CsvReader.FromFile(Path, Options());
        for (var i = 0; i <= MostTitleRows && csv.Read(); i++) yield return ((int)csv.LineNumber, [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)]);
    }

    private IEnumerable<SourceRow> CsvRows()
    {
        var damaged = -1L;
        using var csv = CsvReader.FromFile(Path, Options(line => damaged = line));
        for (var i = 0; i < before && csv.Read(); i++)
        {
        }
        for (var first = true; csv.Read(); first = false)
        {
            var values = new string?[Header.Count];
            var any = false;
            for (var i = 0; i < heading.InFile && i < csv.FieldCount; i++) any |= (values[i] = Clean(csv.GetString(i))) is not null;
            if (!any || (first && IsNumbering(values))) continue;
            heading.Complete(values);
            // A comma in a text without quotation marks moves what follows by a column.
            yield return new((int)csv.LineNumber, values, damaged == csv.LineNumber ? "line_damaged" : csv.FieldCount > heading.InFile ? "more_fields_than_headings" : Encoding(values));
        }
    }

    /// <summary>Forms number their columns in a row below the headings.</summary>
    private bool IsNumbering(string?[] values)
    {
        var numbered = values.Select((v, i) => (v, i)).Where(x => x.v is not null).ToList();
        return numbered.Count >= 3
            && (numbered.TrueForAll(x => x.v!.Trim('(', ')') == (x.i + 1).ToString(CultureInfo.InvariantCulture))
                || (Kind == FileKind.Register && numbered.TrueForAll(x => x.v!.Trim('(', ')') is [>= 'A' and <= 'Z'] or [>= '0' and <= '9'] or [>= '0' and <= '9', >= '0' and <= '9'])));
    }

    private IEnumerable<(int Line, string[] Values)> ExcelStart() =>
        Sheet(MostColumns + 1, MostTitleRows + 1).Take(MostTitleRows + 1).Select(row => row.Values.Select(v => v?.ToString() ?? "").ToList())
            .Select((names, i) => (i + 1, names[..(names.FindLastIndex(n => n.Length > 0) + 1)].ToArray()));

    /// <summary>
    /// The first cells of the sheet. The reader makes a row as wide as the sheet says it is, and as many empty rows as numbers are
    /// left out: what the sheet says of itself is not believed. Nor is the file's name, by which it would be taken for text.
    /// </summary>
    private IEnumerable<IDictionary<string, object?>> Sheet(int width, int height) =>
        MiniExcel.QueryRange(Path, useHeaderRow: false, startCell: "A1", endCell: WorkbookStructure.Letters(width - 1) + height.ToString(CultureInfo.InvariantCulture), sheetName: workbook!.Sheet, excelType: ExcelType.XLSX, configuration: TextAlone)
            .Cast<IDictionary<string, object?>>();

    // Left on, a text that names another part of the archive would be answered with that part.
    internal static readonly OpenXmlConfiguration TextAlone = new() { EnableConvertByteArray = false };

    private IEnumerable<SourceRow> ExcelRows()
    {
        var line = before;
        var merged = new Queue<CellRange>(workbook!.Merged.Where(m => m.Column < heading.InFile && Header[m.Column].Length > 0 && m.Row > before).OrderBy(m => m.Row));
        var open = new Dictionary<int, (int LastRow, string? Value)>();
        foreach (var row in Sheet(heading.InFile, MostSheetRows).Skip(before))
        {
            if (++line > MostSheetRows) throw new UnreadableFileException("too_many_rows", MostSheetRows);
            var values = new string?[Header.Count];
            var i = 0;
            foreach (var cell in row.Values)
            {
                if (i == heading.InFile) break;
                values[i++] = Clean(TextOf(cell, From1904));
            }
            if (line == before + 1 && IsNumbering(values)) continue;
            if (!Array.Exists(values, v => v is not null)) continue;
            Fill(values, line);
            heading.Complete(values);
            yield return new(line, values, Encoding(values));
        }

        void Fill(string?[] values, int line)
        {
            while (merged.TryPeek(out var next) && next.Row <= line)
            {
                merged.Dequeue();
                open[next.Column] = (next.LastRow, next.Row == line ? values[next.Column] : null);
            }
            foreach (var (column, (last, value)) in open)
                if (last < line) open.Remove(column);
                else values[column] ??= value;
        }
    }

    internal static string? TextOf(object? cell, bool from1904) => cell switch
    {
        null => null,
        DateTime day => (from1904 ? day.AddDays(Kernel.DayText.DaysTo1904) : day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        // A workbook's numbers have fifteen digits; of a longer code the rest is lost.
        double or decimal or long or int when Convert.ToDouble(cell, CultureInfo.InvariantCulture) is var large && Math.Abs(large) >= MostExact => large.ToString("E15", CultureInfo.InvariantCulture),
        // A number has no groups: what looks like one ("12.345") must be read as a fraction.
        double number => number.ToString(CultureInfo.InvariantCulture) is var text && text.Length > 4 && text[^4] == '.' ? text + "0" : text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString(),
    };

    /// <summary>Where bytes were no UTF-8, the reader puts this character: names would be kept mutilated.</summary>
    private static string? Encoding(string?[] values) => Array.Exists(values, v => v?.Contains('\uFFFD') == true) ? "text_not_utf8" : null;

    private static string? Clean(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var trimmed = SpreadsheetText.Unguard(text).Trim();
        // A break of lines inside of a cell is a blank, however the program writes it.
        if (trimmed.AsSpan().ContainsAny(Breaks)) trimmed = string.Join(' ', trimmed.Split(Breaks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return trimmed.Length == 0 ? null : System.Text.Ascii.IsValid(trimmed) ? trimmed : VietnameseText.Compose(trimmed);
    }
}
