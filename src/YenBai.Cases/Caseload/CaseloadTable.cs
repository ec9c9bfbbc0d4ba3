using Marten;
using Weasel.Postgresql.Tables;
using YenBai.Cases.Storage;

namespace YenBai.Cases.Caseload;

/// <summary>The caseload: one flat row a household, searched and sorted in the database. Names stand in the person records.</summary>
public static class CaseloadTable
{
    public const string Name = CasesStore.Schema + ".caseload";

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
            return table;
        }
    }

    // A row never gives way to one folded from fewer events.
    private const string Upsert = $"""
        insert into {Name} as old (household, version, code, head_id, unit, hamlet, class, standard, since, status, exits, exit_requested,
            supports, support_mix, last_visit, last_event, last_on, changed, members)
        select * from unnest(?::uuid[], ?::int[], ?::varchar[], ?::uuid[], ?::varchar[], ?::varchar[], ?::smallint[], ?::varchar[], ?::date[], ?::smallint[], ?::int[],
            ?::boolean[], ?::int[], ?::varchar[], ?::date[], ?::varchar[], ?::date[], ?::timestamptz[], ?::int[])
        on conflict (household) do update set
            version = excluded.version, code = excluded.code, head_id = excluded.head_id, unit = excluded.unit, hamlet = excluded.hamlet, class = excluded.class,
            standard = excluded.standard, since = excluded.since, status = excluded.status, exits = excluded.exits, exit_requested = excluded.exit_requested,
            supports = excluded.supports, support_mix = excluded.support_mix, last_visit = excluded.last_visit, last_event = excluded.last_event,
            last_on = excluded.last_on, changed = excluded.changed, members = excluded.members
        where old.version <= excluded.version
        """;

    /// <summary>Queues the rows to be written with the session's next save.</summary>
    internal static void Write(IDocumentOperations operations, IReadOnlyList<CaseloadRow> rows)
    {
        if (rows.Count == 0) return;
        operations.QueueSqlCommand(Upsert,
            Column(rows, r => r.Household), Column(rows, r => r.Version), Column(rows, r => r.Code), Column(rows, r => r.HeadId), Column(rows, r => r.Unit),
            Column(rows, r => r.Hamlet!), Column(rows, r => (short?)r.Class), Column(rows, r => r.Standard!), Column(rows, r => r.Since), Column(rows, r => (short)r.Status),
            Column(rows, r => r.Exits), Column(rows, r => r.ExitRequested), Column(rows, r => r.Supports), Column(rows, r => r.SupportMix!), Column(rows, r => r.LastVisit),
            Column(rows, r => r.LastEvent!), Column(rows, r => r.LastOn), Column(rows, r => r.Changed.ToUniversalTime()), Column(rows, r => r.Members));
    }

    /// <summary>Queues the removal of rows whose household is not registered (any more).</summary>
    internal static void Remove(IDocumentOperations operations, IReadOnlyList<Guid> households)
    {
        if (households.Count > 0) operations.QueueSqlCommand($"delete from {Name} where household = any(?::uuid[])", households.ToArray());
    }

    private static object Column<T>(IReadOnlyList<CaseloadRow> rows, Func<CaseloadRow, T> value)
    {
        var column = new T[rows.Count];
        for (var i = 0; i < column.Length; i++) column[i] = value(rows[i]);
        return column;
    }
}
