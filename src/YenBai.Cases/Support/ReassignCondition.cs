using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>Somebody else sees to a condition from now on.</summary>
/// <param name="Owner">A staff code.</param>
[Command("reassign-condition", Operation.AgreeOnSupport, RestrictionGround.Entitlement)]
public sealed record ReassignCondition(DateOnly On, Guid Condition, string Owner) : OnCondition(On, Condition)
{
    internal override IEnumerable<(string Field, string Code)> StaffCodes => [("owner", Owner)];

    protected override Decision Decide(Agreement agreement, AgreedCondition condition, Household household, Occasion occasion) =>
        (Missing(Owner, "owner") ?? TooLong(Owner, "owner", 60)) is { } wrong ? wrong
        : condition.Owner == Owner.Trim() ? new Refusal("owner_unchanged", "owner", condition.Owner)
        : Decision.Accept(new ConditionReassigned(On, occasion.Now, agreement.Id, Condition, Owner.Trim()));
}
