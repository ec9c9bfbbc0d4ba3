namespace YenBai.Cases.Durability;

/// <summary>How an observation ended.</summary>
public enum EndKind : byte
{
    /// <summary>Still out of poverty when last seen.</summary>
    Censored = 0,

    /// <summary>Back on the list: the event of interest.</summary>
    ReEntry = 1,

    /// <summary>Left the area.</summary>
    MovedOut = 2,

    /// <summary>Ceased to exist (death, merger).</summary>
    Dissolved = 3,
}

/// <summary>One observed duration, in whole days or whole review cycles.</summary>
/// <remarks>At risk at t when <c>Entry &lt; t ≤ Time</c>: events come before censorings of the same time, and an entry at an event time is not yet at risk.</remarks>
/// <param name="Time">Duration from the exit to the end.</param>
/// <param name="End">How it ended.</param>
/// <param name="Entry">Delayed entry (left truncation): observed only after this duration. <see cref="NoEntry"/> = from the start.</param>
/// <param name="Cluster">Rows of one household share a number from 0 up; −1 = a cluster of its own.</param>
public readonly record struct Observation(int Time, EndKind End, int Entry = Observation.NoEntry, int Cluster = -1)
{
    /// <summary>Observed from the start, time zero included.</summary>
    public const int NoEntry = int.MinValue;

    /// <summary>Whether it is at risk at <paramref name="time"/>.</summary>
    public bool IsAtRisk(int time) => Entry < time && time <= Time;

    /// <summary>
    /// The two parts of the row at a time inside it, the first censored there. For what changes after the exit, such as a loan granted
    /// later: grouping whole rows by it would credit it with the time before (immortal-time bias).
    /// </summary>
    public (Observation Before, Observation After)? SplitAt(int time) => Entry < time && time < Time
        ? (this with { Time = time, End = EndKind.Censored }, this with { Entry = time })
        : null;
}
