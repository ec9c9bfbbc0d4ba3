using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace YenBai.Cases.Kernel;

/// <summary>
/// A household's code as people and office programs write it. The same code has one key: the kind of dash, blanks around it,
/// invisible characters, full-width letters and the case of letters make no other household.
/// </summary>
public static partial class HouseholdCode
{
    /// <summary>The code as it is kept and shown; letters keep their case.</summary>
    public static string Clean(string code)
    {
        if (Ascii.IsValid(code) && !code.Contains(' ', StringComparison.Ordinal)) return code.Trim();
        var plain = new StringBuilder(code.Length);
        // Compatibility forms become plain ones: full-width letters, the blanks and hyphens that do not break.
        foreach (var c in VietnameseText.Compose(code).Normalize(NormalizationForm.FormKC))
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(c);
            if (category != UnicodeCategory.Format) plain.Append(category == UnicodeCategory.DashPunctuation || c == '−' ? '-' : c);
        }
        return Blanks().Replace(AroundDashes().Replace(plain.ToString(), "-"), " ").Trim();
    }

    /// <summary>What is compared, and what the household's id is made of.</summary>
    public static string Key(string code) => Clean(code).ToUpperInvariant();

    [GeneratedRegex(@"\s*-\s*", RegexOptions.CultureInvariant)]
    private static partial Regex AroundDashes();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
