using Marten;
using Npgsql;
using Weasel.Postgresql.Tables;
using YenBai.Cases.Households;

namespace YenBai.Cases.Caseload;

/// <summary>The caseload: one flat row a household, searched and sorted in the database. Names stand in the person records.</summary>
public static class CaseloadTable
{
    public const string Name = StoreSchema.Name + ".caseload";

    /// <summary>
    /// The class of a household <c>c</c> today, in SQL: none for one that moved out or was dissolved, which keeps the class last judged;
    /// poor only while it is on the list.
    /// </summary>
    internal static readonly string ClassToday =
        $"(case when c.status = {(int)ListStatus.Gone} or (c.class = {(int)PovertyClass.Poor} and c.status <> {(int)ListStatus.Poor}) then null else c.class end)";

    internal static Table Definition
    {
        get
        {
            var table = new Table(Name);
            table.AddColumn<Guid>("household").AsPrimaryKey();
            table.AddColumn("version", "integer").NotNull();
            table.AddColumn("code", "varchar").NotNull().AddIndex();
            table.AddColumn("head_id", "uuid").AddIndex();
            table.AddColumn("unit", "varchar").NotNull().AddIndex();
            table.AddColumn("hamlet", "varchar");
            table.AddColumn("class", "smallint");
            table.AddColumn("standard", "varchar");
            table.AddColumn("since", "date");
            table.AddColumn("status", "smallint").NotNull();
            table.AddColumn("exits", "integer").NotNull();
            table.AddColumn("exit_requested", "boolean").NotNull();
            table.AddColumn("supports", "integer").NotNull();
            table.AddColumn("support_mix", "varchar");
            table.AddColumn("last_visit", "date");
            table.AddColumn("last_event", "varchar");
            table.AddColumn("last_on", "date");
            table.AddColumn("changed", "timestamptz").NotNull().AddIndex();
            table.AddColumn("members", "integer");
            table.AddColumn("shared", "boolean").NotNull().DefaultValueByExpression("false");
            table.AddColumn("restricted", "boolean").NotNull().DefaultValueByExpression("false");
            table.AddColumn("worker", "varchar");
            table.AddColumn("sponsor", "varchar");
            table.AddColumn("planned_visit", "date");
            table.AddColumn("exit_requested_on", "date");
            table.Indexes.Add(new IndexDefinition("caseload_planned_visit") { Columns = ["planned_visit"], Predicate = "planned_visit is not null" });
            table.Indexes.Add(new IndexDefinition("caseload_restricted") { Columns = ["household"], Predicate = "restricted" });
            table.Indexes.Add(new IndexDefinition("caseload_exit_requested") { Columns = ["exit_requested_on"], Predicate = "exit_requested" });
            return table;
        }
    }

    // A row never gives way to one folded from fewer events.
    private const string Upsert = $"""
        insert into {Name} as old (household, version, code, head_id, unit, hamlet, class, standard, since, status, exits, exit_requested,
            supports, support_mix, last_visit, last_event, last_on, changed, members, shared, restricted, worker, sponsor, planned_visit, exit_requested_on)
        select * from unnest(?::uuid[], ?::int[], ?::varchar[], ?::uuid[], ?::varchar[], ?::varchar[], ?::smallint[], ?::varchar[], ?::date[], ?::smallint[], ?::int[],
            ?::boolean[], ?::int[], ?::varchar[], ?::date[], ?::varchar[], ?::date[], ?::timestamptz[], ?::int[], ?::boolean[], ?::boolean[], ?::varchar[], ?::varchar[], ?::date[], ?::date[])
        on conflict (household) do update set
            version = excluded.version, code = excluded.code, head_id = excluded.head_id, unit = excluded.unit, hamlet = excluded.hamlet, class = excluded.class,
            standard = excluded.standard, since = excluded.since, status = excluded.status, exits = excluded.exits, exit_requested = excluded.exit_requested,
            supports = excluded.supports, support_mix = excluded.support_mix, last_visit = excluded.last_visit, last_event = excluded.last_event,
            last_on = excluded.last_on, changed = excluded.changed, members = excluded.members,
            shared = excluded.shared, restricted = excluded.restricted, worker = excluded.worker, sponsor = excluded.sponsor, planned_visit = excluded.planned_visit,
            exit_requested_on = excluded.exit_requested_on
        where old.version <= excluded.version
        """;

    /// <summary>Queues the rows of these households to be written with the session's next save, or removed where one is not registered (any more).</summary>
    internal static void Write(IDocumentOperations operations, IReadOnlyCollection<Household> households, DateOnly today)
    {
        var rows = new List<CaseloadRow>(households.Count);
        List<Guid> unregistered = [];
        foreach (var household in households)
            if (CaseloadRow.Of(household, today) is { } row) rows.Add(row);
            else unregistered.Add(household.Id);
        if (unregistered.Count > 0) operations.QueueSqlCommand($"delete from {Name} where household = any(?::uuid[])", unregistered.ToArray());
        if (rows.Count == 0) return;
        operations.QueueSqlCommand(Upsert,
            Column(rows, r => r.Household), Column(rows, r => r.Version), Column(rows, r => r.Code), Column(rows, r => r.HeadId), Column(rows, r => r.Unit),
            Column(rows, r => r.Hamlet!), Column(rows, r => (short?)r.Class), Column(rows, r => r.Standard!), Column(rows, r => r.Since), Column(rows, r => (short)r.Status),
            Column(rows, r => r.Exits), Column(rows, r => r.ExitRequested), Column(rows, r => r.Supports), Column(rows, r => r.SupportMix!), Column(rows, r => r.LastVisit),
            Column(rows, r => r.LastEvent!), Column(rows, r => r.LastOn), Column(rows, r => r.Changed.ToUniversalTime()), Column(rows, r => r.Members),
            Column(rows, r => r.Shared), Column(rows, r => r.Restricted), Column(rows, r => r.Worker!), Column(rows, r => r.Sponsor!), Column(rows, r => r.PlannedVisit), Column(rows, r => r.ExitRequestedOn));
    }

    /// <summary>The rows of some households, as they are stored.</summary>
    internal static async Task<Dictionary<Guid, CaseloadRow>> ReadAsync(NpgsqlDataSource source, Guid[] households, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"""
            select household, version, code, head_id, unit, hamlet, class, standard, since, status, exits, exit_requested, supports, support_mix, last_visit,
                last_event, last_on, changed, members, shared, restricted, worker, sponsor, planned_visit, exit_requested_on
            from {Name} where household = any($1)
            """);
        command.Parameters.Add(new() { Value = households });
        await using var r = await command.ExecuteReaderAsync(cancellation);
        var rows = new Dictionary<Guid, CaseloadRow>();
        while (await r.ReadAsync(cancellation))
            rows[r.GetGuid(0)] = new(
                r.GetGuid(0), r.GetInt32(1), r.GetString(2), Value<Guid>(3), r.GetString(4), Text(5), (PovertyClass?)Value<short>(6), Text(7), Value<DateOnly>(8),
                (ListStatus)r.GetInt16(9), r.GetInt32(10), r.GetBoolean(11), r.GetInt32(12), Text(13), Value<DateOnly>(14), Text(15), Value<DateOnly>(16),
                r.GetFieldValue<DateTimeOffset>(17), Value<int>(18), r.GetBoolean(19), r.GetBoolean(20), Text(21), Text(22), Value<DateOnly>(23), Value<DateOnly>(24));
        return rows;

        T? Value<T>(int i) where T : struct => r.IsDBNull(i) ? null : r.GetFieldValue<T>(i);
        string? Text(int i) => r.IsDBNull(i) ? null : r.GetString(i);
    }

    private static object Column<T>(IReadOnlyList<CaseloadRow> rows, Func<CaseloadRow, T> value)
    {
        var column = new T[rows.Count];
        for (var i = 0; i < column.Length; i++) column[i] = value(rows[i]);
        return column;
    }
}
