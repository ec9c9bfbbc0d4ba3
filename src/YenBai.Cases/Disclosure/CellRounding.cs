namespace YenBai.Cases.Disclosure;

/// <summary>Unbiased rounding to multiples of five, in a direction that the members of the cell decide.</summary>
public static class CellRounding
{
    /// <summary>Every published count is a multiple of this.</summary>
    public const int Base = 5;

    /// <summary>The key of a cell: the sum of the keys of its members, whatever their order.</summary>
    public static uint KeyOf(IEnumerable<uint> members)
    {
        uint sum = 0;
        foreach (var key in members) unchecked { sum += key; }
        return sum;
    }

    /// <summary>
    /// The multiple of five below or above. The share of keys that round up is the remainder over five, so that the mean over
    /// all keys is the count itself; a multiple of five stays.
    /// </summary>
    public static int Round(int count, uint cellKey)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var rest = count % Base;
        return count - rest + ((ulong)cellKey * Base < (ulong)rest << 32 ? Base : 0);
    }
}
