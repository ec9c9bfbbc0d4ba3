namespace YenBai.Cases.Kernel;

/// <summary>Days are days in Asia/Ho_Chi_Minh, wherever the server stands.</summary>
public static class Days
{
    // Vietnam keeps one offset the year round and has done so since 1975.
    private static readonly TimeSpan Offset = TimeSpan.FromHours(7);

    /// <summary>Now, to the microsecond: what PostgreSQL keeps, so that an instant reads back as it was written.</summary>
    public static DateTimeOffset Now(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    public static DateOnly Today(this TimeProvider clock) => DayOf(clock.GetUtcNow());

    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>The instant by the clocks of Vietnam.</summary>
    public static DateTimeOffset Local(DateTimeOffset instant) => instant.ToOffset(Offset);

    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Offset);

    /// <summary>The last instant of a day: what "known at a date" means.</summary>
    public static DateTimeOffset EndOf(DateOnly day) =>
        day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : StartOf(day.AddDays(1)).AddTicks(-1);
}
