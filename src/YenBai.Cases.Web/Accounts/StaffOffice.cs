using Marten;
using Microsoft.AspNetCore.Identity;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Web.Accounts;

/// <param name="State">None where something was granted to a staff code that has no account.</param>
/// <param name="Now">The grants that hold, as far as they are the reader's to know.</param>
/// <param name="Proposals">What waits for a second person, as far as it is the reader's to know.</param>
public sealed record AccountLine(string UserName, string? FullName, AccountState? State, IReadOnlyList<Grant> Now, IReadOnlyList<OpenProposal> Proposals);

/// <param name="Households">The codes of those agreed by name.</param>
/// <param name="By">Who gave it.</param>
/// <param name="Ended">What ended it before its time.</param>
/// <param name="MayRevoke">Whether the one who reads may take it back.</param>
/// <param name="Proposed">It waits for a second person and does not hold.</param>
public sealed record GrantLine(Grant Grant, IReadOnlyList<string> Households, string? By, string? Reason, StaffEntry? Ended, bool MayRevoke, bool Proposed = false);

/// <summary>An account with all that was granted, newest first, and all that was done to it.</summary>
/// <param name="Grants">Proposed ones, too.</param>
/// <param name="LinkIssuedBy">The administrator who was shown its last password link.</param>
/// <param name="Alone">There is no second administrator who could approve what the reader proposes.</param>
public sealed record AccountFile(
    string UserName, string? FullName, AccountState? State, IReadOnlyList<GrantLine> Grants, IReadOnlyList<StaffEntry> History, bool MayGrant, bool MayDisable,
    IReadOnlyList<OpenProposal> Proposals, string? LinkIssuedBy, bool Alone);

/// <summary>
/// Accounts with their grants, for those who look after them: an administrator after all, a manager after those who work in
/// the manager's places. Of the others a manager learns nothing, not even that they are there.
/// </summary>
public sealed class StaffOffice(AccountDesk accounts, StaffDesk staff, StaffHistory histories, IDocumentStore store, ReadLog log, TimeProvider clock)
{
    private const int LongestHistory = 500;

    public async Task<IReadOnlyList<AccountLine>> ListAsync(Actor by, string? search, CancellationToken cancellation)
    {
        if (!by.May(Operation.ManageAccounts)) return [];
        var rows = (await accounts.ListAsync(cancellation)).ToDictionary(a => StaffMember.IdOf(a.UserName));
        var members = (await staff.AllAsync(cancellation)).ToDictionary(m => m.Id);
        var proposals = (await histories.ProposalsAsync(by, cancellation)).ToLookup(p => p.Member.Id);
        var now = clock.Now();
        var sought = VietnameseText.Fold(search?.Trim() ?? "");
        var lines = new List<AccountLine>();
        foreach (var id in rows.Keys.Union(members.Keys))
        {
            var member = members.GetValueOrDefault(id) ?? StaffMember.Nobody(rows[id].UserName);
            if (!LooksAfter(by, member)) continue;
            var row = rows.GetValueOrDefault(id);
            var line = new AccountLine(row?.UserName ?? member.UserName, row?.FullName, StateOf(row, member), [.. member.GrantsAt(now).Where(g => IsFor(by, g))], [.. proposals[id]]);
            if (VietnameseText.Fold($"{line.UserName} {line.FullName}").Contains(sought, StringComparison.Ordinal)) lines.Add(line);
        }
        return [.. lines.OrderBy(l => l.UserName, StringComparer.OrdinalIgnoreCase)];
    }

    /// <returns>None for an account that is not there or not theirs to look after.</returns>
    public async Task<AccountFile?> FindAsync(Actor by, string userName, CancellationToken cancellation)
    {
        if (!by.May(Operation.ManageAccounts)) return null;
        var account = await accounts.FindAsync(userName);
        var member = await staff.FindAsync(userName, cancellation);
        if (account is null && member is null) return null;
        member ??= StaffMember.Nobody(account!.UserName!);
        if (!LooksAfter(by, member)) return null;

        var now = clock.Now();
        var history = await histories.ReadAsync(by, userName, LongestHistory, cancellation);
        var proposals = (await histories.ProposalsAsync(by, cancellation)).Where(p => p.Member.Id == member.Id).ToList();
        var shown = member.Grants.Where(g => IsFor(by, g)).ToList();
        var codes = await CodesAsync(shown.Concat(proposals.Select(p => p.Proposal.Grant).OfType<Grant>()), cancellation);
        await log.AddAsync(by, ReadKind.Listed, Sight.None, codes.Keys, Question.Of("account", null, ("user", member.UserName)), cancellation);
        var lines = shown.Select(g =>
        {
            var given = history.FirstOrDefault(e => e.Event is GrantGiven given && given.Grant.Id == g.Id);
            return new GrantLine(
                g, [.. g.Households.Select(h => codes.GetValueOrDefault(h, "–"))], given?.By, given?.Reason,
                history.FirstOrDefault(e => e.Event is GrantRevoked revoked && revoked.GrantId == g.Id), Granting.DecideRevocation(by, member, g.Id, "?", now) is null);
        });
        var proposed = proposals.Where(p => p.Proposal.Grant is not null).Select(p => new GrantLine(
            p.Proposal.Grant!, [.. p.Proposal.Grant!.Households.Select(h => codes.GetValueOrDefault(h, "–"))], p.Proposal.By, p.Reason, null, false, Proposed: true));
        var row = account is null ? null : new AccountRow(account.UserName!, account.FullName, account.Disabled ? AccountState.Disabled : account.PasswordHash is null ? AccountState.NoPassword : AccountState.Active);
        return new(
            row?.UserName ?? member.UserName, row?.FullName, StateOf(row, member), [.. proposed, .. lines.OrderByDescending(l => l.Grant.From)],
            [.. history.Where(e => IsOf(e.Event, shown) || (by.Has(Role.Administrator) && e.Event is not (GrantGiven or GrantRevoked)))], !Granting.IsOneself(by, member), by.Has(Role.Administrator) && !Granting.IsOneself(by, member),
            proposals, member.LinkIssuedBy, by.Has(Role.Administrator) && !(await staff.AllAsync(cancellation)).Any(m => m.Id != member.Id && !Granting.IsOneself(by, m) && m.GrantsAt(now).Any(g => g.Role == Role.Administrator)));
    }

    /// <returns>
    /// The address under which its owner sets a password, once. A staff code that holds or awaits grants gets no account here: who
    /// is shown the link could act under them.
    /// </returns>
    public async Task<(string? Link, IdentityResult Result)> CreateAsync(Actor by, string userName, string? fullName, CancellationToken cancellation)
    {
        if (!by.Has(Role.Administrator)) throw new NotPermittedException();
        var account = new StaffAccount { UserName = userName.Trim(), FullName = string.IsNullOrWhiteSpace(fullName) ? null : fullName.Trim().Normalize() };
        var result = await accounts.CreateAsync(account, null);
        if (!result.Succeeded) return (null, result);
        if (await staff.IssueLinkAsync(by, account.UserName!, cancellation) is { } refusal)
        {
            await accounts.DeleteAsync(account);
            return (null, IdentityResult.Failed(new IdentityError { Code = refusal.Code }));
        }
        return (await accounts.LinkAsync(account), result);
    }

    /// <summary>A disabled account holds nothing and is signed out; where it takes two people, nothing changes yet.</summary>
    public async Task<Refusal?> SetDisabledAsync(Actor by, string userName, bool disabled, string reason, CancellationToken cancellation)
    {
        if (await staff.SetDisabledAsync(by, userName, disabled, reason, cancellation) is { } refusal) return refusal;
        if ((await staff.FindAsync(userName, cancellation))?.Disabled == disabled) await SwitchAsync(userName, disabled, cancellation);
        return null;
    }

    public async Task<Refusal?> ApproveAsync(Actor by, string userName, Guid proposal, CancellationToken cancellation)
    {
        var kind = (await staff.FindAsync(userName, cancellation))?.Proposals.FirstOrDefault(p => p.Id == proposal)?.Kind;
        if (await staff.ApproveAsync(by, userName, proposal, cancellation) is { } refusal) return refusal;
        if (kind is ProposalKind.Disable or ProposalKind.Enable) await SwitchAsync(userName, kind == ProposalKind.Disable, cancellation);
        return null;
    }

    private async Task SwitchAsync(string userName, bool disabled, CancellationToken cancellation)
    {
        if (await accounts.FindAsync(userName) is { } account) await accounts.SetDisabledAsync(account, disabled, cancellation);
    }

    /// <summary>Full names by staff code, for pages that say who did something.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(CancellationToken cancellation) =>
        (await accounts.ListAsync(cancellation)).Where(a => a.FullName is not null).ToDictionary(a => a.UserName, a => a.FullName!, StringComparer.OrdinalIgnoreCase);

    private static AccountState? StateOf(AccountRow? row, StaffMember member) => member.Disabled ? AccountState.Disabled : row?.State;

    private static bool LooksAfter(Actor by, StaffMember member) => by.Has(Role.Administrator) || member.Grants.Any(g => IsFor(by, g)) || member.Proposals.Any(p => TwoPeople.MayDecide(by, p));

    private static bool IsFor(Actor by, Grant grant) => by.Has(Role.Administrator) || (grant.Place is { } place && by.MayAt(Operation.ManageAccounts, place, null));

    private static bool IsOf(StaffEvent e, List<Grant> grants) => e switch
    {
        GrantGiven given => grants.Exists(g => g.Id == given.Grant.Id),
        GrantRevoked revoked => grants.Exists(g => g.Id == revoked.GrantId),
        ChangeProposed or ProposalApproved or ProposalRefused or PasswordLinkIssued => false,
        _ => true,
    };

    private async Task<Dictionary<Guid, string>> CodesAsync(IEnumerable<Grant> grants, CancellationToken cancellation)
    {
        var ids = grants.SelectMany(g => g.Households).Distinct().ToArray();
        if (ids.Length == 0) return [];
        await using var session = store.QuerySession();
        return (await session.LoadManyAsync<Household>(cancellation, ids)).ToDictionary(h => h.Id, h => h.Code);
    }
}
