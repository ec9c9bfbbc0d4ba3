using Marten;
using YenBai.Cases.Access;
using YenBai.Cases.CaseFiles;
using YenBai.Cases.Households;

namespace YenBai.Cases.Caseload;

/// <summary>A household of which something was learnt lately, with what was learnt on that day, newest first.</summary>
public sealed record LatestOf(CaseloadItem Household, IReadOnlyList<HouseholdEvent> Facts);

/// <summary>What was learnt last, across the households that somebody may see.</summary>
public sealed class LatestFacts(CaseloadQuery caseload, IDocumentStore store, Pseudonyms pseudonyms)
{
    public async Task<IReadOnlyList<LatestOf>> ReadAsync(Actor who, int count, CancellationToken cancellation)
    {
        if (!who.ReachOf(Operation.FindHouseholds).Identifies) return [];
        var lately = await caseload.PageAsync(who, new CaseloadFilter(), 1, count, cancellation, "latest");
        await using var session = store.QuerySession();
        var households = (await session.LoadManyAsync<Household>(cancellation, [.. lately.Items.Select(i => i.Id)])).ToDictionary(h => h.Id);
        var masks = await pseudonyms.GetAsync("latest", cancellation);
        var latest = new List<LatestOf>();
        foreach (var item in lately.Items)
        {
            if (!households.TryGetValue(item.Id, out var household)) continue;
            var sight = who.SightOf(Operation.FindHouseholds, Subjects.Of(household));
            var facts = household.Facts.OrderByDescending(f => f.Event.Recorded).ThenByDescending(f => f.Version).ToList();
            var day = Days.DayOf(facts[0].Event.Recorded);
            var learnt = facts.TakeWhile(f => Days.DayOf(f.Event.Recorded) == day).Select(f => f.Event);
            latest.Add(new(item, [.. sight == Sight.Full ? learnt : learnt.Where(Masking.IsForSponsors).Select(e => Masking.DeIdentified(e, masks))]));
        }
        return latest;
    }
}
