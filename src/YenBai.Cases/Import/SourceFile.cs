using System.Globalization;
using CsvHelper;
using MiniExcelLibs;

namespace YenBai.Cases.Import;

/// <summary>What a file tells, read off its header.</summary>
public enum FileKind { Register, History, Reviews, Totals }

/// <param name="Line">The line in the file as an editor counts it.</param>
/// <param name="Values">As many as the header has columns; nothing where a cell is empty.</param>
/// <param name="Damaged">The quoting of the line is broken.</param>
public readonly record struct SourceRow(int Line, string?[] Values, bool Damaged);

/// <summary>A file that cannot be imported at all, with the reason's code.</summary>
public sealed class UnreadableFileException(string code, params object?[] data) : Exception(code)
{
    public string Code { get; } = code;
    public object?[] Details { get; } = data;
}

/// <summary>A CSV or XLSX file, read row by row as often as it takes and never held as a whole.</summary>
public sealed class SourceFile
{
    private static readonly (FileKind Kind, string[] Needed)[] Kinds =
    [
        (FileKind.History, ["event_id", "household", "effective", "type"]),
        (FileKind.Register, ["household_code", "commune_code", "class"]),
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
        if (!File.Exists(path)) throw new UnreadableFileException("file_not_found", path);
        Span<byte> start = stackalloc byte[4];
        using (var file = File.OpenRead(path)) file.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        excel = start is [0x50, 0x4B, 0x03, 0x04];

        Header = [.. (excel ? ExcelHeader() : CsvHeader()).Select(h => h.Trim().Normalize().ToLowerInvariant())];
        for (var i = 0; i < Header.Count; i++) columns.TryAdd(Header[i], i);
        var kind = Kinds.Where(k => k.Needed.All(columns.ContainsKey)).Select(k => (FileKind?)k.Kind).FirstOrDefault();
        Kind = kind ?? throw new UnreadableFileException("unknown_kind", string.Join(", ", Header));
    }

    /// <summary>The position of a column; -1 where the file has none of that name.</summary>
    public int Column(string name) => columns.GetValueOrDefault(name, -1);

    public IEnumerable<SourceRow> Rows() => excel ? ExcelRows() : CsvRows();

    private static CsvReaderOptions Options(Action<long>? damaged = null) => new()
    {
        Separator = ',',
        TrimWhitespace = true,
        TrackLineNumbers = true,
        // One unbalanced quote must cost one line, not the rest of the file.
        AllowLineBreaksInQuotes = false,
        PoolStrings = true,
        OnMalformedRecord = damaged is null ? null : record => damaged(record.LineNumber),
    };

    private IReadOnlyList<string> CsvHeader()
    {
        using var csv = CsvReader.FromFile(Path, Options());
        return [.. csv.Headers];
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
            if (any) yield return new((int)csv.LineNumber, values, damaged == csv.LineNumber);
        }
    }

    private IReadOnlyList<string> ExcelHeader()
    {
        var first = MiniExcel.Query(Path, useHeaderRow: false).Cast<IDictionary<string, object?>>().FirstOrDefault();
        return first is null ? [] : [.. first.Values.Select(v => v?.ToString() ?? "")];
    }

    private IEnumerable<SourceRow> ExcelRows()
    {
        var line = 1;
        foreach (IDictionary<string, object?> row in MiniExcel.Query(Path, useHeaderRow: false).Skip(1))
        {
            line++;
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
            if (Array.Exists(values, v => v is not null)) yield return new(line, values, false);
        }
    }

    private static string? Clean(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var trimmed = text.Trim();
        return trimmed.Length == 0 ? null : System.Text.Ascii.IsValid(trimmed) ? trimmed : VietnameseText.Compose(trimmed);
    }
}
