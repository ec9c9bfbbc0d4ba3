using Marten;
using Npgsql;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Listing;
using YenBai.Cases.Places;

namespace YenBai.Cases.Demonstration;

/// <summary>What a store has of the demonstration province.</summary>
public enum DemonstrationState { None, BrokenOff, Complete }

/// <summary>Fills an empty store with the demonstration province, through the same writer as every import.</summary>
public sealed class DemonstrationLoader(IDocumentStore store, NpgsqlDataSource source, PlaceCatalog places, TimeProvider clock)
{
    private const string Import = "demonstration";
    private const int HouseholdsAtOnce = 250;

    /// <summary>Whether the households here are made up, all of them there or not.</summary>
    public async Task<bool> IsDemonstrationAsync(CancellationToken cancellation) => await StateAsync(cancellation) is not DemonstrationState.None;

    public async Task<DemonstrationState> StateAsync(CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<DemonstrationMark>(DemonstrationMark.TheId, cancellation) switch
        {
            null => DemonstrationState.None,
            { Begun: null } => DemonstrationState.Complete,
            _ => DemonstrationState.BrokenOff,
        };
    }

    public async Task<bool> HoldsHouseholdsAsync(CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.Query<Household>().AnyAsync(cancellation);
    }

    /// <summary>
    /// A store with real households is never mixed with made-up ones. What was broken off is completed: with the numbers
    /// and the day that it was begun with, the households that are missing are the same.
    /// </summary>
    /// <exception cref="InvalidOperationException">The store holds events already.</exception>
    public async Task<(long Households, long Events)> FillAsync(int households, int seed, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var plan = await BeginAsync(new(households, seed, clock.Today()), cancellation);
        var communes = places.In(Level.Commune, new DateOnly(2021, 1, 1))
            .Select(u => new Commune(u.Id, places.DistrictOf(u.Id)!.Code, u.Area ?? Area.Rural)).ToList();
        var province = new DemonstrationProvince(plan.Households, plan.Seed, communes, plan.Today);

        await using (var session = store.LightweightSession())
        {
            foreach (var t in province.Totals()) session.Store(UnitTotal.Of(t.UnitId, t.On, t.Households, t.Source));
            foreach (var agency in HouseholdWriter.MadeUpAgencies()) session.Store(agency);
            foreach (var review in DemonstrationProvince.Reviews()) session.Store(Review.Of(review));
            await session.SaveChangesAsync(cancellation);
        }
        var made = await StoreAsync(province, plan.Households, progress, cancellation);

        await using (var analyze = source.CreateCommand($"select {StoreSchema.Name}.refresh_statistics()")) await analyze.ExecuteNonQueryAsync(cancellation);
        await using (var session = store.LightweightSession())
        {
            session.Store(new DemonstrationMark(DemonstrationMark.TheId));
            await session.SaveChangesAsync(cancellation);
        }
        return made;
    }

    /// <summary>The mark comes first: whatever is stored after it is known to be made up, and not to be whole.</summary>
    private async Task<DemonstrationPlan> BeginAsync(DemonstrationPlan asked, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        if (await session.LoadAsync<DemonstrationMark>(DemonstrationMark.TheId, cancellation) is { Begun: { } begun }) return begun;
        if (await HoldsHouseholdsAsync(cancellation)) throw new InvalidOperationException("The store is not empty: the demonstration province goes into an empty one only.");
        session.Store(new DemonstrationMark(DemonstrationMark.TheId, asked));
        await session.SaveChangesAsync(cancellation);
        return asked;
    }

    /// <returns>What was stored now; households that are there already are not counted.</returns>
    private async Task<(long Households, long Events)> StoreAsync(DemonstrationProvince province, int households, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var writer = new BatchWriter(store, source, clock, Import, Import);
        var started = clock.GetTimestamp();
        long done = 0, made = 0, events = 0;
        var next = Task.CompletedTask;
        foreach (var some in province.Households().Chunk(HouseholdsAtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            // While one batch is being stored the next one is made.
            await next;
            var there = await writer.LoadAsync([.. some.Select(h => h.Id)], cancellation);
            var missing = some.Where(h => !there.ContainsKey(h.Id)).ToList();
            next = missing.Count == 0 ? Task.CompletedTask : writer.CopyAsync([.. missing.Select(h => new NewStream(h.Id, h.Events, h.Records))], cancellation);
            done += some.Length;
            made += missing.Count;
            events += missing.Sum(h => (long)h.Events.Count);
            var rate = done / Math.Max(0.001, clock.GetElapsedTime(started).TotalSeconds);
            progress?.Report(new("storing", done, households, rate, TimeSpan.FromSeconds(Math.Max(0, (households - done) / rate))));
        }
        await next;
        return (made, events);
    }
}
