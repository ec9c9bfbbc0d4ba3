using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.CaseFiles;

/// <summary>Takes out of a case file what whoever opened it may not see, before anything is made of it.</summary>
public static class Masking
{
    /// <summary>
    /// An event without what could tell whose it is. Its ids may be digests of codes: they go, too. What facts refer to among
    /// themselves, an agreement and its conditions, is called by an id that only this store can lead back.
    /// </summary>
    public static HouseholdEvent DeIdentified(HouseholdEvent e, Pseudonymizer pseudonyms) => Facts.Of(e).Masked(e, new(pseudonyms.Of)) with { Row = null };

    /// <summary>
    /// Who and where, the class, and what was given: no scores, debts, notes, numbers. A sponsor sees a household to help it,
    /// not to judge it.
    /// </summary>
    public static CaseFile ForSponsor(CaseFile file) => file with
    {
        Household = file.Household with { Facts = [.. file.Household.Facts.Select(ForSponsors).OfType<Fact>()] },
        Writings = file.Writings.ToDictionary(w => w.Key, w => w.Value with { By = null }),
        Notes = new Dictionary<Guid, string>(),
        People = file.People.ToDictionary(p => p.Key, p => ForSponsor(p.Value)),
    };

    public static Person ForSponsor(Person person) =>
        person with { IdNumber = null, Phone = null, Ethnicity = null, BirthYear = null, Superseded = [], Listings = null };

    internal static bool IsForSponsors(HouseholdEvent e) => Facts.Of(e).ForSponsors(e) is not null;

    private static Fact? ForSponsors(Fact fact) => Facts.Of(fact.Event).ForSponsors(fact.Event) is { } told ? fact with { Event = told with { Row = null } } : null;
}
