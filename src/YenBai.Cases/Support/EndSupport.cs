using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>An agreement ends before its last day: all is done, or it is broken off. That it lapses is for the clock to say.</summary>
[Command("end-support", Operation.AgreeOnSupport, RestrictionGround.Entitlement)]
public sealed record EndSupport(DateOnly On, Guid Support, SupportOutcome Outcome, string? Reason) : OnAgreement(On, Support)
{
    protected override Decision Decide(Agreement agreement, Household household, Occasion occasion)
    {
        if (TooLong(Reason, "reason") is { } tooLong) return tooLong;
        if (Outcome == SupportOutcome.Lapsed) return new Refusal("lapse_is_for_the_clock", "outcome");
        if (agreement.EndOn(On) < On) return new Refusal("support_over", "on", agreement.EndOn(On));
        if (Outcome == SupportOutcome.EndedEarly && Missing(Reason, "reason") is { } missing) return missing;
        if (Outcome == SupportOutcome.Completed && agreement.Conditions.Count(c => agreement.StateOf(c) is ConditionState.Due or ConditionState.HandedIn) is > 0 and var open)
            return new Refusal("conditions_open", "outcome", open);

        var reason = NoteFor(Reason, "reason", household, occasion);
        return Decision.Accept(new SupportEnded(On, occasion.Now, Support, Outcome, reason?.Id)).Keeping(reason);
    }
}
