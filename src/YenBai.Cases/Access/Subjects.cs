using YenBai.Cases.Households;
using YenBai.Cases.Privacy;

namespace YenBai.Cases.Access;

/// <summary>What the policy looks at, of a household as it is known now.</summary>
public static class Subjects
{
    public static Subject Of(Household household) => Of(household, household.Latest());

    /// <summary>Where everything told of a household was withdrawn, it stays with those who had it.</summary>
    public static Subject Of(Household household, HouseholdState latest) => new(
        household.Id, latest.Known ? latest.Unit : household.Facts.Select(f => f.Event).OfType<HouseholdRegistered>().LastOrDefault()?.Unit ?? "", latest.Hamlet,
        Shared: latest.Consents.ContainsKey(ConsentScope.SponsorSharing), Restricted: latest.Restriction is not null);
}
