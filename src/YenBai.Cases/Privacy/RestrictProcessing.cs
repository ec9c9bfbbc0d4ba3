using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Privacy;

/// <summary>
/// The household asks that its data be processed no further. It has effect at once, and an answer is owed within 72
/// hours (Decree 13/2023, Art. 9.6): that the restriction stays, or that it is lifted.
/// </summary>
[Command("restrict-processing", Operation.RecordWork, RestrictionGround.RightOfThePerson)]
public sealed record RestrictProcessing(DateOnly On, string? Reason) : HouseholdCommand(On)
{
    protected override bool ForTheGone => true;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (TooLong(Reason, "reason") is { } tooLong) return tooLong;
        if (household.Latest().Restriction is { } standing) return new Refusal("already_restricted", "on", standing.Since);

        var reason = NoteFor(Reason, "reason", household, occasion);
        return Decision.Accept(new ProcessingRestricted(On, occasion.Now, reason?.Id)).Keeping(reason);
    }
}
