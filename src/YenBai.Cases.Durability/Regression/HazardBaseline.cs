using System.Collections.Immutable;
using System.Globalization;

namespace YenBai.Cases.Durability;

/// <summary>The baseline terms of a discrete-time model.</summary>
sealed class HazardBaseline
{
    readonly int[] columnOfCycle;

    HazardBaseline(int[] columnOfCycle, ImmutableArray<string> terms) => (this.columnOfCycle, Terms) = (columnOfCycle, terms);

    public ImmutableArray<string> Terms { get; }

    bool IsLogarithmic => columnOfCycle.Length == 0;

    public static HazardBaseline Logarithmic { get; } = new([], ["(intercept)", "log(cycle)"]);

    /// <summary>A level a cycle up to <paramref name="last"/>; a cycle without events has no finite level, so it joins its neighbour.</summary>
    public static HazardBaseline PerCycle(ReadOnlySpan<int> cycles, ReadOnlySpan<bool> events, int last)
    {
        var seen = new int[last + 1];
        var happened = new int[last + 1];
        for (var i = 0; i < cycles.Length; i++)
        {
            var k = Math.Min(cycles[i], last);
            seen[k]++;
            if (events[i]) happened[k]++;
        }

        var groups = new List<(int From, int To, int Events)>();
        for (var k = 1; k <= last; k++)
        {
            if (seen[k] == 0) continue;
            if (groups.Count > 0 && (happened[k] == 0 || groups[^1].Events == 0))
                groups[^1] = (groups[^1].From, k, groups[^1].Events + happened[k]);
            else groups.Add((k, k, happened[k]));
        }

        var columns = new int[last + 1];
        for (var g = 0; g < groups.Count; g++)
            for (var k = g == 0 ? 0 : groups[g].From; k <= last; k++) columns[k] = g;
        var open = cycles.Length > 0 && Max(cycles) > last;
        return new HazardBaseline(columns, [.. groups.Select(group => Name(group.From, group.To, open && group.To == last))]);
    }

    public void Fill(int cycle, Span<double> row)
    {
        if (IsLogarithmic)
        {
            row[0] = 1;
            row[1] = Math.Log(cycle);
            return;
        }

        row[..Terms.Length].Clear();
        row[columnOfCycle[Math.Min(cycle, columnOfCycle.Length - 1)]] = 1;
    }

    /// <summary>Terms that shift when the covariates are centred: every level, or the intercept.</summary>
    public bool IsLevel(int column) => !IsLogarithmic || column == 0;

    static string Name(int from, int to, bool open)
    {
        var invariant = CultureInfo.InvariantCulture;
        if (open) return string.Create(invariant, $"cycle {from}+");
        return from == to ? string.Create(invariant, $"cycle {from}") : string.Create(invariant, $"cycle {from}-{to}");
    }

    static int Max(ReadOnlySpan<int> values)
    {
        var max = 0;
        foreach (var value in values) max = Math.Max(max, value);
        return max;
    }
}
