using System.Text;

namespace YenBai.Cases.Kernel;

/// <summary>
/// The keys of the last row of a part of a list: the next part begins after them. Keys that no work changes let a list be read to its
/// end without repeating or skipping a row.
/// </summary>
public sealed record ListCursor(params IReadOnlyList<string> Keys)
{
    private const int Longest = 800;

    /// <summary>None for what is no cursor with so many keys.</summary>
    public static ListCursor? Parse(string text, int keys)
    {
        if (text.Length > Longest) return null;
        try
        {
            var bytes = Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));
            var parts = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).Split('\n');
            return parts.Length == keys && parts.All(p => p.Length > 0 && !p.Contains('\0')) ? new(parts) : null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return null;
        }
    }

    public override string ToString() =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join('\n', Keys))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
