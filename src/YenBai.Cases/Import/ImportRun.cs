namespace YenBai.Cases.Import;

/// <summary>One import as it went.</summary>
public sealed record ImportRun(
    string Id, string File, string Kind, DateTimeOffset Started, DateTimeOffset? Finished, string? By,
    long Rows, long Taken, long Unchanged, long Ignored, long Refused, string State);
