using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Caseload;

[System.Text.Json.Serialization.JsonConverter(typeof(SnakeCase<CaseloadSort>))]
public enum CaseloadSort { Changed, Name, Code, Since, LastVisit, Supports }

/// <summary>Which households to list. What is left out narrows nothing.</summary>
/// <param name="Search">Part of the head's name, with or without diacritics, the beginning of a code, or a whole identity number or phone.</param>
/// <param name="Place">The id of a unit: everything that belongs to it.</param>
/// <param name="Support">An instrument that the household received, or none.</param>
/// <param name="Event">The stored name of the newest event.</param>
/// <param name="ChangedSince">Something was learnt of it on that day or later.</param>
public sealed record CaseloadFilter(
    [property: TypedText] string? Search = null, string? Place = null, PovertyClass? Class = null, string? Standard = null, string? Support = null, string? Event = null,
    DateOnly? ChangedSince = null, bool? ExitRequested = null, CaseloadSort Sort = CaseloadSort.Changed, bool Descending = true)
{
    /// <summary>The hamlet's name, in the place.</summary>
    [TypedText]
    public string? Hamlet { get; init; }

    /// <summary>What may be asked for as support.</summary>
    public static readonly IReadOnlyList<string> Supports = ["loan", "training", "job", "livestock", "production", "service", "assistance", "none"];
}

/// <summary>One household as the list shows it, as much of it as whoever asked may see.</summary>
/// <param name="Running">Agreements that run, and the soonest due day of their conditions.</param>
public sealed record CaseloadItem(
    Guid Id, string Code, string? HeadName, string Place, string? Hamlet, PovertyClass? Class, string? Standard, DateOnly? Since, ListStatus Status,
    bool ExitRequested, int Supports, string? SupportMix, DateOnly? LastVisit, string? LastEvent, DateOnly? LastOn, DateTimeOffset Changed, int? Members, bool HeadErased, int Running, DateOnly? NextDue);

/// <param name="Next">Where to go on; none at the end, and of a numbered page.</param>
public sealed record CaseloadPage(long Total, IReadOnlyList<CaseloadItem> Items, CaseloadCursor? Next = null);

/// <summary>
/// Searches, filters, sorts and pages, in the database, the households that somebody may see as who they are. For those
/// who may not learn who anybody is there is the published list (<c>RowLevel.CoarseHouseholds</c>).
/// </summary>
public sealed class CaseloadQuery(NpgsqlDataSource source, PlaceCatalog places, ReadLog log)
{
    public const int LargestPage = 200;

    private const string From = $"{CaseloadTable.Name} c left join {StoreSchema.Name}.mt_doc_person p on p.id = c.head_id";

    /// <param name="list">What it is on record as.</param>
    public async Task<CaseloadPage> PageAsync(Actor who, CaseloadFilter filter, int page, int size, CancellationToken cancellation, string list = "households")
    {
        size = Math.Clamp(size, 1, LargestPage);
        if (Ask(who, Operation.FindHouseholds, filter) is not { } sql)
        {
            // A name that somebody who may know none searched for.
            await log.AddAsync(who, ReadKind.Listed, Sight.None, [], Question.Of(list, filter, ("page", page), ("size", size)), cancellation);
            return new CaseloadPage(0, []);
        }
        var (total, rows) = await RowsAsync(sql, page, size, cancellation);
        await log.AddAsync(
            who, sql.IdNumber is null ? ReadKind.Listed : ReadKind.SearchedByIdNumber, sql.Reach.Most, rows.Select(r => r.Household),
            Question.Of(list, filter, ("page", page), ("size", size), ("total", total)), cancellation);
        return new CaseloadPage(total, [.. rows.Select(r => r.Item)]);
    }

    /// <summary>
    /// The households after a cursor, names written just as they were searched for first, then in the order of their codes, which no work
    /// changes: followed to its end it repeats and skips no household.
    /// </summary>
    public async Task<CaseloadPage> FromAsync(Actor who, CaseloadFilter filter, CaseloadCursor? after, int size, CancellationToken cancellation)
    {
        size = Math.Clamp(size, 1, LargestPage);
        var asked = Question.Continued(after);
        if (Ask(who, Operation.FindHouseholds, filter) is not { } sql)
        {
            await log.AddAsync(who, ReadKind.Listed, Sight.None, [], Question.Of("households", filter, asked, ("size", size)), cancellation);
            return new CaseloadPage(0, []);
        }
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        List<NpgsqlParameter> parameters = [.. sql.Parameters];
        var rank = sql.Exact is { } exact ? $"(case when {exact} then 0 else 1 end)" : "0::int";
        var where = sql.Where;
        if (after is not null)
        {
            parameters.Add(new NpgsqlParameter { Value = after.Rank });
            parameters.Add(new NpgsqlParameter { Value = after.Code });
            where += $"{(where.Length == 0 ? "where" : " and")} ({rank}, c.code collate \"C\") > (${parameters.Count - 1}, ${parameters.Count})";
        }
        batch.BatchCommands.Add(Command($"select count(*) from {(sql.NeedsPerson ? From : CaseloadTable.Name + " c")} {sql.Where}", sql.Parameters));
        batch.BatchCommands.Add(Command($"{Columns}, {rank} from {From} {where} order by {rank}, c.code collate \"C\" limit {size + 1}", parameters));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var total = reader.GetInt64(0);
        await reader.NextResultAsync(cancellation);
        var rows = new List<(Guid Household, CaseloadItem Item, int Rank)>();
        while (await reader.ReadAsync(cancellation)) rows.Add((reader.GetGuid(HouseholdColumn), Read(reader, sql), reader.GetInt32(RankColumn)));
        var more = rows.Count > size;
        if (more) rows.RemoveAt(size);
        await reader.CloseAsync();
        await log.AddAsync(
            who, sql.IdNumber is null ? ReadKind.Listed : ReadKind.SearchedByIdNumber, sql.Reach.Most, rows.Select(r => r.Household),
            Question.Of("households", filter, asked, ("size", size), ("total", total)), cancellation);
        return new CaseloadPage(total, [.. rows.Select(r => r.Item)], more ? new(rows[^1].Rank, rows[^1].Item.Code) : null);
    }

    private async Task<(long Total, List<(Guid Household, CaseloadItem Item)> Rows)> RowsAsync(Sql sql, int page, int size, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Command($"select count(*) from {(sql.NeedsPerson ? From : CaseloadTable.Name + " c")} {sql.Where}", sql.Parameters));
        batch.BatchCommands.Add(Command($"{Columns} from {From} {sql.Where} {sql.Order} limit {size} offset {(long)Math.Max(0, page - 1) * size}", sql.Parameters));

        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var total = reader.GetInt64(0);
        await reader.NextResultAsync(cancellation);
        var items = new List<(Guid, CaseloadItem)>();
        while (await reader.ReadAsync(cancellation)) items.Add((reader.GetGuid(HouseholdColumn), Read(reader, sql)));
        return (total, items);
    }

    /// <summary>All that the filter finds, streamed. Which households they are is on record before the first row goes out.</summary>
    public async IAsyncEnumerable<CaseloadItem> ExportAsync(Actor who, CaseloadFilter filter, string format, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (Ask(who, Operation.ExportHouseholds, filter) is not { } sql) yield break;
        // Of one instant: the rows that go out are those that are recorded.
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        List<Guid> households = [];
        await using (var ids = new NpgsqlBatch(connection))
        {
            ids.BatchCommands.Add(Command($"select c.household from {From} {sql.Where}", sql.Parameters));
            await using var found = await ids.ExecuteReaderAsync(cancellation);
            while (await found.ReadAsync(cancellation)) households.Add(found.GetGuid(0));
        }
        await log.AddAsync(who, ReadKind.Exported, sql.Reach.Most, households, Question.Of("households", filter, ("format", format)), cancellation);
        await using var rows = new NpgsqlBatch(connection);
        rows.BatchCommands.Add(Command($"{Columns} from {From} {sql.Where} {sql.Order}", sql.Parameters));
        await using var reader = await rows.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) yield return Read(reader, sql);
    }

    /// <summary>How many households that somebody may see stand how.</summary>
    public async Task<CaseloadCounts> CountAsync(Actor who, DateOnly changedSince, CancellationToken cancellation)
    {
        var reach = who.ReachOf(Operation.FindHouseholds);
        if (!reach.Identifies) return new CaseloadCounts(0, new Dictionary<PovertyClass, long>(), 0, 0);
        List<NpgsqlParameter> parameters = [];
        return await source.CountAsync(ReachSql.Within(Named(reach), reach.IsEverything, places, parameters), parameters, changedSince, cancellation);
    }

    private const int HouseholdColumn = 16, RankColumn = 22;

    private static List<Extent> Named(Reach reach) => [.. reach.Extents.Where(e => e.Sight > Sight.DeIdentified)];

    private static readonly string Columns = $"""
        select c.code, p.data ->> 'name', c.unit, c.hamlet, {CaseloadTable.ClassToday}, c.standard, c.since, c.status, c.exit_requested, c.supports, c.support_mix,
            c.last_visit, c.last_event, c.last_on, c.changed, c.members, c.household, c.shared, c.restricted, (p.data ->> 'erased') is not null,
            (select count(*)::int from cases.agreement a where a.household = c.household and a.outcome is null),
            (select min(a.next_due) from cases.agreement a where a.household = c.household and a.outcome is null)
        """;

    private sealed record Sql(string Where, string Order, List<NpgsqlParameter> Parameters, bool NeedsPerson, Reach Reach, string? IdNumber, string? Exact);

    /// <summary>None where nothing can be found.</summary>
    private Sql? Ask(Actor who, Operation operation, CaseloadFilter filter)
    {
        var reach = who.ReachOf(operation);
        if (!reach.Identifies) return null;
        var where = new List<string>();
        var parameters = new List<NpgsqlParameter>();
        IEnumerable<Extent> extents = Named(reach);
        string? exact = null;
        var needsPerson = false;
        string? idNumber = null;

        void And(string condition, object value)
        {
            parameters.Add(new NpgsqlParameter { Value = value });
            where.Add(condition.Replace("?", "$" + parameters.Count, StringComparison.Ordinal));
        }

        if (Words(filter.Search) is { Length: > 0 } search)
        {
            var numbers = SearchText.Numbers(search);
            if (numbers.IdNumber is { } number)
            {
                extents = extents.Where(e => e.Sight == Sight.Full);
                (needsPerson, idNumber) = (true, number);
                And("(translate(p.data ->> 'idNumber', ' .-', '') = ? or c.code = ?)", number);
            }
            else if (numbers.Phone is { } phone)
            {
                extents = extents.Where(e => e.Sight == Sight.Full);
                needsPerson = true;
                And($"({SearchText.PhoneSql} = ? or c.code = ?)", phone);
            }
            else
            {
                var name = NameLike(SearchText.Patterns(search), parameters);
                if (search.Any(char.IsAsciiDigit))
                {
                    // Names have digits, too; the records are looked up apart so that their index serves.
                    And($"(c.code ilike ? or c.head_id in (select p.id from {StoreSchema.Name}.mt_doc_person p where {name}))", Escaped(Kernel.HouseholdCode.Clean(search)) + "%");
                }
                else
                {
                    needsPerson = true;
                    where.Add(name);
                    // Tone marks make other words: anyone who typed them is shown those first.
                    parameters.Add(new NpgsqlParameter { Value = "%" + Escaped(search) + "%" });
                    exact = $"(p.data ->> 'name' ilike ${parameters.Count})";
                }
            }
        }
        if (filter.Place is { } place) And("c.unit = any(?)", places.Within(place).ToArray());
        if (filter.Hamlet is { } hamlet) And("c.hamlet = ?", hamlet);
        if (filter.Class is { } @class) And($"{CaseloadTable.ClassToday} = ?", (short)@class);
        if (filter.Standard is { } standard) And("c.standard = ?", standard);
        // What debts a household has is not a sponsor's to find out, nor what it asked for.
        if (filter.Support is not null || filter.Event is not null || filter.ExitRequested is not null) extents = extents.Where(e => e.Sight != Sight.Sponsor);
        if (filter.Support == "none") where.Add("c.supports = 0");
        else if (filter.Support is { } support) And("c.support_mix like ?", "%" + Escaped(support) + "%");
        if (filter.Event is { } e) And("c.last_event = ?", e);
        if (filter.ChangedSince is { } since) And("c.changed >= ?", Kernel.Days.StartOf(since).UtcDateTime);
        if (filter.ExitRequested is { } requested) And("c.exit_requested = ?", requested);

        List<Extent> open = [.. extents];
        if (open.Count == 0 && !reach.IsEverything) return null;
        if (ReachSql.Within(open, reach.IsEverything, places, parameters) is { Length: > 0 } within) where.Add(within);

        var direction = filter.Descending ? "desc" : "asc";
        var column = filter.Sort switch
        {
            // An order by what one may not see tells it.
            CaseloadSort.Name or CaseloadSort.Code or CaseloadSort.Supports when open.Exists(x => x.Sight != Sight.Full) => "c.changed",
            CaseloadSort.Name => "p.data ->> 'name' collate \"vi-x-icu\"",
            CaseloadSort.Code => "c.code",
            CaseloadSort.Since => "c.since",
            CaseloadSort.LastVisit => "c.last_visit",
            CaseloadSort.Supports => "c.supports",
            _ => "c.changed",
        };
        var order = new StringBuilder($"order by {(exact is null ? "" : exact + " desc, ")}{column} {direction} nulls last");
        if (column != "c.code") order.Append(", c.code");
        return new Sql(where.Count == 0 ? "" : "where " + string.Join(" and ", where), order.ToString(), parameters, needsPerson, reach, idNumber, exact);
    }

    private static string? Words(string? search) => search is null ? null : string.Join(' ', search.Replace("\0", "", StringComparison.Ordinal).Normalize().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Escaped(string text) => text.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_");

    /// <summary>A name that is like one of the patterns: each alone, so that the index of trigrams serves.</summary>
    private static string NameLike(SearchPatterns patterns, List<NpgsqlParameter> parameters)
    {
        string Parameter(string pattern)
        {
            parameters.Add(new NpgsqlParameter { Value = pattern });
            return "$" + parameters.Count;
        }
        var likes = patterns.Spellings.Select(text =>
        {
            var pattern = "%" + Escaped(text) + "%";
            if (!text.Contains('\'')) return $"p.search_name like {Parameter(pattern)}";
            var wide = Parameter(pattern.Replace('\'', '_'));
            return $"(p.search_name like {wide} and {SearchText.ApostrophesSql} like {Parameter(pattern)})";
        });
        return $"({string.Join(" or ", likes)})";
    }

    private static NpgsqlBatchCommand Command(string sql, List<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        // An unused parameter is an error: the count does not need what only orders.
        foreach (var (p, i) in parameters.Select((p, i) => (p, i)))
            if (System.Text.RegularExpressions.Regex.IsMatch(sql, $@"\${i + 1}(?!\d)")) command.Parameters.Add(p.Clone());
            else command.Parameters.Add(new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        return command;
    }

    private static CaseloadItem Read(NpgsqlDataReader r, Sql sql)
    {
        var subject = new Subject(r.GetGuid(HouseholdColumn), r.GetString(2), Text(r, 3), r.GetBoolean(17), r.GetBoolean(18));
        var item = new CaseloadItem(
            subject.Id, r.GetString(0), Text(r, 1), subject.Unit, subject.Hamlet, r.IsDBNull(4) ? null : (PovertyClass)r.GetInt16(4), Text(r, 5), Day(r, 6),
            (ListStatus)r.GetInt16(7), r.GetBoolean(8), r.GetInt32(9), Text(r, 10), Day(r, 11), Text(r, 12), Day(r, 13), r.GetFieldValue<DateTimeOffset>(14),
            r.IsDBNull(15) ? null : r.GetInt32(15), r.GetBoolean(19), r.GetInt32(20), Day(r, 21));
        return sql.Reach.SightOf(subject) == Sight.Full ? item
            : item with { ExitRequested = false, Supports = 0, SupportMix = null, LastEvent = null, LastOn = null, Running = 0, NextDue = null };
    }

    private static string? Text(NpgsqlDataReader r, int i) => r.IsDBNull(i) ? null : r.GetString(i);

    private static DateOnly? Day(NpgsqlDataReader r, int i) => r.IsDBNull(i) ? null : r.GetFieldValue<DateOnly>(i);
}
