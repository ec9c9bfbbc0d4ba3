using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>Offspring of animals that were given goes to the next household (Decision 03/2023 of Yên Bái).</summary>
/// <param name="To">The code of the household that gets it.</param>
[Command("pass-on-livestock", Operation.RecordWork, RestrictionGround.TrueRegister)]
public sealed record PassOnLivestock(DateOnly On, Guid Support, int Count, string To) : HouseholdCommand(On)
{
    internal override string? OtherCode => string.IsNullOrWhiteSpace(To) ? null : To.Trim();

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (UnderAgreement.NotTaken(Support, "livestock", On, household) is { } wrong) return wrong;
        if (Count is < 1 or > 10_000) return new Refusal("out_of_range", "count", 1, 10_000);
        if (Missing(To, "to") is { } missing) return missing;
        if (occasion.Other is not { } other) return new Refusal("unknown_household", "to", OtherCode);
        if (other.Id == household.Id) return new Refusal("same_household", "to");
        return other.StateAt(On, occasion.Now) is { Status: ListStatus.Gone } gone
            ? new Refusal("other_household_gone", "to", gone.StatusSince)
            : Decision.Accept(new LivestockPassedOn(On, occasion.Now, Support, Count, other.Id, other.Code));
    }
}
