namespace YenBai.Cases.Import;

/// <summary>The 64-bit FNV-1a hash over UTF-16: quick, the same on every machine, and no secret.</summary>
internal static class Fnv
{
    public const ulong Start = 14695981039346656037UL;

    public const ulong Prime = 1099511628211UL;

    public static ulong Of(string text) => Add(Start, text);

    public static ulong Add(ulong hash, string? text)
    {
        foreach (var c in text.AsSpan()) hash = (hash ^ c) * Prime;
        return hash;
    }
}
