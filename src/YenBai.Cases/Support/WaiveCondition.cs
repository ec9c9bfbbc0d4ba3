using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>A condition is asked for no longer.</summary>
[Command("waive-condition", Operation.AgreeOnSupport, RestrictionGround.Entitlement)]
public sealed record WaiveCondition(DateOnly On, Guid Condition, string Reason) : OnCondition(On, Condition)
{
    protected override Decision Decide(Agreement agreement, AgreedCondition condition, Household household, Occasion occasion)
    {
        if ((Missing(Reason, "reason") ?? TooLong(Reason, "reason")) is { } wrong) return wrong;
        var reason = NoteFor(Reason, "reason", household, occasion);
        return Decision.Accept(new ConditionWaived(On, occasion.Now, agreement.Id, Condition, reason?.Id)).Keeping(reason);
    }
}
