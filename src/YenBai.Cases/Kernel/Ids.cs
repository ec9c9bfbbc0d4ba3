using System.Security.Cryptography;
using System.Text;
using YenBai.Cases.Households;

namespace YenBai.Cases.Kernel;

/// <summary>Names of things: UUID version 5 (RFC 9562), the same for the same name.</summary>
public static class Ids
{
    private static readonly Guid Register = new("6f0b6a0c-51f1-5c0e-9d0a-19021517a001");

    /// <summary>The stream of the household with this code in the register, however the code is written.</summary>
    public static Guid Household(string code) => Named(Register, HouseholdCode.Key(code));

    /// <summary>The stream of a household stored before the ways to write a code were compared: of its letters as they stand.</summary>
    public static Guid HouseholdAsWritten(string code) => Named(Register, code.Trim().Normalize());

    /// <summary>The streams that a household of this code may be: the one of the code, then an older one of its letters.</summary>
    public static IReadOnlyList<Guid> OfHousehold(string code)
    {
        var (id, older) = (Household(code), HouseholdAsWritten(code));
        return id == older ? [id] : [id, older];
    }

    public static Guid Named(Guid space, string name)
    {
        // A name comes from files and requests and may be as long as these: the stack is no place for it.
        var longest = 16 + Encoding.UTF8.GetMaxByteCount(name.Length);
        Span<byte> bytes = longest <= 1024 ? stackalloc byte[1024] : new byte[longest];
        space.TryWriteBytes(bytes, bigEndian: true, out _);
        var length = 16 + Encoding.UTF8.GetBytes(name, bytes[16..]);
        Span<byte> hash = stackalloc byte[20];
        SHA1.HashData(bytes[..length], hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>Random ids of an instant (UUID version 7), drawn together: one at a time the drawing is dear.</summary>
    public static Guid[] InOrder(int count, DateTimeOffset at)
    {
        Span<byte> random = new byte[count * 16];
        RandomNumberGenerator.Fill(random);
        var milliseconds = at.ToUnixTimeMilliseconds();
        var ids = new Guid[count];
        for (var i = 0; i < count; i++)
        {
            var id = random.Slice(i * 16, 16);
            for (var b = 0; b < 6; b++) id[b] = (byte)(milliseconds >> (40 - 8 * b));
            id[6] = (byte)((id[6] & 0x0F) | 0x70);
            id[8] = (byte)((id[8] & 0x3F) | 0x80);
            ids[i] = new(id, bigEndian: true);
        }
        return ids;
    }
}
