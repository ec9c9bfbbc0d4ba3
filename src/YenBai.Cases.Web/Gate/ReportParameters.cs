using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Places;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Gate;

/// <summary>
/// Reads the parameters of a report one by one. The first that is unknown, or whose value is, is the problem; a reader
/// goes on with defaults and asks for it at the end.
/// </summary>
public sealed class ReportParameters
{
    private readonly Problems problems;

    private ReportParameters(Problems problems) => this.problems = problems;

    /// <summary>What is wrong with the request; none where nothing is.</summary>
    public IResult? Problem { get; private set; }

    public static ReportParameters Of(HttpRequest request, Problems problems, IStringLocalizer<DurabilityTexts> texts, IReadOnlyCollection<string> known)
    {
        var unknown = request.Query.Keys.FirstOrDefault(k => k != "fresh" && !known.Contains(k));
        return new(problems) { Problem = unknown is null ? null : problems.Worded(400, "unknown_parameter", unknown, texts["refusal.unknown_parameter", unknown, string.Join(", ", known)]) };
    }

    public DateOnly? Day(string name, string? text) => QueryValues.TryDay(text, out var day) ? day : Wrong<DateOnly?>(name, text);

    public DateTimeOffset? Instant(string name, string? text) => QueryValues.TryInstant(text, out var instant) ? instant : Wrong<DateTimeOffset?>(name, text);

    /// <summary>A day until which a report follows: today at the latest.</summary>
    public DateOnly? PastDay(string name, string? text, DateOnly today)
    {
        var day = Day(name, text);
        if (day > today) Problem ??= problems.InFuture(name, day.Value, today);
        return day;
    }

    /// <summary>An instant of knowledge: of today at the latest.</summary>
    public DateTimeOffset? PastInstant(string name, string? text, DateOnly today)
    {
        var instant = Instant(name, text);
        if (instant is { } at && Days.DayOf(at) is var day && day > today) Problem ??= problems.InFuture(name, day, today);
        return instant;
    }

    public long? Position(string? text) => QueryValues.TryPosition(text, out var position) ? position : Wrong<long?>("position", text);

    public int? Whole(string name, string? text, int least, int most) =>
        string.IsNullOrWhiteSpace(text) ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : Wrong<int?>(name, text);

    /// <summary>A share between nought and one.</summary>
    public double Share(string name, string? text, double otherwise) =>
        string.IsNullOrWhiteSpace(text) ? otherwise
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is > 0 and < 1 ? share
        : Wrong<double>(name, text);

    /// <summary>A value of an enumeration in camel case.</summary>
    public T? Word<T>(string name, string? text) where T : struct, Enum
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        foreach (var value in Enum.GetValues<T>())
            if (WordOf(value) == text) return value;
        return Wrong<T?>(name, text);
    }

    /// <summary>Several, with commas between.</summary>
    public IReadOnlyList<T> Words<T>(string name, string? text) where T : struct, Enum =>
        string.IsNullOrWhiteSpace(text) ? [] : [.. text.Split(',').Select(part => Word<T>(name, part)).OfType<T>().Distinct()];

    /// <summary>A word out of few, the first of which is meant when none is given.</summary>
    public T Choice<T>(string name, string? text, params IReadOnlyList<(string Word, T Value)> choices)
    {
        if (string.IsNullOrWhiteSpace(text)) return choices[0].Value;
        foreach (var (word, value) in choices)
            if (word == text) return value;
        return Wrong<T>(name, text)!;
    }

    /// <summary>A place in the public notation, as of the day of the report.</summary>
    public Unit? Place(string? text, DateOnly on, PlaceCatalog places)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (places.Resolve(text, on) is { } unit) return unit;
        Problem ??= problems.Of(400, "unknown_place", "place", text);
        return null;
    }

    public static string WordOf<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>An instant as it stands in an address: without a plus, which an address would lose.</summary>
    public static DateTime InAddress(DateTimeOffset instant) => instant.UtcDateTime;

    private T? Wrong<T>(string name, string? text)
    {
        Problem ??= problems.Of(400, "unknown_value", name, text);
        return default;
    }
}
