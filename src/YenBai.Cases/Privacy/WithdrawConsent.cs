using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Privacy;

/// <summary>The household takes a consent back, whenever it likes and without a reason (Decree 13/2023, Art. 12).</summary>
[Command("withdraw-consent", Operation.RecordWork, RestrictionGround.RightOfThePerson)]
public sealed record WithdrawConsent(DateOnly On, ConsentScope? Scope) : HouseholdCommand(On)
{
    protected override bool ForTheGone => true;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (Scope is not { } scope) return new Refusal("required", "scope");
        if (!then.Consents.ContainsKey(scope)) return new Refusal("no_consent", "scope", On);

        return Decision.Accept(new ConsentWithdrawn(On, occasion.Now, scope));
    }
}
