using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Decisions;

/// <summary>A complaint is answered, always with reasons. What follows from one that was right is decided by itself.</summary>
/// <param name="Complaint">Which one; none where only one is open.</param>
[Command("answer-complaint", Operation.Decide, RestrictionGround.RightOfThePerson)]
public sealed record AnswerComplaint(DateOnly On, Guid? Complaint, bool Upheld, string? Answer) : HouseholdCommand(On)
{
    protected override bool ForTheGone => true;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if ((Missing(Answer, "answer") ?? TooLong(Answer, "answer")) is { } wrong) return wrong;
        if (then.Complaints.Count == 0) return new Refusal("no_complaint", "complaint", On);
        if (Complaint is null && then.Complaints.Count > 1) return new Refusal("which_complaint", "complaint", then.Complaints.Count);
        if (Complaint is { } id && !then.Complaints.ContainsKey(id)) return new Refusal("unknown_complaint", "complaint");

        var answer = NoteFor(Answer, "answer", household, occasion);
        return Decision.Accept(new ComplaintAnswered(On, occasion.Now, Complaint ?? then.Complaints.Keys.Single(), Upheld, answer?.Id)).Keeping(answer);
    }
}
