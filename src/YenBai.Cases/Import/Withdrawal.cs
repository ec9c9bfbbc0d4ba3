using JasperFx;
using JasperFx.Events;
using Marten;
using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Records;

namespace YenBai.Cases.Import;

/// <summary>
/// Withdraws an import: one event a household, which names it. What it told stays readable and counts no more. What it
/// said of people is taken out of their records.
/// </summary>
public sealed class Withdrawal(IDocumentStore store, Freshness freshness, TimeProvider clock)
{
    private const int HouseholdsAtOnce = 200;

    /// <returns>How many households had something of it withdrawn; those withdrawn before are not counted again.</returns>
    /// <param name="asked">The id of an import, or that of an upload, which stands in its page's address.</param>
    /// <exception cref="NotPermittedException">Importing is not theirs.</exception>
    /// <exception cref="UnreadableFileException">There is no such import, or it cannot be withdrawn.</exception>
    public async Task<int> RunAsync(Actor who, string asked, IProgress<int>? progress, CancellationToken cancellation)
    {
        if (!who.MayInProvince(Operation.Import)) throw new NotPermittedException();
        var runs = await RunsAsync(asked, cancellation);
        var households = new HashSet<Guid>();
        foreach (var run in runs)
        {
            var correlation = HouseholdProjection.ImportPrefix + run.Id;
            await using var reading = store.QuerySession();
            var told = await reading.Events.QueryAllRawEvents().Where(e => e.CorrelationId == correlation).Select(e => e.StreamId).Distinct().ToListAsync(cancellation);
            foreach (var some in told.Chunk(HouseholdsAtOnce))
            {
                households.UnionWith(await WithdrawAsync(run.Id, who.Name, some, cancellation));
                progress?.Report(households.Count);
            }
            var named = await reading.Query<Person>().Where(p => p.Listings!.Any(l => l.Import == run.Id)).Select(p => p.Id).ToListAsync(cancellation);
            foreach (var some in named.Chunk(HouseholdsAtOnce))
            {
                households.UnionWith(await TakeOutAsync(run.Id, some, cancellation));
                progress?.Report(households.Count);
            }
            await using var session = store.LightweightSession();
            session.Store(run with { State = "withdrawn" });
            await session.SaveChangesAsync(cancellation);
        }
        await freshness.WaitAsync(TimeSpan.FromMinutes(30), cancellation);
        return households.Count;
    }

    /// <summary>The import of this id; of an upload all that stored something, newest first: one that was stopped is gone on with by another.</summary>
    private async Task<IReadOnlyList<ImportRun>> RunsAsync(string asked, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        IReadOnlyList<ImportRun> runs = await session.LoadAsync<ImportRun>(asked, cancellation) is { } run
            ? [run]
            : await session.Query<ImportRun>().Where(r => r.Upload == asked && !r.DryRun).OrderByDescending(r => r.Started).ToListAsync(cancellation);
        if (runs.Count == 0) throw new UnreadableFileException("unknown_import", SourceFile.Shown(asked));
        if (runs[0].DryRun) throw new UnreadableFileException("withdraw_trial", runs[0].Id);
        if (!CanBeWithdrawn(runs[0].Kind)) throw new UnreadableFileException("withdraw_small", runs[0].Id);
        return runs;
    }

    /// <summary>Files that tell of no household replace what stood there before.</summary>
    public static bool CanBeWithdrawn(FileKind kind) => kind is not (FileKind.Reviews or FileKind.Totals or FileKind.Sponsors);

    private async Task<IReadOnlyList<Guid>> WithdrawAsync(string import, string by, Guid[] households, CancellationToken cancellation)
    {
        while (true)
        {
            await using var session = store.LightweightSession();
            session.LastModifiedBy = by;
            var now = clock.Now();
            var withdrawn = new List<Guid>();
            foreach (var household in await session.LoadManyAsync<Household>(cancellation, households))
            {
                if (household.Facts.Any(f => f.Event is ImportWithdrawn w && w.Import == import)) continue;
                session.Events.Append(household.Id, household.Version + 1, new ImportWithdrawn(Days.DayOf(now), now, import));
                withdrawn.Add(household.Id);
            }
            try
            {
                await session.SaveChangesAsync(cancellation);
                return withdrawn;
            }
            catch (ConcurrencyException)
            {
                // Somebody works on one of these households: look at them as they are now.
            }
        }
    }

    private async Task<IEnumerable<Guid>> TakeOutAsync(string import, Guid[] people, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        // An erasure or a correction that goes on at the same moment is waited for, or waits.
        await session.BeginTransactionAsync(cancellation);
        await using (var @lock = new NpgsqlCommand($"select id from {StoreSchema.Name}.mt_doc_person where id = any($1) order by id for update", session.Connection))
        {
            @lock.Parameters.Add(new() { Value = people });
            await @lock.ExecuteNonQueryAsync(cancellation);
        }
        var named = await session.LoadManyAsync<Person>(cancellation, people);
        var changed = named.Select(p => (Before: p, After: PersonHistory.Without(p, import, clock.Now()))).Where(p => !ReferenceEquals(p.Before, p.After)).ToList();
        session.StoreObjects(changed.Select(p => p.After));
        await session.SaveChangesAsync(cancellation);
        return changed.Select(p => p.Before.HouseholdId);
    }
}
