using CsvHelper;

namespace YenBai.Cases.Import;

/// <summary>FILE.rejects.csv: every row of a refused household as it was, with what is wrong and where.</summary>
internal sealed class Rejects(SourceFile file, Func<Problem, string> reason) : IDisposable
{
    private CsvWriter? csv;

    public string? Path { get; private set; }

    public void Add(IReadOnlyList<SourceRow> rows, IReadOnlyList<Problem> problems)
    {
        if (csv is null)
        {
            Path = file.Path + ".rejects.csv";
            csv = CsvWriter.Create(File.Create(Path), new CsvWriterOptions { WriteByteOrderMark = true });
            csv.WriteHeader([.. file.Header.Select(SpreadsheetText.Guard), "line", "column", "value", "reason"]);
        }
        foreach (var row in rows)
        {
            var own = problems.Where(p => p.Line == row.Line).ToList();
            // The other rows of the household are fine themselves: they point at the one that is not.
            if (own.Count == 0) Write(row, row.Line, "", "", reason(new(row.Line, "", null, "other_row_refused", [problems[0].Line])));
            foreach (var p in own) Write(row, p.Line, p.Column, p.Value ?? "", reason(p));
        }
    }

    private void Write(SourceRow row, int line, string column, string value, string why) =>
        csv!.WriteRecord([.. row.Values.Select(SpreadsheetText.Guard), line.ToString(System.Globalization.CultureInfo.InvariantCulture), column, SpreadsheetText.Guard(value), SpreadsheetText.Guard(why)]);

    public void Dispose() => csv?.Dispose();
}
