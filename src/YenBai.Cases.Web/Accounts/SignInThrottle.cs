using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace YenBai.Cases.Web.Accounts;

/// <summary>From where somebody tries to sign in.</summary>
/// <param name="Network">The address, or the network of an IPv6 address.</param>
/// <param name="Devices">What browsers keep that signed in before (see <see cref="KnownDevices"/>), by account.</param>
public sealed record SignInOrigin(string Network, Func<StaffAccount, Guid?> Devices)
{
    public static SignInOrigin Of(HttpContext context) =>
        new(SignInLimit.NetworkOf(context.Connection.RemoteIpAddress), account => context.RequestServices.GetRequiredService<KnownDevices>().Of(context.Request, account));
}

/// <param name="Allowed">Whether it is heard at all.</param>
/// <param name="Own">What counts for this origin alone.</param>
/// <param name="OfAccount">What counts for all unknown devices together; none for a known one.</param>
public sealed record SignInAttempt(bool Allowed, byte[] Own, byte[]? OfAccount);

/// <summary>
/// How often signing in to an account may fail, counted by origin: a stranger uses up the stranger's attempts, not the owner's.
/// A device that signed in before has attempts of its own; an unknown one those of its network, and all unknown ones together a
/// slow limit, so that guessing from many addresses is slow as well. A passkey is no guess and is not counted.
/// An attempt is counted before it is heard: of those that arrive together no more are heard than of those that come one by one.
/// </summary>
public sealed class SignInThrottle(NpgsqlDataSource source, TimeProvider clock)
{
    public const int FailuresAllowed = 5, FailuresAllowedOfUnknown = 20;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15), WindowOfUnknown = TimeSpan.FromHours(1);

    /// <param name="userName">Whether or not there is such an account: the answer is the same.</param>
    public async Task<SignInAttempt> BeginAsync(string userName, string network, Guid? device, CancellationToken cancellation)
    {
        var name = userName.Trim().ToUpperInvariant();
        if (device is { } known)
        {
            var own = Key("device", name, known.ToString());
            return new(await CountAsync(own, Window, cancellation) <= FailuresAllowed, own, null);
        }
        var (pair, all) = (Key("network", name, network), Key("unknown", name));
        // What is not heard from one network does not use up what is left for the others.
        var allowed = await CountAsync(pair, Window, cancellation) <= FailuresAllowed && await CountAsync(all, WindowOfUnknown, cancellation) <= FailuresAllowedOfUnknown;
        return new(allowed, pair, all);
    }

    /// <summary>It was no failure: nothing of it counts.</summary>
    public async Task TakeBackAsync(SignInAttempt attempt, CancellationToken cancellation)
    {
        foreach (var key in new[] { attempt.Own, attempt.OfAccount }.OfType<byte[]>())
            await ExecuteAsync("update identity.sign_in_failure set failures = failures - 1 where key = $1 and failures > 0", cancellation, key);
    }

    /// <summary>Anyone who got in from there is the owner: what failed from there before is forgotten.</summary>
    public async Task SucceededAsync(SignInAttempt attempt, CancellationToken cancellation)
    {
        await TakeBackAsync(attempt, cancellation);
        await ExecuteAsync("delete from identity.sign_in_failure where key = $1", cancellation, attempt.Own);
    }

    private async Task<int> CountAsync(byte[] key, TimeSpan window, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var command = Command(
            "insert into identity.sign_in_failure as f (key, failures, until) values ($1, 1, $3) on conflict (key) do update "
            + "set failures = case when f.until <= $2 then 1 else f.failures + 1 end, until = case when f.until <= $2 then $3 else f.until end returning f.failures",
            key, now, now + window);
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>No name and no address is kept: somebody types a password into the wrong field.</summary>
    private static byte[] Key(params string[] parts) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));

    private async Task ExecuteAsync(string sql, CancellationToken cancellation, byte[] key)
    {
        await using var command = Command(sql, key);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private NpgsqlCommand Command(string sql, params object[] parameters)
    {
        var command = source.CreateCommand(sql);
        foreach (var p in parameters) command.Parameters.AddWithValue(p);
        return command;
    }
}
