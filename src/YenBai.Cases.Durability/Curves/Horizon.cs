namespace YenBai.Cases.Durability;

/// <summary>Horizons in the unit of the observations.</summary>
/// <remarks>
/// Re-entry is decided at reviews whose date shifts by days, so a limit of 365 days misses most first reviews. On the day scale a year
/// is therefore cut one day late; where review cycles are at hand, count in them.
/// </remarks>
public static class Horizon
{
    /// <summary>"Within 12 months" in days.</summary>
    public const int TwelveMonths = 366;

    /// <summary>"Within 24 months" in days.</summary>
    public const int TwentyFourMonths = 731;

    /// <summary>"Within 36 months" in days.</summary>
    public const int ThirtySixMonths = 1096;

    /// <summary>The m-th review after the exit, where time is counted in review cycles.</summary>
    public static int Review(int m) => m > 0 ? m : throw new ArgumentOutOfRangeException(nameof(m), m, "Reviews count from 1.");
}
