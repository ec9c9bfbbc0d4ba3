using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.Caseload;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Support;

namespace YenBai.Cases.Work;

/// <summary>
/// What somebody has to do, of one day in this order: a visit, since whoever goes out looks first where to go; a condition to see
/// to, one that was missed, an agreement that ends, an exit request, evidence to verify, a miss handed up.
/// </summary>
public enum WorkKind { Visit, Condition, Missed, SupportEnds, ExitRequest, Evidence, Escalation }

/// <param name="Until">By when; of what is waiting, since when.</param>
/// <param name="Condition">Of a condition: its id, kind and own words.</param>
/// <param name="Version">The household's version, which a command names.</param>
public sealed record WorkItem(
    WorkKind Kind, Guid Household, string Code, int Version, string? HeadName, string Unit, string? Hamlet, DateOnly Until, string? Owner, Guid? Support, string? Instrument,
    Guid? Condition = null, string? ConditionKind = null, string? Title = null, Evidence Evidence = Evidence.None, AfterMiss AfterMiss = AfterMiss.Remind);

/// <param name="Total">How many there are; the items are the first of them.</param>
public sealed record WorkColumn(long Total, IReadOnlyList<WorkItem> Items);

public sealed record WorkList(WorkColumn Overdue, WorkColumn Soon, WorkColumn Waiting);

public enum WorkPart { Overdue, Soon, Waiting }

/// <summary>What a person has to do, from the read models.</summary>
public sealed class WorkQuery(NpgsqlDataSource source, PlaceCatalog places, ReadLog log, TimeProvider clock)
{
    public const int Days = 7;

    private const string Shown = "c.household, c.code, c.version, p.data ->> 'name', c.unit, c.hamlet";

    /// <param name="mine">Only what is theirs by name, or nobody's; else everything in their places.</param>
    /// <param name="most">The most items of a column.</param>
    /// <param name="only">The one column that is shown; of the others the totals.</param>
    public async Task<WorkList> ReadAsync(Actor who, bool mine, int most, CancellationToken cancellation, WorkPart? only = null)
    {
        var all = await ListAsync(who, mine, most, cancellation);
        var list = new WorkList(Shown(WorkPart.Overdue, all.Overdue), Shown(WorkPart.Soon, all.Soon), Shown(WorkPart.Waiting, all.Waiting));
        await log.AddAsync(
            who, ReadKind.Listed, Sight.Full, new[] { list.Overdue, list.Soon, list.Waiting }.SelectMany(c => c.Items).Select(i => i.Household),
            Question.Of("work", null, ("mine", mine), ("most", most), ("part", only)), cancellation);
        return list;

        WorkColumn Shown(WorkPart part, WorkColumn column) => only is null || only == part ? column : column with { Items = [] };
    }

    private async Task<WorkList> ListAsync(Actor who, bool mine, int most, CancellationToken cancellation)
    {
        var reach = who.ReachOf(Operation.RecordWork);
        if (reach.IsNothing) return new(new(0, []), new(0, []), new(0, []));
        var today = clock.Today();
        List<NpgsqlParameter> parameters = [new() { Value = today }, new() { Value = who.Name }, new() { Value = most }];
        // The conditions' own columns say where they are, so that their indexes are used.
        var atCondition = And(ReachSql.Within(reach.Extents, reach.IsEverything, places, parameters, "t")) + Whose("t.owner");
        var atAgreement = And(ReachSql.Within(reach.Extents, reach.IsEverything, places, parameters, "a")) + Whose("c.worker");
        var atCase = And(ReachSql.Within(reach.Extents, reach.IsEverything, places, parameters)) + Whose("c.worker");

        var overdue = ColumnAsync($"""
            select {(int)WorkKind.Condition} as what, t.due as until, t.id as condition, t.support from {SupportTables.Conditions} t
            where t.live and t.state in (0, 1) and t.suspended_since is null and t.due < $1 {atCondition}
            union all
            select {(int)WorkKind.Missed}, t.due, t.id, t.support from {SupportTables.Conditions} t where t.live and t.state = 4 {atCondition}
            """, $"""
            select {(int)WorkKind.Visit} as what, c.planned_visit as until, c.household from {CaseloadTable.Name} c where c.planned_visit < $1 {atCase}
            """);
        var soon = ColumnAsync($"""
            select {(int)WorkKind.Condition} as what, t.due as until, t.id as condition, t.support from {SupportTables.Conditions} t
            where t.live and t.state in (0, 1) and t.suspended_since is null and t.due between $1 and $1 + {Days} {atCondition}
            union all
            select {(int)WorkKind.SupportEnds}, a.ends, null, a.id from {SupportTables.Agreements} a join {CaseloadTable.Name} c on c.household = a.household
            where a.outcome is null and a.suspended_since is null and a.ends between $1 and $1 + {Days} {atAgreement}
            """, $"""
            select {(int)WorkKind.Visit} as what, c.planned_visit as until, c.household from {CaseloadTable.Name} c where c.planned_visit between $1 and $1 + {Days} {atCase}
            """);
        var handedUp = who.Has(Role.Manager)
            ? $"""
                union all
                select {(int)WorkKind.Escalation}, t.due, t.id, t.support from {SupportTables.Conditions} t
                where t.live and t.state = 4 and exists (select 1 from {ReminderTable.Name} r where r.subject = t.id and r.due = t.due and r.step = {ReminderTable.Escalated}) {atCondition}
                """
            : "";
        var waiting = ColumnAsync($"""
            select {(int)WorkKind.Evidence} as what, t.handed_in_on as until, t.id as condition, t.support from {SupportTables.Conditions} t
            where t.live and t.handed_in_on is not null and t.state in (1, 4) {atCondition} {handedUp}
            """, $"""
            select {(int)WorkKind.ExitRequest} as what, c.exit_requested_on as until, c.household from {CaseloadTable.Name} c where c.exit_requested {atCase}
            """);
        return new(await overdue, await soon, await waiting);

        string Whose(string column) => mine ? $" and ({column} is null or {column} = $2)" : "";

        static string And(string condition) => condition.Length == 0 ? "" : " and " + condition;

        async Task<WorkColumn> ColumnAsync(string conditions, string cases)
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            await using var command = new NpgsqlCommand($"""
                with w as ({conditions}), v as ({cases}),
                    first as (
                        select what, until, condition, support, null::uuid as household from w union all select what, until, null, null, household from v
                        order by until, what limit $3)
                select (select count(*) from w) + (select count(*) from v), f.what, f.until, {Shown}, t.owner, a.id, a.instrument, t.id, t.kind, n.data ->> 'text', t.evidence, t.after_miss
                from first f left join {SupportTables.Agreements} a on a.id = f.support left join {SupportTables.Conditions} t on t.id = f.condition
                    join {CaseloadTable.Name} c on c.household = coalesce(f.household, a.household)
                    left join {StoreSchema.Name}.mt_doc_person p on p.id = c.head_id left join {StoreSchema.Name}.mt_doc_note n on n.id = t.title_id
                order by f.until, f.what, c.code
                """, connection);
            foreach (var p in parameters)
            {
                var used = System.Text.RegularExpressions.Regex.IsMatch(command.CommandText, $@"\${parameters.IndexOf(p) + 1}(?!\d)");
                command.Parameters.Add(used ? p.Clone() : new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
            }
            await using var r = await command.ExecuteReaderAsync(cancellation);
            List<WorkItem> items = [];
            var total = 0L;
            while (await r.ReadAsync(cancellation))
            {
                total = r.GetInt64(0);
                items.Add(new(
                    (WorkKind)r.GetInt32(1), r.GetGuid(3), r.GetString(4), r.GetInt32(5), Text(r, 6), r.GetString(7), Text(r, 8), r.GetFieldValue<DateOnly>(2), Text(r, 9), Id(r, 10), Text(r, 11),
                    Id(r, 12), Text(r, 13), Text(r, 14), r.IsDBNull(15) ? Evidence.None : (Evidence)r.GetInt16(15), r.IsDBNull(16) ? AfterMiss.Remind : (AfterMiss)r.GetInt16(16)));
            }
            return new(total, items);
        }
    }

    private static string? Text(NpgsqlDataReader r, int i) => r.IsDBNull(i) ? null : r.GetString(i);

    private static Guid? Id(NpgsqlDataReader r, int i) => r.IsDBNull(i) ? null : r.GetGuid(i);
}
