namespace YenBai.Cases.Import;

/// <summary>
/// Text in a CSV file that somebody may open in a spreadsheet: what begins like a formula gets an apostrophe in front, and
/// loses it again on reading, so that the file says the same before and after.
/// </summary>
public static class SpreadsheetText
{
    private const string Beginnings = "=+-@\t\r";

    /// <summary>An apostrophe more, also where there are some before what would be a formula: only so can one be taken off again.</summary>
    public static string Guard(string? text) => text is null ? "" : IsFormula(text.AsSpan().TrimStart('\'')) ? "'" + text : text;

    public static string Unguard(string text) => text is ['\'', ..] && IsFormula(text.AsSpan().TrimStart('\'')) ? text[1..] : text;

    /// <summary>A number below zero is one in a spreadsheet, too.</summary>
    private static bool IsFormula(ReadOnlySpan<char> text) =>
        text.Length > 0 && Beginnings.Contains(text[0]) && !(text is ['-', _, ..] && text[1..].IndexOfAnyExcept("0123456789.,") < 0);
}
