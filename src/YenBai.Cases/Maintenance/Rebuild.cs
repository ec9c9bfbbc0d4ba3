using System.Text.Json;
using Marten;
using Npgsql;
using YenBai.Cases.Caseload;
using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Support;

namespace YenBai.Cases.Maintenance;

/// <summary>The read models.</summary>
public enum ReadModel { Case, Caseload, Ledger, Supports, Wishes, Sponsorships }

/// <summary>
/// Writes read models anew from the streams, over what is there: pages are answered all the while, and the projections
/// of this or another process may go on, since every row is the same whoever writes it.
/// </summary>
public sealed class Rebuild(IDocumentStore store, NpgsqlDataSource source, TimeProvider clock)
{
    /// <summary>The tables whose rows are folded from a household as it is.</summary>
    internal static readonly (ReadModel Model, string Table)[] RowsOfHouseholds =
        [(ReadModel.Caseload, CaseloadTable.Name), (ReadModel.Supports, SupportTables.Agreements), (ReadModel.Supports, SupportTables.Conditions),
            (ReadModel.Wishes, Needs.WishTable.Name), (ReadModel.Sponsorships, Sponsors.SponsorshipTable.Name)];

    /// <returns>How many events were read.</returns>
    public async Task<long> RunAsync(IReadOnlySet<ReadModel> models, IProgress<(long Done, long Of)>? progress, CancellationToken cancellation)
    {
        await using var count = source.CreateCommand($"select count(*) from {StoreSchema.Name}.mt_events");
        var of = (long)(await count.ExecuteScalarAsync(cancellation))!;
        long done = 0;
        await DropRowsAheadAsync(models, cancellation);
        await foreach (var streams in Refold.StreamsAsync(source, cancellation))
        {
            done += await ChunkAsync(streams, models, cancellation);
            progress?.Report((done, of));
        }
        await DropStrayRowsAsync(models, cancellation);
        return done;
    }

    private async Task<long> ChunkAsync(Guid[] streams, IReadOnlySet<ReadModel> models, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        if (models.Contains(ReadModel.Case))
        {
            // Nobody may append between reading a stream and writing its case.
            await session.BeginTransactionAsync(cancellation);
            await using var @lock = new NpgsqlCommand($"select id from {StoreSchema.Name}.mt_streams where id = any($1) order by id for update", session.Connection);
            @lock.Parameters.Add(new() { Value = streams });
            await @lock.ExecuteNonQueryAsync(cancellation);
        }
        var folded = await Refold.FoldAsync(source, streams, cancellation);
        if (models.Contains(ReadModel.Case)) WriteCases(session, folded);
        if (models.Contains(ReadModel.Caseload)) CaseloadTable.Write(session, [.. folded.Select(f => f.Household)], clock.Today());
        if (models.Contains(ReadModel.Wishes)) Needs.WishTable.Write(session, [.. folded.Select(f => f.Household)]);
        if (models.Contains(ReadModel.Sponsorships)) Sponsors.SponsorshipTable.Write(session, [.. folded.Select(f => f.Household)]);
        if (models.Contains(ReadModel.Ledger)) LedgerTable.Write(session, [.. folded.SelectMany(f => f.Facts)]);
        if (models.Contains(ReadModel.Supports)) SupportTables.Write(session, [.. folded.Select(f => f.Household)]);
        await session.SaveChangesAsync(cancellation);
        return folded.Sum(f => (long)f.Household.Facts.Count);
    }

    /// <summary>Rows that claim more events than there are would not give way to the right ones.</summary>
    private async Task DropRowsAheadAsync(IReadOnlySet<ReadModel> models, CancellationToken cancellation)
    {
        foreach (var (model, table) in RowsOfHouseholds.Where(m => models.Contains(m.Model)))
            await ExecuteAsync($"delete from {table} c using {StoreSchema.Name}.mt_streams s where s.id = c.household and c.version > s.version", cancellation);
    }

    // A case that is as it should be is not written again, so that the table does not grow.
    private const string UpsertCases = $"""
        insert into {StoreSchema.Name}.mt_doc_household as old (id, data, mt_last_modified, mt_dotnet_type)
        select id, data, now(), ? from unnest(?::uuid[], ?::jsonb[]) as new (id, data)
        on conflict (id) do update set data = excluded.data, mt_last_modified = excluded.mt_last_modified
        where old.data is distinct from excluded.data
        """;

    private static void WriteCases(IDocumentSession session, List<Refolded> folded)
    {
        if (folded.Count == 0) return;
        session.QueueSqlCommand(UpsertCases, typeof(Household).FullName!,
            folded.ConvertAll(f => f.Household.Id).ToArray(), folded.ConvertAll(f => JsonSerializer.Serialize(f.Household, Json.Options)).ToArray());
    }

    /// <summary>Rows that belong to no event.</summary>
    private async Task DropStrayRowsAsync(IReadOnlySet<ReadModel> models, CancellationToken cancellation)
    {
        const string schema = StoreSchema.Name;
        if (models.Contains(ReadModel.Case)) await ExecuteAsync($"delete from {schema}.mt_doc_household d where not exists (select 1 from {schema}.mt_streams s where s.id = d.id)", cancellation);
        foreach (var (model, table) in RowsOfHouseholds.Where(m => models.Contains(m.Model)))
            await ExecuteAsync($"delete from {table} c where not exists (select 1 from {schema}.mt_streams s where s.id = c.household)", cancellation);
        if (models.Contains(ReadModel.Ledger))
        {
            await ExecuteAsync($"delete from {LedgerTable.Name} l where not exists (select 1 from {schema}.mt_events e where e.stream_id = l.household and e.version = l.version and e.type = any($1))", cancellation);
            await ExecuteAsync($"update {LedgerTable.Name} fact set annulled_by = null where {LedgerTable.WronglyAnnulled}", cancellation);
        }
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 600;
        if (sql.Contains("$1", StringComparison.Ordinal)) command.Parameters.Add(new() { Value = Facts.All.Where(f => f.Fact is not null).Select(f => f.Name).ToArray() });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
