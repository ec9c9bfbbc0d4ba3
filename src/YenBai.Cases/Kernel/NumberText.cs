using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace YenBai.Cases.Kernel;

/// <summary>
/// Numbers as people and office programs write them, in Vietnamese and in English: <c>12.000</c>, <c>12,000</c> and
/// <c>12 000</c> are 12000, <c>127,5</c> and <c>127.5</c> are 127.5, <c>10.000.000,00</c> and <c>10,000,000.00 đ</c> are 10000000.
/// A mark followed by exactly three digits groups, any other is the decimal mark. What can be read in two ways only by
/// guessing is not read.
/// </summary>
public static partial class NumberText
{
    private const int Longest = 40;

    /// <summary>A whole number. A fraction of zeros is none: <c>3.0</c> is 3, <c>4,5</c> is not read.</summary>
    public static bool TryWhole(string? text, out long number)
    {
        number = 0;
        if (!TryDecimal(text, out var value) || value != decimal.Truncate(value) || value is < long.MinValue or > long.MaxValue) return false;
        number = (long)value;
        return true;
    }

    public static bool TryDecimal(string? text, out decimal number)
    {
        number = 0;
        if (text is null || text.Length > Longest) return false;
        // What nearly every cell holds.
        if (text.Length is > 0 and <= 18 && System.Text.Ascii.IsValid(text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var digits))
        {
            number = digits;
            return true;
        }
        // Compatibility forms become plain ones: full-width digits, the blanks that do not break.
        var plain = Currency().Replace(text.Normalize(NormalizationForm.FormKC).Trim(), "").Trim();
        var match = Written().Match(plain);
        if (!match.Success) return false;

        return decimal.TryParse(
            match.Groups["sign"].Value + Marks().Replace(match.Groups["whole"].Value, "") + "." + match.Groups["fraction"].Value,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }

    [GeneratedRegex(@"^(?:vnđ|vnd|₫)\s*|\s*(?:vnđ|vnd|₫|đồng|đ|d)\.?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Currency();

    /// <summary>Digits, grouped in threes by one kind of mark or not at all, and at most one mark of another kind with the fraction.</summary>
    [GeneratedRegex(@"^(?<sign>-?)(?<whole>[1-9][0-9]{0,2}(?<group>[., ])[0-9]{3}(?:\k<group>[0-9]{3})*|[0-9]+)(?:(?!\k<group>)[.,](?<fraction>[0-9]+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    [GeneratedRegex("[., ]")]
    private static partial Regex Marks();
}
