namespace YenBai.Cases.Import;

/// <summary>What a file tells, read off its headings.</summary>
public enum FileKind { Register, History, Reviews, Totals, Agreements, Conditions, LoanStatus, Services, Sponsors, Assignments }

/// <summary>The columns of a heading row, by the names that the importer knows.</summary>
internal sealed class HeadingRow
{
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

    public IReadOnlyList<string> Names { get; }

    /// <summary>None where no kind of file has these headings.</summary>
    public FileKind? Kind { get; }

    /// <summary>A heading that stands over two columns; what is under one of them would be lost.</summary>
    public string? Twice { get; }

    public HeadingRow(IEnumerable<string> headings)
    {
        Names = [.. headings.Select(h => string.Join(' ', VietnameseText.Compose(h).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
        foreach (var (i, name) in Names.Index())
            if (name.Length > 0 && !columns.TryAdd(name, i) && !Rejects.AddedColumns.Contains(name)) Twice ??= name;
        foreach (var (i, name) in Names.Index())
            if (Headings.Meaning(name) is { } meaning && meaning != name && !columns.TryAdd(meaning, i)) Twice ??= name;
        Kind = Kinds.Where(k => k.Needed.All(columns.ContainsKey)).Select(k => (FileKind?)k.Kind).FirstOrDefault();
    }

    public int Column(string name) => columns.GetValueOrDefault(name, -1);
}
