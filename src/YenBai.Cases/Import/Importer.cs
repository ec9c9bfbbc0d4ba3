using System.Threading.Channels;
using JasperFx;
using Marten;
using Marten.Exceptions;
using Npgsql;
using YenBai.Cases.Calendar;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Storage;

namespace YenBai.Cases.Import;

/// <summary>
/// Takes files into the store. Households are decided one by one and written many to a transaction, so that a kill at
/// any moment leaves whole households, and the next run finds them and goes on.
/// </summary>
public sealed class Importer(IDocumentStore store, NpgsqlDataSource source, PlaceCatalog places, Freshness freshness, TimeProvider clock, Reasons reasons)
{
    private const int HouseholdsAtOnce = 250;
    private const int Writers = 2;

    public async Task<ImportResult> RunAsync(string path, ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var file = new SourceFile(path);
        var started = clock.GetTimestamp();
        var id = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
        var log = new ImportLog(store, clock, id, file, options);
        await log.StartAsync(cancellation);
        try
        {
            var result = file.Kind is FileKind.Reviews or FileKind.Totals
                ? await new SmallFiles(store, file, places, clock.Today(), reasons).RunAsync(id, options, cancellation)
                : await HouseholdsAsync(file, id, options, progress, started, cancellation);
            await log.EndAsync(result, "finished");
            return result;
        }
        catch (Exception e)
        {
            await log.EndAsync(null, e is OperationCanceledException ? "stopped" : "failed");
            throw;
        }
    }

    private async Task<ImportResult> HouseholdsAsync(
        SourceFile file, string id, ImportOptions options, IProgress<ImportProgress>? progress, long started, CancellationToken cancellation)
    {
        var today = clock.Today();
        if (file.Kind == FileKind.Register && options.On is null) throw new UnreadableFileException("on_required");
        if (options.On > today) throw new UnreadableFileException("on_in_future", options.On);

        var history = file.Kind == FileKind.History ? new HistoryFile(file, places, today) : null;
        var register = file.Kind == FileKind.Register ? new RegisterFile(file, places, options.On!.Value, today) : null;
        progress?.Report(new("reading", 0, 0, 0, null));
        using var groups = new HouseholdGroups(file, history?.KeyColumn ?? register!.KeyColumn, cancellation);
        using var rejects = new Rejects(file, reasons.Text);
        var tally = new Tally(groups.Rows, progress, clock, started);
        var writer = new BatchWriter(store, source, clock, id, options.By);
        var before = (await freshness.ReadAsync(cancellation)).Newest;

        var batches = Channel.CreateBounded<List<HouseholdChange>>(Writers * 2);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var writers = Enumerable.Range(0, Writers).Select(_ => WriteAllAsync(batches.Reader, writer, options, tally, stop)).ToList();
        try
        {
            foreach (var some in groups.Read().Chunk(HouseholdsAtOnce))
            {
                stop.Token.ThrowIfCancellationRequested();
                var now = clock.Now();
                var known = await writer.LoadAsync([.. some.Select(g => Ids.Household(g.Code))], stop.Token);
                var accepted = new List<HouseholdChange>(some.Length);
                foreach (var group in some)
                {
                    var household = Ids.Household(group.Code);
                    var existing = known.GetValueOrDefault(household) ?? Household.Nobody(household);
                    var change = history?.Decide(group, existing, now) ?? register!.Decide(group, existing, now);
                    if (change.Problems.Count == 0)
                    {
                        accepted.Add(change);
                        tally.Remark(change.Remarks);
                    }
                    else
                    {
                        tally.Refuse(group.Rows.Count, change.Problems);
                        if (!options.DryRun) rejects.Add(group.Rows, change.Problems);
                    }
                }
                await batches.Writer.WriteAsync(accepted, stop.Token);
            }
            batches.Writer.Complete();
            await Task.WhenAll(writers);
        }
        catch
        {
            batches.Writer.TryComplete();
            await stop.CancelAsync();
            // The writer that failed says why; the reader only saw that it was stopped.
            await Task.WhenAll(writers);
            throw;
        }

        var stored = clock.GetElapsedTime(started);
        if (!options.DryRun) await CompleteAsync(id, before, progress, cancellation);
        return tally.Result(id, file.Kind, options.DryRun ? null : rejects.Path, stored, clock.GetElapsedTime(started));
    }

    private static async Task WriteAllAsync(
        ChannelReader<List<HouseholdChange>> batches, BatchWriter writer, ImportOptions options, Tally tally, CancellationTokenSource stop)
    {
        try
        {
            await foreach (var batch in batches.ReadAllAsync(stop.Token))
            {
                var corrected = options.DryRun ? [] : await WriteAsync(batch, writer, stop.Token);
                tally.Take(batch, corrected);
            }
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }

    private static async Task<HashSet<Guid>> WriteAsync(List<HouseholdChange> batch, BatchWriter writer, CancellationToken cancellation)
    {
        try
        {
            return await writer.WriteAsync(batch, cancellation);
        }
        catch (Exception e) when (batch.Count > 1 && e is ConcurrencyException or ExistingStreamIdCollisionException or MartenCommandException or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Somebody works on one of these households: the others must not wait for it.
            var corrected = new HashSet<Guid>();
            foreach (var change in batch) corrected.UnionWith(await WriteAsync([change], writer, cancellation));
            return corrected;
        }
    }

    /// <summary>Waits for the read models and proves by count that none left an event of the import out.</summary>
    private async Task CompleteAsync(string id, long before, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        await using (var analyze = source.CreateCommand($"analyze {CasesStore.Schema}.mt_events, {CasesStore.Schema}.mt_streams, {CasesStore.Schema}.mt_doc_person"))
            await analyze.ExecuteNonQueryAsync(cancellation);

        long? first = null;
        var caughtUp = await freshness.WaitAsync(TimeSpan.FromHours(2), cancellation, p =>
        {
            var done = p.Projections.Min(x => x.Sequence);
            first ??= done;
            progress?.Report(new("projecting", done - first.Value, p.Newest - first.Value, 0, null));
        });
        if (!caughtUp) throw new TimeoutException("The read models did not catch up.");

        await using var count = source.CreateCommand($"""
            select (select count(*) from {CasesStore.Schema}.mt_events where seq_id > $1 and correlation_id = $2 and type = any($3)),
                (select count(*) from {Ledger.LedgerTable.Name} where sequence > $1 and import = $4)
            """);
        count.Parameters.Add(new() { Value = before });
        count.Parameters.Add(new() { Value = HouseholdProjection.ImportPrefix + id });
        count.Parameters.Add(new() { Value = Facts.All.Where(f => f.Fact is not null).Select(f => f.Name).ToArray() });
        count.Parameters.Add(new() { Value = id });
        await using var reader = await count.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var (told, written) = (reader.GetInt64(0), reader.GetInt64(1));
        if (told != written) throw new InvalidDataException($"The ledger has {written} of {told} facts of import {id}: run 'cases rebuild'.");
    }
}
