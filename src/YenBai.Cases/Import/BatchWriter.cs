using Marten;
using YenBai.Cases.Households;
using YenBai.Cases.Records;
using YenBai.Cases.Storage;

namespace YenBai.Cases.Import;

/// <summary>Writes the changes of many households in one transaction: events, cases, person records.</summary>
internal sealed class BatchWriter(IDocumentStore store, string import, string by)
{
    /// <summary>The households of these ids as they are now; those not there are missing from the answer.</summary>
    public async Task<Dictionary<Guid, Household>> LoadAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return (await session.LoadManyAsync<Household>(cancellation, [.. ids])).ToDictionary(h => h.Id);
    }

    /// <summary>All or nothing; a household that somebody changed meanwhile fails the batch with a concurrency exception.</summary>
    /// <returns>How many rows turned out to correct a person record only.</returns>
    public async Task<HashSet<Guid>> WriteAsync(IReadOnlyList<HouseholdChange> changes, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        session.CorrelationId = HouseholdProjection.ImportPrefix + import;
        session.LastModifiedBy = by;

        foreach (var change in changes)
        {
            if (change.Events.Count == 0) continue;
            if (change.Before.Exists) session.Events.Append(change.Before.Id, change.Before.Version + change.Events.Count, change.Events);
            else session.Events.StartStream<Household>(change.Before.Id, change.Events);
        }
        var corrected = await KeepHeadsAsync(session, changes, cancellation);
        await session.SaveChangesAsync(cancellation);
        return corrected;
    }

    /// <summary>A new household's head is stored; of a known one the present head's record is corrected where it differs.</summary>
    private static async Task<HashSet<Guid>> KeepHeadsAsync(IDocumentSession session, IReadOnlyList<HouseholdChange> changes, CancellationToken cancellation)
    {
        session.Store(changes.Where(c => !c.Before.Exists).Select(c => c.Head).OfType<Person>());

        var corrected = new HashSet<Guid>();
        var known = changes.Where(c => c.Before.Exists && c.Head is not null).ToList();
        if (known.Count == 0) return corrected;
        var heads = known.Select(c => c.Before.Latest().HeadId).OfType<Guid>().ToArray();
        var persons = (await session.LoadManyAsync<Person>(cancellation, heads)).ToDictionary(p => p.Id);
        foreach (var change in known)
        {
            if (change.Before.Latest().HeadId is not { } head || !persons.TryGetValue(head, out var person)) continue;
            var told = change.Head!;
            // What the file leaves out is not thereby unknown.
            var better = person.Correct(told with
            {
                Sex = told.Sex ?? person.Sex,
                BirthYear = told.BirthYear ?? person.BirthYear,
                IdNumber = told.IdNumber ?? person.IdNumber,
                Phone = told.Phone ?? person.Phone,
                Ethnicity = told.Ethnicity ?? person.Ethnicity,
            });
            if (ReferenceEquals(better, person)) continue;
            session.Store(better);
            corrected.Add(change.Before.Id);
        }
        return corrected;
    }
}
