using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace YenBai.Cases.Records;

public enum IdentityReading { Plain, ZeroRestored, Unusual, None, DigitsLost }

/// <summary>
/// Identity numbers as lists have them: twelve digits that begin with the province's code, or nine of the former card. A
/// spreadsheet that holds one as a number cuts its leading zeros or its last digits.
/// </summary>
public static partial class IdentityNumber
{
    private const int Digits = 12;
    private const int FormerDigits = 9;

    /// <summary>The provinces' codes in identity numbers (Circular 59/2021/TT-BCA, annex).</summary>
    private static readonly HashSet<string> Provinces =
    [
        "001", "002", "004", "006", "008", "010", "011", "012", "014", "015", "017", "019", "020", "022", "024", "025", "026", "027", "030", "031", "033",
        "034", "035", "036", "037", "038", "040", "042", "044", "045", "046", "048", "049", "051", "052", "054", "056", "058", "060", "062", "064", "066",
        "067", "068", "070", "072", "074", "075", "077", "079", "080", "082", "083", "084", "086", "087", "089", "091", "092", "093", "094", "095", "096",
    ];

    /// <param name="number">The number as it is kept; none where the text holds none.</param>
    public static IdentityReading Read(string text, out string? number)
    {
        number = null;
        if (IsScientific(text) || Kernel.DayText.Parse(text) is not null && !text.All(char.IsAsciiDigit)) return IdentityReading.DigitsLost;
        if (Fraction().Match(text.Trim()) is { Success: true } fraction)
        {
            // A number cell read as "15075000123.0" is a whole number; any other fraction is no identity number.
            if (fraction.Groups["fraction"].ValueSpan.ContainsAnyExcept('0')) return IdentityReading.DigitsLost;
            text = fraction.Groups["whole"].Value;
        }
        var plain = Label().Replace(WithoutMarks(text), "");
        if (!plain.Any(char.IsAsciiDigit)) return IdentityReading.None;
        number = plain.All(char.IsAsciiDigit) ? plain : text;
        if (number.Length is FormerDigits or Digits && number == plain) return IdentityReading.Plain;
        // The former card's number began with the province's code, too: of the northern ones with 0.
        if (number == plain && number.Length == FormerDigits - 1 && number[0] != '0')
        {
            number = "0" + number;
            return IdentityReading.ZeroRestored;
        }
        if (number != plain || number.Length is not (10 or 11) || number.PadLeft(Digits, '0') is var whole && !Provinces.Contains(whole[..3])) return IdentityReading.Unusual;
        number = number.PadLeft(Digits, '0');
        return IdentityReading.ZeroRestored;
    }

    /// <summary>A phone number without blanks and points; what holds a number and more stays as it is, what holds none is none.</summary>
    public static IdentityReading ReadPhone(string text, out string? phone)
    {
        phone = null;
        if (IsScientific(text)) return IdentityReading.DigitsLost;
        if (Fraction().Match(text.Trim()) is { Success: true } fraction && !fraction.Groups["fraction"].ValueSpan.ContainsAnyExcept('0')) text = fraction.Groups["whole"].Value;
        if (!text.Normalize(NormalizationForm.FormKC).Any(char.IsAsciiDigit)) return IdentityReading.None;
        phone = text;
        var plain = WithoutMarks(text).Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal);
        if (plain.Length < 8 || !plain.AsSpan(plain[0] == '+' ? 1 : 0).ContainsOnlyDigits()) return IdentityReading.Plain;
        // A mobile number that a spreadsheet held as a number.
        var cut = plain.Length == 9 && plain[0] is '3' or '5' or '7' or '8' or '9' && plain.Length == 9;
        phone = cut ? "0" + plain : plain;
        return cut ? IdentityReading.ZeroRestored : IdentityReading.Plain;
    }

    public static bool IsScientific(string text) => Scientific().IsMatch(text.Trim());

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => text.Length > 0 && text.IndexOfAnyExceptInRange('0', '9') < 0;

    private static string WithoutMarks(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in VietnameseText.Compose(text).Normalize(NormalizationForm.FormKC))
            if (!char.IsWhiteSpace(c) && c is not ('\'' or '’' or '‘' or '.' or ',') && CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.DashPunctuation))
                plain.Append(c);
        return plain.ToString();
    }

    /// <summary>A number with a fraction, not one in groups.</summary>
    [GeneratedRegex(@"^(?<whole>[0-9]+)[.,](?<fraction>[0-9]{1,2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Fraction();

    /// <summary>"Số CCCD:" and the like before a number.</summary>
    [GeneratedRegex(@"^(?:số)?(?:cccd|cmnd|cmtnd|cmt|căncước(?:côngdân)?|địnhdanh)[:;]?(?=[0-9])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Label();

    [GeneratedRegex(@"^[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Scientific();
}
