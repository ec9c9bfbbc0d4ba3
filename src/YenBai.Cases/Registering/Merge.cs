using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Registering;

/// <summary>The household is absorbed by another one; for the list it is dissolved (contract 2.1).</summary>
/// <param name="Into">The code of the household that goes on.</param>
[Command("merge", Operation.Decide, RestrictionGround.TrueRegister)]
public sealed record Merge(DateOnly On, string Into) : HouseholdCommand(On)
{
    internal override string? OtherCode => Into;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (Missing(Into, "into") is { } missing) return missing;
        if ((occasion.Other?.Id ?? Ids.Household(Into)) == household.Id) return new Refusal("same_household", "into");
        if (occasion.Other is not { Exists: true } other) return new Refusal("unknown_household", "into", Into);
        if (other.StateAt(On, occasion.Now).Status == ListStatus.Gone) return new Refusal("other_household_gone", "into", Into);

        return Decision.Accept(new MergedInto(On, occasion.Now, UnitOn(then, household), null, other.Id, other.Code) { Then = then.Then });
    }
}
