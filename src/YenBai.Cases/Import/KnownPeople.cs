using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Import;

/// <summary>The person records that the decisions about some households need.</summary>
/// <param name="import">The import that asks.</param>
internal sealed class KnownPeople(string import, IReadOnlyDictionary<Guid, Person> heads, ILookup<string, (Guid Household, string Code)> byNumber)
{
    public static ILookup<string, (Guid Household, string Code)> NobodyByNumber { get; } = Array.Empty<(string Number, (Guid, string) Of)>().ToLookup(x => x.Number, x => x.Of);

    public static KnownPeople None { get; } = new("", new Dictionary<Guid, Person>(), NobodyByNumber);

    public string Import => import;

    /// <summary>The record of the head; of a household whose facts were all withdrawn, the record that a take-over would use again.</summary>
    public static Guid? HeadIdOf(Household household) => household.Latest() is { Known: true } state ? state.HeadId : FirstHeadId(household.Id);

    /// <summary>The id of the record of the head with which a household comes.</summary>
    public static Guid FirstHeadId(Guid household) => Ids.Named(household, "head");

    public Person? HeadOf(Household household) => household.Exists && HeadIdOf(household) is { } head ? heads.GetValueOrDefault(head) : null;

    /// <summary>The codes of the other households whose head has this identity number.</summary>
    public IEnumerable<string> OthersWith(string number, Guid household) => byNumber[number].Where(o => o.Household != household).Select(o => o.Code);
}
