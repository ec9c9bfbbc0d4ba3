using System.Globalization;
using Marten;

namespace YenBai.Cases.Plan;

/// <summary>A plan that the operator stored. It stands in place of one of the same year that ships with the program.</summary>
public sealed record StoredPlan(string Id, AnnualPlan Plan, DateTimeOffset Stored)
{
    public static string IdOf(int year) => year.ToString(CultureInfo.InvariantCulture);
}

/// <summary>All plans: those that ship with the program and those that were stored.</summary>
public sealed class PlanShelf(IDocumentStore store, TimeProvider clock)
{
    public async Task<IReadOnlyList<AnnualPlan>> AllAsync(CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var stored = await session.Query<StoredPlan>().ToListAsync(cancellation);
        return [.. stored.Select(s => s.Plan).Concat(Plans.All).DistinctBy(p => p.Year).OrderBy(p => p.Year)];
    }

    public async Task<AnnualPlan?> FindAsync(int year, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return (await session.LoadAsync<StoredPlan>(StoredPlan.IdOf(year), cancellation))?.Plan ?? Plans.Find(year);
    }

    public async Task StoreAsync(AnnualPlan plan, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        session.Store(new StoredPlan(StoredPlan.IdOf(plan.Year), plan, clock.GetUtcNow()));
        await session.SaveChangesAsync(cancellation);
    }
}
