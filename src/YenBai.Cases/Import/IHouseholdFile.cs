using YenBai.Cases.Households;

namespace YenBai.Cases.Import;

/// <summary>A file whose rows tell of households.</summary>
internal interface IHouseholdFile
{
    /// <summary>The column of the household's code.</summary>
    int KeyColumn { get; }

    /// <summary>What the rows of one household come to.</summary>
    HouseholdChange Decide(HouseholdGroup group, Household before, DateTimeOffset now);

    /// <summary>The same, where it depends on who the household's people are.</summary>
    HouseholdChange Decide(HouseholdGroup group, Household before, KnownPeople people, DateTimeOffset now) => Decide(group, before, now);

    /// <summary>Whether the file names people: their records are then read before a decision.</summary>
    bool NamesPeople => false;

    /// <summary>The identity numbers that the rows of a household name.</summary>
    IEnumerable<string> NumbersOf(HouseholdGroup group) => [];
}
