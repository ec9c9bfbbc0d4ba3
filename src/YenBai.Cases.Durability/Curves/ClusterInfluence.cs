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
        var slots = new int[numbers.Length];
        var known = new Dictionary<int, int>(numbers.Length);
        var count = 0;
        for (var i = 0; i < numbers.Length; i++)
            slots[i] = numbers[i] < 0 ? count++ : known.TryGetValue(numbers[i], out var slot) ? slot : known[numbers[i]] = count++;
        return new Clusters(slots, count);
    }
}

/// <summary>
/// Σ_c(Σ_{i∈c} IF_i(t))² along the time axis. The influence of row i is (event: jump) − (A(t∧t_i) − A(e_i)), where A is a step function
/// that grows at events; summed over a cluster it is K − aA(t) with a = members at risk. Keeping ΣK², ΣKa and Σa² makes each row
/// cost a constant, where the textbook sum costs rows × times.
/// </summary>
sealed class ClusterInfluence
{
    readonly Clusters clusters;
    readonly double[] offset;
    readonly int[] atRisk;
    readonly Observation[] ends;
    double drift, offsets, crossed, risks;

    public ClusterInfluence(Clusters clusters, RiskSweep order, ReadOnlySpan<Observation> rows)
    {
        this.clusters = clusters;
        ends = rows.ToArray();
        offset = new double[clusters.Count];
        atRisk = new int[clusters.Count];
        foreach (var row in order.Stops) atRisk[clusters[row]]++;
        foreach (var row in order.Entries) atRisk[clusters[row]]--;
        foreach (var members in atRisk) risks += (double)members * members;
    }

    /// <summary>The variance at the current time.</summary>
    public double Variance => Math.Max(0, offsets - 2 * drift * crossed + drift * drift * risks);

    /// <summary>Moves to the current time of <paramref name="sets"/>.</summary>
    /// <param name="sets">The walk.</param>
    /// <param name="growth">By how much A grows here.</param>
    /// <param name="jump">What an event adds to the influence of its row.</param>
    /// <param name="reverse">Whether all ends but re-entry are the event.</param>
    public void Advance(in RiskSets sets, double growth, double jump, bool reverse)
    {
        foreach (var row in sets.Entering) Change(clusters[row], drift, +1);
        drift += growth;
        foreach (var row in sets.Leaving)
        {
            var happened = ends[row].End == EndKind.ReEntry != reverse;
            Change(clusters[row], (happened ? jump : 0) - drift, -1);
        }
    }

    void Change(int cluster, double offsetBy, int riskBy)
    {
        double k = offset[cluster], a = atRisk[cluster];
        offsets -= k * k;
        crossed -= k * a;
        risks -= a * a;
        k = offset[cluster] += offsetBy;
        a = atRisk[cluster] += riskBy;
        offsets += k * k;
        crossed += k * a;
        risks += a * a;
    }
}
