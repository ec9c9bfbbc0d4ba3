using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Decisions;

/// <summary>The household is commended for leaving poverty by its own wish (Plan 19-KH/TU).</summary>
/// <param name="Award">What was awarded, where it is more than words.</param>
[Command("commend", Operation.Decide, RestrictionGround.AddsPersonalData)]
public sealed record Commend(DateOnly On, CommendedBy By, string? DecisionNumber, string? Award) : HouseholdCommand(On)
{
    internal override bool OnlyAppends => true;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if ((TooLong(DecisionNumber, "decisionNumber", 60) ?? TooLong(Award, "award")) is { } tooLong) return tooLong;
        if (then.Commended is { } before && before.On == On && before.By == By) return new Refusal("already_commended", "on", On);

        var award = NoteFor(Award, "award", household, occasion);
        return Decision.Accept(new Commended(On, occasion.Now, By, string.IsNullOrWhiteSpace(DecisionNumber) ? null : DecisionNumber.Trim(), award?.Id)).Keeping(award);
    }
}
