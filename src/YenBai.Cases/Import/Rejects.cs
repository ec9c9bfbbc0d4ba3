using CsvHelper;

namespace YenBai.Cases.Import;

/// <summary>
/// FILE.rejects.csv: every row of a refused household as it was, with what is wrong and where; or FILE.remarks.csv: the rows that
/// a remark is about. It has its name only when it is complete: what a full disk or a kill cuts off does not pass for the whole.
/// </summary>
internal sealed class Rejects(SourceFile file, Func<Problem, string> reason, bool remarks = false) : IDisposable
{
    /// <summary>The columns added to those of the file.</summary>
    public static readonly string[] AddedColumns = ["line", "column", "value", "reason"];

    /// <summary>The ending of the finished file, and of the unfinished one, which an upload's folder must not take for its file.</summary>
    private readonly string ending = remarks ? ".remarks.csv" : ".rejects.csv", unfinishedEnding = remarks ? ".unfinished.remarks.csv" : ".unfinished.rejects.csv";

    private CsvWriter? csv;
    private bool begun;

    /// <summary>The finished file; none where nothing was refused.</summary>
    public string? Path { get; private set; }

    private string Unfinished => file.Path + unfinishedEnding;

    public void Add(IReadOnlyList<SourceRow> rows, IReadOnlyList<Problem> problems)
    {
        if (csv is null)
        {
            begun = true;
            csv = CsvWriter.Create(new FileStream(Unfinished, OwnersAlone()), new CsvWriterOptions { WriteByteOrderMark = true });
            csv.WriteHeader([.. file.Header.Select(SpreadsheetText.Guard), .. AddedColumns]);
        }
        var byLine = problems.ToLookup(p => p.Line);
        if (rows.Count == 0)
            foreach (var p in problems) Write(new(p.Line, new string?[file.Header.Count], null), p.Line, p.Column, p.Value ?? "", reason(p));
        string? other = null;
        foreach (var row in rows)
        {
            var alone = true;
            foreach (var p in byLine[row.Line])
            {
                Write(row, p.Line, p.Column, p.Value ?? "", reason(p));
                alone = false;
            }
            // The other rows of the household are fine themselves: they point at the one that is not.
            if (alone && !remarks) Write(row, row.Line, "", "", other ??= reason(new(row.Line, "", null, "other_row_refused", [problems[0].Line])));
        }
    }

    /// <summary>It names people: nobody but its owner reads it.</summary>
    private static FileStreamOptions OwnersAlone()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    /// <summary>All is written: the file gets its name.</summary>
    public void Complete()
    {
        if (csv is null) return;
        Close();
        File.Move(Unfinished, file.Path + ending, overwrite: true);
        Path = file.Path + ending;
    }

    private void Write(SourceRow row, int line, string column, string value, string why) =>
        csv!.WriteRecord([.. row.Values.Select(SpreadsheetText.Guard), line.ToString(System.Globalization.CultureInfo.InvariantCulture), column, SpreadsheetText.Guard(value), SpreadsheetText.Guard(why)]);

    private void Close()
    {
        var writer = csv;
        csv = null;
        writer?.Dispose();
    }

    public void Dispose()
    {
        try
        {
            Close();
        }
        catch (IOException)
        {
            // The disk is full: what was not written is deleted with the rest.
        }
        if (begun && Path is null) File.Delete(Unfinished);
    }
}
