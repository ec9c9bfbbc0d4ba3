using Marten;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.CaseFiles;

/// <summary>
/// Opens households for those who may, and puts it on record. Nobody learns from it whether a household outside their
/// places is there.
/// </summary>
public sealed class CaseReader(IDocumentStore store, ReadLog log, Pseudonyms pseudonyms)
{
    /// <param name="address">The code, or for those who see no codes the pseudonym.</param>
    /// <returns>None for a household that is not there or not theirs.</returns>
    public async Task<CaseFile?> OpenAsync(Actor who, string address, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        if (await FindAsync(session, who, address, cancellation) is not { } found) return null;
        var (household, sight) = found;
        await log.AddAsync(who, ReadKind.Opened, sight, household.Id, null, cancellation, Related(household));

        var events = await session.Events.FetchStreamAsync(household.Id, token: cancellation);
        var writings = events.ToDictionary(e => (int)e.Version, e => new Writing(e.UserName, e.Timestamp));
        if (sight == Sight.DeIdentified)
            return Masking.DeIdentified(household, writings, await pseudonyms.GetAsync(cancellation));

        var notes = await session.Query<Note>().Where(n => n.HouseholdId == household.Id).ToListAsync(cancellation);
        var people = await session.Query<Person>().Where(p => p.HouseholdId == household.Id).ToListAsync(cancellation);
        var file = new CaseFile(household.Code, sight, household, writings, notes.ToDictionary(n => n.Id, n => n.Text), people.ToDictionary(p => p.Id));
        if (sight == Sight.Full)
        {
            var attachments = await session.Query<Attachment>().Where(a => a.HouseholdId == household.Id).ToListAsync(cancellation);
            file = file with { Attachments = attachments.ToDictionary(a => a.Id, a => a.ContentType) };
        }
        return sight == Sight.Sponsor ? Masking.ForSponsor(file) : file;
    }

    /// <summary>Everyone who read a household, newest first, for those who report to its people.</summary>
    /// <returns>None for a household that is not there or not theirs.</returns>
    public async Task<IReadOnlyList<ReadEntry>?> ReadersAsync(Actor who, string code, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        if (await session.LoadAsync<Household>(Ids.Household(code), cancellation) is not { } household || !who.May(Operation.ReportToPerson, Subjects.Of(household))) return null;
        await log.AddAsync(who, ReadKind.ReportedToPerson, Sight.Full, household.Id, new Question("readers", []), cancellation);
        return await log.OfHouseholdAsync(household.Id, cancellation);
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

    private async Task<(Household, Sight)?> FindAsync(IQuerySession session, Actor who, string address, CancellationToken cancellation)
    {
        if (!who.May(Operation.OpenHousehold)) return null;
        var reach = who.ReachOf(Operation.OpenHousehold);
        if (reach.Identifies && await session.LoadAsync<Household>(Ids.Household(address), cancellation) is { } named
            && who.SightOf(Operation.OpenHousehold, Subjects.Of(named)) is var sight and > Sight.DeIdentified)
            return (named, sight);
        // A code is no way to a household for those who may not know codes; a pseudonym is one for nobody else.
        if (reach.Extents.Any(e => e.Sight == Sight.DeIdentified) && (await pseudonyms.GetAsync(cancellation)).HouseholdOf(address) is { } id
            && await session.LoadAsync<Household>(id, cancellation) is { } masked && who.May(Operation.OpenHousehold, Subjects.Of(masked)))
            return (masked, Sight.DeIdentified);
        return null;
    }
}
