using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Needs;

/// <summary>The household joins a savings-and-credit group of the policy bank, or one that produces together.</summary>
/// <param name="Group">The group's code.</param>
[Command("join-group", Operation.RecordWork, RestrictionGround.Shares)]
public sealed record JoinGroup(DateOnly On, GroupKind? Kind, string Group) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (Kind is not { } kind) return new Refusal("required", "kind");
        if ((Missing(Group, "group") ?? TooLong(Group, "group", 60)) is { } wrong) return wrong;
        return then.Groups.Contains((kind, Group.Trim())) ? new Refusal("already_a_member", "group") : Decision.Accept(new GroupJoined(On, occasion.Now, kind, Group.Trim()));
    }
}
