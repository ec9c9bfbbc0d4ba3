using YenBai.Cases.Households;

namespace YenBai.Cases.Records;

/// <summary>Where the first values of a person's record came from: the fact of the household that names the person.</summary>
public static class PersonSource
{
    /// <summary>What the record says by itself. Where neither a list nor an officer's day is known, every list is newer.</summary>
    public static PersonListing FirstListing(Household household, Person person)
    {
        var named = household.Facts.LastOrDefault(f => f.Event switch
        {
            HeadChanged e => e.HeadId == person.Id,
            HouseholdRegistered e => e.HeadId == person.Id,
            _ => false,
        });
        var since = named is { Event: HeadChanged } or { Import: null } ? named.Event.On : DateOnly.MinValue;
        return PersonListing.Of(person, person.ListedOn is { } listed && listed > since ? listed : since, named?.Import);
    }
}
