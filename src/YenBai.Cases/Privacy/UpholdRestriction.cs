using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Privacy;

/// <summary>The person is answered: the restriction stays.</summary>
[Command("uphold-restriction", Operation.AnswerForData, RestrictionGround.RightOfThePerson)]
public sealed record UpholdRestriction(DateOnly On, string Answer) : HouseholdCommand(On)
{
    protected override bool ForTheGone => true;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if ((Missing(Answer, "answer") ?? TooLong(Answer, "answer")) is { } wrong) return wrong;
        if (then.Restriction is not { } standing) return new Refusal("not_restricted", "on", On);
        if (standing.Answered) return new Refusal("already_answered", "on");

        var answer = NoteFor(Answer, "answer", household, occasion);
        return Decision.Accept(new RestrictionUpheld(On, occasion.Now, answer?.Id)).Keeping(answer);
    }
}
