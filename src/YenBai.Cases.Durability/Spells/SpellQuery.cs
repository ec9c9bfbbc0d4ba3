namespace YenBai.Cases.Durability;

/// <summary>Where a spell that is still open ends.</summary>
public enum CensoringRule : byte
{
    /// <summary>On the last day on which the household is known to have been out.</summary>
    LastConfirmed,

    /// <summary>On the as-of day. Right only when a re-entry would be known at once.</summary>
    AsOf,
}

/// <summary>What a re-entry is that only a change of standard caused.</summary>
public enum StandardChangeRule : byte
{
    /// <summary>The end of observation: the household did not become poorer.</summary>
    Censor,

    /// <summary>A re-entry, "as administered".</summary>
    Event,
}

/// <summary>Which spells of a household count.</summary>
public enum SpellScope : byte
{
    /// <summary>All of them; use variances by household.</summary>
    All,

    /// <summary>The first only, which keeps rows independent.</summary>
    First,
}

/// <summary>The question that spells answer: as of which day, as known when, and by which rules.</summary>
/// <param name="AsOf">Facts effective later are not there yet.</param>
/// <param name="KnownAt">Facts recorded later were not known yet.</param>
/// <param name="Censoring">End of open spells.</param>
/// <param name="StandardChange">Re-entries by a change of standard.</param>
/// <param name="Scope">Spells that count.</param>
public sealed record SpellQuery(
    DateOnly AsOf, DateTimeOffset KnownAt, CensoringRule Censoring = CensoringRule.LastConfirmed,
    StandardChangeRule StandardChange = StandardChangeRule.Censor, SpellScope Scope = SpellScope.All);
