using JasperFx;
using Marten;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Places;

namespace YenBai.Cases.Plan;

/// <summary>Somebody else entered a version in the meantime.</summary>
public sealed class PlanChangedException(int version) : Exception
{
    public int Version { get; } = version;
}

/// <summary>All plans in all their versions: those that ship with the program and those that were entered.</summary>
public sealed class PlanShelf(IDocumentStore store, PlaceCatalog places, TimeProvider clock)
{
    private static readonly Guid Space = new("3c1d6a52-6f0e-5f4c-9a59-5a2022120017");

    /// <summary>The plans as known now, by year.</summary>
    public async Task<IReadOnlyList<AnnualPlan>> AllAsync(CancellationToken cancellation) =>
        [.. (await HistoriesAsync(cancellation)).Select(h => h.Current!.Plan)];

    public async Task<AnnualPlan?> FindAsync(int year, CancellationToken cancellation) => (await HistoryAsync(year, cancellation)).Current?.Plan;

    /// <summary>Those of the years that have a plan, by year.</summary>
    public async Task<IReadOnlyList<PlanHistory>> HistoriesAsync(CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var stored = await session.Query<StoredPlan>().ToListAsync(cancellation);
        var entered = (await session.Query<PlanVersion>().ToListAsync(cancellation)).ToLookup(v => v.Year);
        var years = Plans.All.Select(p => p.Year).Concat(stored.Select(s => s.Plan.Year)).Concat(entered.Select(g => g.Key)).Distinct().Order();
        return [.. years.Select(year => Of(year, stored.FirstOrDefault(s => s.Plan.Year == year), entered[year]))];
    }

    /// <summary>Without versions where the year has no plan.</summary>
    public async Task<PlanHistory> HistoryAsync(int year, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await HistoryAsync(session, year, cancellation);
    }

    /// <summary>Enters the plan of a year, or the next version of it.</summary>
    /// <param name="version">The version that whoever enters it has seen; 0 for a year without a plan.</param>
    /// <param name="request">The idempotency key.</param>
    /// <returns>What is wrong with it; nothing where it was entered.</returns>
    /// <exception cref="PlanChangedException">Somebody was first.</exception>
    public async Task<IReadOnlyList<Refusal>> EnterAsync(Actor by, int year, int version, PlanDraft draft, string request, CancellationToken cancellation)
    {
        if (!by.MayInProvince(Operation.EnterPlans)) return [new("not_permitted")];
        return await AppendAsync(by, year, version, request, history =>
        {
            var (plan, faults) = PlanEntry.Decide(year, history.Current, draft, places);
            return (plan is null ? null : (plan, false, draft.Reason), faults);
        }, cancellation);
    }

    /// <summary>Locks the plan of a year against corrections, or unlocks it.</summary>
    public async Task<Refusal?> LockAsync(Actor by, int year, int version, bool locked, string? reason, string request, CancellationToken cancellation)
    {
        if (!by.MayInProvince(Operation.EnterPlans)) return new Refusal("not_permitted");
        return (await AppendAsync(by, year, version, request, history =>
            PlanEntry.DecideLock(history.Current, locked, reason) is { } refusal ? (null, [refusal]) : ((history.Current!.Plan, locked, reason), []), cancellation)).FirstOrDefault();
    }

    private async Task<IReadOnlyList<Refusal>> AppendAsync(
        Actor by, int year, int version, string request, Func<PlanHistory, ((AnnualPlan Plan, bool Locked, string? Reason)? Next, IReadOnlyList<Refusal> Faults)> decide, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        var history = await HistoryAsync(session, year, cancellation);
        if (history.Version != version)
        {
            // The same request sent again is answered as before, unless it asks for something else.
            if (history.Versions.FirstOrDefault(v => v.Request == request && v.By == by.Name) is not { } made) throw new PlanChangedException(history.Version);
            var (again, wrong) = decide(new(year, [.. history.Versions.Take(made.Version - 1)]));
            return again is { } same && made.Version == version + 1 && (same.Locked, same.Reason?.Trim()) == (made.Locked, made.Reason) && same.Plan.SameAs(made.Plan) ? [] : wrong.Count > 0 ? wrong : [new("idempotency_key_reused")];
        }
        var (next, faults) = decide(history);
        if (next is not { } decided) return faults;
        session.Insert(new PlanVersion(Ids.Named(Space, $"{year}/{version + 1}"), year, version + 1, decided.Plan, decided.Locked, Trimmed(decided.Reason), by.Name, clock.Now(), request));
        try
        {
            await session.SaveChangesAsync(cancellation);
        }
        catch (DocumentAlreadyExistsException)
        {
            throw new PlanChangedException(version + 1);
        }
        return [];
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static async Task<PlanHistory> HistoryAsync(IQuerySession session, int year, CancellationToken cancellation) => Of(
        year, await session.LoadAsync<StoredPlan>(StoredPlan.IdOf(year), cancellation), await session.Query<PlanVersion>().Where(v => v.Year == year).ToListAsync(cancellation));

    private static PlanHistory Of(int year, StoredPlan? stored, IEnumerable<PlanVersion> entered)
    {
        var versions = new List<PlanVersion>();
        if (Plans.Find(year) is { } shipped) versions.Add(new(Guid.Empty, year, 1, shipped, false, null, null, Days.StartOf(shipped.Date), null));
        if (stored is not null) versions.Add(new(Guid.Empty, year, versions.Count + 1, stored.Plan, false, null, Actor.Operator.Name, stored.Stored, null));
        return new(year, [.. versions, .. entered.OrderBy(v => v.Version)]);
    }
}
