using Marten;
using Npgsql;
using YenBai.Cases.Calendar;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Places;
using YenBai.Cases.Storage;

namespace YenBai.Cases.Demonstration;

/// <summary>Fills an empty store with the demonstration province, through the same writer as every import.</summary>
public sealed class DemonstrationLoader(IDocumentStore store, NpgsqlDataSource source, PlaceCatalog places, TimeProvider clock)
{
    private const string Import = "demonstration";
    private const int HouseholdsAtOnce = 250;

    public async Task<bool> IsDemonstrationAsync(CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<DemonstrationMark>(DemonstrationMark.TheId, cancellation) is not null;
    }

    public async Task<bool> HoldsHouseholdsAsync(CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.Query<Household>().AnyAsync(cancellation);
    }

    /// <summary>A store with real households is never mixed with made-up ones.</summary>
    /// <exception cref="InvalidOperationException">The store holds events already.</exception>
    public async Task<(long Households, long Events)> FillAsync(int households, int seed, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        if (await HoldsHouseholdsAsync(cancellation)) throw new InvalidOperationException("The store is not empty: the demonstration province goes into an empty one only.");

        // The mark comes first: whatever is stored after it is known to be made up.
        await using (var session = store.LightweightSession())
        {
            session.Store(new DemonstrationMark(DemonstrationMark.TheId));
            await session.SaveChangesAsync(cancellation);
        }
        var communes = places.In(Level.Commune, new DateOnly(2021, 1, 1))
            .Select(u => new Commune(u.Id, places.DistrictOf(u.Id)!.Code, u.Area ?? Area.Rural)).ToList();
        var province = new DemonstrationProvince(households, seed, communes, clock.Today());

        await using (var session = store.LightweightSession())
        {
            foreach (var t in province.Totals()) session.Store(UnitTotal.Of(t.UnitId, t.On, t.Households, t.Source));
            foreach (var agency in HouseholdWriter.MadeUpAgencies()) session.Store(agency);
            foreach (var review in DemonstrationProvince.Reviews()) session.Store(Review.Of(review));
            await session.SaveChangesAsync(cancellation);
        }

        var writer = new BatchWriter(store, source, clock, Import, Import);
        var started = clock.GetTimestamp();
        long done = 0, events = 0;
        var next = Task.CompletedTask;
        foreach (var some in province.Households().Chunk(HouseholdsAtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            // While one batch is being stored the next one is made.
            await next;
            next = writer.CopyAsync([.. some.Select(h => new NewStream(h.Id, h.Events, h.Records))], cancellation);
            done += some.Length;
            events += some.Sum(h => (long)h.Events.Count);
            var rate = done / Math.Max(0.001, clock.GetElapsedTime(started).TotalSeconds);
            progress?.Report(new("storing", done, households, rate, TimeSpan.FromSeconds(Math.Max(0, (households - done) / rate))));
        }
        await next;
        await using (var analyze = source.CreateCommand("analyze")) await analyze.ExecuteNonQueryAsync(cancellation);
        return (done, events);
    }
}
