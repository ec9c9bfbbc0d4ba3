using System.Collections.Immutable;

namespace YenBai.Cases.Durability;

/// <summary>Why a spell ended.</summary>
public enum EndReason : byte
{
    /// <summary>It did not: still out when last seen.</summary>
    Censored,

    /// <summary>Poor again.</summary>
    ReEntry,

    /// <summary>Poor only under a new standard.</summary>
    StandardChange,

    /// <summary>Moved out of the area.</summary>
    MoveOut,

    /// <summary>Ceased to exist.</summary>
    Dissolve,
}

/// <summary>A stretch of being off the list, from an exit to whatever ended it.</summary>
/// <param name="Household">The household.</param>
/// <param name="HouseholdNumber">Number of the household in this set of spells: the cluster.</param>
/// <param name="Number">First, second … spell of the household.</param>
/// <param name="ExitDate">Day of the exit; all covariates are those of that day.</param>
/// <param name="District">District at the exit.</param>
/// <param name="Voluntary">The household asked for the exit.</param>
/// <param name="Support">Support received up to the exit.</param>
/// <param name="Standard">Standard the exit was judged under.</param>
/// <param name="Entry">Days from the exit after which it was watched (0 = from the exit).</param>
/// <param name="Time">Days from the exit to the end.</param>
/// <param name="End">How the estimators see the end.</param>
/// <param name="EndReason">Why it ended.</param>
/// <param name="EndDate">Day of the end.</param>
/// <param name="Cycle">Review cycle of the event, or completed cycles of a censored spell (0 = none).</param>
/// <param name="EntryCycle">Reviews passed before it was watched.</param>
/// <param name="Group">Other group at the exit.</param>
public sealed record Spell(
    string Household, int HouseholdNumber, int Number, DateOnly ExitDate, string District, bool Voluntary, string Support, string Standard,
    int Entry, int Time, EndKind End, EndReason EndReason, DateOnly EndDate, int Cycle, int EntryCycle, string Group = "")
{
    /// <summary>The fact that opened it, to find there what else was known of the household on that day.</summary>
    public long ExitId { get; init; }

    /// <summary>The fact that ended it; null where it is open.</summary>
    public long? EndId { get; init; }

    /// <summary>The last day on which the household is known to have been out; null where the spell has ended.</summary>
    public DateOnly? LastConfirmed { get; init; }

    /// <summary>Year of the exit.</summary>
    public int Cohort => ExitDate.Year;

    /// <summary>On the scale of days.</summary>
    public Observation Observation => new(Time, End, Entry, HouseholdNumber);

    /// <summary>
    /// On the scale of review cycles; cycles without a completed review add nothing (time 0 = entry). A move or dissolution inside a
    /// cycle is censored after the cycles completed, as the review that would have told did not take place.
    /// </summary>
    public Observation ObservationInCycles => new(Cycle, End == EndKind.ReEntry ? End : EndKind.Censored, EntryCycle, HouseholdNumber);
}

/// <summary>Why a fact or a spell is left out.</summary>
public enum ExclusionRule : byte
{
    /// <summary>Exit of a household already out.</summary>
    DuplicateExit,

    /// <summary>Exit of a household that had left.</summary>
    ExitAfterGone,

    /// <summary>Entry of a household already poor.</summary>
    DuplicateEnter,

    /// <summary>Spell that ended on the day of the exit, with an event.</summary>
    ZeroLengthEvent,

    /// <summary>Spell never confirmed after the day of the exit.</summary>
    ZeroLengthCensored,

    /// <summary>Spell that ended before it was watched.</summary>
    NeverAtRisk,

    /// <summary>Exit withdrawn as an error.</summary>
    ExitAnnulledByCorrection,

    /// <summary>Confirmation of a household not out.</summary>
    ConfirmIgnored,
}

/// <summary>One thing left out.</summary>
/// <param name="Rule">Why.</param>
/// <param name="Fact">The fact itself, or the exit of the spell.</param>
public readonly record struct LeftOut(ExclusionRule Rule, long Fact);

/// <summary>How much was left out; shown beside every figure.</summary>
/// <param name="DuplicateExit">Exits of households already out.</param>
/// <param name="ExitAfterGone">Exits of households that had left.</param>
/// <param name="DuplicateEnter">Entries of households already poor.</param>
/// <param name="ZeroLengthEvent">Spells that ended on the day of the exit, with an event.</param>
/// <param name="ZeroLengthCensored">Spells never confirmed after the day of the exit.</param>
/// <param name="NeverAtRisk">Spells that ended before they were watched.</param>
/// <param name="ExitAnnulledByCorrection">Exits withdrawn as errors.</param>
/// <param name="ConfirmIgnored">Confirmations of households not out.</param>
public sealed record Exclusions(
    int DuplicateExit, int ExitAfterGone, int DuplicateEnter, int ZeroLengthEvent, int ZeroLengthCensored, int NeverAtRisk,
    int ExitAnnulledByCorrection, int ConfirmIgnored)
{
    /// <summary>Counts by rule.</summary>
    public static Exclusions Of(IEnumerable<LeftOut> leftOut)
    {
        Span<int> n = stackalloc int[8];
        foreach (var one in leftOut) n[(int)one.Rule]++;
        return new(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]);
    }
}

/// <summary>The spells that answer a query, with what was left out on the way.</summary>
/// <param name="Query">The question.</param>
/// <param name="Spells">Ordered by household and number.</param>
/// <param name="LeftOut">What was left out.</param>
public sealed record SpellSet(SpellQuery Query, ImmutableArray<Spell> Spells, ImmutableArray<LeftOut> LeftOut)
{
    /// <summary>What was left out, counted.</summary>
    public Exclusions Exclusions { get; } = Exclusions.Of(LeftOut);
}
