namespace YenBai.Cases.Import;

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
        e as UnreadableFileException ?? (Maintenance.StoreFault.Of(e) is { } fault ? new(Maintenance.StoreFault.CodeOf(fault)) : null);
}
