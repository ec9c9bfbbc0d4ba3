using Marten;

namespace YenBai.Cases.Households;

/// <summary>
/// The household of a code. One that was stored before the ways to write a code were compared has the id of its letters as they
/// stood (ops/docs/decisions/0010-household-codes.md); it is found by those letters.
/// </summary>
internal static class HouseholdLookup
{
    public static async Task<Household?> HouseholdAsync(this IQuerySession session, string code, CancellationToken cancellation) =>
        (await session.HouseholdsAsync([code], cancellation)).GetValueOrDefault(Ids.Household(code));

    /// <summary>Each under the id that its code has now.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Household>> HouseholdsAsync(this IQuerySession session, IReadOnlyCollection<string> codes, CancellationToken cancellation)
    {
        var ids = codes.SelectMany(Ids.OfHousehold).Distinct().ToArray();
        var found = (await session.LoadManyAsync<Household>(cancellation, ids)).ToDictionary(h => h.Id);
        var byKey = new Dictionary<Guid, Household>();
        foreach (var code in codes)
            if (Ids.OfHousehold(code).Select(found.GetValueOrDefault).FirstOrDefault(h => h is not null) is { } household) byKey[Ids.Household(code)] = household;
        return byKey;
    }

    /// <summary>The id of the stream: that of the household that is there, or the one that a new household of this code would have.</summary>
    public static async Task<Guid> HouseholdIdAsync(this IDocumentStore store, string code, CancellationToken cancellation)
    {
        if (Ids.OfHousehold(code) is [var id]) return id;
        await using var session = store.QuerySession();
        return (await session.HouseholdAsync(code, cancellation))?.Id ?? Ids.Household(code);
    }
}
