namespace YenBai.Cases.Durability;

/// <summary>Numbers distinct keys 0, 1, 2 … in order of first appearance.</summary>
sealed class Coding<TKey> where TKey : notnull
{
    readonly Dictionary<TKey, int> codes = [];
    readonly List<TKey> keys = [];

    public IReadOnlyList<TKey> Keys => keys;

    public int Count => keys.Count;

    public int Code(TKey key)
    {
        if (codes.TryGetValue(key, out var code)) return code;
        codes.Add(key, keys.Count);
        keys.Add(key);
        return keys.Count - 1;
    }

    /// <summary>The rows of each code.</summary>
    public int[][] Members(ReadOnlySpan<int> codeOf)
    {
        var sizes = new int[Count];
        foreach (var code in codeOf) sizes[code]++;
        var members = Array.ConvertAll(sizes, size => new int[size]);
        Array.Clear(sizes);
        for (var i = 0; i < codeOf.Length; i++) members[codeOf[i]][sizes[codeOf[i]]++] = i;
        return members;
    }
}
