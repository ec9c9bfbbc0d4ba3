using System.Text;
using Npgsql;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Storage;

namespace YenBai.Cases.Caseload;

[System.Text.Json.Serialization.JsonConverter(typeof(SnakeCase<CaseloadSort>))]
public enum CaseloadSort { Changed, Name, Code, Since, LastVisit, Supports }

/// <summary>Which households to list. What is left out narrows nothing.</summary>
/// <param name="Search">Part of the head's name, with or without diacritics, or the beginning of a code.</param>
/// <param name="Place">The id of a unit: everything that belongs to it.</param>
/// <param name="Support">An instrument that the household received, or none.</param>
/// <param name="Event">The stored name of the newest event.</param>
/// <param name="ChangedSince">Something was learnt of it on that day or later.</param>
public sealed record CaseloadFilter(
    string? Search = null, string? Place = null, PovertyClass? Class = null, string? Standard = null, string? Support = null, string? Event = null,
    DateOnly? ChangedSince = null, bool? ExitRequested = null, CaseloadSort Sort = CaseloadSort.Changed, bool Descending = true)
{
    /// <summary>What may be asked for as support.</summary>
    public static readonly IReadOnlyList<string> Supports = ["loan", "training", "livestock", "service", "none"];
}

/// <summary>One household as the list shows it.</summary>
public sealed record CaseloadItem(
    string Code, string? HeadName, string Place, string? Hamlet, PovertyClass? Class, string? Standard, DateOnly? Since, ListStatus Status,
    bool ExitRequested, int Supports, string? SupportMix, DateOnly? LastVisit, string? LastEvent, DateOnly? LastOn, DateTimeOffset Changed, int? Members, bool HeadErased = false);

public sealed record CaseloadPage(long Total, IReadOnlyList<CaseloadItem> Items);

/// <summary>Searches, filters, sorts and pages the caseload in the database.</summary>
public sealed class CaseloadQuery(NpgsqlDataSource source, PlaceCatalog places)
{
    public const int LargestPage = 200;

    private const string From = $"{CaseloadTable.Name} c left join {CasesStore.Schema}.mt_doc_person p on p.id = c.head_id";

    public async Task<CaseloadPage> PageAsync(CaseloadFilter filter, int page, int size, CancellationToken cancellation)
    {
        var (where, order, parameters) = Sql(filter);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Command($"select count(*) from {(NeedsPerson(filter) ? From : CaseloadTable.Name + " c")} {where}", parameters));
        batch.BatchCommands.Add(Command($"{Columns} from {From} {where} {order} limit {Math.Clamp(size, 1, LargestPage)} offset {(long)Math.Max(0, page - 1) * size}", parameters));

        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var total = reader.GetInt64(0);
        await reader.NextResultAsync(cancellation);
        var items = new List<CaseloadItem>();
        while (await reader.ReadAsync(cancellation)) items.Add(Read(reader));
        return new CaseloadPage(total, items);
    }

    /// <summary>All that the filter finds, streamed.</summary>
    public async IAsyncEnumerable<CaseloadItem> AllAsync(CaseloadFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var (where, order, parameters) = Sql(filter);
        await using var command = source.CreateCommand($"{Columns} from {From} {where} {order}");
        foreach (var p in parameters) command.Parameters.Add(p.Clone());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) yield return Read(reader);
    }

    /// <summary>How many households stand how.</summary>
    public Task<CaseloadCounts> CountAsync(DateOnly changedSince, CancellationToken cancellation) => source.CountAsync(changedSince, cancellation);

    private const string Columns = """
        select c.code, p.data ->> 'name', c.unit, c.hamlet, c.class, c.standard, c.since, c.status, c.exit_requested, c.supports, c.support_mix,
            c.last_visit, c.last_event, c.last_on, c.changed, c.members, (p.data ->> 'erased') is not null
        """;

    private (string Where, string Order, List<NpgsqlParameter> Parameters) Sql(CaseloadFilter filter)
    {
        var where = new List<string>();
        var parameters = new List<NpgsqlParameter>();
        var exactFirst = "";

        void And(string condition, object value)
        {
            parameters.Add(new NpgsqlParameter { Value = value });
            where.Add(condition.Replace("?", "$" + parameters.Count, StringComparison.Ordinal));
        }

        if (Words(filter.Search) is { Length: > 0 } search)
        {
            if (search.Any(char.IsAsciiDigit))
            {
                And("c.code ilike ?", Escaped(search) + "%");
            }
            else
            {
                And("p.search_name like ?", "%" + Escaped(VietnameseText.Fold(search)) + "%");
                // Tone marks make other words: whoever typed them is shown those first.
                parameters.Add(new NpgsqlParameter { Value = "%" + Escaped(search) + "%" });
                exactFirst = $"(p.data ->> 'name' ilike ${parameters.Count}) desc, ";
            }
        }
        if (filter.Place is { } place) And("c.unit = any(?)", places.Within(place).ToArray());
        if (filter.Class is { } @class) And("c.class = ?", (short)@class);
        if (filter.Standard is { } standard) And("c.standard = ?", standard);
        if (filter.Support == "none") where.Add("c.supports = 0");
        else if (filter.Support is { } support) And("c.support_mix like ?", "%" + Escaped(support) + "%");
        if (filter.Event is { } e) And("c.last_event = ?", e);
        if (filter.ChangedSince is { } since) And("c.changed >= ?", Calendar.Days.StartOf(since).UtcDateTime);
        if (filter.ExitRequested is { } requested) And("c.exit_requested = ?", requested);

        var direction = filter.Descending ? "desc" : "asc";
        var column = filter.Sort switch
        {
            CaseloadSort.Name => "p.data ->> 'name' collate \"vi-x-icu\"",
            CaseloadSort.Code => "c.code",
            CaseloadSort.Since => "c.since",
            CaseloadSort.LastVisit => "c.last_visit",
            CaseloadSort.Supports => "c.supports",
            _ => "c.changed",
        };
        var order = new StringBuilder($"order by {exactFirst}{column} {direction} nulls last");
        if (filter.Sort != CaseloadSort.Code) order.Append(", c.code");
        return (where.Count == 0 ? "" : "where " + string.Join(" and ", where), order.ToString(), parameters);
    }

    private static bool NeedsPerson(CaseloadFilter filter) => Words(filter.Search) is { Length: > 0 } search && !search.Any(char.IsAsciiDigit);

    private static string? Words(string? search) => search is null ? null : string.Join(' ', search.Replace("\0", "", StringComparison.Ordinal).Normalize().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Escaped(string text) => text.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_");

    private static NpgsqlBatchCommand Command(string sql, List<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        // An unused parameter is an error: the count does not need what only orders.
        foreach (var (p, i) in parameters.Select((p, i) => (p, i)))
            if (sql.Contains("$" + (i + 1), StringComparison.Ordinal)) command.Parameters.Add(p.Clone());
            else command.Parameters.Add(new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        return command;
    }

    private static CaseloadItem Read(NpgsqlDataReader r) => new(
        r.GetString(0), Text(r, 1), r.GetString(2), Text(r, 3), r.IsDBNull(4) ? null : (PovertyClass)r.GetInt16(4), Text(r, 5), Day(r, 6),
        (ListStatus)r.GetInt16(7), r.GetBoolean(8), r.GetInt32(9), Text(r, 10), Day(r, 11), Text(r, 12), Day(r, 13), r.GetFieldValue<DateTimeOffset>(14),
        r.IsDBNull(15) ? null : r.GetInt32(15), r.GetBoolean(16));

    private static string? Text(NpgsqlDataReader r, int i) => r.IsDBNull(i) ? null : r.GetString(i);

    private static DateOnly? Day(NpgsqlDataReader r, int i) => r.IsDBNull(i) ? null : r.GetFieldValue<DateOnly>(i);
}
