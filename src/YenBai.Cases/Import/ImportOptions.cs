namespace YenBai.Cases.Import;

/// <param name="On">For a register: the day on which it stands.</param>
/// <param name="Upload">The upload that the file came with; none for a file of the operator.</param>
public sealed record ImportOptions(bool DryRun = false, DateOnly? On = null, string? Upload = null);

/// <summary>How far an import is.</summary>
/// <param name="Stage">reading, storing or projecting.</param>
/// <param name="Left">The time left at the present rate; none while it cannot be told.</param>
public sealed record ImportProgress(string Stage, long Done, long Of, double PerSecond, TimeSpan? Left);

/// <summary>How an import ended. Every row is in exactly one of the four counts.</summary>
/// <param name="Problems">The first refusals.</param>
/// <param name="Remarks">The first things taken that deserve a look.</param>
/// <param name="Rejects">The file with all rows of refused households; none where nothing was refused.</param>
public sealed record ImportResult(
    string Id, FileKind Kind, long Rows, long Taken, long Unchanged, long Ignored, long Refused, long Households, long Events,
    IReadOnlyList<Problem> Problems, IReadOnlyList<Problem> Remarks, string? Rejects, TimeSpan Stored, TimeSpan Complete)
{
    /// <summary>How many remarks there are of each kind, by the reason's code.</summary>
    public IReadOnlyDictionary<string, long> RemarkKinds { get; init; } = new Dictionary<string, long>();

    /// <summary>The file with all rows that a remark is about; none where there is no remark, and in a trial.</summary>
    public string? RemarksFile { get; init; }

    /// <summary>The headings that the importer does not know: what stands under them was not read.</summary>
    public IReadOnlyList<string> UnreadHeadings { get; init; } = [];

    public string Summary => $"taken {Taken}, unchanged {Unchanged}, ignored {Ignored}, refused {Refused}";
}
