using Marten;
using Npgsql;
using Weasel.Postgresql.Tables;
using YenBai.Cases.Caseload;
using YenBai.Cases.Households;

namespace YenBai.Cases.Needs;

/// <summary>A wish as the table has it.</summary>
/// <param name="N">Which of the household's wishes, from 1.</param>
/// <param name="Version">The version of the household from which it was folded.</param>
public sealed record WishRow(Guid Household, int N, int Version, Wished Wish)
{
    public static IEnumerable<WishRow> Of(Household household) => Wishes.Of(household).Select((w, i) => new WishRow(household.Id, i + 1, household.Version, w));
}

/// <summary>All wishes: one flat row each, counted in the database. Written with the caseload, beside which it is read.</summary>
public static class WishTable
{
    public const string Name = StoreSchema.Name + ".wish";

    internal static Table Definition
    {
        get
        {
            var table = new Table(Name);
            table.AddColumn<Guid>("household").AsPrimaryKey();
            table.AddColumn<int>("n").AsPrimaryKey();
            table.AddColumn("version", "integer").NotNull();
            table.AddColumn("instrument", "varchar").NotNull().AddIndex();
            table.AddColumn("asked", "date").NotNull();
            table.AddColumn("source", "smallint").NotNull();
            table.AddColumn("state", "smallint").NotNull();
            table.AddColumn("answered", "date");
            table.AddColumn("ground", "smallint");
            return table;
        }
    }

    private const string Clear = $"delete from {Name} w using unnest(?::uuid[], ?::int[]) as h (household, version) where w.household = h.household and w.version <= h.version";

    // What was folded from fewer events than the caseload knows of comes too late.
    private const string Insert = $"""
        insert into {Name} as old (household, n, version, instrument, asked, source, state, answered, ground)
        select h.* from unnest(?::uuid[], ?::int[], ?::int[], ?::varchar[], ?::date[], ?::smallint[], ?::smallint[], ?::date[], ?::smallint[])
            as h (household, n, version, instrument, asked, source, state, answered, ground)
        where not exists (select 1 from {CaseloadTable.Name} c where c.household = h.household and c.version > h.version)
        on conflict (household, n) do update set version = excluded.version, instrument = excluded.instrument, asked = excluded.asked, source = excluded.source,
            state = excluded.state, answered = excluded.answered, ground = excluded.ground
        where old.version <= excluded.version
        """;

    /// <summary>Queues the wishes of these households to be written with the session's next save, in the place of those that are there.</summary>
    internal static void Write(IDocumentOperations operations, IReadOnlyCollection<Household> households)
    {
        operations.QueueSqlCommand(Clear, households.Select(h => h.Id).ToArray(), households.Select(h => h.Version).ToArray());
        var rows = households.SelectMany(WishRow.Of).ToList();
        if (rows.Count == 0) return;
        operations.QueueSqlCommand(Insert,
            rows.ConvertAll(r => r.Household).ToArray(), rows.ConvertAll(r => r.N).ToArray(), rows.ConvertAll(r => r.Version).ToArray(),
            rows.ConvertAll(r => r.Wish.Instrument).ToArray(), rows.ConvertAll(r => r.Wish.Asked).ToArray(), rows.ConvertAll(r => (short)r.Wish.Source).ToArray(),
            rows.ConvertAll(r => (short)r.Wish.State).ToArray(), rows.ConvertAll(r => r.Wish.Answered).ToArray(), rows.ConvertAll(r => (short?)r.Wish.Ground).ToArray());
    }

    internal static async Task<List<WishRow>> ReadAsync(NpgsqlDataSource source, Guid[] households, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"select household, n, version, instrument, asked, source, state, answered, ground from {Name} where household = any($1) order by household, n");
        command.Parameters.Add(new() { Value = households });
        await using var r = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<WishRow>();
        while (await r.ReadAsync(cancellation))
            rows.Add(new(r.GetGuid(0), r.GetInt32(1), r.GetInt32(2), new(
                r.GetString(3), r.GetFieldValue<DateOnly>(4), (WishSource)r.GetInt16(5), (WishState)r.GetInt16(6), r.IsDBNull(7) ? null : r.GetFieldValue<DateOnly>(7),
                r.IsDBNull(8) ? null : (RefusalGround)r.GetInt16(8))));
        return rows;
    }
}
