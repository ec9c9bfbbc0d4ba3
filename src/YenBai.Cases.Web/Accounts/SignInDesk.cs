using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace YenBai.Cases.Web.Accounts;

public enum SignInOutcome { Passed, CodeNeeded, Failed }

/// <param name="Account">Whose password was right: never set on a failure.</param>
public sealed record SignInAnswer(SignInOutcome Outcome, StaffAccount? Account = null);

/// <summary>
/// Who somebody is. Why a sign-in failed (no such account, disabled, locked, wrong password) nobody is told, and each takes as long as
/// the other: a password is hashed whether or not there is one to compare with.
/// </summary>
public sealed class SignInDesk(UserManager<StaffAccount> users, AccountsDb db, IPasswordHasher<StaffAccount> hasher, DecoyPassword decoy, TimeProvider clock)
{
    public const int FailuresAllowed = 5;
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    private const string CodeTokens = "codes", LastCode = "last";

    private static readonly SignInAnswer Failure = new(SignInOutcome.Failed);

    public async Task<SignInAnswer> PasswordAsync(string userName, string password, string? code, CancellationToken cancellation)
    {
        var account = userName.All(users.Options.User.AllowedUserNameCharacters.Contains) ? await users.FindByNameAsync(userName) : null;
        if (account?.PasswordHash is null)
        {
            hasher.VerifyHashedPassword(new(), decoy.Hash, password);
            return Failure;
        }
        return await users.CheckPasswordAsync(account, password) ? await CodeAsync(account, code, cancellation) : await FailAsync(account.Id, cancellation);
    }

    /// <summary>The second step, after a right password.</summary>
    public async Task<SignInAnswer> CodeAsync(StaffAccount account, string? code, CancellationToken cancellation)
    {
        if (!account.TwoFactorEnabled) return await PassAsync(account, cancellation);
        if (!await MayPass(account.Id).AnyAsync(cancellation)) return Failure;
        if (string.IsNullOrWhiteSpace(code)) return new(SignInOutcome.CodeNeeded, account);
        if (await IsRightAsync(account, code)) return await PassAsync(account, cancellation);
        await FailAsync(account.Id, cancellation);
        return new(SignInOutcome.CodeNeeded, account);
    }

    /// <summary>By a passkey or another authority, which have proven more than a password does.</summary>
    public Task<SignInAnswer> ProvenAsync(StaffAccount account, CancellationToken cancellation) => PassAsync(account, cancellation);

    private async Task<bool> IsRightAsync(StaffAccount account, string code)
    {
        var digits = code.Replace(" ", "", StringComparison.Ordinal);
        return await users.VerifyTwoFactorTokenAsync(account, users.Options.Tokens.AuthenticatorTokenProvider, digits)
            ? await IsFirstTimeAsync(account, digits)
            : (await users.RedeemTwoFactorRecoveryCodeAsync(account, digits)).Succeeded;
    }

    /// <summary>A code serves once (RFC 6238, 5.2), also when it arrives twice at the same time: the account's version lets only one of them through.</summary>
    private async Task<bool> IsFirstTimeAsync(StaffAccount account, string code) =>
        await users.GetAuthenticationTokenAsync(account, CodeTokens, LastCode) != code
        && (await users.SetAuthenticationTokenAsync(account, CodeTokens, LastCode, code)).Succeeded;

    private IQueryable<StaffAccount> MayPass(string id)
    {
        var now = clock.GetUtcNow();
        return db.Users.Where(a => a.Id == id && !a.Disabled && (a.LockoutEnd == null || a.LockoutEnd <= now));
    }

    /// <summary>Counted by the database, which also has the last word: of guesses that arrive together no more are heard than of those that come one by one.</summary>
    private async Task<SignInAnswer> PassAsync(StaffAccount account, CancellationToken cancellation) =>
        await MayPass(account.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.AccessFailedCount, 0).SetProperty(a => a.LockoutEnd, (DateTimeOffset?)null), cancellation) == 1
            ? new(SignInOutcome.Passed, account)
            : Failure;

    private async Task<SignInAnswer> FailAsync(string id, CancellationToken cancellation)
    {
        DateTimeOffset? until = clock.GetUtcNow() + LockedFor;
        await MayPass(id).ExecuteUpdateAsync(
            s => s.SetProperty(a => a.LockoutEnd, a => a.AccessFailedCount + 1 >= FailuresAllowed ? until : null)
                .SetProperty(a => a.AccessFailedCount, a => a.AccessFailedCount + 1 >= FailuresAllowed ? 0 : a.AccessFailedCount + 1),
            cancellation);
        return Failure;
    }
}

/// <summary>What a password is compared with where there is no account.</summary>
public sealed class DecoyPassword(Microsoft.Extensions.Options.IOptions<PasswordHasherOptions> options)
{
    public string Hash { get; } = new PasswordHasher<StaffAccount>(options).HashPassword(new(), Guid.NewGuid().ToString());
}
