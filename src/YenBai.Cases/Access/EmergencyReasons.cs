using Marten;
using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Access;

/// <summary>
/// Earlier versions kept the reason of an emergency opening with the account, where an erasure of the household's people did
/// not reach it. At the start such reasons move to their household, or go where that was erased since.
/// </summary>
internal static class EmergencyReasons
{
    public static async Task MoveToHouseholdsAsync(IDocumentStore store, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        var openings = (await session.Query<GlassBroken>().Where(b => b.ReasonId != null).ToListAsync(cancellation)).ToDictionary(b => b.ReasonId!.Value);
        var misplaced = (await session.LoadManyAsync<Note>(cancellation, [.. openings.Keys])).Where(n => n.HouseholdId != openings[n.Id].HouseholdId).ToList();
        if (misplaced.Count == 0) return;
        var households = (await session.LoadManyAsync<Household>(cancellation, [.. misplaced.Select(n => openings[n.Id].HouseholdId).Distinct()])).ToDictionary(h => h.Id);
        foreach (var note in misplaced)
        {
            var id = openings[note.Id].HouseholdId;
            if (households.GetValueOrDefault(id)?.Facts.Any(f => f.Event is PersonalDataErased e && e.Recorded >= note.Recorded) == true) session.Delete(note);
            else session.Store(note with { HouseholdId = id });
        }
        await session.SaveChangesAsync(cancellation);
    }
}
