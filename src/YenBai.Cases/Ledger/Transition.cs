using System.Text.Json.Serialization;
using YenBai.Cases.Households;

namespace YenBai.Cases.Ledger;

/// <summary>What happens to the list when a household comes, goes, or stands on it at either end of a period.</summary>
[JsonConverter(typeof(SnakeCase<Movement>))]
public enum Movement : byte { Opening, Exit, ReEntry, NewlyPoor, OtherIn, OtherOut, Closing }

/// <summary>One household counted once in one unit.</summary>
/// <param name="Version">The fact that did it; for opening and closing the one by which the household stands on the list.</param>
/// <param name="On">The day of that fact.</param>
public readonly record struct Transition(Guid Household, int Version, DateOnly On, string Unit, Movement Movement)
{
    public EntryCause? Cause { get; init; }

    /// <summary>The kind of fact that did it; none for opening and closing.</summary>
    public FactKind? By { get; init; }

    /// <summary>A re-entry of a household that had been away in between.</summary>
    public bool AfterAbsence { get; init; }

    public bool? Voluntary { get; init; }

    /// <summary>The depth of an exit.</summary>
    public PovertyClass? To { get; init; }

    /// <summary>The other unit of a move within the register: a report that has both in one line leaves the move out.</summary>
    public string? Elsewhere { get; init; }

    /// <summary>Nobody moved: the list itself was from this day on of another standard, and so held the household or no longer did.</summary>
    public bool ByListChange { get; init; }

    /// <summary>For opening and closing: whether a person of merit belongs to the household, as last told by then.</summary>
    public bool? Merit { get; init; }

    /// <summary>Whether it is a household of an ethnic minority, as last told by then.</summary>
    public bool? EthnicMinority { get; init; }

    /// <summary>Newly poor as far as is known: an older register brought along only who was still on it.</summary>
    public bool ShortHistory { get; init; }
}

/// <summary>The period whose movements are wanted, what is known of it, and of which list.</summary>
/// <param name="From">The opening is that of the beginning of this day.</param>
/// <param name="Through">The closing is that of the end of this day.</param>
/// <param name="Standard">The standard of the list; none when the standards of the facts shall not matter.</param>
public readonly record struct ListWindow(DateOnly From, DateOnly Through, DateTimeOffset KnownAt, string? Standard);
