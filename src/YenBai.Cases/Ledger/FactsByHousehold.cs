using System.Runtime.InteropServices;

namespace YenBai.Cases.Ledger;

/// <summary>Facts that came in any order, household by household.</summary>
public sealed class FactsByHousehold
{
    private readonly ListFact[] facts;
    private readonly int[] rows;
    private readonly int[] starts;

    public FactsByHousehold(IEnumerable<ListFact> facts)
    {
        this.facts = facts as ListFact[] ?? [.. facts];
        var household = new int[this.facts.Length];
        var known = new Dictionary<Guid, int>(this.facts.Length / 4);
        var counts = new List<int>();
        for (var i = 0; i < household.Length; i++)
        {
            if (i > 0 && this.facts[i].Household == this.facts[i - 1].Household)
            {
                household[i] = household[i - 1];
            }
            else
            {
                ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(known, this.facts[i].Household, out var exists);
                if (!exists)
                {
                    number = counts.Count;
                    counts.Add(0);
                }
                household[i] = number;
            }
            CollectionsMarshal.AsSpan(counts)[household[i]]++;
        }

        starts = new int[counts.Count + 1];
        for (var h = 0; h < counts.Count; h++) starts[h + 1] = starts[h] + counts[h];
        rows = new int[household.Length];
        var next = starts.AsSpan(0, counts.Count).ToArray();
        for (var i = 0; i < household.Length; i++) rows[next[household[i]]++] = i;
    }

    /// <summary>The number of households.</summary>
    public int Count => starts.Length - 1;

    /// <summary>The facts of a household, copied into the caller's buffer: they may be changed there until the next call.</summary>
    public Span<ListFact> Of(int household, ref ListFact[] buffer)
    {
        var count = starts[household + 1] - starts[household];
        if (buffer.Length < count) buffer = new ListFact[count * 2];
        for (var i = 0; i < count; i++) buffer[i] = facts[rows[starts[household] + i]];
        return buffer.AsSpan(0, count);
    }
}
