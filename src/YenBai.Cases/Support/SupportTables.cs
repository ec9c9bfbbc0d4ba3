using Marten;
using Npgsql;
using Weasel.Postgresql.Tables;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Support;

/// <summary>One agreement as lists and timelines show it.</summary>
/// <param name="Ends">Its last day; while it is suspended, as it stood when the clock stopped.</param>
/// <param name="Suspensions">From and to in turn, as ISO dates; the last "to" is empty while it stands still.</param>
/// <param name="Open">Conditions that are neither settled nor missed.</param>
/// <param name="NextDue">The soonest due day among them.</param>
public sealed record AgreementRow(
    Guid Id, Guid Household, int Version, string Unit, string? Hamlet, bool Shared, bool Restricted, string Instrument, decimal Amount, string? Sponsor, DateOnly Start,
    DateOnly Ends, DateOnly? SuspendedSince, string Suspensions, DateOnly? EndedOn, SupportOutcome? Outcome, int Conditions, int Open, int Met, int Missed, DateOnly? NextDue);

/// <summary>One condition as lists and timelines show it.</summary>
/// <param name="Owner">Who sees to it: whoever was named, else the household's worker.</param>
/// <param name="Due">Its due day; while the agreement is suspended, as it stood when the clock stopped.</param>
/// <param name="Live">The agreement has not ended and the household is there.</param>
public sealed record ConditionRow(
    Guid Id, Guid Support, Guid Household, int Version, int Ordinal, string Unit, string? Hamlet, bool Restricted, string Kind, Guid? TitleId, string? Owner, DateOnly Due,
    ConditionState State, DateOnly? SettledOn, DateOnly? HandedInOn, Evidence Evidence, AfterMiss AfterMiss, DateOnly? SuspendedSince, bool Live);

/// <summary>The flat tables of agreements and conditions, folded from a household as all that is known of it tells.</summary>
public static class SupportTables
{
    public const string Agreements = StoreSchema.Name + ".agreement";
    public const string Conditions = StoreSchema.Name + ".condition";

    public static readonly IReadOnlyList<string> Names = [Agreements, Conditions];

    /// <summary>What waits: the same words in the queries as in the partial indexes.</summary>
    internal const string Waits = "live and state in (0, 1)";
    internal const string LeftOpen = "not live and state in (0, 1)";
    internal const string WasMissed = "live and state = 4";

    internal static Table AgreementDefinition
    {
        get
        {
            var table = new Table(Agreements);
            table.AddColumn<Guid>("id").AsPrimaryKey();
            table.AddColumn("household", "uuid").NotNull().AddIndex();
            table.AddColumn("version", "integer").NotNull();
            table.AddColumn("unit", "varchar").NotNull().AddIndex();
            table.AddColumn("hamlet", "varchar");
            table.AddColumn("shared", "boolean").NotNull();
            table.AddColumn("restricted", "boolean").NotNull();
            table.AddColumn("instrument", "varchar").NotNull();
            table.AddColumn("amount", "numeric").NotNull();
            table.AddColumn("sponsor", "varchar");
            table.AddColumn("start", "date").NotNull();
            table.AddColumn("ends", "date").NotNull();
            table.AddColumn("suspended_since", "date");
            table.AddColumn("suspensions", "varchar").NotNull();
            table.AddColumn("ended_on", "date");
            table.AddColumn("outcome", "smallint");
            table.AddColumn("conditions", "integer").NotNull();
            table.AddColumn("open", "integer").NotNull();
            table.AddColumn("met", "integer").NotNull();
            table.AddColumn("missed", "integer").NotNull();
            table.AddColumn("next_due", "date");
            table.Indexes.Add(new IndexDefinition("agreement_running_by_end") { Columns = ["ends"], Predicate = "outcome is null" });
            return table;
        }
    }

    internal static Table ConditionDefinition
    {
        get
        {
            var table = new Table(Conditions);
            table.AddColumn<Guid>("id").AsPrimaryKey();
            table.AddColumn("support", "uuid").NotNull().AddIndex();
            table.AddColumn("household", "uuid").NotNull().AddIndex();
            table.AddColumn("version", "integer").NotNull();
            table.AddColumn("ordinal", "integer").NotNull();
            table.AddColumn("unit", "varchar").NotNull();
            table.AddColumn("hamlet", "varchar");
            table.AddColumn("restricted", "boolean").NotNull();
            table.AddColumn("kind", "varchar").NotNull();
            table.AddColumn("title_id", "uuid");
            table.AddColumn("owner", "varchar");
            table.AddColumn("due", "date").NotNull();
            table.AddColumn("state", "smallint").NotNull();
            table.AddColumn("settled_on", "date");
            table.AddColumn("handed_in_on", "date");
            table.AddColumn("evidence", "smallint").NotNull();
            table.AddColumn("after_miss", "smallint").NotNull();
            table.AddColumn("suspended_since", "date");
            table.AddColumn("live", "boolean").NotNull();
            table.Indexes.Add(new IndexDefinition("condition_waiting_by_unit") { Columns = ["unit", "due"], Predicate = Waits });
            table.Indexes.Add(new IndexDefinition("condition_waiting_by_day") { Columns = ["due"], Predicate = Waits });
            table.Indexes.Add(new IndexDefinition("condition_left_open") { Columns = ["due"], Predicate = LeftOpen });
            table.Indexes.Add(new IndexDefinition("condition_missed_by_unit") { Columns = ["unit", "due"], Predicate = WasMissed });
            table.Indexes.Add(new IndexDefinition("condition_handed_in_by_unit") { Columns = ["unit"], Predicate = "live and handed_in_on is not null and state in (1, 4)" });
            return table;
        }
    }

    /// <summary>Whether an event can change what these tables say.</summary>
    public static bool Concerns(HouseholdEvent e) => e is
        SupportAgreed or SupportSuspended or SupportResumed or SupportExtended or SupportEnded or EvidenceHandedIn or ConditionMet or ConditionMissed or ConditionWaived
        or ConditionReassigned or WorkerAssigned or MovedWithin or ConsentGiven or ConsentWithdrawn or ProcessingRestricted or RestrictionLifted or MovedOut or Dissolved
        or MergedInto or FactAnnulled or ImportWithdrawn or ListedPoor or ReEntered or PersonalDataErased;

    /// <summary>The rows of a household.</summary>
    public static (IReadOnlyList<AgreementRow> Agreements, IReadOnlyList<ConditionRow> Conditions) RowsOf(Household household)
    {
        var state = household.Latest();
        if (state.Agreements.Count == 0 || !state.Known) return ([], []);
        var subject = Subjects.Of(household, state);
        List<AgreementRow> agreements = [];
        List<ConditionRow> conditions = [];
        foreach (var a in state.Agreements.Values)
        {
            // While the clock stands still all days are told as they stood when it stopped; with it running no day comes after all that is known.
            var day = a.SuspendedSince ?? DateOnly.MaxValue;
            var live = a.Ended is null && state.Status != ListStatus.Gone;
            var mine = a.Conditions.Select((c, i) => new ConditionRow(
                c.Id, a.Id, household.Id, household.Version, i, state.Unit, state.Hamlet, subject.Restricted, c.Terms.Kind, c.Terms.TitleId, c.Owner ?? state.Worker,
                a.DueOn(c, day), a.StateOf(c), (c.Met as HouseholdEvent ?? c.Waived)?.On, c.HandedIn?.On, c.Terms.Evidence, c.Terms.AfterMiss, a.SuspendedSince, live)).ToList();
            conditions.AddRange(mine);
            agreements.Add(new AgreementRow(
                a.Id, household.Id, household.Version, state.Unit, state.Hamlet, subject.Shared, subject.Restricted, a.Terms.Instrument, a.Terms.Amount, a.Terms.Sponsor, a.Start,
                a.EndOn(day), a.SuspendedSince, string.Join(',', a.Suspensions.Select(s => $"{s.From:yyyy-MM-dd},{s.To:yyyy-MM-dd}")), a.Ended?.On, a.Ended?.Outcome,
                mine.Count, mine.Count(IsOpen), mine.Count(c => c.State is ConditionState.Met or ConditionState.MetLate), mine.Count(c => c.State == ConditionState.Missed),
                mine.Where(IsOpen).Select(c => (DateOnly?)c.Due).Min()));
        }
        return (agreements, conditions);

        static bool IsOpen(ConditionRow c) => c.State is ConditionState.Due or ConditionState.HandedIn;
    }

    private const string UpsertAgreements = $"""
        insert into {Agreements} as old (id, household, version, unit, hamlet, shared, restricted, instrument, amount, sponsor, start, ends, suspended_since, suspensions,
            ended_on, outcome, conditions, open, met, missed, next_due)
        select * from unnest(?::uuid[], ?::uuid[], ?::int[], ?::varchar[], ?::varchar[], ?::boolean[], ?::boolean[], ?::varchar[], ?::numeric[], ?::varchar[], ?::date[],
            ?::date[], ?::date[], ?::varchar[], ?::date[], ?::smallint[], ?::int[], ?::int[], ?::int[], ?::int[], ?::date[])
        on conflict (id) do update set
            household = excluded.household, version = excluded.version, unit = excluded.unit, hamlet = excluded.hamlet, shared = excluded.shared, restricted = excluded.restricted,
            instrument = excluded.instrument, amount = excluded.amount, sponsor = excluded.sponsor, start = excluded.start, ends = excluded.ends,
            suspended_since = excluded.suspended_since, suspensions = excluded.suspensions, ended_on = excluded.ended_on, outcome = excluded.outcome,
            conditions = excluded.conditions, open = excluded.open, met = excluded.met, missed = excluded.missed, next_due = excluded.next_due
        where old.version <= excluded.version
        """;

    private const string UpsertConditions = $"""
        insert into {Conditions} as old (id, support, household, version, ordinal, unit, hamlet, restricted, kind, title_id, owner, due, state, settled_on, handed_in_on,
            evidence, after_miss, suspended_since, live)
        select * from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::int[], ?::int[], ?::varchar[], ?::varchar[], ?::boolean[], ?::varchar[], ?::uuid[], ?::varchar[], ?::date[],
            ?::smallint[], ?::date[], ?::date[], ?::smallint[], ?::smallint[], ?::date[], ?::boolean[])
        on conflict (id) do update set
            support = excluded.support, household = excluded.household, version = excluded.version, ordinal = excluded.ordinal, unit = excluded.unit, hamlet = excluded.hamlet,
            restricted = excluded.restricted, kind = excluded.kind, title_id = excluded.title_id, owner = excluded.owner, due = excluded.due, state = excluded.state,
            settled_on = excluded.settled_on, handed_in_on = excluded.handed_in_on, evidence = excluded.evidence, after_miss = excluded.after_miss,
            suspended_since = excluded.suspended_since, live = excluded.live
        where old.version <= excluded.version
        """;

    // What was annulled has no row any more.
    private const string DropOthers = "delete from {0} t using unnest(?::uuid[], ?::int[]) as h (id, version) where t.household = h.id and t.version <= h.version and not (t.id = any(?::uuid[]))";

    /// <summary>Queues the rows of these households to be written with the session's next save.</summary>
    internal static void Write(IDocumentOperations operations, IReadOnlyCollection<Household> households)
    {
        if (households.Count == 0) return;
        List<AgreementRow> agreements = [];
        List<ConditionRow> conditions = [];
        foreach (var household in households)
        {
            var rows = RowsOf(household);
            agreements.AddRange(rows.Agreements);
            conditions.AddRange(rows.Conditions);
        }
        var (ids, versions) = (households.Select(h => h.Id).ToArray(), households.Select(h => h.Version).ToArray());
        operations.QueueSqlCommand(DropOthers.Replace("{0}", Agreements, StringComparison.Ordinal), ids, versions, agreements.Select(a => a.Id).ToArray());
        operations.QueueSqlCommand(DropOthers.Replace("{0}", Conditions, StringComparison.Ordinal), ids, versions, conditions.Select(c => c.Id).ToArray());
        if (agreements.Count == 0) return;
        operations.QueueSqlCommand(UpsertAgreements,
            Column(agreements, a => a.Id), Column(agreements, a => a.Household), Column(agreements, a => a.Version), Column(agreements, a => a.Unit), Column(agreements, a => a.Hamlet!),
            Column(agreements, a => a.Shared), Column(agreements, a => a.Restricted), Column(agreements, a => a.Instrument), Column(agreements, a => a.Amount),
            Column(agreements, a => a.Sponsor!), Column(agreements, a => a.Start), Column(agreements, a => a.Ends), Column(agreements, a => a.SuspendedSince),
            Column(agreements, a => a.Suspensions), Column(agreements, a => a.EndedOn), Column(agreements, a => (short?)a.Outcome), Column(agreements, a => a.Conditions),
            Column(agreements, a => a.Open), Column(agreements, a => a.Met), Column(agreements, a => a.Missed), Column(agreements, a => a.NextDue));
        if (conditions.Count == 0) return;
        operations.QueueSqlCommand(UpsertConditions,
            Column(conditions, c => c.Id), Column(conditions, c => c.Support), Column(conditions, c => c.Household), Column(conditions, c => c.Version),
            Column(conditions, c => c.Ordinal), Column(conditions, c => c.Unit), Column(conditions, c => c.Hamlet!), Column(conditions, c => c.Restricted),
            Column(conditions, c => c.Kind), Column(conditions, c => c.TitleId), Column(conditions, c => c.Owner!), Column(conditions, c => c.Due),
            Column(conditions, c => (short)c.State), Column(conditions, c => c.SettledOn), Column(conditions, c => c.HandedInOn), Column(conditions, c => (short)c.Evidence),
            Column(conditions, c => (short)c.AfterMiss), Column(conditions, c => c.SuspendedSince), Column(conditions, c => c.Live));
    }

    /// <summary>The rows of some households, as they are stored.</summary>
    internal static async Task<(ILookup<Guid, AgreementRow> Agreements, ILookup<Guid, ConditionRow> Conditions)> ReadAsync(
        NpgsqlDataSource source, Guid[] households, CancellationToken cancellation)
    {
        List<AgreementRow> agreements = [];
        List<ConditionRow> conditions = [];
        await using var command = source.CreateCommand($"""
            select id, household, version, unit, hamlet, shared, restricted, instrument, amount, sponsor, start, ends, suspended_since, suspensions, ended_on, outcome, conditions,
                open, met, missed, next_due
            from {Agreements} where household = any($1)
            """);
        command.Parameters.Add(new() { Value = households });
        await using (var r = await command.ExecuteReaderAsync(cancellation))
            while (await r.ReadAsync(cancellation))
                agreements.Add(new(
                    r.GetGuid(0), r.GetGuid(1), r.GetInt32(2), r.GetString(3), Text(r, 4), r.GetBoolean(5), r.GetBoolean(6), r.GetString(7), r.GetDecimal(8), Text(r, 9),
                    r.GetFieldValue<DateOnly>(10), r.GetFieldValue<DateOnly>(11), Value<DateOnly>(r, 12), r.GetString(13), Value<DateOnly>(r, 14),
                    (SupportOutcome?)Value<short>(r, 15), r.GetInt32(16), r.GetInt32(17), r.GetInt32(18), r.GetInt32(19), Value<DateOnly>(r, 20)));
        await using var of = source.CreateCommand($"""
            select id, support, household, version, ordinal, unit, hamlet, restricted, kind, title_id, owner, due, state, settled_on, handed_in_on, evidence, after_miss,
                suspended_since, live
            from {Conditions} where household = any($1)
            """);
        of.Parameters.Add(new() { Value = households });
        await using (var r = await of.ExecuteReaderAsync(cancellation))
            while (await r.ReadAsync(cancellation))
                conditions.Add(new(
                    r.GetGuid(0), r.GetGuid(1), r.GetGuid(2), r.GetInt32(3), r.GetInt32(4), r.GetString(5), Text(r, 6), r.GetBoolean(7), r.GetString(8), Value<Guid>(r, 9), Text(r, 10),
                    r.GetFieldValue<DateOnly>(11), (ConditionState)r.GetInt16(12), Value<DateOnly>(r, 13), Value<DateOnly>(r, 14), (Evidence)r.GetInt16(15),
                    (AfterMiss)r.GetInt16(16), Value<DateOnly>(r, 17), r.GetBoolean(18)));
        return (agreements.ToLookup(a => a.Household), conditions.ToLookup(c => c.Household));
    }

    private static T? Value<T>(NpgsqlDataReader r, int i) where T : struct => r.IsDBNull(i) ? null : r.GetFieldValue<T>(i);

    private static string? Text(NpgsqlDataReader r, int i) => r.IsDBNull(i) ? null : r.GetString(i);

    private static object Column<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, T> value)
    {
        var column = new T[rows.Count];
        for (var i = 0; i < column.Length; i++) column[i] = value(rows[i]);
        return column;
    }
}
