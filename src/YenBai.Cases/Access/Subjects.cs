using YenBai.Cases.Households;

namespace YenBai.Cases.Access;

/// <summary>What the policy looks at, of a household as it is known now.</summary>
public static class Subjects
{
    public static Subject Of(Household household) => Of(household, household.Latest());

    /// <summary>
    /// Whether a sponsor may know anything of a household that was agreed with them by name: it consents, has not had the processing
    /// restricted, is there, and has not been released from its sponsorship.
    /// </summary>
    public static bool AreOpenToSponsors(Household household)
    {
        var now = household.Latest();
        return now.Consents.ContainsKey(ConsentScope.SponsorSharing) && now.Restriction is null && now.Status != ListStatus.Gone
            && (now.Sponsor is not null || !household.Visible(DateTimeOffset.MaxValue).Exists(f => f.Event is SponsorReleased));
    }

    /// <summary>Where every fact of a household was withdrawn, it stays with those who had it.</summary>
    public static Subject Of(Household household, HouseholdState latest) => new(
        household.Id, latest.Known ? latest.Unit : household.Facts.Select(f => f.Event).OfType<HouseholdRegistered>().LastOrDefault()?.Unit ?? "", latest.Hamlet,
        Shared: latest.Consents.ContainsKey(ConsentScope.SponsorSharing), Restricted: latest.Restriction is not null);
}
