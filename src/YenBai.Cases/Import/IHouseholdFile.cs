using YenBai.Cases.Households;

namespace YenBai.Cases.Import;

/// <summary>A file whose rows tell of households.</summary>
internal interface IHouseholdFile
{
    /// <summary>The column of the household's code.</summary>
    int KeyColumn { get; }

    /// <summary>What the rows of one household come to.</summary>
    HouseholdChange Decide(HouseholdGroup group, Household before, DateTimeOffset now);
}
