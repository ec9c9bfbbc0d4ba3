namespace YenBai.Cases.Durability;

/// <summary>What a fact says about a household.</summary>
public enum FactKind : byte
{
    /// <summary>Recognised as poor.</summary>
    Enter,

    /// <summary>Recognised as no longer poor.</summary>
    Exit,

    /// <summary>A review confirmed "still not poor".</summary>
    Confirm,

    /// <summary>Left the area.</summary>
    MoveOut,

    /// <summary>Ceased to exist (death, merger).</summary>
    Dissolve,

    /// <summary>First day on which the household is watched.</summary>
    Import,

    /// <summary>Annuls the fact it refers to.</summary>
    Void,

    /// <summary>Moved to another district of the same area; its state does not change.</summary>
    Transfer,
}

/// <summary>Why a household was recognised as poor.</summary>
public enum EnterCause : byte
{
    /// <summary>Its circumstances became worse (also where no cause is given).</summary>
    Deterioration,

    /// <summary>Poor only under a new standard, not under the old one.</summary>
    StandardChange,

    /// <summary>The exit before was an error.</summary>
    Correction,
}

/// <summary>What an import knows of the time before it.</summary>
public enum ImportHistory : byte
{
    /// <summary>All exits and re-entries.</summary>
    Complete,

    /// <summary>Only households still out on the import day: those that came back before are missing, hence delayed entry.</summary>
    SurvivorsOnly,
}

/// <summary>One fact about one household, with the two dates that must never be confused.</summary>
/// <param name="Id">Unique number of the fact; a void refers to it.</param>
/// <param name="Household">The household.</param>
/// <param name="Sequence">Position in the household's stream: breaks ties of the effective date.</param>
/// <param name="Effective">Day from which it holds (valid time).</param>
/// <param name="Recorded">Moment at which it became known (transaction time).</param>
/// <param name="Kind">What it says.</param>
/// <param name="District">District of the household on that day (after the transfer, for a transfer).</param>
/// <param name="Standard">Poverty standard under which it was judged.</param>
/// <param name="Voluntary">Exit only: the household asked for it.</param>
/// <param name="Support">Exit only: mix of support received up to that day.</param>
/// <param name="Cause">Entry only.</param>
/// <param name="History">Import only.</param>
/// <param name="Reference">Void only: the fact annulled.</param>
/// <param name="Group">Any other group it belonged to on that day, such as its commune.</param>
public readonly record struct SpellFact(
    long Id, string Household, long Sequence, DateOnly Effective, DateTimeOffset Recorded, FactKind Kind,
    string District = "", string Standard = "", bool Voluntary = false, string Support = "",
    EnterCause Cause = EnterCause.Deterioration, ImportHistory History = ImportHistory.Complete, long? Reference = null,
    string Group = "");
