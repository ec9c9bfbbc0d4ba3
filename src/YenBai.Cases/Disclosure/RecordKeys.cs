using System.Buffers.Binary;
using System.Security.Cryptography;
using Marten;

namespace YenBai.Cases.Disclosure;

/// <summary>
/// Keys of the cell-key method (Thompson, Broadfoot and Elazar 2013): every household has a fixed random number, and the sum of
/// the numbers of a set of households decides how its count is rounded. The same households are therefore rounded the same way
/// in every answer. The numbers depend on a secret of the store, because a household's id can be computed from its code.
/// </summary>
public sealed class RecordKeys(IDocumentStore store)
{
    private volatile RecordKeyer? known;

    /// <summary>Reads the secret once; the first caller creates it.</summary>
    public async Task<RecordKeyer> GetAsync(CancellationToken cancellation)
    {
        if (known is { } keyer) return keyer;
        await using var session = store.LightweightSession();
        if (await session.LoadAsync<RecordKeySecret>(RecordKeySecret.TheId, cancellation) is { } kept) return known = new(kept.Key);
        session.Insert(new RecordKeySecret(RecordKeySecret.TheId, RandomNumberGenerator.GetBytes(32)));
        try
        {
            await session.SaveChangesAsync(cancellation);
        }
        catch (JasperFx.DocumentAlreadyExistsException)
        {
            // Another process was first.
        }
        await using var again = store.QuerySession();
        return known = new((await again.LoadAsync<RecordKeySecret>(RecordKeySecret.TheId, cancellation))!.Key);
    }
}

/// <summary>The secret behind the record keys of this store. Anyone who has it can undo the rounding in part.</summary>
public sealed record RecordKeySecret(string Id, byte[] Key)
{
    public const string TheId = "record-keys";
}

/// <summary>The key of each household.</summary>
public sealed class RecordKeyer(byte[] secret)
{
    public uint Of(Guid household)
    {
        Span<byte> id = stackalloc byte[16];
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        household.TryWriteBytes(id);
        HMACSHA256.HashData(secret, id, digest);
        return BinaryPrimitives.ReadUInt32LittleEndian(digest);
    }
}
