using System.Threading.Channels;
using JasperFx;
using Marten;
using Marten.Exceptions;
using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Import;

/// <summary>
/// Takes files into the store. Households are decided one by one and written many to a transaction, so that a kill at
/// any moment leaves whole households, and the next run finds them and goes on.
/// </summary>
public sealed class Importer(IDocumentStore store, NpgsqlDataSource source, PlaceCatalog places, StandardShelf shelf, Freshness freshness, TimeProvider clock, Reasons reasons)
{
    private const int Writers = 2;
    private const int MostAttempts = 20;
    private const int MostLinesNamed = 20;

    /// <exception cref="NotPermittedException">Importing is not theirs.</exception>
    public async Task<ImportResult> RunAsync(Actor who, string path, ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        if (!who.MayInProvince(Operation.Import)) throw new NotPermittedException();
        var file = new SourceFile(path);
        var started = clock.GetTimestamp();
        var id = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
        var log = new ImportLog(store, clock, id, file, options, who.Name);
        await log.StartAsync(cancellation);
        try
        {
            var result = file.Kind is FileKind.Reviews or FileKind.Totals or FileKind.Sponsors
                ? await new SmallFiles(store, file, places, clock.Today(), reasons).RunAsync(id, options, cancellation)
                : await HouseholdsAsync(file, id, who.Name, options, progress, started, cancellation);
            await log.EndAsync(result, "finished");
            return result;
        }
        catch (Exception e)
        {
            await FailedAsync(log, e);
            throw;
        }
    }

    /// <summary>Where the store is away, too, why it failed must not be hidden by that it cannot be recorded.</summary>
    private static async Task FailedAsync(ImportLog log, Exception why)
    {
        try
        {
            await log.EndAsync(null, why is OperationCanceledException ? "stopped" : "failed");
        }
        catch (Exception e) when (StoreFault.Of(e) is not null)
        {
            // The record of this import stays at "running", as after a kill.
        }
    }

    private async Task<ImportResult> HouseholdsAsync(
        SourceFile file, string id, string by, ImportOptions options, IProgress<ImportProgress>? progress, long started, CancellationToken cancellation)
    {
        var today = clock.Today();
        if (file.Kind == FileKind.Register && options.On is null) throw new UnreadableFileException("on_required");
        if (options.On > today) throw new UnreadableFileException("on_in_future", options.On);

        var standards = await shelf.BookAsync(null, cancellation);
        IHouseholdFile rows = file.Kind switch
        {
            FileKind.Register => new RegisterFile(file, places, options.On!.Value, today),
            FileKind.Agreements => new AgreementsFile(file, places, standards, today),
            FileKind.Conditions => new ConditionsFile(file, places, standards, today),
            FileKind.LoanStatus => new LoanStatusFile(file, places, standards, today),
            FileKind.Assignments => new AssignmentsFile(file, places, standards, today, await SponsorsAsync(cancellation)),
            FileKind.Services => new ServicesFile(file, places, standards, today),
            _ => new HistoryFile(file, places, today),
        };
        progress?.Report(new("reading", 0, 0, 0, null));
        using var groups = new HouseholdGroups(file, rows.KeyColumn, cancellation);
        if (groups.Rows == 0) throw new UnreadableFileException("no_rows");
        using var rejects = new Rejects(file, reasons.Text);
        using var remarked = new Rejects(file, reasons.Text, remarks: true);
        var tally = new Tally(groups.Rows, progress, clock, started, options.DryRun ? null : remarked);
        if (file.HiddenRows is { Count: > 0 } hidden) tally.Remark([], [new(hidden.Line, "", null, "hidden_rows", [hidden.Count])]);
        if (file.LinesLeftOut is { Count: > 0 } left) tally.Remark([], [new(left.First(), "", null, "lines_left_out", [left.Count, string.Join(", ", left.Take(MostLinesNamed)) + (left.Count > MostLinesNamed ? "…" : "")])]);
        var writer = new BatchWriter(store, source, clock, id, by);
        var decisions = new ImportDecisions(rows, file.Header[rows.KeyColumn], tally, options.DryRun ? null : rejects, clock);
        var before = (await freshness.ReadAsync(cancellation)).Newest;

        var batches = Channel.CreateBounded<List<Decided>>(Writers * 2);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var writers = Enumerable.Range(0, Writers).Select(_ => WriteAllAsync(batches.Reader, writer, options, tally, DecideAgainAsync, stop)).ToList();
        try
        {
            foreach (var some in ImportDecisions.Batches(groups.Read()))
            {
                stop.Token.ThrowIfCancellationRequested();
                var (known, people) = await LoadAsync(some);
                var accepted = new List<Decided>(some.Count);
                foreach (var group in some)
                {
                    stop.Token.ThrowIfCancellationRequested();
                    if (decisions.Decide(group, Existing(known, group), people) is { } change) accepted.Add(new(group, change));
                }
                await batches.Writer.WriteAsync(accepted, stop.Token);
            }
            batches.Writer.Complete();
            await Task.WhenAll(writers);
        }
        catch (Exception e)
        {
            batches.Writer.TryComplete();
            await stop.CancelAsync();
            try
            {
                // Where a writer failed it says why; the reader only saw that it was stopped.
                await Task.WhenAll(writers);
            }
            catch (OperationCanceledException) when (e is not OperationCanceledException)
            {
                // The reader failed, and the writers only saw that they were stopped.
            }
            throw;
        }

        rejects.Complete();
        remarked.Complete();
        var stored = clock.GetElapsedTime(started);
        if (!options.DryRun) await CompleteAsync(id, before, progress, cancellation);
        return tally.Result(id, file.Kind, options.DryRun ? null : rejects.Path, stored, clock.GetElapsedTime(started)) with { UnreadHeadings = file.UnreadHeadings };

        async Task<(Dictionary<Guid, Household> Households, KnownPeople People)> LoadAsync(IReadOnlyList<HouseholdGroup> some)
        {
            var few = some.Where(g => !g.TooMany).ToList();
            var known = await writer.LoadAsync([.. few.SelectMany(g => Ids.OfHousehold(g.Code)).Distinct()], stop.Token);
            return (known, rows.NamesPeople ? await writer.PeopleAsync(known.Values, [.. few.SelectMany(rows.NumbersOf).Distinct()], stop.Token) : KnownPeople.None);
        }

        async Task<HouseholdChange?> DecideAgainAsync(HouseholdGroup group)
        {
            var (known, people) = await LoadAsync([group]);
            return decisions.Decide(group, Existing(known, group), people);
        }
    }

    private static Household Existing(Dictionary<Guid, Household> known, HouseholdGroup group) =>
        Ids.OfHousehold(group.Code).Select(known.GetValueOrDefault).FirstOrDefault(h => h is not null) ?? Household.Nobody(Ids.Household(group.Code));

    private async Task<IReadOnlyDictionary<string, Records.Sponsor>> SponsorsAsync(CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return (await session.Query<Records.Sponsor>().ToListAsync(cancellation)).ToDictionary(s => s.Id);
    }

    private readonly record struct Decided(HouseholdGroup Group, HouseholdChange Change);

    private static async Task WriteAllAsync(
        ChannelReader<List<Decided>> batches, BatchWriter writer, ImportOptions options, Tally tally, Func<HouseholdGroup, Task<HouseholdChange?>> decide,
        CancellationTokenSource stop)
    {
        try
        {
            await foreach (var batch in batches.ReadAllAsync(stop.Token))
            {
                if (options.DryRun) Take(batch);
                // New and known households are two transactions: neither may be half of the other's failure.
                else
                    foreach (var part in batch.GroupBy(d => d.Change.Before.Exists))
                        await WriteAsync([.. part]);
            }
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }

        async Task WriteAsync(List<Decided> part)
        {
            try
            {
                await writer.WriteAsync([.. part.Select(d => d.Change)], stop.Token);
                Take(part);
            }
            catch (Exception e) when (LostRace(e))
            {
                // Somebody works on one of these households: the others must not wait for it.
                foreach (var one in part) await WriteOneAsync(one);
            }
        }

        async Task WriteOneAsync(Decided one)
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await writer.WriteAsync([one.Change], stop.Token);
                    Take([one]);
                    return;
                }
                catch (Exception e) when (LostRace(e) && attempt < MostAttempts)
                {
                    if (await decide(one.Group) is not { } again) return;
                    one = one with { Change = again };
                }
            }
        }

        void Take(List<Decided> part)
        {
            tally.Take([.. part.Select(d => d.Change)]);
            foreach (var d in part) tally.Remark(d.Group.Rows, d.Change.Remarks);
        }
    }

    private static bool LostRace(Exception e) =>
        e is ConcurrencyException or ExistingStreamIdCollisionException or MartenCommandException or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <summary>Waits for the read models and proves by count that none left an event of the import out.</summary>
    private async Task CompleteAsync(string id, long before, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        await using (var analyze = source.CreateCommand($"select {StoreSchema.Name}.refresh_statistics('{{{StoreSchema.Name}.mt_events, {StoreSchema.Name}.mt_streams, {StoreSchema.Name}.mt_doc_person}}')"))
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
            select (select count(*) from {StoreSchema.Name}.mt_events where seq_id > $1 and correlation_id = $2 and type = any($3)),
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
