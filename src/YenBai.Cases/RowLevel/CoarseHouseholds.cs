using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.Caseload;
using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Places;

namespace YenBai.Cases.RowLevel;

/// <summary>
/// The list of households for those who may not learn who anybody is: coarse, k-anonymous rows of the last year end.
/// The table is computed once for a vintage and a position of the ledger, never for an answer: two answers cannot differ
/// by a household.
/// </summary>
public sealed class CoarseHouseholds(LedgerReader ledger, NpgsqlDataSource source, PlaceCatalog places, Pseudonyms pseudonyms, ReadLog log, TimeProvider clock)
{
    private const int MostKept = 4;

    private readonly Lock gate = new();
    private readonly LinkedList<(Key Key, Task<CoarseList> List)> kept = [];

    private sealed record Key(Vintage Vintage, long Position, string Places, string Restricted);

    public async Task<CoarsePage> PageAsync(Actor who, CoarseFilter filter, int page, int size, CancellationToken cancellation)
    {
        if (await ListAsync(who, Operation.FindHouseholds, cancellation) is not { } list) return new(Vintage.On(clock.Today()), 0, 0, [], false);
        var found = Found(list, filter).ToList();
        var skip = (long)(Math.Max(page, 1) - 1) * size;
        var items = skip >= found.Count ? [] : found.GetRange((int)skip, Math.Min(size, found.Count - (int)skip));
        return new(list.Vintage, KAnonymity.Rounded(found.Count), KAnonymity.Rounded(list.Withheld), items, skip + items.Count < found.Count);
    }

    /// <summary>The rows after a pseudonym, in the order of the pseudonyms: a row that leaves the list moves no other.</summary>
    public async Task<CoarsePage> FromAsync(Actor who, CoarseFilter filter, string? after, int size, CancellationToken cancellation)
    {
        if (await ListAsync(who, Operation.FindHouseholds, cancellation) is not { } list) return new(Vintage.On(clock.Today()), 0, 0, [], false);
        var found = Found(list, filter).ToList();
        var (items, more) = Part(found, after, size);
        return new(list.Vintage, KAnonymity.Rounded(found.Count), KAnonymity.Rounded(list.Withheld), items, more);
    }

    /// <summary>So many rows after a pseudonym, and whether there are more.</summary>
    public static (IReadOnlyList<CoarseHousehold> Items, bool More) Part(IEnumerable<CoarseHousehold> rows, string? after, int size)
    {
        var part = rows.Where(r => after is null || string.CompareOrdinal(r.Pseudonym, after) > 0).OrderBy(r => r.Pseudonym, StringComparer.Ordinal).Take(size + 1).ToList();
        return (part.Count > size ? part[..size] : part, part.Count > size);
    }

    /// <summary>All that a filter finds; that it was taken is on record.</summary>
    public async Task<IReadOnlyList<CoarseHousehold>> ExportAsync(Actor who, CoarseFilter filter, string format, CancellationToken cancellation)
    {
        if (await ListAsync(who, Operation.ExportHouseholds, cancellation) is not { } list) return [];
        // Rows of groups of five: they name nobody.
        await log.AddAsync(who, ReadKind.Exported, Sight.DeIdentified, [], Question.Of("coarse", filter, ("format", format)), cancellation);
        return [.. Found(list, filter)];
    }

    /// <summary>The row of a household; none for what is not published.</summary>
    public async Task<(CoarseHousehold Row, Vintage Vintage)?> FindAsync(Actor who, string pseudonym, CancellationToken cancellation) =>
        await ListAsync(who, Operation.OpenHousehold, cancellation) is { } list && list.ByPseudonym.TryGetValue(pseudonym.Trim(), out var row) ? (row, list.Vintage) : null;

    /// <summary>How many stand how, from the published rows alone, rounded.</summary>
    public async Task<CaseloadCounts> CountAsync(Actor who, CancellationToken cancellation)
    {
        var rows = (await ListAsync(who, Operation.FindHouseholds, cancellation))?.Rows ?? [];
        return new(
            KAnonymity.Rounded(rows.Count),
            rows.Where(r => r.Standing.Class is not null).GroupBy(r => r.Standing.Class!.Value).ToDictionary(g => g.Key, g => KAnonymity.Rounded(g.Count())), null, null);
    }

    private static IEnumerable<CoarseHousehold> Found(CoarseList list, CoarseFilter filter) => list.Rows.Where(r =>
        (filter.District is null || r.Standing.District == filter.District) && (filter.Class is null || r.Standing.Class == filter.Class)
        && (filter.Standard is null || r.Standing.Standard == filter.Standard));

    /// <summary>None for those who see nobody so.</summary>
    private async Task<CoarseList?> ListAsync(Actor who, Operation operation, CancellationToken cancellation)
    {
        var extents = who.ReachOf(operation).Extents.Where(e => e.Sight == Sight.DeIdentified).ToList();
        if (extents.Count == 0) return null;
        var granted = string.Join(',', who.GrantsFor(operation).Select(g => g.Place).Order(StringComparer.Ordinal));
        var snapshot = await ledger.ReadAsync(null, cancellation);
        var restricted = await RestrictedAsync(source, cancellation);
        var key = new Key(Vintage.On(clock.Today()), snapshot.Position, granted, string.Join(',', restricted.Order()));
        Task<CoarseList> list;
        lock (gate)
        {
            var node = kept.First;
            while (node is not null && (node.Value.Key != key || node.Value.List.IsFaulted)) node = node.Next;
            if (node is null)
            {
                // Not the reader's cancellation: others may wait for the same table.
                node = new((key, Task.Run(() => BuildAsync(snapshot, key.Vintage, extents.SelectMany(e => e.Units).ToHashSet(), restricted), CancellationToken.None)));
                if (kept.Count >= MostKept) kept.RemoveLast();
            }
            else
            {
                kept.Remove(node);
            }
            kept.AddFirst(node);
            list = node.Value.List;
        }
        return await list.WaitAsync(cancellation);
    }

    private async Task<CoarseList> BuildAsync(LedgerSnapshot snapshot, Vintage vintage, HashSet<string> units, HashSet<Guid> restricted)
    {
        // Of this vintage alone: nobody is followed from one to the next.
        var masks = await pseudonyms.GetAsync($"list {vintage.AsOf:yyyy-MM-dd}", default);
        var standings = new Dictionary<Guid, CoarseStanding>();
        var buffer = new ListFact[64];
        for (var household = 0; household < snapshot.Count; household++)
        {
            var facts = ListWalk.Visible(snapshot.Of(household, ref buffer), vintage.AsOf, vintage.KnownAt);
            if (facts.Length == 0 || restricted.Contains(facts[0].Household)) continue;
            if (CoarseStanding.Of(facts, units, places) is { } standing) standings[facts[0].Household] = standing;
        }
        var (published, withheld) = KAnonymity.Publish([.. standings.OrderBy(s => masks.Of(s.Key), StringComparer.Ordinal)], CoarseStanding.Ladder);
        var rows = published.Select(p => new CoarseHousehold(masks.Of(p.Row.Key), p.Shown))
            .OrderBy(r => r.Standing.District ?? "~", StringComparer.Ordinal).ThenBy(r => r.Standing.Class).ThenBy(r => r.Standing.Standard, StringComparer.Ordinal)
            .ThenBy(r => r.Standing.SinceYear).ThenBy(r => r.Pseudonym, StringComparer.Ordinal);
        return new(vintage, [.. rows], withheld);
    }

    /// <summary>Whose data are restricted is left out of what is published.</summary>
    internal static async Task<HashSet<Guid>> RestrictedAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"select household from {CaseloadTable.Name} where restricted");
        await using var r = await command.ExecuteReaderAsync(cancellation);
        var restricted = new HashSet<Guid>();
        while (await r.ReadAsync(cancellation)) restricted.Add(r.GetGuid(0));
        return restricted;
    }
}
