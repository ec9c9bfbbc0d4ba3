using JasperFx;
using JasperFx.Events;
using Marten;
using YenBai.Cases.Access;
using YenBai.Cases.Calendar;
using YenBai.Cases.Households;
using YenBai.Cases.Storage;

namespace YenBai.Cases.Import;

/// <summary>Withdraws an import: one event a household, which names it. What it told stays readable and counts no more.</summary>
public sealed class Withdrawal(IDocumentStore store, Freshness freshness, TimeProvider clock)
{
    private const int HouseholdsAtOnce = 200;

    /// <returns>How many households had something of it withdrawn; those withdrawn before are not counted again.</returns>
    /// <param name="import">Its id, or that of the upload.</param>
    /// <exception cref="NotPermittedException">Importing is not theirs.</exception>
    /// <exception cref="UnreadableFileException">There is no such import.</exception>
    public async Task<int> RunAsync(Actor who, string import, IProgress<int>? progress, CancellationToken cancellation)
    {
        if (!who.MayInProvince(Operation.Import)) throw new NotPermittedException();
        import = await IdOfAsync(import, cancellation);
        var correlation = HouseholdProjection.ImportPrefix + import;
        await using var reading = store.QuerySession();
        var told = await reading.Events.QueryAllRawEvents().Where(e => e.CorrelationId == correlation).Select(e => e.StreamId).Distinct().ToListAsync(cancellation);
        var withdrawn = 0;
        foreach (var some in told.Chunk(HouseholdsAtOnce))
        {
            withdrawn += await WithdrawAsync(import, who.Name, some, cancellation);
            progress?.Report(withdrawn);
        }
        await using (var session = store.LightweightSession())
        {
            if (await session.LoadAsync<ImportRun>(import, cancellation) is { } run) session.Store(run with { State = "withdrawn" });
            await session.SaveChangesAsync(cancellation);
        }
        await freshness.WaitAsync(TimeSpan.FromMinutes(30), cancellation);
        return withdrawn;
    }

    /// <summary>The id of an import; of an upload, whose id stands in the page's address, the newest import that stored something.</summary>
    private async Task<string> IdOfAsync(string told, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        if (await session.LoadAsync<ImportRun>(told, cancellation) is { } run) return run.Id;
        var ofUpload = await session.Query<ImportRun>().Where(r => r.Upload == told && !r.DryRun).OrderByDescending(r => r.Started).FirstOrDefaultAsync(cancellation);
        return ofUpload?.Id ?? throw new UnreadableFileException("unknown_import", SourceFile.Shown(told));
    }

    private async Task<int> WithdrawAsync(string import, string by, Guid[] households, CancellationToken cancellation)
    {
        while (true)
        {
            await using var session = store.LightweightSession();
            session.LastModifiedBy = by;
            var now = clock.Now();
            var withdrawn = 0;
            foreach (var household in await session.LoadManyAsync<Household>(cancellation, households))
            {
                if (household.Facts.Any(f => f.Event is ImportWithdrawn w && w.Import == import)) continue;
                session.Events.Append(household.Id, household.Version + 1, new ImportWithdrawn(Days.DayOf(now), now, import));
                withdrawn++;
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
}
