namespace YenBai.Cases.Durability;

/// <summary>
/// Rows in order of time, and delayed rows in order of entry: the two pointers that every estimator here moves once over the data.
/// </summary>
/// <remarks>
/// Number at risk just before t = rows with entry &lt; t less rows with time &lt; t. A row never at risk (entry ≥ time) is left out;
/// a row watched from the start needs no entry, which spares most data the second sort.
/// </remarks>
readonly struct RiskSweep
{
    /// <summary>Row numbers, by time ascending.</summary>
    public readonly int[] Stops;

    /// <summary>Row numbers of the rows that enter after the start (or after a time 0 with ends), by entry ascending.</summary>
    public readonly int[] Entries;

    RiskSweep(int[] stops, int[] entries) => (Stops, Entries) = (stops, entries);

    /// <summary>Rows at risk from the start.</summary>
    public int InitiallyAtRisk => Stops.Length - Entries.Length;

    static bool EntersLate(in Observation row, int firstTime) => row.Entry > 0 || row.Entry >= firstTime;

    public static RiskSweep Over(ReadOnlySpan<Observation> rows)
    {
        int n = 0, first = int.MaxValue;
        foreach (ref readonly var row in rows)
        {
            if (row.Entry >= row.Time) continue;
            n++;
            first = Math.Min(first, row.Time);
        }

        var stops = new int[n];
        var times = new int[n];
        int late = 0, next = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i].Entry >= rows[i].Time) continue;
            stops[next] = i;
            times[next++] = rows[i].Time;
            if (EntersLate(rows[i], first)) late++;
        }

        var entries = new int[late];
        var entryTimes = new int[late];
        for (int i = 0, e = 0; e < late; i++)
        {
            if (rows[i].Entry >= rows[i].Time || !EntersLate(rows[i], first)) continue;
            entries[e] = i;
            entryTimes[e++] = rows[i].Entry;
        }

        Array.Sort(times, stops);
        Array.Sort(entryTimes, entries);
        return new RiskSweep(stops, entries);
    }
}
