namespace YenBai.Cases.Durability;

/// <summary>How well a score orders times to re-entry.</summary>
/// <param name="Value">C: share of comparable pairs in which the higher score came back first, ties of the score ½.</param>
/// <param name="StandardError">Infinitesimal jackknife, influences summed within clusters.</param>
/// <param name="Concordant">Pairs ordered rightly.</param>
/// <param name="Discordant">Pairs ordered wrongly.</param>
/// <param name="TiedScore">Comparable pairs with the same score.</param>
/// <param name="TiedTime">Pairs of events at the same time: not comparable.</param>
public readonly record struct ConcordanceResult(
    Measure Value, Measure StandardError, long Concordant, long Discordant, long TiedScore, long TiedTime);

/// <summary>
/// Harrell's C (Harrell et al. 1982). A pair is comparable when the earlier time is an event and the other row is under observation then
/// (delayed entry: entered before, as in R's <c>survival::concordance</c>); an event counts as earlier than a censoring of the same time.
/// Pairs are compared within strata only. A Fenwick tree of scores makes it O(n log n).
/// </summary>
public static class Concordance
{
    /// <summary>Computes the index.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="observation">Their observations.</param>
    /// <param name="score">Predicted risk: higher = sooner back.</param>
    /// <param name="stratifyBy">Strata.</param>
    public static ConcordanceResult Of<T>(
        IReadOnlyList<T> rows, Func<T, Observation> observation, Func<T, double> score, Func<T, string>? stratifyBy = null)
    {
        if (rows.Count == 0) return new ConcordanceResult(Reason.NoData, Reason.NoData, 0, 0, 0, 0);
        var strata = new Coding<string>();
        var codes = new int[rows.Count];
        for (var i = 0; i < codes.Length; i++) codes[i] = strata.Code(stratifyBy?.Invoke(rows[i]) ?? "");

        var pairs = new Pairs[rows.Count];
        long tiedTime = 0;
        foreach (var stratum in strata.Members(codes))
        {
            // Without a time under observation a row is in no pair.
            var members = Array.FindAll(stratum, i => observation(rows[i]) is var o && o.Entry < o.Time);
            tiedTime += Count(Array.ConvertAll(members, i => observation(rows[i])), Array.ConvertAll(members, i => score(rows[i])), members, pairs);
        }

        // Every pair is seen by both of its rows.
        long concordant = pairs.Sum(p => p.Concordant) / 2, discordant = pairs.Sum(p => p.Discordant) / 2, tied = pairs.Sum(p => p.Tied) / 2;
        double comparable = concordant + discordant + tied;
        if (comparable == 0) return new ConcordanceResult(Reason.NoEvents, Reason.NoEvents, 0, 0, 0, tiedTime);
        var c = (concordant + tied / 2.0) / comparable;
        var influence = Array.ConvertAll(pairs, p => (p.Concordant + p.Tied / 2.0 - c * (p.Concordant + p.Discordant + p.Tied)) / comparable);
        var variance = ClusteredSum.Of(influence, 1, Clusters.Of([.. rows.Select(row => observation(row).Cluster)]))[0, 0];
        return new ConcordanceResult(c, Math.Sqrt(variance), concordant, discordant, tied, tiedTime);
    }

    struct Pairs
    {
        public long Concordant, Discordant, Tied;
    }

    /// <summary>Adds the pairs of one stratum; returns pairs of events at one time.</summary>
    static long Count(Observation[] rows, double[] scores, int[] members, Pairs[] pairs)
    {
        double[] levels = [.. scores.Distinct().Order()];
        var rank = Array.ConvertAll(scores, score => Array.BinarySearch(levels, score));
        var order = Enumerable.Range(0, rows.Length).ToArray();
        Array.Sort(order, (a, b) => rows[a].Time != rows[b].Time
            ? rows[a].Time.CompareTo(rows[b].Time)
            : (rows[a].End != EndKind.ReEntry).CompareTo(rows[b].End != EndKind.ReEntry));

        var entries = Array.FindAll(Enumerable.Range(0, rows.Length).ToArray(), i => rows[i].Entry != Observation.NoEntry);
        Array.Sort(entries, (a, b) => rows[a].Entry.CompareTo(rows[b].Entry));

        // Upwards: the events that came before each row, less those before it entered. Downwards: the rows that come after each event,
        // less those that had not entered.
        long tiedTime = 0;
        var tree = new Fenwick(levels.Length);
        var entered = 0;
        for (int from = 0, to; from < order.Length; from = to)
        {
            for (; entered < entries.Length && rows[entries[entered]].Entry < rows[order[from]].Time; entered++) Earlier(entries[entered], -1);
            for (to = from; to < order.Length && Same(from, to); to++) Earlier(order[to], 1);
            if (rows[order[from]].End != EndKind.ReEntry) continue;
            for (var i = from; i < to; i++) tree.Add(rank[order[i]], 1);
            tiedTime += (long)(to - from) * (to - from - 1) / 2;
        }

        tree = new Fenwick(levels.Length);
        var outside = entries.Length;
        for (int to = order.Length, from; to > 0; to = from)
        {
            for (; outside > 0 && rows[entries[outside - 1]].Entry >= rows[order[to - 1]].Time; outside--) tree.Add(rank[entries[outside - 1]], -1);
            for (from = to; from > 0 && Same(from - 1, to - 1); from--)
                if (rows[order[from - 1]].End == EndKind.ReEntry) Later(order[from - 1]);
            for (var i = from; i < to; i++) tree.Add(rank[order[i]], 1);
        }

        return tiedTime;

        bool Same(int a, int b) => rows[order[a]].Time == rows[order[b]].Time
            && rows[order[a]].End == EndKind.ReEntry == (rows[order[b]].End == EndKind.ReEntry);

        void Earlier(int row, int sign)
        {
            ref var pair = ref pairs[members[row]];
            long below = tree.Before(rank[row]), upTo = tree.Before(rank[row] + 1);
            pair.Concordant += sign * (tree.Total - upTo);
            pair.Discordant += sign * below;
            pair.Tied += sign * (upTo - below);
        }

        void Later(int row)
        {
            ref var pair = ref pairs[members[row]];
            long below = tree.Before(rank[row]), upTo = tree.Before(rank[row] + 1);
            pair.Concordant += below;
            pair.Discordant += tree.Total - upTo;
            pair.Tied += upTo - below;
        }
    }
}

/// <summary>Counts by rank with prefix sums in O(log n) (Fenwick 1994).</summary>
sealed class Fenwick(int size)
{
    readonly long[] tree = new long[size + 1];

    public long Total { get; private set; }

    public void Add(int rank, int count)
    {
        Total += count;
        for (var i = rank + 1; i < tree.Length; i += i & -i) tree[i] += count;
    }

    /// <summary>How many have a lower rank.</summary>
    public long Before(int rank)
    {
        long sum = 0;
        for (var i = rank; i > 0; i -= i & -i) sum += tree[i];
        return sum;
    }
}
