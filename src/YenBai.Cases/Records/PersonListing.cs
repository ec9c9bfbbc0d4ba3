using YenBai.Cases.Households;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Records;

/// <summary>What one list, or one officer, says of a person.</summary>
/// <param name="On">The day on which the list stands; of what an officer enters the day of entering it.</param>
/// <param name="Import">The import that brought it; none for what people entered.</param>
/// <param name="Entered">An officer entered it: it counts whatever the name was before.</param>
public sealed record PersonListing(
    DateOnly On, string? Import, string? Name, Sex? Sex, int? BirthYear, string? IdNumber, string? Phone, string? Ethnicity, bool Entered = false)
{
    public static PersonListing Of(Person person, DateOnly on, string? import) =>
        new(on, import, person.Name, person.Sex, person.BirthYear, person.IdNumber, person.Phone, person.Ethnicity);

    /// <summary>What it says, as the record of the person.</summary>
    public Person Of(Person person) => new(person.Id, person.HouseholdId, Name, Sex, BirthYear, IdNumber, Phone, Ethnicity);
}

/// <summary>
/// Brings together what lists say of one person. Of each value the newest list counts that has it, so that the order in which
/// lists arrive makes no difference; without what a withdrawn import said, the record is what it would have been.
/// </summary>
public static class PersonHistory
{
    /// <param name="first">What the record says by itself, where nothing else is known of it yet.</param>
    /// <returns>The record itself where nothing changes but what is known about its lists.</returns>
    public static Person With(Person known, PersonListing first, PersonListing told, DateTimeOffset now) =>
        Fold(known, [.. known.Listings ?? [first], told], now);

    /// <summary>The record without what an import said; unchanged where it said nothing, or all.</summary>
    public static Person Without(Person known, string import, DateTimeOffset now) =>
        known.Listings is { } all && all.Where(l => l.Import != import).ToList() is { Count: > 0 } rest && rest.Count < all.Count ? Fold(known, rest, now) : known;

    private static Person Fold(Person known, IReadOnlyList<PersonListing> listings, DateTimeOffset now)
    {
        Person? folded = null;
        // Of two lists of one day the later one corrects the first.
        foreach (var listing in listings.OrderBy(l => l.On))
        {
            var told = listing.Of(known);
            if (folded is null) folded = told;
            else if (listing.Entered) folded = Entered(folded, told);
            else if (PersonComparison.Compare(folded, told) is (PersonMatch.Same or PersonMatch.BetterSpelt) and var match) folded = PersonComparison.Merge(folded, told, match);
        }
        return known.Correct(folded! with { Recorded = now }) with { Listings = listings, ListedOn = listings.Max(l => l.On) };
    }

    private static Person Entered(Person known, Person told) => new(
        known.Id, known.HouseholdId, told.Name ?? known.Name, told.Sex ?? known.Sex, told.BirthYear ?? known.BirthYear, told.IdNumber ?? known.IdNumber,
        told.Phone ?? known.Phone, told.Ethnicity ?? known.Ethnicity);
}
