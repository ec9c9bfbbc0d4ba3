
namespace YenBai.Cases.RowLevel;

/// <summary>
/// The day as of which row-level data are published: the last year end, with what was known by its close. A table that
/// followed the record would tell by its changes when something was written, and of which household.
/// </summary>
public readonly record struct Vintage(DateOnly AsOf)
{
    public DateTimeOffset KnownAt => Days.EndOf(AsOf);

    public static Vintage On(DateOnly today) => new(new DateOnly(today.Year - 1, 12, 31));
}
