using Marten;
using Npgsql;
using Weasel.Postgresql.Tables;
using YenBai.Cases.Caseload;
using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Sponsors;

/// <param name="N">Which of the household's sponsorships, from 1.</param>
public sealed record SponsorshipRow(Guid Household, int N, int Version, Sponsorship Of)
{
    public static IEnumerable<SponsorshipRow> All(Household household) => Sponsorships.Of(household).Select((s, i) => new SponsorshipRow(household.Id, i + 1, household.Version, s));
}

/// <summary>Who stands and stood by which household: one flat row a time. Written with the caseload, beside which it is read.</summary>
public static class SponsorshipTable
{
    public const string Name = StoreSchema.Name + ".sponsorship";

    internal static Table Definition
    {
        get
        {
            var table = new Table(Name);
            table.AddColumn<Guid>("household").AsPrimaryKey();
            table.AddColumn<int>("n").AsPrimaryKey();
            table.AddColumn("version", "integer").NotNull();
            table.AddColumn("sponsor", "varchar").NotNull().AddIndex();
            table.AddColumn("since", "date").NotNull();
            table.AddColumn("until", "date");
            table.AddColumn("from_sponsor", "varchar");
            table.AddColumn("to_sponsor", "varchar");
            table.AddColumn("pledged", "numeric").NotNull();
            table.AddColumn("delivered", "numeric").NotNull();
            table.AddColumn("verified", "numeric").NotNull();
            table.AddColumn("visits", "date[]").NotNull();
            table.AddColumn("exits", "date[]").NotNull();
            return table;
        }
    }

    private const string Clear = $"delete from {Name} s using unnest(?::uuid[], ?::int[]) as h (household, version) where s.household = h.household and s.version <= h.version";

    // What was folded from fewer events than the caseload knows of comes too late. Days go as one text: an array of arrays must be square.
    private const string Insert = $$"""
        insert into {{Name}} as old (household, n, version, sponsor, since, until, from_sponsor, to_sponsor, pledged, delivered, verified, visits, exits)
        select h.household, h.n, h.version, h.sponsor, h.since, h.until, h.from_sponsor, h.to_sponsor, h.pledged, h.delivered, h.verified, h.visits::date[], h.exits::date[]
        from unnest(?::uuid[], ?::int[], ?::int[], ?::varchar[], ?::date[], ?::date[], ?::varchar[], ?::varchar[], ?::numeric[], ?::numeric[], ?::numeric[], ?::text[], ?::text[])
            as h (household, n, version, sponsor, since, until, from_sponsor, to_sponsor, pledged, delivered, verified, visits, exits)
        where not exists (select 1 from {{CaseloadTable.Name}} c where c.household = h.household and c.version > h.version)
        on conflict (household, n) do update set version = excluded.version, sponsor = excluded.sponsor, since = excluded.since, until = excluded.until,
            from_sponsor = excluded.from_sponsor, to_sponsor = excluded.to_sponsor, pledged = excluded.pledged, delivered = excluded.delivered, verified = excluded.verified,
            visits = excluded.visits, exits = excluded.exits
        where old.version <= excluded.version
        """;

    internal static void Write(IDocumentOperations operations, IReadOnlyCollection<Household> households)
    {
        operations.QueueSqlCommand(Clear, households.Select(h => h.Id).ToArray(), households.Select(h => h.Version).ToArray());
        var rows = households.SelectMany(SponsorshipRow.All).ToList();
        if (rows.Count == 0) return;
        operations.QueueSqlCommand(Insert,
            rows.ConvertAll(r => r.Household).ToArray(), rows.ConvertAll(r => r.N).ToArray(), rows.ConvertAll(r => r.Version).ToArray(),
            rows.ConvertAll(r => r.Of.Sponsor).ToArray(), rows.ConvertAll(r => r.Of.Since).ToArray(), rows.ConvertAll(r => r.Of.Until).ToArray(),
            rows.ConvertAll(r => r.Of.From!).ToArray(), rows.ConvertAll(r => r.Of.To!).ToArray(),
            rows.ConvertAll(r => r.Of.Pledged).ToArray(), rows.ConvertAll(r => r.Of.Delivered).ToArray(), rows.ConvertAll(r => r.Of.Verified).ToArray(),
            rows.ConvertAll(r => Written(r.Of.Visits)).ToArray(), rows.ConvertAll(r => Written(r.Of.Exits)).ToArray());
    }

    private static string Written(IReadOnlyList<DateOnly> days) => "{" + string.Join(',', days.Select(d => d.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))) + "}";

    internal static async Task<List<SponsorshipRow>> ReadAsync(NpgsqlDataSource source, Guid[] households, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"""
            select household, n, version, sponsor, since, until, from_sponsor, to_sponsor, pledged, delivered, verified, visits, exits from {Name} where household = any($1) order by household, n
            """);
        command.Parameters.Add(new() { Value = households });
        await using var r = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<SponsorshipRow>();
        while (await r.ReadAsync(cancellation))
            rows.Add(new(r.GetGuid(0), r.GetInt32(1), r.GetInt32(2), new(
                r.GetString(3), r.GetFieldValue<DateOnly>(4), r.IsDBNull(5) ? null : r.GetFieldValue<DateOnly>(5), Text(6), Text(7), r.GetDecimal(8), r.GetDecimal(9), r.GetDecimal(10),
                r.GetFieldValue<DateOnly[]>(11), r.GetFieldValue<DateOnly[]>(12))));
        return rows;

        string? Text(int i) => r.IsDBNull(i) ? null : r.GetString(i);
    }
}
