namespace YenBai.Cases.Commands;

/// <summary>
/// Why a command goes on, or why it waits, while a household has the processing of its data restricted (Decree 13/2023,
/// Art. 9.6; Law 91/2025, Art. 4.1 d). A right holds "unless the law provides otherwise": what the law itself has the
/// commune do goes on.
/// </summary>
public enum RestrictionGround
{
    /// <summary>The review of the poor is a task that the law gives the commune (Decision 24/2021; Decree 13/2023, Art. 17): goes on.</summary>
    StatutoryReview,

    /// <summary>The register must stay true, and nobody's personal data are added by it: goes on.</summary>
    TrueRegister,

    /// <summary>What the household has a right to by law, or has begun already; to withhold it would harm who asked: goes on.</summary>
    Entitlement,

    /// <summary>The rights of the person themselves: go on.</summary>
    RightOfThePerson,

    /// <summary>Adds a person's data to the record: waits.</summary>
    AddsPersonalData,

    /// <summary>Takes the household's data to somebody else, a bank, a school, a giver: waits.</summary>
    Shares,
}
