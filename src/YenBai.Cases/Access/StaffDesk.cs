using Marten;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;

namespace YenBai.Cases.Access;

/// <summary>Where grants are given, taken back and looked up. What takes two people is proposed here and decided by another.</summary>
public sealed class StaffDesk(IDocumentStore store, PlaceCatalog places, TimeProvider clock)
{
    /// <summary>Somebody as they act now. Whoever was granted nothing may do nothing.</summary>
    public async Task<Actor> ActorAsync(string userName, string? from, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var member = await session.LoadAsync<StaffMember>(StaffMember.IdOf(userName), cancellation);
        var now = clock.Now();
        return new Actor(userName, await StandingAsync(session, member?.GrantsAt(now) ?? [], cancellation), now, places) { From = from, Releases = [.. member?.ReleasesAt(now) ?? []] };
    }

    /// <summary>
    /// A sponsor's grants without the households that are closed to sponsors at this moment. Asked of the cases, which are written with
    /// the events, so that a consent that is withdrawn closes every list, count and page at once, whatever the read models still say.
    /// </summary>
    private static async Task<IReadOnlyList<Grant>> StandingAsync(IQuerySession session, IEnumerable<Grant> grants, CancellationToken cancellation)
    {
        var all = grants.ToList();
        var named = all.Where(g => g.Role == Role.Sponsor).SelectMany(g => g.Households).Distinct().ToArray();
        if (named.Length == 0) return all;
        var open = (await session.LoadManyAsync<Household>(cancellation, named)).Where(Subjects.AreOpenToSponsors).Select(h => h.Id).ToHashSet();
        return all.ConvertAll(g => g.Role == Role.Sponsor ? g with { Households = [.. g.Households.Where(open.Contains)] } : g);
    }

    public async Task<StaffMember?> FindAsync(string userName, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<StaffMember>(StaffMember.IdOf(userName), cancellation);
    }

    public async Task<IReadOnlyList<StaffMember>> AllAsync(CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return [.. (await session.Query<StaffMember>().ToListAsync(cancellation)).OrderBy(m => m.UserName, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Grants, or proposes the grant where it takes two people.</summary>
    /// <param name="id">What the grant shall be known by: given again, it is not granted again.</param>
    public Task<Refusal?> GrantAsync(Actor by, string userName, GrantRequest request, CancellationToken cancellation, Guid? id = null) => StaffStream.RetryAsync(async () =>
    {
        if (!by.May(Operation.ManageAccounts)) return new Refusal("not_permitted");
        await using var session = StaffStream.Open(store, by);
        var member = await StaffStream.LoadAsync(session, userName, cancellation);
        var households = await session.HouseholdsAsync(request.Households, cancellation);
        var subjects = request.Households
            .Select(code => (code, Household: households.GetValueOrDefault(Ids.Household(code))))
            .Where(x => x.Household is not null).DistinctBy(x => x.code).ToDictionary(x => x.code, x => Subjects.Of(x.Household!));

        var now = clock.Now();
        if (member.Grants.Concat(member.Proposals.Select(p => p.Grant)).FirstOrDefault(g => g is not null && g.Id == id) is { } before)
        {
            // The days that it took itself do not stand against the same request.
            var (again, refused) = Granting.Decide(by, member with { Grants = [.. member.Grants.Where(g => g.Id != id)] }, request, subjects, before.Id, now, places);
            if (again is null) return refused;
            return (before.Role, before.Place, before.Hamlet) == (again.Role, again.Place, again.Hamlet) && before.Households.SequenceEqual(again.Households) ? null : new Refusal("idempotency_key_reused");
        }
        var (grant, refusal) = Granting.Decide(by, member, request, subjects, id ?? Guid.CreateVersion7(now), now, places);
        if (grant is null) return refusal;
        var why = StaffStream.Reason(session, member.Id, request.Reason, now);
        var name = (member.UserName.Length > 0 ? member.UserName : userName).Trim();
        StaffStream.Append(session, member, TwoPeople.ForGrant(by, member, grant)
            ? new ChangeProposed(now, why, name, new(grant.Id, ProposalKind.Grant, by.Name, now, why, Grant: grant))
            : new GrantGiven(now, why, name, grant));
        await session.SaveChangesAsync(cancellation);
        return null;
    });

    /// <summary>Revokes, or proposes it where that takes two people.</summary>
    public Task<Refusal?> RevokeAsync(Actor by, string userName, Guid grant, string reason, CancellationToken cancellation) => StaffStream.RetryAsync(async () =>
    {
        if (!by.May(Operation.ManageAccounts)) return new Refusal("not_permitted");
        await using var session = StaffStream.Open(store, by);
        var member = await StaffStream.LoadAsync(session, userName, cancellation);
        var now = clock.Now();
        if (Granting.DecideRevocation(by, member, grant, reason, now) is { } refusal) return refusal;
        if (await IsLastAdministratorAsync(session, member, grant, now, cancellation)) return new Refusal("last_administrator");
        if (member.Proposals.Any(p => p.GrantId == grant)) return null;
        var why = StaffStream.Reason(session, member.Id, reason, now);
        StaffStream.Append(session, member, TwoPeople.ForRevocation(by, member.Grants.First(g => g.Id == grant), await TakenAwayAsync(session, by, now, cancellation))
            ? new ChangeProposed(now, why, member.UserName, new(Guid.CreateVersion7(now), ProposalKind.Revoke, by.Name, now, why, GrantId: grant))
            : new GrantRevoked(now, why, grant));
        await session.SaveChangesAsync(cancellation);
        return null;
    });

    /// <summary>
    /// Disables or enables, or proposes it where that takes two people. A disabled account holds nothing; that it cannot sign
    /// in is for the accounts to see to.
    /// </summary>
    public Task<Refusal?> SetDisabledAsync(Actor by, string userName, bool disabled, string reason, CancellationToken cancellation) => StaffStream.RetryAsync(async () =>
    {
        if (!by.Has(Role.Administrator)) return new Refusal("not_permitted");
        if (string.IsNullOrWhiteSpace(reason)) return new Refusal("required", "reason");
        if (reason.Length > HouseholdCommand.LongestText) return new Refusal("text_too_long", "reason", HouseholdCommand.LongestText);
        await using var session = StaffStream.Open(store, by);
        var member = await StaffStream.LoadAsync(session, userName, cancellation);
        if (Granting.IsOneself(by, member)) return new Refusal("own_grant");
        var kind = disabled ? ProposalKind.Disable : ProposalKind.Enable;
        if (member.Disabled == disabled || member.Proposals.Any(p => p.Kind == kind && !by.IsOperator)) return null;
        var now = clock.Now();
        if (disabled && await IsLastAdministratorAsync(session, member, null, now, cancellation)) return new Refusal("last_administrator");
        var why = StaffStream.Reason(session, member.Id, reason, now);
        var takesTwo = disabled ? TwoPeople.ForDisabling(by, member, now, await TakenAwayAsync(session, by, now, cancellation)) : TwoPeople.ForEnabling(by, member, now);
        StaffStream.Append(session, member,
            takesTwo ? new ChangeProposed(now, why, member.UserName, new(Guid.CreateVersion7(now), kind, by.Name, now, why))
            : disabled ? new AccountDisabled(now, why)
            : new AccountEnabled(now, why));
        await session.SaveChangesAsync(cancellation);
        return null;
    });

    /// <summary>The second person agrees: the change takes effect.</summary>
    public Task<Refusal?> ApproveAsync(Actor by, string userName, Guid proposal, CancellationToken cancellation) => StaffStream.RetryAsync(async () =>
    {
        await using var session = StaffStream.Open(store, by);
        var member = await StaffStream.LoadAsync(session, userName, cancellation);
        if (member.Proposals.FirstOrDefault(p => p.Id == proposal) is not { } open) return new Refusal("unknown_proposal", "proposal");
        var now = clock.Now();
        if (TwoPeople.DecideApproval(by, member, open, now) is { } refusal) return refusal;
        if (open.Kind is ProposalKind.Disable or ProposalKind.Revoke && await IsLastAdministratorAsync(session, member, open.GrantId, now, cancellation)) return new Refusal("last_administrator");
        StaffEvent? change = open switch
        {
            // What was to begin earlier begins with the approval.
            { Kind: ProposalKind.Grant, Grant: { } grant } => new GrantGiven(now, open.ReasonId, member.UserName, grant.From < now ? grant with { From = now } : grant),
            { Kind: ProposalKind.Revoke, GrantId: { } id } => member.Grants.Any(g => g.Id == id && !(g.Until <= now)) ? new GrantRevoked(now, open.ReasonId, id) : null,
            { Kind: ProposalKind.Disable } => member.Disabled ? null : new AccountDisabled(now, open.ReasonId),
            { Kind: ProposalKind.Enable } => member.Disabled ? new AccountEnabled(now, open.ReasonId) : null,
            _ => null,
        };
        StaffStream.Append(session, member, change is null ? [new ProposalApproved(now, null, proposal)] : [new ProposalApproved(now, null, proposal), change]);
        await session.SaveChangesAsync(cancellation);
        return null;
    });

    /// <summary>The second person refuses, or the proposer takes it back.</summary>
    public Task<Refusal?> RefuseAsync(Actor by, string userName, Guid proposal, string reason, CancellationToken cancellation) => StaffStream.RetryAsync(async () =>
    {
        await using var session = StaffStream.Open(store, by);
        var member = await StaffStream.LoadAsync(session, userName, cancellation);
        if (member.Proposals.FirstOrDefault(p => p.Id == proposal) is not { } open) return new Refusal("unknown_proposal", "proposal");
        if (TwoPeople.DecideRefusal(by, member, open, reason) is { } refusal) return refusal;
        var now = clock.Now();
        StaffStream.Append(session, member, new ProposalRefused(now, StaffStream.Reason(session, member.Id, reason, now), proposal));
        await session.SaveChangesAsync(cancellation);
        return null;
    });

    /// <summary>
    /// Puts on record that an administrator is about to see the link that sets an account's password. Refused where the account
    /// holds or awaits grants: with the link that one person could act under them.
    /// </summary>
    public Task<Refusal?> IssueLinkAsync(Actor by, string userName, CancellationToken cancellation) => StaffStream.RetryAsync(async () =>
    {
        if (!by.Has(Role.Administrator)) return new Refusal("not_permitted");
        await using var session = StaffStream.Open(store, by);
        var member = await StaffStream.LoadAsync(session, userName, cancellation);
        var now = clock.Now();
        if (!by.IsOperator && (member.Proposals.Count > 0 || member.GrantsFrom(now).Any())) return new Refusal("granted_already");
        StaffStream.Append(session, member, new PasswordLinkIssued(now, null, userName.Trim(), by.Name));
        await session.SaveChangesAsync(cancellation);
        return null;
    });

    /// <summary>Whether nobody enabled would be an administrator after the account, or one grant of it, is gone.</summary>
    private static async Task<bool> IsLastAdministratorAsync(IQuerySession session, StaffMember member, Guid? grant, DateTimeOffset now, CancellationToken cancellation)
    {
        bool Is(StaffMember m, Guid? but) => m.GrantsAt(now).Any(g => g is { Role: Role.Administrator, Emergency: false } && g.Id != but);
        if (!Is(member, null) || (grant is not null && Is(member, grant))) return false;
        return !(await session.Query<StaffMember>().ToListAsync(cancellation)).Any(m => m.Id != member.Id && Is(m, null));
    }

    private static async Task<int> TakenAwayAsync(IQuerySession session, Actor by, DateTimeOffset now, CancellationToken cancellation)
    {
        var since = now - TwoPeople.Window;
        string[] names = [StaffEvents.Names[typeof(AccountDisabled)], StaffEvents.Names[typeof(GrantRevoked)]];
        return await session.Events.QueryAllRawEvents().Where(e => names.Contains(e.EventTypeName) && e.UserName == by.Name && e.Timestamp > since).CountAsync(cancellation);
    }
}
