using System.Security.Cryptography;
using System.Text;
using Marten;

namespace YenBai.Cases.Access;

/// <summary>
/// What a household is called for those who may not learn which one it is: for one purpose always the same, for two
/// purposes never, so that what was published for the one is not joined with what was published for the other. A
/// household's id is a digest of its code, which anybody could compute; so it is encrypted, not digested again.
/// </summary>
public sealed class Pseudonyms(IDocumentStore store)
{
    private const string Prefix = "an-";
    private const int Length = 26;
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    private volatile byte[]? key;

    /// <param name="purpose">What the pseudonyms are published for: a list of a day, a release.</param>
    public async Task<Pseudonymizer> GetAsync(string purpose, CancellationToken cancellation) =>
        new(HMACSHA256.HashData(await KeyAsync(cancellation), Encoding.UTF8.GetBytes(purpose))[..16]);

    /// <summary>Looks the key up once; the first to need it makes it.</summary>
    private async Task<byte[]> KeyAsync(CancellationToken cancellation)
    {
        if (key is { } known) return known;
        await using var session = store.LightweightSession();
        if (await session.LoadAsync<PseudonymKey>(PseudonymKey.TheId, cancellation) is { } kept) return key = kept.Key;
        session.Insert(new PseudonymKey(PseudonymKey.TheId, RandomNumberGenerator.GetBytes(16)));
        try
        {
            await session.SaveChangesAsync(cancellation);
        }
        catch (JasperFx.DocumentAlreadyExistsException)
        {
            // Another process was first.
        }
        await using var again = store.QuerySession();
        return key = (await again.LoadAsync<PseudonymKey>(PseudonymKey.TheId, cancellation))!.Key;
    }

    /// <summary>A key of this store for another purpose.</summary>
    internal async Task<byte[]> DeriveAsync(string purpose, CancellationToken cancellation) =>
        HMACSHA256.HashData(await KeyAsync(cancellation), Encoding.UTF8.GetBytes(purpose));

    internal static string Write(ReadOnlySpan<byte> block)
    {
        var text = new StringBuilder(Prefix, Prefix.Length + Length);
        var (bits, count) = (0, 0);
        foreach (var b in block)
        {
            (bits, count) = ((bits << 8) | b, count + 8);
            for (; count >= 5; count -= 5) text.Append(Letters[(bits >> (count - 5)) & 31]);
            bits &= (1 << count) - 1;
        }
        if (count > 0) text.Append(Letters[(bits << (5 - count)) & 31]);
        return text.ToString();
    }

    internal static bool TryRead(string text, Span<byte> block)
    {
        if (text.Length != Prefix.Length + Length || !text.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var (bits, count, at) = (0, 0, 0);
        foreach (var c in text.AsSpan(Prefix.Length))
        {
            var value = Letters.IndexOf(c, StringComparison.Ordinal);
            if (value < 0) return false;
            (bits, count) = (((bits << 5) | value) & 0xFFFF, count + 5);
            if (count < 8) continue;
            if (at == block.Length) return false;
            block[at++] = (byte)(bits >> (count - 8));
            count -= 8;
            bits &= (1 << count) - 1;
        }
        return at == block.Length;
    }
}

/// <summary>Goes to pseudonyms and back.</summary>
public sealed class Pseudonymizer(byte[] key)
{
    public string Of(Guid household)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        Span<byte> block = stackalloc byte[16];
        household.TryWriteBytes(block);
        // One block, never two alike: nothing here that a chaining mode could hide.
        aes.EncryptEcb(block, block, PaddingMode.None);
        return Pseudonyms.Write(block);
    }

    /// <summary>None for what is no pseudonym; any other household's pseudonym leads to a household that is not there.</summary>
    public Guid? HouseholdOf(string pseudonym)
    {
        Span<byte> block = stackalloc byte[16];
        if (!Pseudonyms.TryRead(pseudonym.Trim(), block)) return null;
        using var aes = Aes.Create();
        aes.Key = key;
        aes.DecryptEcb(block, block, PaddingMode.None);
        return new Guid(block);
    }
}

/// <summary>The key of this store's pseudonyms. Who has it and the codes can lead them back.</summary>
public sealed record PseudonymKey(string Id, byte[] Key)
{
    public const string TheId = "pseudonyms";
}
