using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Registering;

/// <summary>Members joined or left: birth, marriage, death, departure.</summary>
/// <param name="JoinedUnder16">Of those who joined.</param>
[Command("change-members", Operation.RecordWork, RestrictionGround.TrueRegister)]
public sealed record ChangeMembers(
    DateOnly On, int Joined = 0, int Left = 0, int JoinedUnder16 = 0, int LeftUnder16 = 0, MemberChange? Change = null) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (Change is not { } change) return new Refusal("required", "change");
        if (Joined is < 0 or > 50) return new Refusal("out_of_range", "joined", 0, 50);
        if (Left is < 0 or > 50) return new Refusal("out_of_range", "left", 0, 50);
        if (Joined + Left == 0) return new Refusal("nothing_to_record", "joined");
        if (JoinedUnder16 < 0 || JoinedUnder16 > Joined) return new Refusal("out_of_range", "joinedUnder16", 0, Joined);
        if (LeftUnder16 < 0 || LeftUnder16 > Left) return new Refusal("out_of_range", "leftUnder16", 0, Left);
        if (then.Members is { } members && Left > members + Joined) return new Refusal("more_left_than_there_were", "left", members);
        // A household without members is none: it was dissolved, moved away or merged, and each is a fact of the list.
        if (then.Members is { } all && Left == all + Joined) return new Refusal("nobody_left", "left", all);

        List<HouseholdEvent> events = [];
        if (Joined > 0) events.Add(new MembersJoined(On, occasion.Now, Joined, JoinedUnder16, change));
        if (Left > 0) events.Add(new MembersLeft(On, occasion.Now, Left, LeftUnder16, change, null));
        return Decision.Accept(events);
    }
}
