using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace YenBai.Cases.Web.Accounts;

public enum SignInOutcome { Passed, CodeNeeded, Failed }

/// <param name="Account">Whose password was right: never set on a failure.</param>
/// <param name="SecondFactor">More than a password was proven.</param>
public sealed record SignInAnswer(SignInOutcome Outcome, StaffAccount? Account = null, bool SecondFactor = false);

/// <summary>
/// Who somebody is. Why a sign-in failed (no such account, disabled, too many attempts, wrong password) is not disclosed, and each takes as
/// long as the other: a password is hashed whether or not there is one to compare with.
/// </summary>
public sealed class SignInDesk(
    UserManager<StaffAccount> users, AccountsDb db, IPasswordHasher<StaffAccount> hasher, DecoyPassword decoy, SignInThrottle throttle, TotpVerifier totp)
{
    public const int FailuresAllowed = SignInThrottle.FailuresAllowed;
    public static readonly TimeSpan LockedFor = SignInThrottle.Window;

    private static readonly SignInAnswer Failure = new(SignInOutcome.Failed);

    public async Task<SignInAnswer> PasswordAsync(string userName, string password, string? code, SignInOrigin origin, CancellationToken cancellation)
    {
        var account = userName.All(users.Options.User.AllowedUserNameCharacters.Contains) ? await users.FindByNameAsync(userName) : null;
        var attempt = await throttle.BeginAsync(userName, origin.Network, account is null ? null : origin.Devices(account), cancellation);
        if (account?.PasswordHash is null || !attempt.Allowed)
        {
            hasher.VerifyHashedPassword(new(), decoy.Hash, password);
            return Failure;
        }
        return await users.CheckPasswordAsync(account, password) ? await CodeAsync(account, code, attempt, cancellation) : Failure;
    }

    /// <summary>The second step, after a right password.</summary>
    public async Task<SignInAnswer> CodeAsync(StaffAccount account, string? code, SignInOrigin origin, CancellationToken cancellation)
    {
        var attempt = await throttle.BeginAsync(account.UserName!, origin.Network, origin.Devices(account), cancellation);
        return attempt.Allowed ? await CodeAsync(account, code, attempt, cancellation) : Failure;
    }

    /// <summary>By a passkey, which nobody guesses: failed passwords do not stand in its way.</summary>
    public async Task<SignInAnswer> PasskeyAsync(StaffAccount account, CancellationToken cancellation) =>
        await IsEnabledAsync(account, cancellation) ? new(SignInOutcome.Passed, account, SecondFactor: true) : Failure;

    /// <summary>By another authority, which says whether it asked for more than a password. Where it did not, our own code is asked for.</summary>
    public async Task<SignInAnswer> OtherAuthorityAsync(StaffAccount account, bool secondFactor, CancellationToken cancellation) =>
        !await IsEnabledAsync(account, cancellation) ? Failure : new(account.TwoFactorEnabled && !secondFactor ? SignInOutcome.CodeNeeded : SignInOutcome.Passed, account, secondFactor);

    private async Task<SignInAnswer> CodeAsync(StaffAccount account, string? code, SignInAttempt attempt, CancellationToken cancellation)
    {
        if (!await IsEnabledAsync(account, cancellation)) return Failure;
        if (account.TwoFactorEnabled)
        {
            if (string.IsNullOrWhiteSpace(code))
            {
                await throttle.TakeBackAsync(attempt, cancellation);
                return new(SignInOutcome.CodeNeeded, account);
            }
            if (!await IsRightAsync(account, code, cancellation)) return new(SignInOutcome.CodeNeeded, account);
        }
        await throttle.SucceededAsync(attempt, cancellation);
        return new(SignInOutcome.Passed, account, account.TwoFactorEnabled);
    }

    private async Task<bool> IsRightAsync(StaffAccount account, string code, CancellationToken cancellation) =>
        await totp.AcceptAsync(account, code, cancellation) || (await users.RedeemTwoFactorRecoveryCodeAsync(account, code.Replace(" ", "", StringComparison.Ordinal))).Succeeded;

    private Task<bool> IsEnabledAsync(StaffAccount account, CancellationToken cancellation) => db.Users.AnyAsync(a => a.Id == account.Id && !a.Disabled, cancellation);
}

/// <summary>What a password is compared with where there is no account.</summary>
public sealed class DecoyPassword(Microsoft.Extensions.Options.IOptions<PasswordHasherOptions> options)
{
    public string Hash { get; } = new PasswordHasher<StaffAccount>(options).HashPassword(new(), Guid.NewGuid().ToString());
}
