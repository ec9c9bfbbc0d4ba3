namespace YenBai.Cases.Durability;

/// <summary>Cluster numbers made dense: one slot a cluster, a slot of its own for every row without cluster.</summary>
sealed class Clusters
{
    readonly int[] slots;

    Clusters(int[] slots, int count) => (this.slots, Count) = (slots, count);

    public int Count { get; }

    public int this[int row] => slots[row];

    /// <summary>Whether two rows could belong together; if not, the plain variance is the same and cheaper.</summary>
    public static bool AnyShared(ReadOnlySpan<Observation> rows)
    {
        foreach (ref readonly var row in rows)
            if (row.Cluster >= 0) return true;
        return false;
    }

    public static Clusters Of(ReadOnlySpan<Observation> rows)
    {
        var numbers = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++) numbers[i] = rows[i].Cluster;
        return Of(numbers);
    }

    public static Clusters Of(ReadOnlySpan<int> numbers)
    {
        var highest = -1;
        foreach (var number in numbers) highest = Math.Max(highest, number);

        // Numbers are mostly given in order, and then an array is ten times a dictionary's speed.
        return highest < 4L * numbers.Length ? Dense(numbers, highest) : Sparse(numbers);
    }

    static Clusters Dense(ReadOnlySpan<int> numbers, int highest)
    {
        var slots = new int[numbers.Length];
        var known = new int[highest + 1];
        var count = 0;
        for (var i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] < 0) slots[i] = count++;
            else
            {
                ref var slot = ref known[numbers[i]];
                if (slot == 0) slot = ++count;
                slots[i] = slot - 1;
            }
        }

        return new Clusters(slots, count);
    }

    static Clusters Sparse(ReadOnlySpan<int> numbers)
    {
        var slots = new int[numbers.Length];
        var known = new Dictionary<int, int>(numbers.Length);
        var count = 0;
        for (var i = 0; i < numbers.Length; i++)
            slots[i] = numbers[i] < 0 ? count++ : known.TryGetValue(numbers[i], out var slot) ? slot : known[numbers[i]] = count++;
        return new Clusters(slots, count);
    }
}
