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
        (rows, starts) = Index(this.facts);
    }

    /// <summary>The rows household by household, the households in the order of their ids: the same for the same facts, however they come.</summary>
    internal static (int[] Rows, int[] Starts) Index(ReadOnlySpan<ListFact> facts)
    {
        var household = new int[facts.Length];
        var known = new Dictionary<Guid, int>(facts.Length / 4);
        var counts = new List<int>();
        for (var i = 0; i < household.Length; i++)
        {
            if (i > 0 && facts[i].Household == facts[i - 1].Household)
            {
                household[i] = household[i - 1];
            }
            else
            {
                ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(known, facts[i].Household, out var exists);
                if (!exists)
                {
                    number = counts.Count;
                    counts.Add(0);
                }
                household[i] = number;
            }
            CollectionsMarshal.AsSpan(counts)[household[i]]++;
        }

        var ids = known.Keys.ToArray();
        var order = known.Values.ToArray();
        Array.Sort(ids, order);
        var starts = new int[counts.Count + 1];
        var next = new int[counts.Count];
        for (var h = 0; h < order.Length; h++)
        {
            next[order[h]] = starts[h];
            starts[h + 1] = starts[h] + counts[order[h]];
        }
        var rows = new int[household.Length];
        for (var i = 0; i < household.Length; i++) rows[next[household[i]]++] = i;
        return (rows, starts);
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
