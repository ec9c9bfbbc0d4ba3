using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>One of the five basic services reaches the household.</summary>
/// <param name="Until">Last day, where the service ends (an insurance card).</param>
public sealed record ProvideService(DateOnly On, BasicService Service, DateOnly? Until) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion) =>
        Until < On
            ? new Refusal("ends_before_it_starts", "until", Until, On)
            : Decision.Accept(new ServiceProvided(On, occasion.Now, occasion.Id("support"), Service, Until));
}
