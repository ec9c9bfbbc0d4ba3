using YenBai.Cases.Durability;

namespace YenBai.Cases.Disclosure;

/// <summary>Durations in days as they are published: in steps of years, because the exact day of a return points to a household.</summary>
public static class PublishedSteps
{
    /// <summary>
    /// An event counts at the end of its year (366, 731, 1096 … days). A household no longer followed counts in the year if it was
    /// followed for more than half of it; without that rule reviews a few days late or early would lose or add a year.
    /// </summary>
    public static Observation Of(Observation observation) => observation with
    {
        Time = observation.End == EndKind.Censored ? EndOf(Nearest(observation.Time)) : EndOf(Year(observation.Time)),
        Entry = observation.Entry <= 0 ? observation.Entry : EndOf(Year(observation.Entry) - (EndOf(Year(observation.Entry)) == observation.Entry ? 0 : 1)),
    };

    /// <summary>The year after the exit in which a day falls: 1 up to day 366.</summary>
    private static int Year(int days)
    {
        var year = Math.Max(0, (int)(days / 365.25));
        while (EndOf(year) < days) year++;
        return year;
    }

    private static int Nearest(int days)
    {
        var year = Year(days);
        return year > 0 && days - EndOf(year - 1) <= EndOf(year) - days ? year - 1 : year;
    }

    private static int EndOf(int year) => (int)Math.Ceiling(year * 365.25);
}
