using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace YenBai.Cases.Import;

/// <param name="Column">From 0, as in a row's values.</param>
internal readonly record struct CellRange(string Name, int Column, int LastColumn, int Row, int LastRow);

/// <summary>What the values of a workbook's cells do not say: its day count, which sheet is shown, merged cells, formulas without values.</summary>
internal sealed class WorkbookStructure
{
    private const int MostKept = 20_000;
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    // The same as the reader of the cells: no entities, no second file.
    private static readonly XmlReaderSettings Plain = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    private readonly List<CellRange> merged = [];
    private readonly List<CellRange> empty = [];

    private readonly List<(string Name, string Part)> sheets = [];

    /// <summary>The sheets that are not hidden, in their order.</summary>
    public IEnumerable<string> Sheets => sheets.Select(s => s.Name);

    /// <summary>How many sheets there are, hidden ones and charts too.</summary>
    public int SheetCount { get; private set; }

    /// <summary>The sheet that is read.</summary>
    public string Sheet { get; set; } = "";

    /// <summary>Days are counted from 1904.</summary>
    public bool From1904 { get; private set; }

    /// <summary>Merged cells that reach over several rows.</summary>
    public IReadOnlyList<CellRange> Merged => merged;

    /// <summary>The first formulas whose result the file does not hold.</summary>
    public IReadOnlyList<CellRange> WithoutValue => empty;

    /// <summary>The line of the first hidden row, and how many there are.</summary>
    public (int Line, int Count) Hidden { get; private set; }

    public static WorkbookStructure Read(string path)
    {
        var structure = new WorkbookStructure();
        Open(path, structure.Read);
        return structure;
    }

    /// <summary>Looks through the cells of the sheet that is read.</summary>
    public void ReadSheet(string path) => Open(path, archive => ReadSheet(archive.GetEntry(sheets.First(s => s.Name == Sheet).Part)));

    private static void Open(string path, Action<ZipArchive> read)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            read(archive);
        }
        catch (Exception e) when (Maintenance.StoreFault.Of(e) is null && e is not (UnreadableFileException or OutOfMemoryException))
        {
            throw new UnreadableFileException("workbook_damaged");
        }
    }

    private void Read(ZipArchive archive)
    {
        // An archive of LibreOffice, a document, or files that somebody put into one.
        if (archive.GetEntry("xl/workbook.xml") is not { } workbook) throw new UnreadableFileException("workbook_other_kind");
        var parts = new Dictionary<string, string>();
        foreach (var element in Elements(archive.GetEntry("xl/_rels/workbook.xml.rels")))
            if (element.LocalName == "Relationship" && element.GetAttribute("Id") is { } id && element.GetAttribute("Target") is { } target)
                parts[id] = target is ['/', ..] ? target[1..] : "xl/" + target;
        foreach (var element in Elements(workbook))
        {
            if (element.LocalName == "workbookPr") From1904 = element.GetAttribute("date1904") is "1" or "true";
            if (element.LocalName != "sheet") continue;
            SheetCount++;
            if (element.GetAttribute("state") is null or "visible" && element.GetAttribute("name") is { } name
                && parts.TryGetValue(element.GetAttribute("id", Relations) ?? "", out var part) && !part.Contains("chartsheets/", StringComparison.OrdinalIgnoreCase))
                sheets.Add((name, part));
        }
        if (sheets.Count == 0) throw new UnreadableFileException(SheetCount == 0 ? "workbook_damaged" : "sheets_hidden");
    }

    private void ReadSheet(ZipArchiveEntry? sheet)
    {
        string? cell = null, type = null;
        var (row, column) = (0, -1);
        bool formula = false, value = false;
        foreach (var element in Elements(sheet))
        {
            switch (element.LocalName)
            {
                case "row":
                    EndCell();
                    row = int.TryParse(element.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var said) ? said : row + 1;
                    column = -1;
                    if (element.GetAttribute("hidden") is "1" or "true") Hidden = (Hidden.Count == 0 ? row : Hidden.Line, Hidden.Count + 1);
                    break;
                case "c":
                    EndCell();
                    (cell, type, formula, value) = (element.GetAttribute("r"), element.GetAttribute("t"), false, false);
                    column = ColumnOf(cell) ?? column + 1;
                    break;
                case "f":
                    formula = true;
                    break;
                // A formula may come to an empty text; no other value is empty.
                case "v":
                    value = !element.IsEmptyElement || type == "str";
                    break;
                case "mergeCell" when merged.Count < MostKept && RangeOf(element.GetAttribute("ref")) is { } range && range.LastRow > range.Row:
                    merged.Add(range);
                    break;
            }
        }
        EndCell();

        void EndCell()
        {
            if (formula && !value && empty.Count < MostKept) empty.Add(new(cell ?? $"{Letters(column)}{row}", column, column, row, row));
            formula = false;
        }
    }

    private static IEnumerable<XmlReader> Elements(ZipArchiveEntry? part)
    {
        if (part is null) yield break;
        using var stream = part.Open();
        using var xml = XmlReader.Create(stream, Plain);
        while (xml.Read())
            if (xml.NodeType == XmlNodeType.Element) yield return xml;
    }

    private static CellRange? RangeOf(string? text) =>
        text?.Split(':') is [var from, var to] && ColumnOf(from) is { } first && ColumnOf(to) is { } last && RowOf(from) is { } top && RowOf(to) is { } bottom
            ? new(text, first, last, top, bottom) : null;

    private static int? RowOf(string cell) => int.TryParse(cell.AsSpan(cell.Length - cell.AsSpan().TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZ$").TrimStart('$').Length), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : null;

    private static int? ColumnOf(string? cell)
    {
        var column = 0;
        foreach (var c in cell.AsSpan().TrimStart('$'))
        {
            if (!char.IsAsciiLetterUpper(c)) break;
            if (column > 100_000) return null;
            column = column * 26 + (c - 'A' + 1);
        }
        return column > 0 ? column - 1 : null;
    }

    /// <summary>The letters of a column, counted from 0.</summary>
    public static string Letters(int column) => (column >= 26 ? Letters(column / 26 - 1) : "") + (char)('A' + column % 26);
}
