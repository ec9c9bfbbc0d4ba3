using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>Animals that were given have young, die or are sold.</summary>
/// <param name="Proceeds">VND, of animals sold.</param>
[Command("report-livestock", Operation.RecordWork, RestrictionGround.TrueRegister)]
public sealed record ReportLivestock(DateOnly On, Guid Support, LivestockChange? Change, int Count, decimal? Proceeds) : HouseholdCommand(On)
{
    protected override bool ForTheGone => true;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (UnderAgreement.NotTaken(Support, "livestock", On, household) is { } wrong) return wrong;
        if (Change is not { } change) return new Refusal("required", "change");
        if (Count is < 1 or > 10_000) return new Refusal("out_of_range", "count", 1, 10_000);
        if (Proceeds is < 0 or > 10_000_000_000m) return new Refusal("out_of_range", "proceeds", 0, 10_000_000_000m);
        if (Proceeds is not null && change != LivestockChange.Sold) return new Refusal("proceeds_only_of_sales", "proceeds");
        return Decision.Accept(new LivestockChanged(On, occasion.Now, Support, change, Count, Proceeds));
    }
}
