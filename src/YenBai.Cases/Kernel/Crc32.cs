namespace YenBai.Cases.Kernel;

/// <summary>The checksum of zip archives and PNG pictures (ISO 3309, polynomial 0xEDB88320).</summary>
internal static class Crc32
{
    public const uint Start = uint.MaxValue;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i =>
    {
        var c = (uint)i;
        for (var bit = 0; bit < 8; bit++) c = (c & 1) == 0 ? c >> 1 : 0xEDB88320 ^ (c >> 1);
        return c;
    })];

    public static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes) sum = Table[(byte)(sum ^ b)] ^ (sum >> 8);
        return sum;
    }

    public static uint End(uint sum) => ~sum;
}
