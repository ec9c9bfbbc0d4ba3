using System.Globalization;
using System.Security.Cryptography;

namespace YenBai.Cases.Web.Tests.Accounts;

/// <summary>What an authenticator app shows (RFC 6238): written here a second time, so that the product is not measured by itself.</summary>
internal static class Totp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string At(string secret, DateTimeOffset now, int steps = 0)
    {
        var step = BitConverter.GetBytes(now.ToUnixTimeSeconds() / 30 + steps);
        Array.Reverse(step);
#pragma warning disable CA5350 // what the apps use
        var hash = HMACSHA1.HashData(Bytes(secret), step);
#pragma warning restore CA5350
        var at = hash[^1] & 15;
        var number = ((hash[at] & 127) << 24 | hash[at + 1] << 16 | hash[at + 2] << 8 | hash[at + 3]) % 1_000_000;
        return number.ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(string secret)
    {
        var bits = string.Concat(secret.Select(c => Convert.ToString(Alphabet.IndexOf(c), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
