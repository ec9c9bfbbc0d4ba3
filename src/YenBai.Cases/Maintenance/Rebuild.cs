using System.Text.Json;
using Marten;
using Npgsql;
using YenBai.Cases.Households;

namespace YenBai.Cases.Maintenance;

/// <summary>
/// Writes read models anew from the streams, over what is there: pages are answered all the while, and the projections
/// of this or another process may go on, since every process writes the same row.
/// </summary>
public sealed class Rebuild(IDocumentStore store, NpgsqlDataSource source, TimeProvider clock, IEnumerable<IReadModel> all)
{
    /// <returns>How many events were read.</returns>
    public async Task<long> RunAsync(IReadOnlySet<ReadModel> models, IProgress<(long Done, long Of)>? progress, CancellationToken cancellation)
    {
        await using var count = source.CreateCommand($"select count(*) from {StoreSchema.Name}.mt_events");
        var of = (long)(await count.ExecuteScalarAsync(cancellation))!;
        long done = 0;
        var chosen = all.Where(m => models.Contains(m.Model)).ToList();
        foreach (var statement in chosen.SelectMany(m => m.BeforeRebuild)) await ExecuteAsync(statement, cancellation);
        await foreach (var streams in Refold.StreamsAsync(source, cancellation))
        {
            done += await ChunkAsync(streams, models.Contains(ReadModel.Case), chosen, cancellation);
            progress?.Report((done, of));
        }
        if (models.Contains(ReadModel.Case)) await ExecuteAsync($"delete from {StoreSchema.Name}.mt_doc_household d where not exists (select 1 from {StoreSchema.Name}.mt_streams s where s.id = d.id)", cancellation);
        foreach (var statement in chosen.SelectMany(m => m.AfterRebuild)) await ExecuteAsync(statement, cancellation);
        return done;
    }

    private async Task<long> ChunkAsync(Guid[] streams, bool cases, List<IReadModel> models, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        if (cases)
        {
            // Nobody may append between reading a stream and writing its case.
            await session.BeginTransactionAsync(cancellation);
            await using var @lock = new NpgsqlCommand($"select id from {StoreSchema.Name}.mt_streams where id = any($1) order by id for update", session.Connection);
            @lock.Parameters.Add(new() { Value = streams });
            await @lock.ExecuteNonQueryAsync(cancellation);
        }
        var folded = await Refold.FoldAsync(source, streams, cancellation);
        if (cases) WriteCases(session, folded);
        foreach (var model in models) model.Write(session, folded, clock.Today());
        await session.SaveChangesAsync(cancellation);
        return folded.Sum(f => (long)f.Household.Facts.Count);
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

    private async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
