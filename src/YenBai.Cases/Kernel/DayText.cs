using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace YenBai.Cases.Kernel;

/// <summary>
/// Days as people and office programs write them. The day stands before the month in either language: <c>3/4/2021</c> is
/// 3 April, as are <c>3-4-2021</c>, <c>3.4.2021</c> and <c>2021-04-03</c>. Years have four digits.
/// </summary>
public static partial class DayText
{
    /// <summary>The whole numbers that are read as day counts of a spreadsheet: 1 January 1945 to 31 December 2099.</summary>
    private const int FirstSerial = 16438, LastSerial = 73050;

    /// <summary>How many days a count from 1904 is behind the usual one.</summary>
    public const int DaysTo1904 = 1462;

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-M-d", "d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "yyyy/M/d", "yyyy.M.d", "ddMMyyyy", "'ngày' d 'tháng' M 'năm' yyyy", "d 'tháng' M 'năm' yyyy",
    ];

    /// <summary>dd/MM/yyyy in both languages.</summary>
    public static string? Show(DateOnly? day) => day?.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <returns>None for a text that is not a day.</returns>
    public static DateOnly? Parse(string? text) => TryRead(text, out var day) ? day : null;

    public static bool TryRead(string? text, out DateOnly day)
    {
        day = default;
        if (text is null || text.Length > 40) return false;
        if (IsIso(text, out day)) return true;
        var plain = WithoutMidnight(text.Normalize(NormalizationForm.FormKC).Trim()).ToLowerInvariant();
        return DateOnly.TryParseExact(plain, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out day);
    }

    /// <summary>
    /// Also the count of days that a spreadsheet holds where the cell has lost its date format (44910 is 15 December 2022), and a day
    /// with the time that the program shows after it.
    /// </summary>
    public static bool TryReadCell(string? text, out DateOnly day, bool from1904 = false)
    {
        if (TryRead(text, out day)) return true;
        if (text is null || text.Length > 40) return false;
        if (TimeOfDay().Match(text) is { Success: true } time) return TryRead(text[..time.Index], out day);
        if (CountOf(text) is not { } serial) return false;
        if (from1904 && serial < LastSerial) serial += DaysTo1904;
        if (serial is < FirstSerial or > LastSerial) return false;
        // Day 60 of the count is 29 February 1900, which never was: the count starts a day before 31 December 1899.
        day = new DateOnly(1899, 12, 30).AddDays(serial);
        return true;
    }

    /// <summary>A year, also out of a full date of birth.</summary>
    public static bool TryReadYear(string? text, out int year)
    {
        if (NumberText.TryWhole(text, out var number) && number is >= 1 and <= 9999 && text!.AsSpan().Trim().Length == 4)
        {
            year = (int)number;
            return true;
        }
        var isDay = TryRead(text, out var day);
        year = isDay ? day.Year : 0;
        return isDay;
    }

    /// <summary>
    /// Also out of the month and the year, and out of the count of days of a date of birth whose cell has lost its date format. A
    /// number of four digits is a year.
    /// </summary>
    public static bool TryReadYearCell(string? text, out int year, bool from1904 = false)
    {
        if (TryReadYear(text, out year)) return true;
        if (text is null || text.Length > 40) return false;
        if (Year().Match(text.Normalize(NormalizationForm.FormKC).ToLowerInvariant()) is { Success: true } match)
        {
            year = int.Parse(match.Groups["year"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
            return year > 0;
        }
        if (CountOf(text) is { } serial)
        {
            if (from1904) serial += DaysTo1904;
            if (serial is <= 9999 or > LastSerial) return false;
            year = new DateOnly(1899, 12, 30).AddDays(serial).Year;
            return true;
        }
        if (!TryReadCell(text, out var day)) return false;
        year = day.Year;
        return true;
    }

    /// <summary>The whole days of a count; its fraction is the time of day.</summary>
    private static int? CountOf(string text) =>
        Count().Match(text) is { Success: true } match && int.TryParse(match.Groups["days"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : null;

    [GeneratedRegex(@"[ T]+(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?(?: ?(?:AM|PM|SA|CH))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"^(?<days>[0-9]{1,6})(?:\.[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Count();

    /// <summary>A year with the month before it, or with a fraction of zeros behind it.</summary>
    [GeneratedRegex(@"^\s*(?:(?:tháng )?(?:0?[1-9]|1[0-2])\s*[/.-]\s*)?(?<year>[0-9]{4})(?:[.,]0{1,2})?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Year();

    private static string WithoutMidnight(string text)
    {
        foreach (var midnight in (ReadOnlySpan<string>)[" 00:00:00", "T00:00:00", " 0:00:00", " 00:00", " 12:00:00 AM"])
            if (text.EndsWith(midnight, StringComparison.Ordinal)) return text[..^midnight.Length];
        return text;
    }

    // What nearly every cell holds; the general way takes ten times as long.
    private static bool IsIso(string text, out DateOnly day)
    {
        day = default;
        if (text is not [_, _, _, _, '-', _, _, '-', _, _]) return false;
        var (year, month, date) = (Number(text.AsSpan(0, 4)), Number(text.AsSpan(5, 2)), Number(text.AsSpan(8, 2)));
        if (year < 1 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month)) return false;
        day = new(year, month, date);
        return true;

        static int Number(ReadOnlySpan<char> digits)
        {
            var number = 0;
            foreach (var c in digits)
            {
                if (!char.IsAsciiDigit(c)) return -1;
                number = number * 10 + (c - '0');
            }
            return number;
        }
    }
}
