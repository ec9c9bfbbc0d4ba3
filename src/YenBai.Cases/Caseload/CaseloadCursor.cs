using System.Globalization;
using System.Text;

namespace YenBai.Cases.Caseload;

/// <summary>The last household of a part of a list: the next part begins after it.</summary>
/// <param name="Rank">0 for a name written just as it was searched for, else 1.</param>
public sealed record CaseloadCursor(int Rank, string Code)
{
    /// <summary>None for what is no cursor.</summary>
    public static CaseloadCursor? Parse(string text)
    {
        if (text.Length > 400) return null;
        try
        {
            var plain = Encoding.UTF8.GetString(Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=')));
            return plain.Split(':', 2) is ["0" or "1", { Length: > 0 }] parts && !plain.Contains('\0') ? new(int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1]) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public override string ToString() =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Rank}:{Code}")).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
