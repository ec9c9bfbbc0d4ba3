using Marten;
using Microsoft.AspNetCore.Identity;
using YenBai.Cases.Access;
using YenBai.Cases.Calendar;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Web.Accounts;

namespace YenBai.Cases.Web.Components.Administration;

/// <param name="State">None where something was granted to a staff code that has no account.</param>
/// <param name="Now">The grants that hold, as far as they are the reader's to know.</param>
public sealed record AccountLine(string UserName, string? FullName, AccountState? State, IReadOnlyList<Grant> Now);

/// <param name="Households">The codes of those agreed by name.</param>
/// <param name="By">Who gave it.</param>
/// <param name="Ended">What ended it before its time.</param>
/// <param name="MayRevoke">Whether the one who reads may take it back.</param>
public sealed record GrantLine(Grant Grant, IReadOnlyList<string> Households, string? By, string? Reason, StaffEntry? Ended, bool MayRevoke);

/// <summary>An account with all that was granted, newest first, and all that was done to it.</summary>
public sealed record AccountFile(
    string UserName, string? FullName, AccountState? State, IReadOnlyList<GrantLine> Grants, IReadOnlyList<StaffEntry> History, bool MayGrant, bool MayDisable);

/// <summary>
/// Accounts with their grants, for those who look after them: an administrator after all, a manager after those who work in
/// the manager's places. Of the others a manager learns nothing, not even that they are there.
/// </summary>
public sealed class StaffOffice(AccountDesk accounts, StaffDesk staff, IDocumentStore store, ReadLog log, TimeProvider clock)
{
    private const int LongestHistory = 500;

    public async Task<IReadOnlyList<AccountLine>> ListAsync(Actor by, string? search, CancellationToken cancellation)
    {
        if (!by.May(Operation.ManageAccounts)) return [];
        var rows = (await accounts.ListAsync(cancellation)).ToDictionary(a => StaffMember.IdOf(a.UserName));
        var members = (await staff.AllAsync(cancellation)).ToDictionary(m => m.Id);
        var now = clock.Now();
        var sought = VietnameseText.Fold(search?.Trim() ?? "");
        var lines = new List<AccountLine>();
        foreach (var id in rows.Keys.Union(members.Keys))
        {
            var member = members.GetValueOrDefault(id) ?? StaffMember.Nobody(rows[id].UserName);
            if (!LooksAfter(by, member)) continue;
            var row = rows.GetValueOrDefault(id);
            var line = new AccountLine(row?.UserName ?? member.UserName, row?.FullName, StateOf(row, member), [.. member.GrantsAt(now).Where(g => IsFor(by, g))]);
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
        var history = await staff.HistoryAsync(by, userName, LongestHistory, cancellation);
        var shown = member.Grants.Where(g => IsFor(by, g)).ToList();
        var codes = await CodesAsync(shown, cancellation);
        await log.AddAsync(by, ReadKind.Listed, Sight.None, codes.Keys, Question.Of("account", null, ("user", member.UserName)), cancellation);
        var lines = shown.Select(g =>
        {
            var given = history.FirstOrDefault(e => e.Event is GrantGiven given && given.Grant.Id == g.Id);
            return new GrantLine(
                g, [.. g.Households.Select(h => codes.GetValueOrDefault(h, "–"))], given?.By, given?.Reason,
                history.FirstOrDefault(e => e.Event is GrantRevoked revoked && revoked.GrantId == g.Id), Granting.DecideRevocation(by, member, g.Id, "?", now) is null);
        });
        var row = account is null ? null : new AccountRow(account.UserName!, account.FullName, account.Disabled ? AccountState.Disabled : account.PasswordHash is null ? AccountState.NoPassword : AccountState.Active);
        return new(
            row?.UserName ?? member.UserName, row?.FullName, StateOf(row, member), [.. lines.OrderByDescending(l => l.Grant.From)],
            [.. history.Where(e => IsOf(e.Event, shown))], !Granting.IsOneself(by, member), by.Has(Role.Administrator) && !Granting.IsOneself(by, member));
    }

    /// <returns>None where the account is made; the address under which its owner sets a password, once.</returns>
    public async Task<(string? Link, IdentityResult Result)> CreateAsync(Actor by, string userName, string? fullName, string baseAddress)
    {
        if (!by.Has(Role.Administrator)) throw new NotPermittedException();
        var account = new StaffAccount { UserName = userName.Trim(), FullName = string.IsNullOrWhiteSpace(fullName) ? null : fullName.Trim().Normalize() };
        var result = await accounts.CreateAsync(account, null);
        return (result.Succeeded ? await accounts.LinkAsync(account, baseAddress) : null, result);
    }

    /// <summary>A disabled account holds nothing and is signed out.</summary>
    public async Task<Refusal?> SetDisabledAsync(Actor by, string userName, bool disabled, string reason, CancellationToken cancellation)
    {
        if (await staff.SetDisabledAsync(by, userName, disabled, reason, cancellation) is { } refusal) return refusal;
        if (await accounts.FindAsync(userName) is { } account) await accounts.SetDisabledAsync(account, disabled, cancellation);
        return null;
    }

    /// <summary>Full names by staff code, for pages that say who did something.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(CancellationToken cancellation) =>
        (await accounts.ListAsync(cancellation)).Where(a => a.FullName is not null).ToDictionary(a => a.UserName, a => a.FullName!, StringComparer.OrdinalIgnoreCase);

    private static AccountState? StateOf(AccountRow? row, StaffMember member) => member.Disabled ? AccountState.Disabled : row?.State;

    private static bool LooksAfter(Actor by, StaffMember member) => by.Has(Role.Administrator) || member.Grants.Any(g => IsFor(by, g));

    private static bool IsFor(Actor by, Grant grant) => by.Has(Role.Administrator) || (grant.Place is { } place && by.MayAt(Operation.ManageAccounts, place, null));

    private static bool IsOf(StaffEvent e, List<Grant> grants) => e switch
    {
        GrantGiven given => grants.Exists(g => g.Id == given.Grant.Id),
        GrantRevoked revoked => grants.Exists(g => g.Id == revoked.GrantId),
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
