using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Import;

/// <param name="Before">The record as it was when this was decided.</param>
/// <param name="IsReal">Whether more changes than what is known about the lists that name the person.</param>
internal sealed record HeadCorrection(Person Before, Person After, bool IsReal);

/// <summary>What a list that names the head of a known household comes to. Pure: the same in a dry run and in a run.</summary>
/// <param name="Correction">None where nothing of the record changes.</param>
/// <param name="IsAnother">The list names another person, and that is a change of head.</param>
internal readonly record struct HeadDecision(HeadCorrection? Correction, bool IsAnother, IReadOnlyList<Problem> Remarks)
{
    private static readonly HeadDecision Nothing = new(null, false, []);

    /// <param name="told">What the list says of the head.</param>
    /// <param name="on">The day on which the list stands.</param>
    /// <param name="mayChange">Whether the household could have another head on that day.</param>
    /// <param name="remark">Makes a remark of a reason and its data.</param>
    public static HeadDecision Of(Household household, KnownPeople people, Person told, DateOnly on, bool mayChange, Func<string, object?[], Problem> remark)
    {
        var known = people.HeadOf(household);
        if (household.HeadIsErased() || known?.Erased is not null) return Remarked("erased_stays");
        var state = household.Latest();
        var listing = PersonListing.Of(told, on, people.Import);
        if (known is null) return new(null, state is { Known: true, HeadId: null } && mayChange && told.Name is not null, []);

        var first = PersonSource.FirstListing(household, known);
        // All facts were withdrawn, and with them what the first list said.
        if (!state.Known) return Corrected(known, known.Listings is not null ? PersonHistory.With(known, first, listing, told.Recorded) : known.Correct(told) with { ListedOn = on });

        var said = known.Listings ?? [first];
        var newest = said.Max(l => l.On);
        var match = PersonComparison.Compare(known, told);
        if (match is PersonMatch.Another or PersonMatch.Unsure)
        {
            if (on < newest) return Remarked("older_list", newest);
            // Two lists of one day that name different people contradict each other: neither is the newer one.
            return match == PersonMatch.Another && on > newest && mayChange ? new(null, true, [remark("head_changed", [known.Name ?? "–"])]) : Remarked("head_unsure", known.Name ?? "–");
        }
        var isKnown = said.Any(l => l with { Import = listing.Import } == listing);
        var after = isKnown ? known : PersonHistory.With(known, first, listing, told.Recorded);
        var decided = isKnown ? Nothing : Corrected(known, after);
        return on < newest && IsContradicted(after, told) ? decided with { Remarks = [remark("older_list", [newest])] } : decided;

        HeadDecision Remarked(string reason, params object?[] data) => new(null, false, [remark(reason, data)]);
    }

    private static HeadDecision Corrected(Person known, Person after) =>
        new(new(known, after, after with { Listings = known.Listings, ListedOn = known.ListedOn } != known), false, []);

    /// <summary>Whether the list says something that a newer one says otherwise.</summary>
    private static bool IsContradicted(Person after, Person told) =>
        PersonComparison.Compare(after, told) is not PersonMatch.Same
        || Differ(told.Sex, after.Sex) || Differ(told.BirthYear, after.BirthYear) || Differ(told.IdNumber, after.IdNumber) || Differ(told.Phone, after.Phone)
        || (told.Ethnicity is { } people && VietnameseText.Fold(people) != VietnameseText.Fold(after.Ethnicity ?? ""));

    private static bool Differ<T>(T? told, T? known) => told is not null && !EqualityComparer<T>.Default.Equals(told, known);
}
