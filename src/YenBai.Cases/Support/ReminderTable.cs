using Npgsql;
using Weasel.Postgresql.Tables;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>
/// What was reminded of and what was handed up, once each: the key of a row is what it is about, the due day and the step.
/// A due day that moves is another, and is reminded of anew.
/// </summary>
public static class ReminderTable
{
    public const string Name = StoreSchema.Name + ".reminder";

    /// <summary>The step of a row that handed a missed condition up to the manager; all others are days before.</summary>
    public const int Escalated = -1;

    internal static Table Definition
    {
        get
        {
            var table = new Table(Name);
            table.AddColumn<Guid>("subject").AsPrimaryKey();
            table.AddColumn("due", "date").AsPrimaryKey();
            table.AddColumn("step", "smallint").AsPrimaryKey();
            table.AddColumn("household", "uuid").NotNull().AddIndex();
            table.AddColumn("made", "timestamptz").NotNull();
            return table;
        }
    }

    // Only the step that is nearest: after two days away nobody is reminded of what is long past.
    private const string Remind = $"""
        insert into {Name} (subject, due, step, household, made)
        select t.id, t.due, (select min(s) from unnest($2::int[]) as s where t.due - $1 <= s), t.household, $3
        from (
            select id, due, household from {SupportTables.Conditions} where {SupportTables.Waits} and suspended_since is null and due between $1 and $1 + (select max(s) from unnest($2::int[]) as s)
            union all
            select id, ends, household from {SupportTables.Agreements} where outcome is null and suspended_since is null and ends between $1 and $1 + (select max(s) from unnest($2::int[]) as s)
        ) t
        on conflict do nothing
        """;

    private static readonly string Escalate = $"""
        insert into {Name} (subject, due, step, household, made)
        select id, due, {Escalated}, household, $3 from {SupportTables.Conditions} where {SupportTables.WasMissed} and due <= $1 - $2
        on conflict do nothing
        """;

    /// <returns>How many were reminded of, how many were handed up.</returns>
    internal static async Task<(int Reminded, int Escalated)> MakeAsync(NpgsqlDataSource source, DateOnly today, DateTimeOffset now, CancellationToken cancellation)
    {
        var reminded = await ExecuteAsync(Remind, Instruments.RemindBefore.ToArray());
        return (reminded, await ExecuteAsync(Escalate, Instruments.EscalateAfter));

        async Task<int> ExecuteAsync(string sql, object days)
        {
            await using var command = source.CreateCommand(sql);
            command.CommandTimeout = 600;
            command.Parameters.Add(new() { Value = today });
            command.Parameters.Add(new() { Value = days });
            command.Parameters.Add(new() { Value = now.ToUniversalTime() });
            return await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}
