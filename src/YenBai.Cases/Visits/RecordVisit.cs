using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Visits;

/// <summary>Somebody went to see the household.</summary>
[Command("record-visit", Operation.RecordWork, RestrictionGround.StatutoryReview)]
public sealed record RecordVisit(DateOnly On, string? Note) : HouseholdCommand(On)
{
    internal override bool OnlyAppends => true;

    protected override bool ForTheGone => true;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (TooLong(Note, "note") is { } tooLong) return tooLong;
        var note = NoteFor(Note, "note", household, occasion);
        return Decision.Accept(new VisitRecorded(On, occasion.Now, note?.Id)).Keeping(note);
    }
}
