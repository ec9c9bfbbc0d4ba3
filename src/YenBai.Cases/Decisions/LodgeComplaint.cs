using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Decisions;

/// <summary>The household contests what was decided about it.</summary>
[Command("lodge-complaint", Operation.RecordWork, RestrictionGround.RightOfThePerson)]
public sealed record LodgeComplaint(DateOnly On, ComplaintAbout About, string? Wording) : HouseholdCommand(On)
{
    internal override bool OnlyAppends => true;

    // Who has left may still contest that they did.
    protected override bool ForTheGone => true;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if ((Missing(Wording, "wording") ?? TooLong(Wording, "wording")) is { } wrong) return wrong;

        var wording = NoteFor(Wording, "wording", household, occasion);
        return Decision.Accept(new ComplaintLodged(On, occasion.Now, occasion.Id("complaint"), About, wording?.Id)).Keeping(wording);
    }
}
