using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Needs;

/// <summary>The household leaves a group.</summary>
[Command("leave-group", Operation.RecordWork, RestrictionGround.Entitlement)]
public sealed record LeaveGroup(DateOnly On, GroupKind? Kind, string Group) : HouseholdCommand(On)
{
    protected override bool ForTheGone => true;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (Kind is not { } kind) return new Refusal("required", "kind");
        if (Missing(Group, "group") is { } missing) return missing;
        return then.Groups.Contains((kind, Group.Trim())) ? Decision.Accept(new GroupLeft(On, occasion.Now, kind, Group.Trim())) : new Refusal("not_a_member", "group");
    }
}
