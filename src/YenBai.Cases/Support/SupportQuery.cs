using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.Caseload;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Support;

public enum SupportOrder { End, NextDue, Household, Start, Amount }

/// <summary>Which agreements to list. What is left out narrows nothing.</summary>
/// <param name="DueWithin">An open condition, or the end, falls within so many days from today, or is past.</param>
/// <param name="EndsWithin">The last day falls within so many days from today.</param>
/// <param name="Overdue">A condition is missed or its due day past.</param>
/// <param name="EvidenceWaiting">Something was handed in that nobody has verified.</param>
public sealed record SupportFilter(
    string? Place = null, SupportState? State = null, string? Instrument = null, string? Sponsor = null, [property: TypedText] string? Household = null, string? Owner = null,
    int? DueWithin = null, int? EndsWithin = null, bool Overdue = false, bool Missed = false, bool EvidenceWaiting = false, bool Running = false,
    SupportOrder Order = SupportOrder.End, bool Descending = false)
{
    /// <summary>Only these agreements; none named: all that the rest leaves.</summary>
    public IReadOnlyCollection<Guid> Ids { get; init; } = [];
}

/// <summary>One condition as lists show it, on the day of asking.</summary>
/// <param name="DaysLeft">Until the due day; below zero past it; none when it is settled or the agreement has ended.</param>
public sealed record ConditionItem(
    Guid Id, Guid Support, string Kind, string? Title, string? Owner, DateOnly Due, ConditionState State, int? DaysLeft, DateOnly? SettledOn, DateOnly? HandedInOn,
    Evidence Evidence, AfterMiss AfterMiss);

/// <summary>One agreement as lists and timelines show it, on the day of asking.</summary>
/// <param name="HouseholdVersion">The version that a command names.</param>
public sealed record SupportItem(
    Guid Id, string Code, string? HeadName, int HouseholdVersion, string Unit, string? Hamlet, string Instrument, decimal Amount, string? Sponsor, SupportState State,
    DateOnly Start, DateOnly End, int? DaysLeft, DateOnly? EndedOn, IReadOnlyList<Suspension> Suspensions, int Open, int Missed, DateOnly? NextDue, IReadOnlyList<ConditionItem> Conditions)
{
    /// <summary>How much of the household whoever asked sees.</summary>
    public Sight Sight { get; init; }
}

/// <param name="Next">Where to go on; none at the end, and of a numbered page.</param>
public sealed record SupportPage(long Total, IReadOnlyList<SupportItem> Items, ListCursor? Next = null);

/// <summary>How many running agreements end within 7, 14, 30 days, and what stands still or is late.</summary>
public sealed record SupportCounts(long Running, long Within7, long Within14, long Within30, long Suspended, long Missed, long EvidenceWaiting);

/// <summary>How a unit stands with its conditions.</summary>
public sealed record UnitLateness(string Unit, long Running, long Missed, long Waiting);

/// <summary>Agreements and their conditions that somebody may see, from the read model.</summary>
public sealed class SupportQuery(NpgsqlDataSource source, PlaceCatalog places, ReadLog log, TimeProvider clock)
{
    public const int LargestPage = 2000;

    private const string Agreed = $"{SupportTables.Agreements} a";

    private const string From = $"{Agreed} join {CaseloadTable.Name} c on c.household = a.household";

    private const string HasUnverified = $"exists (select 1 from {SupportTables.Conditions} t where t.support = a.id and t.live and t.handed_in_on is not null and t.state in (1, 4))";

    private const string Columns = """
        select a.id, c.code, a.household, c.version, a.unit, a.hamlet, a.instrument, a.amount, a.sponsor, a.start, a.ends, a.suspended_since, a.suspensions, a.ended_on, a.outcome,
            a.open, a.missed, a.next_due, a.shared, a.restricted, p.data ->> 'name'
        """;

    public async Task<SupportPage> PageAsync(Actor who, SupportFilter filter, int page, int size, CancellationToken cancellation)
    {
        size = Math.Clamp(size, 1, LargestPage);
        var (total, found) = await RowsAsync(who, filter, Numbered(filter, page, size), cancellation);
        await log.AddAsync(
            who, ReadKind.Listed, who.ReachOf(Operation.ListSupport).Most, found.Select(f => f.Household), Question.Of("supports", filter, ("page", page), ("size", size), ("total", total)), cancellation);
        return new(total, [.. found.Select(f => f.Item)]);
    }

    /// <summary>
    /// The agreements after a cursor, in the order of their households' codes, which no work changes: followed to its end it repeats and
    /// skips no agreement.
    /// </summary>
    public async Task<SupportPage> FromAsync(Actor who, SupportFilter filter, ListCursor? after, int size, CancellationToken cancellation)
    {
        size = Math.Clamp(size, 1, LargestPage);
        var (total, found) = await RowsAsync(who, filter, After(after, size), cancellation);
        var shown = found.Take(size).ToList();
        await log.AddAsync(
            who, ReadKind.Listed, who.ReachOf(Operation.ListSupport).Most, shown.Select(f => f.Household),
            Question.Of("supports", filter, Question.Continued(after), ("size", size), ("total", total)), cancellation);
        return new(total, [.. shown.Select(f => f.Item)], found.Count > size ? new(shown[^1].Item.Code, shown[^1].Item.Id.ToString()) : null);
    }

    /// <summary>A cursor of this list; none for what is no such.</summary>
    public static ListCursor? CursorOf(string text) => ListCursor.Parse(text, 2) is { } cursor && Guid.TryParse(cursor.Keys[1], out _) ? cursor : null;

    /// <summary>Which rows of what a filter finds.</summary>
    private delegate string Part(List<NpgsqlParameter> parameters, string where);

    private static Part Numbered(SupportFilter filter, int page, int size) => (_, where) =>
    {
        var order = filter.Order switch
        {
            SupportOrder.NextDue => "a.next_due",
            SupportOrder.Start => "a.start",
            SupportOrder.Amount => "a.amount",
            SupportOrder.Household => "c.code",
            _ => "a.ends",
        };
        return $"{where} order by {order} {(filter.Descending ? "desc" : "asc")} nulls last, a.id limit {size} offset {(long)Math.Max(0, page - 1) * size}";
    };

    private static Part After(ListCursor? cursor, int size) => (parameters, where) =>
    {
        if (cursor is not null)
        {
            parameters.Add(new() { Value = cursor.Keys[0] });
            parameters.Add(new() { Value = Guid.Parse(cursor.Keys[1]) });
            where += $"{(where.Length == 0 ? "where" : " and")} (c.code collate \"C\", a.id) > (${parameters.Count - 1}, ${parameters.Count})";
        }
        // One more than asked for says whether there is more.
        return $"{where} order by c.code collate \"C\", a.id limit {size + 1}";
    };

    private async Task<(long Total, IReadOnlyList<(Guid Household, SupportItem Item)> Found)> RowsAsync(Actor who, SupportFilter filter, Part part, CancellationToken cancellation)
    {
        var today = clock.Today();
        List<NpgsqlParameter> parameters = [];
        if (WhereOf(who, filter, today, parameters) is not { } where) return (0, []);
        await using var count = Command($"select count(*) from {(filter.Household is null ? Agreed : From)} {where}", parameters);
        var total = (long)(await count.ExecuteScalarAsync(cancellation))!;
        var rows = part(parameters, where);
        await using var command = Command($"{Columns} from {From} left join {StoreSchema.Name}.mt_doc_person p on p.id = c.head_id {rows}", parameters);
        List<(Guid Household, SupportItem Item, Sight Sight)> found = [];
        var reach = who.ReachOf(Operation.ListSupport);
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation)) found.Add(Read(reader, today, reach));
        var conditions = await ConditionsAsync([.. found.Select(f => f.Item)], today, cancellation);
        return (total, [.. found.Select(f => (f.Household, Shown(f.Item with { Sight = f.Sight, Conditions = [.. conditions[f.Item.Id]] }, f.Sight)))]);
    }

    /// <summary>One agreement; none where it is not there or not theirs.</summary>
    public async Task<SupportItem?> FindAsync(Actor who, Guid id, CancellationToken cancellation)
    {
        var (_, found) = await RowsAsync(who, new SupportFilter { Ids = [id] }, After(null, 1), cancellation);
        await log.AddAsync(who, ReadKind.Listed, who.ReachOf(Operation.ListSupport).Most, found.Select(f => f.Household), new Question("support", []), cancellation);
        return found.Select(f => f.Item).FirstOrDefault();
    }

    /// <summary>The agencies that give under running agreements, by their codes.</summary>
    public async Task<IReadOnlyList<string>> SponsorsAsync(Actor who, CancellationToken cancellation)
    {
        List<NpgsqlParameter> parameters = [];
        if (WhereOf(who, new SupportFilter(Running: true), clock.Today(), parameters) is not { } where) return [];
        await using var command = Command($"select distinct a.sponsor from {Agreed} {where} and a.sponsor is not null order by 1", parameters);
        await using var r = await command.ExecuteReaderAsync(cancellation);
        List<string> sponsors = [];
        while (await r.ReadAsync(cancellation)) sponsors.Add(r.GetString(0));
        return sponsors;
    }

    public async Task<SupportCounts> CountAsync(Actor who, string? place, CancellationToken cancellation)
    {
        var today = clock.Today();
        List<NpgsqlParameter> parameters = [];
        if (WhereOf(who, new SupportFilter(Place: place, Running: true), today, parameters) is not { } where) return new(0, 0, 0, 0, 0, 0, 0);
        parameters.Add(new() { Value = today });
        var day = "$" + parameters.Count;
        await using var command = Command($"""
            select count(*), count(*) filter (where {Ends} between {day} and {day} + 7), count(*) filter (where {Ends} between {day} and {day} + 14),
                count(*) filter (where {Ends} between {day} and {day} + 30), count(*) filter (where a.suspended_since is not null), coalesce(sum(a.missed), 0)::bigint,
                (select count(*) from {SupportTables.Conditions} t join {Agreed} on a.id = t.support {(where.Length == 0 ? "where" : where + " and")} t.live and t.handed_in_on is not null and t.state in (1, 4))
            from {Agreed} {where}
            """, parameters);
        await using var r = await command.ExecuteReaderAsync(cancellation);
        await r.ReadAsync(cancellation);
        return new(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), r.GetInt64(6));
    }

    /// <summary>Units with running agreements, the most missed conditions first: where things are stuck.</summary>
    public async Task<IReadOnlyList<UnitLateness>> ByUnitAsync(Actor who, string? place, CancellationToken cancellation)
    {
        List<NpgsqlParameter> parameters = [];
        if (WhereOf(who, new SupportFilter(Place: place, Running: true), clock.Today(), parameters) is not { } where) return [];
        await using var command = Command($"select a.unit, count(*), sum(a.missed)::bigint, sum(a.open)::bigint from {Agreed} {where} group by a.unit order by 3 desc, 2 desc", parameters);
        await using var r = await command.ExecuteReaderAsync(cancellation);
        List<UnitLateness> units = [];
        while (await r.ReadAsync(cancellation)) units.Add(new(r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3)));
        return units;
    }

    private const string Ends = "case when a.suspended_since is null then a.ends end";

    /// <summary>None where nothing can be found.</summary>
    private string? WhereOf(Actor who, SupportFilter filter, DateOnly today, List<NpgsqlParameter> parameters)
    {
        var reach = who.ReachOf(Operation.ListSupport);
        if (reach.IsNothing) return null;
        List<string> where = [];
        void And(string condition, object value)
        {
            parameters.Add(new NpgsqlParameter { Value = value });
            where.Add(condition.Replace("?", "$" + parameters.Count, StringComparison.Ordinal));
        }

        if (ReachSql.Within(reach.Extents, reach.IsEverything, places, parameters, "a") is { Length: > 0 } within) where.Add(within);
        // What debts a household has is not a sponsor's to find out.
        if (reach.Extents.All(e => e.Sight == Sight.Sponsor) && !reach.IsEverything)
            And("not (a.instrument = any(?))", Instruments.All.Where(i => i.Family == "loan").Select(i => i.Code).ToArray());
        if (filter.Place is { } place) And("a.unit = any(?)", places.Within(place).ToArray());
        if (filter.Instrument is { } instrument) And("a.instrument = ?", instrument);
        if (filter.Sponsor is { } sponsor) And("a.sponsor = ?", sponsor);
        if (filter.Household is { } code) And("c.code = ?", code);
        if (filter.Owner is { } owner) And($"exists (select 1 from {SupportTables.Conditions} t where t.support = a.id and t.owner = ?)", owner);
        if (filter.Running) where.Add("a.outcome is null");
        if (filter.Missed) where.Add("a.missed > 0 and a.outcome is null");
        if (filter.EvidenceWaiting) where.Add(HasUnverified);
        if (filter.Ids.Count > 0) And("a.id = any(?)", filter.Ids.ToArray());
        if (filter.Overdue) And($"exists (select 1 from {SupportTables.Conditions} t where t.support = a.id and t.live and (t.state = 4 or (t.state in (0, 1) and t.suspended_since is null and t.due < ?)))", today);
        if (filter.DueWithin is { } due) And("a.outcome is null and a.suspended_since is null and least(a.next_due, a.ends) <= ?", today.AddDays(due));
        if (filter.EndsWithin is { } ends) And("a.outcome is null and a.suspended_since is null and a.ends <= ?", today.AddDays(ends));
        switch (filter.State)
        {
            case SupportState.Agreed: And("a.outcome is null and a.suspended_since is null and a.start > ?", today); break;
            case SupportState.Active: And("a.outcome is null and a.suspended_since is null and a.start <= ?", today); break;
            case SupportState.Suspended: where.Add("a.outcome is null and a.suspended_since is not null"); break;
            case SupportState.Completed: where.Add("a.outcome = 0"); break;
            case SupportState.EndedEarly: where.Add("a.outcome = 1"); break;
            case SupportState.Lapsed: where.Add("a.outcome = 2"); break;
        }
        return where.Count == 0 ? "" : "where " + string.Join(" and ", where);
    }

    private static (Guid, SupportItem, Sight) Read(NpgsqlDataReader r, DateOnly today, Reach reach)
    {
        var subject = new Subject(r.GetGuid(2), r.GetString(4), Text(r, 5), r.GetBoolean(18), r.GetBoolean(19));
        var sight = reach.SightOf(subject);
        var (start, ends, since, outcome) = (r.GetFieldValue<DateOnly>(9), r.GetFieldValue<DateOnly>(10), Day(r, 11), r.IsDBNull(14) ? null : (SupportOutcome?)r.GetInt16(14));
        if (since is { } stood && today > stood) ends = ends.AddDays(today.DayNumber - stood.DayNumber);
        var state = outcome switch
        {
            SupportOutcome.Completed => SupportState.Completed,
            SupportOutcome.EndedEarly => SupportState.EndedEarly,
            SupportOutcome.Lapsed => SupportState.Lapsed,
            _ => since is not null ? SupportState.Suspended : start > today ? SupportState.Agreed : SupportState.Active,
        };
        var item = new SupportItem(
            r.GetGuid(0), r.GetString(1), Text(r, 20), r.GetInt32(3), subject.Unit, subject.Hamlet, r.GetString(6), r.GetDecimal(7),
            Text(r, 8), state, start, ends, outcome is null ? ends.DayNumber - today.DayNumber : null, Day(r, 13), SuspensionsOf(r.GetString(12)), r.GetInt32(15), r.GetInt32(16), Day(r, 17), []);
        return (subject.Id, item, sight);
    }

    private async Task<ILookup<Guid, ConditionItem>> ConditionsAsync(IReadOnlyList<SupportItem> items, DateOnly today, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"""
            select t.id, t.support, t.kind, n.data ->> 'text', t.owner, t.due, t.state, t.settled_on, t.handed_in_on, t.evidence, t.after_miss, t.suspended_since, t.live
            from {SupportTables.Conditions} t left join {StoreSchema.Name}.mt_doc_note n on n.id = t.title_id
            where t.support = any($1) order by t.support, t.due, t.ordinal
            """);
        command.Parameters.Add(new() { Value = items.Select(i => i.Id).ToArray() });
        await using var r = await command.ExecuteReaderAsync(cancellation);
        List<ConditionItem> conditions = [];
        while (await r.ReadAsync(cancellation))
        {
            var (due, state, since) = (r.GetFieldValue<DateOnly>(5), (ConditionState)r.GetInt16(6), Day(r, 11));
            if (since is { } stood && stood <= due && today > stood) due = due.AddDays(today.DayNumber - stood.DayNumber);
            var open = r.GetBoolean(12) && state is ConditionState.Due or ConditionState.HandedIn or ConditionState.Missed;
            conditions.Add(new(
                r.GetGuid(0), r.GetGuid(1), r.GetString(2), Text(r, 3), Text(r, 4), due, state, open ? due.DayNumber - today.DayNumber : null, Day(r, 7), Day(r, 8),
                (Evidence)r.GetInt16(9), (AfterMiss)r.GetInt16(10)));
        }
        return conditions.ToLookup(c => c.Support);
    }

    /// <summary>As much of it as somebody may see.</summary>
    private static SupportItem Shown(SupportItem item, Sight sight) => sight == Sight.Full
        ? item
        : item with { Conditions = [.. item.Conditions.Select(c => c with { Title = null, Owner = null })] };

    private static List<Suspension> SuspensionsOf(string text)
    {
        var days = text.Length == 0 ? [] : text.Split(',');
        return [.. days.Chunk(2).Select(d => new Suspension(Parse(d[0]), d[1].Length == 0 ? null : Parse(d[1])))];

        static DateOnly Parse(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    private NpgsqlCommand Command(string sql, List<NpgsqlParameter> parameters)
    {
        var command = source.CreateCommand(sql);
        foreach (var p in parameters) command.Parameters.Add(p.Clone());
        return command;
    }

    private static string? Text(NpgsqlDataReader r, int i) => r.IsDBNull(i) ? null : r.GetString(i);

    private static DateOnly? Day(NpgsqlDataReader r, int i) => r.IsDBNull(i) ? null : r.GetFieldValue<DateOnly>(i);
}
