using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace YenBai.Cases.Web.Accounts;

public enum ConfirmOutcome { Confirmed, Wrong, SessionEnded }

/// <summary>
/// Before an own factor or the password changes, the person proves anew who they are: anyone who finds a signed-in browser must not be able
/// to make it theirs. Signing in does not count as such a proof; one proof serves this session for a few minutes. Five failures end the session.
/// </summary>
public sealed class Reauthentication(UserManager<StaffAccount> users, Sessions sessions, NpgsqlDataSource source, TimeProvider clock)
{
    public const int FailuresAllowed = 5;
    public static readonly TimeSpan Serves = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether this session may change factors now. Where the account has one, a session that knows no more than the password may not: its
    /// password may be what was stolen.
    /// </summary>
    public async Task<bool> MayChangeFactorsAsync(ClaimsPrincipal person, StaffAccount account, CancellationToken cancellation) =>
        (Sessions.HasSecondFactor(person) || !await HasFactorAsync(account)) && await IsConfirmedAsync(person, cancellation);

    public async Task<bool> HasFactorAsync(StaffAccount account) => account.TwoFactorEnabled || (await users.GetPasskeysAsync(account)).Count > 0;

    public Task<ConfirmOutcome> WithPasswordAsync(ClaimsPrincipal person, StaffAccount account, string password, CancellationToken cancellation) =>
        AttemptAsync(person, () => users.CheckPasswordAsync(account, password), cancellation);

    /// <summary>A passkey that signed what this browser was asked proves more than the password.</summary>
    public async Task WithPasskeyAsync(ClaimsPrincipal person, CancellationToken cancellation)
    {
        await SucceededAsync(person, cancellation);
        await sessions.SetSecondFactorAsync(person, true, cancellation);
    }

    /// <summary>Something that is guessed at: counted before it is looked at, so that of guesses that arrive together no more are heard.</summary>
    public async Task<ConfirmOutcome> AttemptAsync(ClaimsPrincipal person, Func<Task<bool>> isRight, CancellationToken cancellation)
    {
        var failures = await CountAsync(person, cancellation);
        if (failures > FailuresAllowed) return ConfirmOutcome.SessionEnded;
        if (await isRight())
        {
            await SucceededAsync(person, cancellation);
            return ConfirmOutcome.Confirmed;
        }
        if (failures < FailuresAllowed) return ConfirmOutcome.Wrong;
        await sessions.EndAsync(person, Sessions.IdOf(person)!.Value, cancellation);
        return ConfirmOutcome.SessionEnded;
    }

    public async Task<bool> IsConfirmedAsync(ClaimsPrincipal person, CancellationToken cancellation)
    {
        await using var command = Command("select exists (select from identity.session where id = $1 and ended is null and confirmed > $2)", person, clock.GetUtcNow() - Serves);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private async Task<int> CountAsync(ClaimsPrincipal person, CancellationToken cancellation)
    {
        await using var command = Command("update identity.session set failures = failures + 1 where id = $1 and ended is null returning failures", person);
        return await command.ExecuteScalarAsync(cancellation) is int failures ? failures : int.MaxValue;
    }

    private async Task SucceededAsync(ClaimsPrincipal person, CancellationToken cancellation)
    {
        await using var command = Command("update identity.session set failures = 0, confirmed = $2 where id = $1 and ended is null", person, clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private NpgsqlCommand Command(string sql, ClaimsPrincipal person, params object[] parameters)
    {
        var command = source.CreateCommand(sql);
        command.Parameters.AddWithValue(Sessions.IdOf(person) ?? Guid.Empty);
        foreach (var p in parameters) command.Parameters.AddWithValue(p);
        return command;
    }
}
