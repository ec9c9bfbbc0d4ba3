using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Registering;

/// <summary>The household leaves the province.</summary>
[Command("move-out", Operation.RecordWork, RestrictionGround.TrueRegister)]
public sealed record MoveOut(DateOnly On) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion) =>
        Decision.Accept(new MovedOut(On, occasion.Now, UnitOn(then, household), null) { Then = then.Then });
}
