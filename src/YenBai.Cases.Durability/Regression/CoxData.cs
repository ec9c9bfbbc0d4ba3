namespace YenBai.Cases.Durability;

/// <summary>One stratum of a Cox model: rows by time downwards, with their covariates side by side for a sweep that runs in memory order.</summary>
sealed class CoxStratum
{
    public CoxStratum(string name, ReadOnlySpan<Observation> rows, ReadOnlySpan<int> rowOf, DesignMatrix design, ReadOnlySpan<int> designRowOf)
    {
        Name = name;
        var order = RiskSweep.Over(rows);
        var n = order.Stops.Length;
        var width = design.Width;
        Rows = new Observation[n];
        Source = new int[n];
        X = new double[n * width];
        var place = new int[rows.Length];
        for (var i = 0; i < n; i++)
        {
            var row = order.Stops[n - 1 - i];
            place[row] = i;
            Rows[i] = rows[row];
            Source[i] = rowOf[row];
            design.Row(designRowOf[row]).CopyTo(X.AsSpan(i * width));
        }

        Entries = Array.ConvertAll(order.Entries, row => place[row]);
        Array.Reverse(Entries);
    }

    public string Name { get; }

    /// <summary>By time descending.</summary>
    public Observation[] Rows { get; }

    /// <summary>Number of the row in the caller's list.</summary>
    public int[] Source { get; }

    /// <summary>Standardised covariates of <see cref="Rows"/>.</summary>
    public double[] X { get; }

    /// <summary>Places in <see cref="Rows"/> of late entrants, by entry descending.</summary>
    public int[] Entries { get; }

    public static CoxStratum[] Split<T>(IReadOnlyList<T> rows, Func<T, Observation> observation, Func<T, string>? stratifyBy, DesignMatrix design)
    {
        var strata = new Coding<string>();
        var codes = new int[design.Count];
        var all = new Observation[design.Count];
        for (var i = 0; i < codes.Length; i++)
        {
            var row = rows[design.Kept[i]];
            all[i] = observation(row);
            codes[i] = strata.Code(stratifyBy?.Invoke(row) ?? "");
        }

        return [.. strata.Members(codes).Select((members, s) => new CoxStratum(
            strata.Keys[s],
            Array.ConvertAll(members, i => all[i]),
            Array.ConvertAll(members, i => design.Kept[i]), design, members))];
    }
}
