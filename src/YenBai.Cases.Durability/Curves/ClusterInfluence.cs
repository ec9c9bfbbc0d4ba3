namespace YenBai.Cases.Durability;

/// <summary>
/// Σ_c(Σ_{i∈c} IF_i(t))² along the time axis, for log S and for H at once. The influence of row i is
/// (event: jump) − (A(t∧t_i) − A(e_i)), where A is a step function that grows at events; summed over a cluster it is K − aA(t) with
/// a = members at risk. Keeping ΣK², ΣKa and Σa² makes each row cost a constant, where the textbook sum costs rows × times.
/// </summary>
sealed class ClusterInfluence
{
    readonly Clusters clusters;
    readonly Slot[] slots;
    Sums survival, hazard;
    double risks;

    public ClusterInfluence(Clusters clusters, RiskSweep order)
    {
        this.clusters = clusters;
        slots = new Slot[clusters.Count];
        foreach (var row in order.Stops) slots[clusters[row]].AtRisk++;
        foreach (var row in order.Entries) slots[clusters[row]].AtRisk--;
        foreach (ref readonly var slot in slots.AsSpan()) risks += (double)slot.AtRisk * slot.AtRisk;
    }

    /// <summary>Variance of log S; without meaning once S is 0.</summary>
    public double OfLogSurvival => survival.Variance(risks);

    /// <summary>Variance of H.</summary>
    public double OfHazard => hazard.Variance(risks);

    /// <summary>Moves to the current time, at which <paramref name="d"/> rows have the event.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="sets">The walk.</param>
    /// <param name="d">Events.</param>
    /// <param name="reverse">Whether all ends but re-entry are the event.</param>
    public void Advance(ReadOnlySpan<Observation> rows, in RiskSets sets, int d, bool reverse)
    {
        double n = sets.AtRisk, left = n - d;
        foreach (var row in sets.Entering) Change(clusters[row], survival.Drift, hazard.Drift, +1);
        if (left > 0) survival.Drift += d / (n * left);
        hazard.Drift += d / (n * n);
        var jump = left > 0 ? 1 / left : 0;
        foreach (var row in sets.Leaving)
        {
            var happened = rows[row].End == EndKind.ReEntry != reverse;
            Change(clusters[row], (happened ? jump : 0) - survival.Drift, (happened ? 1 / n : 0) - hazard.Drift, -1);
        }
    }

    void Change(int cluster, double survivalBy, double hazardBy, int riskBy)
    {
        ref var slot = ref slots[cluster];
        double before = slot.AtRisk, after = slot.AtRisk += riskBy;
        risks += after * after - before * before;
        survival.Move(ref slot.Survival, survivalBy, before, after);
        hazard.Move(ref slot.Hazard, hazardBy, before, after);
    }

    /// <summary>K of both curves and a of one cluster, side by side in memory.</summary>
    struct Slot
    {
        public double Survival, Hazard;
        public int AtRisk;
    }

    /// <summary>A, ΣK² and ΣKa of one curve.</summary>
    struct Sums
    {
        public double Drift;
        double squares, crossed;

        public readonly double Variance(double risks) => Math.Max(0, squares - 2 * Drift * crossed + Drift * Drift * risks);

        public void Move(ref double offset, double by, double before, double after)
        {
            squares -= offset * offset;
            crossed -= offset * before;
            offset += by;
            squares += offset * offset;
            crossed += offset * after;
        }
    }
}
