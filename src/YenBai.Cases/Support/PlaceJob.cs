using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>Somebody of the household takes up a job.</summary>
/// <param name="Support">The agreement under which it is given, where there is one.</param>
[Command("place-job", Operation.RecordWork, RestrictionGround.Shares)]
public sealed record PlaceJob(DateOnly On, JobKind? Kind, Guid? Support = null) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (Kind is not { } kind) return new Refusal("required", "kind");
        var (support, wrong) = UnderAgreement.Of(Support, household, occasion, "job");
        return wrong is not null ? wrong : Decision.Accept(new JobPlaced(On, occasion.Now, support, kind));
    }
}
