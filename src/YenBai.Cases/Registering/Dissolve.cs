using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Registering;

/// <summary>The household ceases to exist: its last member died or joined others.</summary>
[Command("dissolve", Operation.Decide, RestrictionGround.TrueRegister)]
public sealed record Dissolve(DateOnly On) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion) =>
        Decision.Accept(new Dissolved(On, occasion.Now, UnitOn(then, household), null) { Then = then.Then });
}
