using System.Globalization;
using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.Caseload;
using YenBai.Cases.Disclosure;
using YenBai.Cases.Households;
using YenBai.Cases.Places;

namespace YenBai.Cases.Needs;

/// <summary>Which wishes. What is left out narrows nothing.</summary>
/// <param name="Place">The id of a unit: everything that belongs to it.</param>
/// <param name="Since">Wishes that were answered before that day are left out; who waits counts however long.</param>
public sealed record NeedFilter(string? Place = null, string? Instrument = null, WishState? State = null, DateOnly? Since = null);

/// <summary>How the wishes of one kind, or of one place, stand. A number that is withheld is none.</summary>
/// <param name="Key">The code of the instrument, or the id of the unit.</param>
/// <param name="WaitingSince">Since when the one that waits longest waits.</param>
/// <param name="NotEntitled">Asked and told nothing yet, and not entitled, or no longer: no part of those who asked.</param>
public sealed record NeedRow(string Key, long? Served, long? Waiting, long? Refused, DateOnly? WaitingSince, long? NotEntitled)
{
    /// <summary>Each who asked is exactly one of the three.</summary>
    public long? Asked => Served + Waiting + Refused;
}

/// <param name="Withheld">The numbers are those of the published register, for readers who may not learn who anybody is.</param>
public sealed record NeedTable(IReadOnlyList<NeedRow> Instruments, IReadOnlyList<NeedRow> Places, NeedRow All, IReadOnlyDictionary<RefusalGround, long> Grounds, bool Withheld);

/// <summary>One wish with whose it is.</summary>
/// <param name="Number">Among the wishes of its household.</param>
public sealed record NeedItem(Guid Household, string Code, string? HeadName, bool HeadErased, string Place, string? Hamlet, PovertyClass? Class, ListStatus Status, Wished Wish, int Number);

/// <param name="Next">Where to go on; none at the end, and of a numbered page.</param>
public sealed record NeedPage(long Total, IReadOnlyList<NeedItem> Items, ListCursor? Next = null);

/// <summary>Who asked for what and what became of it, of the households that somebody may see.</summary>
public sealed class NeedQuery(NpgsqlDataSource source, PublishedRegister register, QuestionLog questions, PlaceCatalog places, ReadLog log)
{
    public const int LargestPage = 200;

    private const string From = $"{WishTable.Name} w join {CaseloadTable.Name} c on c.household = w.household";

    private readonly record struct Cell(string Instrument, string Unit, WishState State, RefusalGround? Ground, long Count, DateOnly First);

    /// <summary>By instrument and by place, counted in one pass.</summary>
    public async Task<NeedTable> CountAsync(Actor who, NeedFilter filter, DateOnly today, CancellationToken cancellation)
    {
        var reach = who.ReachOf(Operation.ReadSupport);
        var published = reach.Identifies || reach.IsNothing ? null : await register.ReadAsync(cancellation);
        if (published is not null)
        {
            filter = new();
            await questions.AddAsync(who, "needs", cancellation);
        }
        var cells = new List<Cell>();
        if (!reach.IsNothing)
        {
            List<NpgsqlParameter> parameters = [];
            await using var command = source.CreateCommand($"""
                select w.instrument, c.unit, w.state, w.ground, count(*), min(w.asked) from {From} {Where(reach, filter with { State = null }, parameters, published)} group by 1, 2, 3, 4
                """);
            foreach (var p in parameters) command.Parameters.Add(p);
            await using var r = await command.ExecuteReaderAsync(cancellation);
            while (await r.ReadAsync(cancellation))
                cells.Add(new(r.GetString(0), r.GetString(1), (WishState)r.GetInt16(2), r.IsDBNull(3) ? null : (RefusalGround)r.GetInt16(3), r.GetInt64(4) * (published is null ? 1 : CellRounding.Base), r.GetFieldValue<DateOnly>(5)));
        }
        var table = new NeedTable(
            [.. Rows(cells, c => c.Instrument).OrderBy(r => Order.GetValueOrDefault(r.Key, int.MaxValue))],
            [.. Rows(cells, c => places.At(c.Unit, Level.Commune, today)?.Id ?? c.Unit).OrderByDescending(r => r.Waiting).ThenBy(r => places.Get(r.Key)?.ShortName, StringComparer.Ordinal)],
            Rows(cells, _ => "").FirstOrDefault() ?? new("", 0, 0, 0, null, 0),
            cells.Where(c => c is { State: WishState.Refused, Ground: not null }).GroupBy(c => c.Ground!.Value).ToDictionary(g => g.Key, g => g.Sum(c => c.Count)), false);
        return published is null ? table : Published(table);

        static IEnumerable<NeedRow> Rows(IEnumerable<Cell> cells, Func<Cell, string> key) =>
            cells.GroupBy(key).Select(g => new NeedRow(
                g.Key, Sum(g, WishState.Served), Sum(g, WishState.Waiting), Sum(g, WishState.Refused),
                g.Where(c => c.State == WishState.Waiting).Select(c => (DateOnly?)c.First).Min(), Sum(g, WishState.NotEntitled)));

        static long Sum(IEnumerable<Cell> cells, WishState state) =>
            cells.Where(c => c.State == state).Sum(c => c.Count);
    }

    /// <summary>Whose they are, who waits longest first. Who may not learn who anybody is is shown none: a wish tells too much.</summary>
    public async Task<NeedPage> PageAsync(Actor who, NeedFilter filter, int page, int size, CancellationToken cancellation)
    {
        var reach = who.ReachOf(Operation.ReadSupport);
        if (reach.IsNothing || !reach.Identifies) return new(0, []);
        size = Math.Clamp(size, 1, LargestPage);
        var found = await RowsAsync(reach, filter, null, $"order by w.state <> {(int)WishState.Waiting}, w.asked, c.code, w.n limit {size} offset {(long)Math.Max(0, page - 1) * size}", cancellation);
        await log.AddAsync(
            who, ReadKind.Listed, reach.Most, found.Items.Select(i => i.Household), Question.Of("needs", filter, ("page", page), ("size", size), ("total", found.Total)), cancellation);
        return found;
    }

    /// <summary>
    /// The wishes after a cursor, in the order of their households' codes and of the days on which they were asked, which no answer to a
    /// wish changes: followed to its end it repeats and skips none.
    /// </summary>
    public async Task<NeedPage> FromAsync(Actor who, NeedFilter filter, ListCursor? after, int size, CancellationToken cancellation)
    {
        var reach = who.ReachOf(Operation.ReadSupport);
        if (reach.IsNothing || !reach.Identifies) return new(0, []);
        size = Math.Clamp(size, 1, LargestPage);
        // One more than asked for says whether there is more.
        var found = await RowsAsync(reach, filter, after, $"order by {CursorKeys} limit {size + 1}", cancellation);
        var shown = found.Items.Take(size).ToList();
        await log.AddAsync(
            who, ReadKind.Listed, reach.Most, shown.Select(i => i.Household),
            Question.Of("needs", filter, Question.Continued(after), ("size", size), ("total", found.Total)), cancellation);
        return new(found.Total, shown, found.Items.Count > size ? new(
            shown[^1].Code, shown[^1].Wish.Asked.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), shown[^1].Wish.Instrument, shown[^1].Number.ToString(CultureInfo.InvariantCulture)) : null);
    }

    /// <summary>A cursor of this list; none for what is no such.</summary>
    public static ListCursor? CursorOf(string text) =>
        ListCursor.Parse(text, 4) is { } cursor && DateOnly.TryParseExact(cursor.Keys[1], "yyyy-MM-dd", out _) && int.TryParse(cursor.Keys[3], NumberStyles.None, null, out _) ? cursor : null;

    private const string CursorKeys = "c.code collate \"C\", w.asked, w.instrument collate \"C\", w.n";

    private async Task<NeedPage> RowsAsync(Reach reach, NeedFilter filter, ListCursor? after, string part, CancellationToken cancellation)
    {
        List<NpgsqlParameter> parameters = [];
        var where = Where(reach, filter, parameters);
        var rows = where;
        if (after is not null)
        {
            var first = parameters.Count + 1;
            parameters.Add(new() { Value = after.Keys[0] });
            parameters.Add(new() { Value = DateOnly.ParseExact(after.Keys[1], "yyyy-MM-dd", CultureInfo.InvariantCulture) });
            parameters.Add(new() { Value = after.Keys[2] });
            parameters.Add(new() { Value = int.Parse(after.Keys[3], CultureInfo.InvariantCulture) });
            rows += $"{(where.Length == 0 ? "where" : " and")} ({CursorKeys}) > (${first}, ${first + 1}, ${first + 2}, ${first + 3})";
        }
        await using var command = source.CreateCommand($"""
            select c.household, c.code, p.data ->> 'name', (p.data ->> 'erased') is not null, c.unit, c.hamlet, {CaseloadTable.ClassToday}, c.status,
                w.instrument, w.asked, w.source, w.state, w.answered, w.ground, (select count(*) from {From} {where}), w.n
            from {From} left join {StoreSchema.Name}.mt_doc_person p on p.id = c.head_id {rows} {part}
            """);
        foreach (var p in parameters) command.Parameters.Add(p);
        await using var r = await command.ExecuteReaderAsync(cancellation);
        var (items, total) = (new List<NeedItem>(), 0L);
        while (await r.ReadAsync(cancellation))
        {
            total = r.GetInt64(14);
            items.Add(new(
                r.GetGuid(0), r.GetString(1), Text(2), r.GetBoolean(3), r.GetString(4), Text(5), r.IsDBNull(6) ? null : (PovertyClass)r.GetInt16(6), (ListStatus)r.GetInt16(7),
                new(r.GetString(8), r.GetFieldValue<DateOnly>(9), (WishSource)r.GetInt16(10), (WishState)r.GetInt16(11), r.IsDBNull(12) ? null : r.GetFieldValue<DateOnly>(12),
                    r.IsDBNull(13) ? null : (RefusalGround)r.GetInt16(13)), r.GetInt32(15)));
        }
        return new(total, items);

        string? Text(int i) => r.IsDBNull(i) ? null : r.GetString(i);
    }

    private static readonly Dictionary<string, int> Order = Instruments.All.Select((i, n) => (i.Code, n)).ToDictionary(x => x.Code, x => x.n);

    private string Where(Reach reach, NeedFilter filter, List<NpgsqlParameter> parameters, PublishedLedger? published = null)
    {
        var where = new List<string>();
        void And(string condition, object value)
        {
            parameters.Add(new NpgsqlParameter { Value = value });
            where.Add(condition.Replace("?", "$" + parameters.Count, StringComparison.Ordinal));
        }
        if (filter.Place is { } place) And("c.unit = any(?)", places.Within(place).ToArray());
        if (filter.Instrument is { } instrument) And("w.instrument = ?", instrument);
        if (filter.State is { } state) And("w.state = ?", (short)state);
        if (published is not null) And("c.household = any(?)", published.Households);
        if (filter.Since is { } since) And("(w.answered is null or w.answered >= ?)", since);
        if (ReachSql.Within(reach.Identifies ? [.. reach.Extents.Where(e => e.Sight != Sight.DeIdentified)] : reach.Extents, reach.IsEverything, places, parameters) is { Length: > 0 } within) where.Add(within);
        return where.Count == 0 ? "" : "where " + string.Join(" and ", where);
    }

    /// <summary>Rounded numbers of the whole: not by place, and not since when the longest wait lasts, which is one household's.</summary>
    private static NeedTable Published(NeedTable table) =>
        new([.. table.Instruments.Select(r => r with { WaitingSince = null, NotEntitled = null })], [], table.All with { WaitingSince = null, NotEntitled = null }, new Dictionary<RefusalGround, long>(), true);
}
