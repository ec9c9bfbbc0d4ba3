using System.Text.Json;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>One of the five basic services reaches the household.</summary>
/// <param name="Until">Last day, where the service ends (an insurance card).</param>
/// <param name="Support">The agreement under which it is given, where there is one.</param>
[Command("provide-service", Operation.RecordWork, RestrictionGround.Entitlement)]
public sealed record ProvideService(DateOnly On, BasicService Service, DateOnly? Until, Guid? Support = null) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (Until < On) return new Refusal("ends_before_it_starts", "until", Until, On);
        // Each of the five services is an instrument of its own, of the same name.
        var (support, wrong) = UnderAgreement.Of(Support, household, occasion, instrument => instrument == JsonNamingPolicy.SnakeCaseLower.ConvertName(Service.ToString()));
        return wrong is not null ? wrong : Decision.Accept(new ServiceProvided(On, occasion.Now, support, Service, Until));
    }
}
