namespace YenBai.Cases.Durability;

/// <summary>Walks the distinct times of a <see cref="RiskSweep"/> upwards, holding the counts at each. A ref struct: the walk allocates nothing.</summary>
ref struct RiskSets
{
    readonly ReadOnlySpan<Observation> rows;
    readonly ReadOnlySpan<int> stops, entries;

    public RiskSets(ReadOnlySpan<Observation> rows, RiskSweep order)
    {
        this.rows = rows;
        stops = order.Stops;
        entries = order.Entries;
        AtRisk = order.InitiallyAtRisk;
    }

    public int Time { get; private set; }

    /// <summary>Number with entry &lt; time ≤ stop.</summary>
    public int AtRisk { get; private set; }

    public int ReEntered { get; private set; }

    public int MovedOut { get; private set; }

    public int Dissolved { get; private set; }

    public int Ended => leaving.To - leaving.From;

    (int From, int To) leaving, entering;

    /// <summary>Rows that end at this time.</summary>
    public readonly ReadOnlySpan<int> Leaving => stops[leaving.From..leaving.To];

    /// <summary>Rows that came under observation since the time before.</summary>
    public readonly ReadOnlySpan<int> Entering => entries[entering.From..entering.To];

    public bool MoveNext()
    {
        AtRisk -= Ended;
        leaving.From = leaving.To;
        if (leaving.From == stops.Length) return false;

        Time = rows[stops[leaving.From]].Time;
        entering.From = entering.To;
        while (entering.To < entries.Length && rows[entries[entering.To]].Entry < Time) entering.To++;
        AtRisk += entering.To - entering.From;

        (ReEntered, MovedOut, Dissolved) = (0, 0, 0);
        for (; leaving.To < stops.Length; leaving.To++)
        {
            ref readonly var row = ref rows[stops[leaving.To]];
            if (row.Time != Time) break;
            switch (row.End)
            {
                case EndKind.ReEntry: ReEntered++; break;
                case EndKind.MovedOut: MovedOut++; break;
                case EndKind.Dissolved: Dissolved++; break;
            }
        }

        return true;
    }
}
