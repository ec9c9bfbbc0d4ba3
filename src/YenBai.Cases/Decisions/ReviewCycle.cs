namespace YenBai.Cases.Decisions;

/// <summary>An annual review: what was seen in its time counts for it.</summary>
/// <param name="Review">Its day.</param>
/// <param name="From">Its first day.</param>
/// <param name="Through">The last day before the time of the next.</param>
public sealed record ReviewCycle(DateOnly Review, DateOnly From, DateOnly Through)
{
    /// <summary>From 1 September where the review is on 15 December (Decision 24/2021, Art. 3).</summary>
    public const int DaysBefore = 105;

    /// <summary>After an exit a household is to be confirmed for so long.</summary>
    public const int Months = 36;

    /// <summary>The review that is on, or was last.</summary>
    /// <param name="given">The days of reviews that somebody gave; in every other year it is 15 December.</param>
    public static ReviewCycle At(IReadOnlyCollection<DateOnly> given, DateOnly day)
    {
        var next = Of(given, day.Year + 1);
        return next.From <= day ? next : Of(given, day.Year) is var same && same.From <= day ? same : Of(given, day.Year - 1);
    }

    public static ReviewCycle Of(IReadOnlyCollection<DateOnly> given, int year)
    {
        var review = In(year);
        return new(review, review.AddDays(-DaysBefore), In(year + 1).AddDays(-DaysBefore - 1));

        DateOnly In(int y) => given.Where(d => d.Year == y).DefaultIfEmpty(new DateOnly(y, 12, 15)).Max();
    }

    /// <summary>First day of exits that are to be confirmed at it.</summary>
    public DateOnly FirstExit => Review.AddMonths(-Months);

    /// <summary>Whether a household that left on a day is to be confirmed at it. Who left in its own time was judged by it.</summary>
    public bool Confirms(DateOnly exit) => exit >= FirstExit && exit < From;
}
