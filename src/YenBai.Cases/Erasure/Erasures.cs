using Marten;
using Marten.Events;
using YenBai.Cases.Access;
using YenBai.Cases.Households;

namespace YenBai.Cases.Erasure;

/// <param name="Again">Erased again here.</param>
/// <param name="Before">Erased here already.</param>
/// <param name="Elsewhere">Of households that this store does not have.</param>
public sealed record Replay(int Again, int Before, int Elsewhere);

/// <summary>Brings the store and the list of erasures together: what is on the one is on the other.</summary>
public sealed class Erasures(IDocumentStore store, ErasureList list)
{
    /// <summary>Erases again what a list says was erased, after a backup was restored.</summary>
    public async Task<Replay> ReplayAsync(IEnumerable<ErasureEntry> erasures, CancellationToken cancellation)
    {
        await EmergencyReasons.MoveToHouseholdsAsync(store, cancellation);
        var (again, before, elsewhere) = (0, 0, 0);
        foreach (var erasure in erasures.OrderBy(e => e.At))
        {
            await using var session = store.LightweightSession();
            var household = await session.LoadAsync<Household>(erasure.Household, cancellation);
            if (household is null)
            {
                elsewhere++;
            }
            else if (household.Facts.Any(f => f.Event is PersonalDataErased e && e.Recorded == erasure.At))
            {
                before++;
            }
            else
            {
                session.LastModifiedBy = "restore";
                session.Events.Append(household.Id, household.Version + 1, new PersonalDataErased(Days.DayOf(erasure.At), erasure.At, erasure.People));
                await session.SaveChangesAsync(cancellation);
                again++;
            }
        }
        return new(again, before, elsewhere);
    }

    /// <summary>After a start: the store may have been restored from a backup, or the process killed before the list had the last erasure.</summary>
    public async Task<Replay> ReconcileAsync(CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var stored = await session.Events.QueryAllRawEvents().Where(e => e.EventTypesAre(typeof(PersonalDataErased))).ToListAsync(cancellation);
        foreach (var e in stored)
            if (e.Data is PersonalDataErased erased) list.Add(new(e.StreamId, erased.PersonIds, erased.Recorded));
        return await ReplayAsync(list.Read(), cancellation);
    }
}
