using System.Globalization;
using CsvHelper;
using MiniExcelLibs;

namespace YenBai.Cases.Import;

/// <summary>The first visible sheet of a small workbook as CSV, for readers of small files that know no workbooks.</summary>
public static class WorkbookText
{
    private const int MostRows = 10_000;

    /// <returns>The file itself where it is text already. Line numbers stay those of the sheet.</returns>
    /// <exception cref="UnreadableFileException">It is neither a workbook nor text, or a damaged one.</exception>
    public static Stream Open(string path)
    {
        if (!FileStart.IsWorkbook(path)) return File.OpenRead(path);
        WorkbookCheck.Pass(path);
        var structure = WorkbookStructure.Read(path);
        var memory = new MemoryStream();
        try
        {
            using var csv = CsvWriter.Create(memory, new CsvWriterOptions { WriteByteOrderMark = false }, leaveOpen: true);
            foreach (var row in Rows(path, structure)) csv.WriteRecord(row);
        }
        catch (Exception e) when (Maintenance.StoreFault.Of(e) is null && e is not OutOfMemoryException)
        {
            throw new UnreadableFileException("workbook_damaged");
        }
        memory.Position = 0;
        return memory;
    }

    private static IEnumerable<string[]> Rows(string path, WorkbookStructure structure)
    {
        var end = WorkbookStructure.Letters(SourceFile.MostColumns - 1) + MostRows.ToString(CultureInfo.InvariantCulture);
        var width = 0;
        foreach (IDictionary<string, object?> row in MiniExcel.QueryRange(path, useHeaderRow: false, startCell: "A1", endCell: end, sheetName: structure.Sheets.First(), excelType: ExcelType.XLSX, configuration: SourceFile.TextAlone))
        {
            var cells = row.Values.Select(c => OneLine(SourceFile.TextOf(c, structure.From1904) ?? "")).ToList();
            if (width == 0) width = Math.Max(1, cells.FindLastIndex(c => c.Length > 0) + 1);
            yield return [.. cells.Take(width)];
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
