using System.Globalization;
using System.Text;

namespace YenBai.Cases.Kernel;

/// <summary>Vietnamese words as people really type them: composed or decomposed, with or without marks.</summary>
public static class VietnameseText
{
    /// <summary>
    /// The text for comparing and searching: lower case, no diacritics, d for đ, single spaces, none at the ends.
    /// Folding twice changes nothing.
    /// </summary>
    public static string Fold(string text) => Strip(text).ToLowerInvariant();

    /// <summary>The text without diacritics, its case kept and its spaces single.</summary>
    public static string Ascii(string text) => Strip(text);

    /// <summary>The text with each letter and its marks as one character where there is one (NFC).</summary>
    public static string Compose(string text) => Whole(text).Normalize(NormalizationForm.FormC);

    static string Strip(string text)
    {
        var plain = new StringBuilder(text.Length);
        var space = false;
        foreach (var c in Decompose(text))
        {
            if (char.IsWhiteSpace(c))
            {
                space = plain.Length > 0;
                continue;
            }
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format)
                continue;
            if (space)
                plain.Append(' ');
            space = false;
            plain.Append(WithoutStroke(c));
        }
        return plain.ToString();
    }

    static string Decompose(string text) =>
        System.Text.Ascii.IsValid(text) ? text : Whole(text).Normalize(NormalizationForm.FormD);

    /// <summary>Normalize throws on half a surrogate pair and on U+FFFE; a name from a damaged file must still be comparable.</summary>
    static string Whole(string text) => string.Concat(text.EnumerateRunes()).Replace('\uFFFE', '\uFFFD');

    /// <summary>Đ does not decompose; the Icelandic eth and the African D look the same and come from old converters.</summary>
    static char WithoutStroke(char c) => c switch
    {
        'đ' or 'ð' or 'ɖ' => 'd',
        'Đ' or 'Ð' or 'Ɖ' => 'D',
        _ => c,
    };
}
