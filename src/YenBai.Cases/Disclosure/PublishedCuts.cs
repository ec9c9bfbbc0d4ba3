using YenBai.Cases.Places;

namespace YenBai.Cases.Disclosure;

/// <summary>The question asks for a cut of the register that is not published.</summary>
/// <param name="parameter">The parameter that asks for it.</param>
public sealed class CutNotPublishedException(string parameter) : Exception($"The cut asked for by {parameter} is not published.")
{
    public string Parameter { get; } = parameter;
}

/// <summary>The cuts that are published: ends of years, the province and its districts.</summary>
public static class PublishedCuts
{
    /// <summary>The last year end before a day: up to it everything is published, later facts are not.</summary>
    public static DateOnly LatestOn(DateOnly today) => new(today.Year - 1, 12, 31);

    /// <summary>The day and the instant of knowledge at which a question is answered: ends of years, none later than the latest.</summary>
    public static (DateOnly AsOf, DateTimeOffset KnownAt) Of(DateOnly? asOf, DateTimeOffset? knownAt, DateOnly latest)
    {
        var known = knownAt is { } instant && instant < Days.EndOf(latest) ? YearEnd(Days.DayOf(instant.AddTicks(1)).AddDays(-1)) : latest;
        var day = asOf is { } asked ? Earlier(YearEnd(asked), known) : known;
        return (day, Days.EndOf(known));
    }

    /// <exception cref="CutNotPublishedException">The place is smaller than a district.</exception>
    public static void Require(Unit? place)
    {
        if (place is not (null or { Level: Level.Province or Level.District })) throw new CutNotPublishedException("place");
    }

    /// <summary>The last 31 December on or before a day.</summary>
    private static DateOnly YearEnd(DateOnly day) => day is { Month: 12, Day: 31 } ? day : new DateOnly(day.Year, 1, 1).AddDays(-1);

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
}
