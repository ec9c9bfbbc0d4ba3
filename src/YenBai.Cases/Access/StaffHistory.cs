using Marten;
using YenBai.Cases.Records;

namespace YenBai.Cases.Access;

/// <summary>One thing that was done to an account, with who did it and why.</summary>
public sealed record StaffEntry(string UserName, StaffEvent Event, string? By, string? Reason, DateTimeOffset Stored);

/// <summary>A proposal with the account that it concerns.</summary>
/// <param name="MayDecide">Whether the one who reads may approve it.</param>
public sealed record OpenProposal(StaffMember Member, StaffProposal Proposal, string? Reason, bool MayDecide);

/// <summary>What was done to accounts, and what waits for a second person.</summary>
public sealed class StaffHistory(IDocumentStore store, TimeProvider clock)
{
    /// <summary>Everything that was done to accounts in the places that somebody looks after, newest first.</summary>
    public async Task<IReadOnlyList<StaffEntry>> ReadAsync(Actor who, string? userName, int most, CancellationToken cancellation)
    {
        if (!who.May(Operation.ReadAudit) && !who.May(Operation.ManageAccounts)) return [];
        return await ReadAsync(userName, null, most, cancellation);
    }

    /// <summary>What was done to one's own account lately.</summary>
    public Task<IReadOnlyList<StaffEntry>> OwnAsync(Actor who, TimeSpan lately, CancellationToken cancellation) => ReadAsync(who.Name, clock.Now() - lately, 20, cancellation);

    /// <summary>
    /// What waits for a second person: to an administrator and an auditor everything, to a manager what a manager may decide,
    /// to everybody what concerns themselves. The oldest first.
    /// </summary>
    public async Task<IReadOnlyList<OpenProposal>> ProposalsAsync(Actor who, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var own = StaffMember.IdOf(who.Name);
        var (all, manages) = (who.Has(Role.Administrator) || who.MayInProvince(Operation.ReadAudit), who.May(Operation.ManageAccounts));
        var members = all || manages ? await session.Query<StaffMember>().ToListAsync(cancellation) : await session.LoadManyAsync<StaffMember>(cancellation, own);
        var now = clock.Now();
        var open = members.SelectMany(m => m.Proposals.Select(p => (Member: m, Proposal: p)))
            .Where(x => all || x.Member.Id == own || TwoPeople.MayDecide(who, x.Proposal)).OrderBy(x => x.Proposal.At).ToList();
        var reasons = await ReasonsAsync(session, open.Select(x => x.Proposal.ReasonId), cancellation);
        return [.. open.Select(x => new OpenProposal(
            x.Member, x.Proposal, x.Proposal.ReasonId is { } id ? reasons.GetValueOrDefault(id) : null, TwoPeople.DecideApproval(who, x.Member, x.Proposal, now) is null))];
    }

    private async Task<IReadOnlyList<StaffEntry>> ReadAsync(string? userName, DateTimeOffset? since, int most, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var names = StaffEvents.Names.Values.ToArray();
        var query = session.Events.QueryAllRawEvents().Where(e => names.Contains(e.EventTypeName));
        if (userName is not null)
        {
            var stream = StaffMember.IdOf(userName);
            query = query.Where(e => e.StreamId == stream);
        }
        if (since is { } first) query = query.Where(e => e.Timestamp >= first);
        var events = await query.OrderByDescending(e => e.Sequence).Take(most).ToListAsync(cancellation);
        var members = (await session.LoadManyAsync<StaffMember>(cancellation, [.. events.Select(e => e.StreamId).Distinct()])).ToDictionary(m => m.Id, m => m.UserName);
        var reasons = await ReasonsAsync(session, events.Select(e => ((StaffEvent)e.Data).ReasonId), cancellation);
        return
        [
            .. events.Select(e => new StaffEntry(
                members.GetValueOrDefault(e.StreamId, ""), (StaffEvent)e.Data, e.UserName,
                ((StaffEvent)e.Data).ReasonId is { } id ? reasons.GetValueOrDefault(id) : null, e.Timestamp)),
        ];
    }

    private static async Task<Dictionary<Guid, string>> ReasonsAsync(IQuerySession session, IEnumerable<Guid?> ids, CancellationToken cancellation) =>
        (await session.LoadManyAsync<Note>(cancellation, [.. ids.OfType<Guid>().Distinct()])).ToDictionary(n => n.Id, n => n.Text);
}
