using System.Collections.Immutable;

namespace YenBai.Cases.Durability;

/// <summary>The days of the poverty reviews, in order: the clock of exits and re-entries (rule R12).</summary>
public sealed class ReviewCalendar
{
    readonly ImmutableArray<DateOnly> reviews;

    /// <summary>A calendar of these days, in any order.</summary>
    public ReviewCalendar(IEnumerable<DateOnly> reviews) => this.reviews = [.. reviews.Distinct().Order()];

    /// <summary>Reviews r with after &lt; r ≤ upTo.</summary>
    public int Completed(DateOnly after, DateOnly upTo) => Math.Max(0, NotAfter(upTo) - NotAfter(after));

    /// <summary>Cycle in which something happened: 1 + reviews r with after &lt; r &lt; day.</summary>
    public int CycleOf(DateOnly after, DateOnly day) => 1 + Completed(after, day.AddDays(-1));

    /// <summary>The first review after a day; null where the calendar has none.</summary>
    public DateOnly? FirstAfter(DateOnly day) => NotAfter(day) is var place && place < reviews.Length ? reviews[place] : null;

    int NotAfter(DateOnly day)
    {
        var place = reviews.BinarySearch(day);
        return place >= 0 ? place + 1 : ~place;
    }
}
