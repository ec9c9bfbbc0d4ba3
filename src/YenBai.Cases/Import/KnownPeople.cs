using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Import;

/// <summary>The person records that the decisions about some households need.</summary>
internal sealed class KnownPeople(IReadOnlyDictionary<Guid, Person> heads, ILookup<string, (Guid Household, string Code)> byNumber)
{
    public static ILookup<string, (Guid Household, string Code)> NobodyByNumber { get; } = Array.Empty<(string Number, (Guid, string) Of)>().ToLookup(x => x.Number, x => x.Of);

    public static KnownPeople None { get; } = new(new Dictionary<Guid, Person>(), NobodyByNumber);

    public Person? HeadOf(Household household) => household.Exists && household.Latest().HeadId is { } head ? heads.GetValueOrDefault(head) : null;

    /// <summary>The codes of the other households whose head has this identity number.</summary>
    public IEnumerable<string> OthersWith(string number, Guid household) => byNumber[number].Where(o => o.Household != household).Select(o => o.Code);
}

/// <param name="Before">The record as it was when this was decided.</param>
/// <param name="IsReal">Whether more changes than the day up to which lists have told of the person.</param>
internal sealed record HeadCorrection(Person Before, Person After, bool IsReal);

/// <summary>What a list that names the head of a known household comes to. Pure: the same in a dry run and in a run.</summary>
/// <param name="Correction">None where nothing of the record changes.</param>
/// <param name="IsAnother">The list names another person.</param>
internal readonly record struct HeadDecision(HeadCorrection? Correction, bool IsAnother, IReadOnlyList<Problem> Remarks)
{
    /// <param name="on">The day on which the list stands.</param>
    public static HeadDecision Of(Household household, Person? known, Person told, DateOnly on, int line, string column, string? value)
    {
        if (household.HeadIsErased()) return new(null, false, [new(line, column, null, "erased_stays", [])]);
        if (known is null) return household.Latest().HeadId is null ? new(null, told.Name is not null, []) : new(null, false, []);
        if (known.Erased is not null) return new(null, false, [new(line, column, null, "erased_stays", [])]);

        var match = PersonComparison.Compare(known, told);
        var merged = PersonComparison.Merge(known, told, match);
        if (NewestList(household, known) is { } newest && on < newest)
            return match != PersonMatch.Same || !ReferenceEquals(merged, known) ? new(null, false, [new(line, column, value, "older_list", [newest])]) : default;
        return match switch
        {
            PersonMatch.Another => new(null, true, [new(line, column, value, "head_changed", [known.Name ?? "–"])]),
            PersonMatch.Unsure => new(null, false, [new(line, column, value, "head_unsure", [known.Name ?? "–"])]),
            _ when !ReferenceEquals(merged, known) => new(new(known, merged with { ListedOn = on }, true), false, []),
            _ => new(known.ListedOn is { } last && last >= on ? null : new(known, known with { ListedOn = on }, false), false, []),
        };
    }

    /// <summary>The day up to which the present head is known: of the newest list, or of the change that made them the head.</summary>
    private static DateOnly? NewestList(Household household, Person known)
    {
        var since = household.Facts.Select(f => f.Event).OfType<HeadChanged>().Where(e => e.HeadId == known.Id).Select(e => (DateOnly?)e.On).Max();
        return known.ListedOn is { } listed && (since is null || listed > since) ? listed : since;
    }
}
