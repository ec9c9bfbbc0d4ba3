using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Privacy;

/// <summary>The person is answered: their data are processed again, and why.</summary>
[Command("lift-restriction", Operation.AnswerForData, RestrictionGround.RightOfThePerson)]
public sealed record LiftRestriction(DateOnly On, string Answer) : HouseholdCommand(On)
{
    protected override bool ForTheGone => true;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if ((Missing(Answer, "answer") ?? TooLong(Answer, "answer")) is { } wrong) return wrong;
        if (then.Restriction is null) return new Refusal("not_restricted", "on", On);

        var answer = NoteFor(Answer, "answer", household, occasion);
        return Decision.Accept(new RestrictionLifted(On, occasion.Now, answer?.Id)).Keeping(answer);
    }
}
