using Marten;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.CaseFiles;

/// <summary>
/// Opens households for those who may know whose they are, and puts it on record. Nobody learns from it whether a
/// household outside their places is there.
/// </summary>
public sealed class CaseReader(IDocumentStore store, ReadLog log)
{
    private const int MostNamesakes = 20;

    /// <returns>None for a household that is not there or not theirs.</returns>
    public async Task<CaseFile?> OpenAsync(Actor who, string code, CancellationToken cancellation)
    {
        if (!who.ReachOf(Operation.OpenHousehold).Identifies) return null;
        await using var session = store.QuerySession();
        if (await session.HouseholdAsync(code, cancellation) is not { } household
            || who.SightOf(Operation.OpenHousehold, Subjects.Of(household)) is not (> Sight.DeIdentified and var sight)) return null;
        var namesakes = sight == Sight.Full ? await WithSameNumberAsync(session, who, household, cancellation) : [];
        await log.AddAsync(who, ReadKind.Opened, sight, household.Id, null, cancellation, Related(household).Concat(namesakes.Select(h => h.Id)));

        var events = await session.Events.FetchStreamAsync(household.Id, token: cancellation);
        var writings = events.ToDictionary(e => (int)e.Version, e => new Writing(e.UserName, e.Timestamp));
        var notes = await session.Query<Note>().Where(n => n.HouseholdId == household.Id).ToListAsync(cancellation);
        var people = await session.Query<Person>().Where(p => p.HouseholdId == household.Id).ToListAsync(cancellation);
        var file = new CaseFile(household.Code, sight, household, writings, notes.ToDictionary(n => n.Id, n => n.Text), people.ToDictionary(p => p.Id));
        if (sight == Sight.Full)
        {
            var attachments = await session.Query<Attachment>().Where(a => a.HouseholdId == household.Id).ToListAsync(cancellation);
            var related = await session.LoadManyAsync<Household>(cancellation, [.. Related(household).Distinct()]);
            file = file with
            {
                Attachments = attachments.ToDictionary(a => a.Id, a => new KeptAttachment(a.ContentType, a.HasThumbnail)),
                Related = related.Where(r => who.SightOf(Operation.OpenHousehold, Subjects.Of(r)) == Sight.Full).ToDictionary(r => r.Id, r => r.Code),
                SameNumber = [.. namesakes.Select(h => h.Code).Order(StringComparer.Ordinal)],
            };
        }
        return sight == Sight.Sponsor ? Masking.ForSponsor(file) : file;
    }

    /// <summary>Everyone who read a household, newest first, for those who report to its people.</summary>
    /// <returns>None for a household that is not there or not theirs.</returns>
    public async Task<IReadOnlyList<ReadEntry>?> ReadersAsync(Actor who, string code, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        if (await session.HouseholdAsync(code, cancellation) is not { } household || !who.May(Operation.ReportToPerson, Subjects.Of(household))) return null;
        await log.AddAsync(who, ReadKind.ReportedToPerson, Sight.Full, household.Id, new Question("readers", []), cancellation);
        return await log.OfHouseholdAsync(household.Id, cancellation);
    }

    /// <summary>Other households whose head has the identity number of this one's. Of those that are not theirs nobody learns.</summary>
    private static async Task<IReadOnlyList<Household>> WithSameNumberAsync(IQuerySession session, Actor who, Household household, CancellationToken cancellation)
    {
        if (household.Latest().HeadId is not { } head || await session.LoadAsync<Person>(head, cancellation) is not { IdNumber: { Length: > 0 } number }) return [];
        var people = await session.Query<Person>().Where(p => p.IdNumber == number && p.HouseholdId != household.Id).Take(MostNamesakes).ToListAsync(cancellation);
        if (people.Count == 0) return [];
        var theirs = await session.LoadManyAsync<Household>(cancellation, people.Select(p => p.HouseholdId).Distinct());
        return [.. theirs.Where(h => people.Any(p => p.Id == h.Latest().HeadId) && who.SightOf(Operation.OpenHousehold, Subjects.Of(h)) == Sight.Full)];
    }

    /// <summary>Households that its facts name.</summary>
    private static IEnumerable<Guid> Related(Household household) => household.Facts.Select(f => f.Event switch
    {
        HouseholdSplitFrom x => x.Parent,
        MergedInto x => x.Into,
        LivestockPassedOn x => x.To,
        MembersLeft x => x.To,
        _ => (Guid?)null,
    }).OfType<Guid>();
}
