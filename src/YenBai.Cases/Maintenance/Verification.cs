using Marten;
using Npgsql;
using YenBai.Cases.Households;

namespace YenBai.Cases.Maintenance;

/// <summary>A read model that is not what the streams say, or a stream that cannot be what was written.</summary>
/// <param name="Model">Nothing where the events themselves are damaged.</param>
/// <param name="Events">Rather the events were changed than the read model: see <see cref="Tampering"/>.</param>
public sealed record Difference(ReadModel? Model, string Household, string What, Suspicion Events = Suspicion.None);

/// <param name="Counted">Events, streams and rows by name, as counted.</param>
public sealed record VerificationResult(IReadOnlyList<Difference> Differences, IReadOnlyDictionary<string, long> Counted);

/// <summary>
/// Compares every read model with a fresh fold of the streams and counts events against rows. Works beside people who
/// are using the product: a household that differs is looked at again once the projections have passed its newest event.
/// </summary>
public sealed class Verification(IDocumentStore store, NpgsqlDataSource source, Freshness freshness, TimeProvider clock, IEnumerable<IReadModel> models)
{
    private const int MostShown = 100, MostLooks = 5;

    public async Task<VerificationResult> RunAsync(IProgress<(long Done, long Of)>? progress, CancellationToken cancellation)
    {
        var differences = new List<Difference>();
        var of = await CountAsync($"select count(*) from {StoreSchema.HouseholdStreams} s", cancellation);
        long streams = 0, events = 0, facts = 0, registered = 0;
        await foreach (var ids in Refold.StreamsAsync(source, cancellation))
        {
            var suspects = await CompareAsync(ids, cancellation, folded =>
            {
                events += folded.Sum(f => (long)f.Household.Facts.Count);
                facts += folded.Sum(f => (long)f.Household.Facts.Count(x => Facts.Of(x.Event).Fact is not null));
                registered += folded.Count(f => f.Household.Latest().Known);
            });
            // Somebody may just be working on one of them: it is looked at again when its row has had time to follow.
            for (var look = 0; suspects.Count > 0 && look < MostLooks; look++)
            {
                await freshness.WaitAsync(TimeSpan.FromSeconds(30), cancellation);
                suspects = await CompareAsync([.. suspects.Select(s => s.Id).Distinct()], cancellation);
            }
            differences.AddRange(suspects.Select(s => s.Difference).Take(MostShown - differences.Count));
            streams += ids.Length;
            progress?.Report((streams, of));
        }

        var counted = new Dictionary<string, long>
        {
            ["streams"] = streams,
            ["events"] = events,
            ["cases"] = await CountAsync($"select count(*) from {StoreSchema.Name}.mt_doc_household", cancellation),
            ["registered households"] = registered,
            ["facts of the list"] = facts,
        };
        foreach (var (rows, table) in models.SelectMany(m => m.Tables)) counted[rows] = await CountAsync($"select count(*) from {table}", cancellation);
        var now = await freshness.ReadAsync(cancellation);
        foreach (var p in now.Projections) counted[$"{p.Projection} has passed"] = p.Sequence;
        counted["newest event"] = now.Newest;
        await CheckCountsAsync(differences, cancellation);
        await CheckStreamsAsync(differences, cancellation);
        return new VerificationResult(differences, counted);
    }

    /// <summary>Whole-table counts, taken in one snapshot so that work going on does not show as a difference.</summary>
    private async Task CheckCountsAsync(List<Difference> differences, CancellationToken cancellation)
    {
        await freshness.WaitAsync(TimeSpan.FromSeconds(30), cancellation);
        var faults = models.SelectMany(m => m.Faults.Select(f => (m.Model, Sql: f))).ToList();
        await using var command = source.CreateCommand($"""
            select (select count(*) from {StoreSchema.HouseholdStreams} s), (select count(*) from {StoreSchema.Name}.mt_doc_household),
                {string.Join(",\n", faults.Select(f => f.Sql))}
            from (select min(last_seq_id) as seq from {StoreSchema.Name}.mt_event_progression where name = any($1)) p
            """);
        command.CommandTimeout = 600;
        command.Parameters.Add(new() { Value = freshness.Shards.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        if (reader.GetInt64(0) != reader.GetInt64(1)) differences.Add(new(ReadModel.Case, "", $"{reader.GetInt64(0)} streams, {reader.GetInt64(1)} cases"));
        foreach (var (i, (model, _)) in faults.Index())
            if (!reader.IsDBNull(2 + i)) differences.Add(new(model, "", reader.GetString(2 + i)));
    }

    /// <summary>An event that was taken out of a stream, or put into one past the product, leaves its number behind.</summary>
    private async Task CheckStreamsAsync(List<Difference> differences, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"""
            select s.id from {StoreSchema.HouseholdStreams} s
            left join (select stream_id, count(*) as told, max(version) as newest from {StoreSchema.Name}.mt_events group by stream_id) e on e.stream_id = s.id
            where s.version is distinct from e.told or s.version is distinct from e.newest limit {MostShown}
            """);
        command.CommandTimeout = 600;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) differences.Add(new(null, reader.GetGuid(0).ToString(), "the stream does not have as many events as its version says", Suspicion.Events));
    }

    private async Task<List<(Guid Id, Difference Difference)>> CompareAsync(Guid[] ids, CancellationToken cancellation, Action<List<Refolded>>? watch = null)
    {
        await using var session = store.QuerySession();
        var suspects = new List<(Guid, Difference)>();
        var folded = await FoldAsync(ids, suspects, cancellation);
        watch?.Invoke(folded);
        var cases = (await session.LoadManyAsync<Household>(cancellation, ids)).ToDictionary(h => h.Id);
        var rows = new List<(IReadModel Model, ILookup<Guid, object> Of)>();
        foreach (var model in models) rows.Add((model, await model.ReadAsync(source, ids, cancellation)));
        var today = clock.Today();

        foreach (var one in folded)
        {
            var household = one.Household;
            var stored = rows.ConvertAll(r => (r.Model, Rows: (IReadOnlyList<object>)[.. r.Of[household.Id]]));
            var suspicion = Suspicion.None;
            if (!cases.TryGetValue(household.Id, out var @case))
            {
                Report(ReadModel.Case, "missing");
            }
            else if (Json.Text(@case) != Json.Text(household))
            {
                suspicion = Tampering.Of(one, @case, stored, today);
                Report(ReadModel.Case, $"version {@case.Version}, the stream has {household.Version}");
            }
            foreach (var (model, there) in stored)
                if (model.Difference(there, model.RowsOf(one, today)) is { } what) Report(model.Model, what);

            void Report(ReadModel model, string what) => suspects.Add((household.Id, new(model, household.Code, what, suspicion)));
        }
        return suspects;
    }

    /// <summary>An event that cannot be read any more costs its household, not the verification.</summary>
    private async Task<List<Refolded>> FoldAsync(Guid[] ids, List<(Guid, Difference)> suspects, CancellationToken cancellation)
    {
        try
        {
            return await Refold.FoldAsync(source, ids, cancellation);
        }
        catch (UnreadableEventException) when (ids.Length > 1)
        {
            var folded = new List<Refolded>();
            foreach (var id in ids) folded.AddRange(await FoldAsync([id], suspects, cancellation));
            return folded;
        }
        catch (UnreadableEventException e)
        {
            suspects.Add((ids[0], new(null, ids[0].ToString(), e.Message, Suspicion.Events)));
            return [];
        }
    }

    private async Task<long> CountAsync(string sql, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 600;
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
