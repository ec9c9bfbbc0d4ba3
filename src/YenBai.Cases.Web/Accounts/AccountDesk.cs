using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace YenBai.Cases.Web.Accounts;

public enum AccountState { Active, Disabled, NoPassword }

public sealed record AccountRow(string UserName, string? FullName, AccountState State);

/// <summary>Making accounts, closing and opening them, giving them passwords. Who may do what they are for is granted elsewhere.</summary>
public sealed class AccountDesk(UserManager<StaffAccount> users, AccountsDb db, Sessions sessions)
{
    public const string LinkPath = "/tai-khoan/dat-mat-khau";

    public Task<StaffAccount?> FindAsync(string userName) => users.FindByNameAsync(userName);

    public Task<IdentityResult> CreateAsync(StaffAccount account, string? password) =>
        password is null ? users.CreateAsync(account) : users.CreateAsync(account, password);

    public Task DeleteAsync(StaffAccount account) => users.DeleteAsync(account);

    public async Task<IReadOnlyList<AccountRow>> ListAsync(CancellationToken cancellation) =>
        await db.Users.OrderBy(a => a.NormalizedUserName)
            .Select(a => new AccountRow(a.UserName!, a.FullName, a.Disabled ? AccountState.Disabled : a.PasswordHash == null ? AccountState.NoPassword : AccountState.Active))
            .ToListAsync(cancellation);

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

    /// <summary>An address under which the person sets a password, once, within a day.</summary>
    public async Task<string> LinkAsync(StaffAccount account, string baseAddress) =>
        $"{baseAddress.TrimEnd('/')}{LinkPath}?user={Uri.EscapeDataString(account.UserName!)}&token={Uri.EscapeDataString(await users.GeneratePasswordResetTokenAsync(account))}";
}
