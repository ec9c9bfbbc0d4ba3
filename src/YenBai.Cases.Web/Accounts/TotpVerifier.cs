using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace YenBai.Cases.Web.Accounts;

/// <summary>What an authenticator app shows (RFC 6238 with its defaults: HMAC-SHA-1, 30 seconds, 6 digits).</summary>
public static class TotpCodes
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int Digits = 6, Tolerance = 1;
    private const long StepSeconds = 30;

    /// <summary>The time step of a code: the present one, or an adjacent one, since clocks differ. Null for a wrong code.</summary>
    public static long? StepOf(string secret, string code, DateTimeOffset now)
    {
        if (code.Length != Digits || !code.All(char.IsAsciiDigit)) return null;
        var (key, present) = (Key(secret), now.ToUnixTimeSeconds() / StepSeconds);
        long? found = null;
        // All of them, so that the time it takes says nothing.
        for (var step = present - Tolerance; step <= present + Tolerance; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeOf(key, step)), Encoding.ASCII.GetBytes(code))) found = step;
        return found;
    }

    private static string CodeOf(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // The algorithm that the apps use (RFC 6238, 1.2).
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var at = hash[^1] & 15;
        var number = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(at, 4)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>RFC 4648, base 32.</summary>
    private static byte[] Key(string secret)
    {
        var (bytes, bits, held) = (new List<byte>(), 0, 0);
        foreach (var letter in secret.TrimEnd('='))
        {
            bits = bits << 5 | Alphabet.IndexOf(char.ToUpperInvariant(letter), StringComparison.Ordinal);
            if ((held += 5) < 8) continue;
            held -= 8;
            bytes.Add((byte)(bits >> held));
            bits &= (1 << held) - 1;
        }
        return [.. bytes];
    }
}

/// <summary>
/// A code serves once, and after it no earlier one (RFC 6238, 5.2). The database decides: of two requests that bring codes at the
/// same time only those pass whose steps rise.
/// </summary>
public sealed class TotpVerifier(UserManager<StaffAccount> users, NpgsqlDataSource source, TimeProvider clock)
{
    public async Task<bool> AcceptAsync(StaffAccount account, string code, CancellationToken cancellation)
    {
        var digits = code.Replace(" ", "", StringComparison.Ordinal);
        if (await users.GetAuthenticatorKeyAsync(account) is not { } secret || TotpCodes.StepOf(secret, digits, clock.GetUtcNow()) is not { } step) return false;
        await using var command = source.CreateCommand("update identity.account set totp_step = $2 where id = $1 and (totp_step is null or totp_step < $2)");
        command.Parameters.AddWithValue(account.Id);
        command.Parameters.AddWithValue(step);
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }
}
