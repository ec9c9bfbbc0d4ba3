using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>Animals given to the household.</summary>
/// <param name="Worth">VND.</param>
/// <param name="Support">The agreement under which it is given, where there is one.</param>
[Command("support-livestock", Operation.RecordWork, RestrictionGround.Shares)]
public sealed record SupportLivestock(DateOnly On, Livestock Species, int Count, decimal? Worth, Guid? Support = null) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (Count is < 1 or > 10_000) return new Refusal("out_of_range", "count", 1, 10_000);
        if (Worth is < 0 or > 10_000_000_000m) return new Refusal("out_of_range", "worth", 0, 10_000_000_000m);
        var (support, wrong) = UnderAgreement.Of(Support, household, occasion, "livestock");
        return wrong is not null ? wrong : Decision.Accept(new LivestockSupported(On, occasion.Now, support, Species, Count, Worth));
    }
}
