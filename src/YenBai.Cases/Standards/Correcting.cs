using System.Globalization;
using YenBai.Cases.Commands;
using YenBai.Cases.Places;

namespace YenBai.Cases.Standards;

/// <summary>What an administrator wants a value to be from now on, what that rests on, and why.</summary>
/// <param name="English">The words in English; needed where the value has them.</param>
public sealed record ValueCorrection(string? Key, string? Value, string? English, Certainty? Certainty, string? Source, string? Reason);

/// <summary>A correction that was made: it makes the version of its standard.</summary>
/// <param name="Id">Of the standard and the version, so that two corrections of one version cannot both be made.</param>
/// <param name="Request">The key under which it came: sent again, it is not made again.</param>
public sealed record StandardCorrection(
    Guid Id, string Standard, int Version, StandardValue Before, StandardValue After, string Reason, string By, DateTimeOffset At, string Request);

/// <summary>What may be corrected, and into what. Values are corrected; what a standard is made of is not.</summary>
public static class Correcting
{
    public const int LongestText = 500;
    private const decimal MostMoney = 1_000_000_000;

    public static (StandardValue? After, Refusal? Refusal) Decide(StandardBook book, StandardRules rules, ValueCorrection asked)
    {
        if (rules.Find(asked.Key ?? "") is not { } before) return (null, new("unknown_value_key", "key", asked.Key));
        if (Missing(asked.Value)) return (null, new("required", "value"));
        if (before.English is not null && Missing(asked.English)) return (null, new("required", "english"));
        if (asked.Certainty is not { } certainty) return (null, new("required", "certainty"));
        if (Missing(asked.Source)) return (null, new("required", "source"));
        if (Missing(asked.Reason)) return (null, new("required", "reason"));
        foreach (var (text, field) in new[] { (asked.Value, "value"), (asked.English, "english"), (asked.Source, "source"), (asked.Reason, "reason") })
            if (text?.Trim().Length > LongestText) return (null, new("text_too_long", field, LongestText));

        var (value, refusal) = Read(book, rules, before, asked.Value!.Trim().Normalize());
        if (value is null) return (null, refusal);
        var after = new StandardValue(before.Key, value, before.English is null ? null : asked.English!.Trim(), certainty, asked.Source!.Trim().Normalize());
        if (after == before) return (null, new("nothing_changed", "value"));
        return LimitsCross(rules.With(after)) ? (null, new("limits_cross", "value")) : (after, null);
    }

    private static (string? Value, Refusal? Refusal) Read(StandardBook book, StandardRules rules, StandardValue before, string text)
    {
        switch (before.Part(0), before.Part(2))
        {
            case ("line", _): return Number(text, MostMoney, whole: true);
            case ("points", _): return Number(text, Classification.MostIncomePoints, whole: false);
            case ("rule", _) when before.Key == "rule/deprivations": return Number(text, rules.Indicators.Count, whole: true);
            case ("form", "from" or "through"):
                return DayText.TryRead(text, out var day) ? (day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), null) : (null, new("not_a_date", "value", text));
            case ("indicator", "same_as"):
                return text.Split('/') is [var standard, var code] && standard != rules.Code && book.Find(standard)?.IndicatorOf(code) is not null ? (text, null) : (null, new("unknown_indicator", "value", text, rules.Code));
            case ("indicator", null or "deprived") or ("cause" or "need" or "dimension" or "score" or "form", null): return (text, null);
            default: return (null, new("not_correctable", "key", before.Key));
        }
    }

    private static (string? Value, Refusal? Refusal) Number(string text, decimal most, bool whole) =>
        !NumberText.TryDecimal(text, out var number) || number < 0 || (whole && number != decimal.Truncate(number)) ? (null, new("not_a_number", "value", text))
        : number <= 0 || number > most ? (null, new("out_of_range", "value", 1, most))
        : (number.ToString("0.####", CultureInfo.InvariantCulture), null);

    /// <summary>The line below which a household is poor outright must lie below the one above which it is not.</summary>
    private static bool LimitsCross(StandardRules rules) =>
        Enum.GetValues<Area>().Any(area => rules.LimitsIn(area) is { Outright: { } lower, Upper: var upper } && lower.Number >= upper.Number)
        || Enum.GetNames<Area>().Select(a => a.ToLowerInvariant()).Any(a =>
            rules.Find($"line/poverty/{a}") is { } poor && rules.Find($"line/near_poverty/{a}") is { } near && poor.Number >= near.Number);

    private static bool Missing(string? text) => string.IsNullOrWhiteSpace(text);
}
