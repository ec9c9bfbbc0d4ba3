using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Accounts;

public enum AccountState { Active, Disabled, NoPassword }

public sealed record AccountRow(string UserName, string? FullName, AccountState State);

/// <summary>Making accounts, closing and opening them, giving them passwords. Who may do what they are for is granted elsewhere.</summary>
public sealed class AccountDesk(UserManager<StaffAccount> users, DbContextOptions<AccountsDb> options, Sessions sessions, PublicAddress address)
{
    public const string LinkPath = "/tai-khoan/dat-mat-khau";

    public Task<StaffAccount?> FindAsync(string userName) => users.FindByNameAsync(userName);

    public Task<IdentityResult> CreateAsync(StaffAccount account, string? password) =>
        password is null ? users.CreateAsync(account) : users.CreateAsync(account, password);

    public Task DeleteAsync(StaffAccount account) => users.DeleteAsync(account);

    public async Task<IReadOnlyList<AccountRow>> ListAsync(CancellationToken cancellation)
    {
        // Parts of a page ask at the same time, and a context answers one question at a time.
        await using var db = new AccountsDb(options);
        return await db.Users.OrderBy(a => a.NormalizedUserName)
            .Select(a => new AccountRow(a.UserName!, a.FullName, a.Disabled ? AccountState.Disabled : a.PasswordHash == null ? AccountState.NoPassword : AccountState.Active))
            .ToListAsync(cancellation);
    }

    /// <summary>Felt by every session at its next request. Enabled again, the person signs in anew.</summary>
    public async Task<IdentityResult> SetDisabledAsync(StaffAccount account, bool disabled, CancellationToken cancellation)
    {
        account.Disabled = disabled;
        var result = await users.UpdateAsync(account);
        if (result.Succeeded && disabled) await sessions.EndAllAsync(account.Id, cancellation);
        return result;
    }

    /// <summary>A new stamp comes with it, so that every session ends.</summary>
    public async Task<IdentityResult> SetPasswordAsync(StaffAccount account, string password) =>
        await users.ResetPasswordAsync(account, await users.GeneratePasswordResetTokenAsync(account), password);

    /// <summary>For somebody who lost the phone, the recovery codes and the passkeys: they sign in with the password and set up new ones. Every session ends.</summary>
    public async Task RemoveFactorsAsync(StaffAccount account)
    {
        foreach (var passkey in await users.GetPasskeysAsync(account)) await users.RemovePasskeyAsync(account, passkey.CredentialId);
        await users.SetTwoFactorEnabledAsync(account, false);
        await RemoveTotpAsync(users, account);
        await users.UpdateSecurityStampAsync(account);
    }

    internal static async Task RemoveTotpAsync(UserManager<StaffAccount> users, StaffAccount account)
    {
        // Where Identity keeps them.
        foreach (var name in new[] { "AuthenticatorKey", "RecoveryCodes" }) await users.RemoveAuthenticationTokenAsync(account, "[AspNetUserStore]", name);
    }

    /// <summary>An address under which the person sets a password, once, within a day.</summary>
    public async Task<string> LinkAsync(StaffAccount account) =>
        $"{address.Value}{LinkPath}?user={Uri.EscapeDataString(account.UserName!)}&token={Uri.EscapeDataString(await users.GeneratePasswordResetTokenAsync(account))}";
}
