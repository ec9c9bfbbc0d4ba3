using System.Collections.Immutable;

namespace YenBai.Cases.Durability;

/// <summary>Observed, expected and covariance, summed over strata.</summary>
sealed class LogRankSums(int groups)
{
    public double[] Observed { get; } = new double[groups];

    public double[] Expected { get; } = new double[groups];

    public double[,] Covariance { get; } = new double[groups, groups];

    public void AddStratum(Observation[] all, int[] groupOf, ReadOnlySpan<int> members, double rho)
    {
        var rows = new Observation[members.Length];
        var group = new int[members.Length];
        for (var i = 0; i < rows.Length; i++) (rows[i], group[i]) = (all[members[i]], groupOf[members[i]]);

        var order = RiskSweep.Over(rows);
        int[] atRisk = new int[groups], events = new int[groups];
        foreach (var row in order.Stops) atRisk[group[row]]++;
        foreach (var row in order.Entries) atRisk[group[row]]--;

        double survival = 1;
        var sets = new RiskSets(rows, order);
        while (sets.MoveNext())
        {
            foreach (var row in sets.Entering) atRisk[group[row]]++;
            if (sets.ReEntered > 0)
            {
                Array.Clear(events);
                foreach (var row in sets.Leaving)
                    if (rows[row].End == EndKind.ReEntry) events[group[row]]++;
                AddTime(sets.AtRisk, sets.ReEntered, atRisk, events, rho == 0 ? 1 : Math.Pow(survival, rho));
                survival *= (double)(sets.AtRisk - sets.ReEntered) / sets.AtRisk;
            }

            foreach (var row in sets.Leaving) atRisk[group[row]]--;
        }
    }

    void AddTime(double n, double d, int[] atRisk, int[] events, double weight)
    {
        var spread = n > 1 ? weight * weight * d * (n - d) / (n - 1) : 0;
        for (var g = 0; g < groups; g++)
        {
            var share = atRisk[g] / n;
            if (share == 0) continue;
            Observed[g] += weight * events[g];
            Expected[g] += weight * d * share;
            for (var h = 0; h < groups; h++) Covariance[g, h] += spread * share * ((g == h ? 1 : 0) - atRisk[h] / n);
        }
    }

    public ImmutableArray<ImmutableArray<double>> CovarianceRows()
        => [.. Enumerable.Range(0, groups).Select(g => Enumerable.Range(0, groups).Select(h => Covariance[g, h]).ToImmutableArray())];
}
