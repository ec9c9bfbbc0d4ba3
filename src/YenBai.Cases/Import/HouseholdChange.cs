using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Import;

/// <summary>What the rows of one household come to.</summary>
/// <param name="Events">To append; empty when nothing new is told.</param>
/// <param name="Head">The head's record, of a household that is new here; none when the file names nobody.</param>
/// <param name="Problems">Where there are any, nothing of the household is taken.</param>
/// <param name="Remarks">What was taken or left and deserves to be looked at.</param>
internal sealed record HouseholdChange(
    Household Before, IReadOnlyList<HouseholdEvent> Events, Person? Head, IReadOnlyList<Problem> Problems,
    int Taken, int Unchanged, int Ignored, IReadOnlyList<Problem> Remarks)
{
    /// <summary>What becomes of the head's record, of a household that is known here.</summary>
    public HeadCorrection? Correction { get; init; }

    /// <summary>Notes and people that the events refer to.</summary>
    public IReadOnlyList<object> Records { get; init; } = [];

    public static HouseholdChange Refused(Household before, IReadOnlyList<Problem> problems) => new(before, [], null, problems, 0, 0, 0, []);
}
