using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Listing;

/// <summary>A review found a household that had left the list still not poor.</summary>
[Command("confirm-exit", Operation.Decide, RestrictionGround.StatutoryReview)]
public sealed record ConfirmExit(DateOnly On) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion) =>
        then.Status == ListStatus.Out
            ? Decision.Accept(new ExitConfirmed(On, occasion.Now, UnitOn(then, household), PovertyStandards.InForce(On).Code) { Then = then.Then })
            : new Refusal("not_out_of_poverty", "on", On);
}
