using System.Globalization;

namespace YenBai.Cases.Web.Components.Support;

/// <summary>Where a day stands across the timeline, in per cent.</summary>
public sealed class TimeScale
{
    private readonly DateOnly from;
    private readonly double days;

    public TimeScale(Span span, DateOnly today)
    {
        var (before, after, Every) = span switch { Span.HalfYear => (2, 4, 1), Span.Year => (4, 8, 1), Span.ThreeYears => (12, 24, 3), _ => (36, 84, 12) };
        var month = new DateOnly(today.Year, today.Month, 1);
        from = month.AddMonths(-before);
        To = month.AddMonths(after);
        days = To.DayNumber - from.DayNumber;
        Today = At(today);
        Ticks = [.. Enumerable.Range(0, before + after).Select(i => from.AddMonths(i)).Where(m => (m.Month - 1) % Every == 0)];
        Step = Every;
    }

    public DateOnly To { get; }

    /// <summary>The months that are named.</summary>
    public IReadOnlyList<DateOnly> Ticks { get; }

    public int Step { get; }

    public string Today { get; }

    public string At(DateOnly day) => Percent(Where(day));

    /// <summary>How wide the time from one day through another is, as far as it is shown.</summary>
    public string Width(DateOnly first, DateOnly last) => Percent(Where(last.AddDays(1)) - Where(first));

    public bool Shows(DateOnly day) => day >= from && day < To;

    // A little beyond the edge, so that a bar that goes on is seen to go on.
    private double Where(DateOnly day) => Math.Clamp((day.DayNumber - from.DayNumber) / days * 100, -2, 102);

    private static string Percent(double share) => share.ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
