using Npgsql;
using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Ledger;

/// <summary>The whole ledger up to a position of the store, household by household.</summary>
public sealed class LedgerSnapshot
{
    private readonly ListFact[] facts;
    private readonly int[] rows;
    private readonly int[] starts;
    private readonly long limit;
    private readonly int[]? selected;

    /// <param name="facts">In any order; what lies behind the count belongs to somebody else.</param>
    public LedgerSnapshot(ListFact[] facts, int count)
    {
        (this.facts, limit) = (facts, long.MaxValue);
        var grouped = FactsByHousehold.Index(facts.AsSpan(0, count));
        (rows, starts) = (grouped.Rows, grouped.Starts);
        for (var i = 0; i < count; i++) Position = Math.Max(Position, facts[i].Sequence);
    }

    private LedgerSnapshot(LedgerSnapshot whole, int[] selected)
    {
        (facts, rows, starts, limit, Position) = (whole.facts, whole.rows, whole.starts, whole.limit, whole.Position);
        this.selected = selected;
    }

    private LedgerSnapshot(LedgerSnapshot whole, long limit)
    {
        (facts, rows, starts, this.limit) = (whole.facts, whole.rows, whole.starts, limit);
        foreach (var row in rows)
            if (facts[row].Sequence is var sequence && sequence <= limit && sequence > Position) Position = sequence;
    }

    /// <summary>The sequence of the last fact in it.</summary>
    public long Position { get; }

    /// <summary>The number of households, some of which may have no fact yet.</summary>
    public int Count => selected?.Length ?? starts.Length - 1;

    /// <summary>Some households of it, each as often as it is named.</summary>
    public LedgerSnapshot Of(IEnumerable<int> households) => new(this, [.. households]);

    /// <summary>Whether a fact after a position was recorded by an instant.</summary>
    public bool HasRecorded(long after, DateTimeOffset by)
    {
        if (Position <= after) return false;
        foreach (var row in rows)
            if (facts[row] is { } fact && fact.Sequence > after && fact.Sequence <= limit && fact.Recorded <= by) return true;
        return false;
    }

    /// <summary>The ledger as it stood at an earlier position.</summary>
    internal LedgerSnapshot Until(long position) => position >= Position ? this : new(this, position);

    /// <summary>The facts of a household, copied into the caller's buffer: they may be changed there until the next call.</summary>
    public Span<ListFact> Of(int household, ref ListFact[] buffer)
    {
        if (selected is not null) household = selected[household];
        var most = starts[household + 1] - starts[household];
        if (buffer.Length < most) buffer = new ListFact[most * 2];
        var count = 0;
        for (var i = starts[household]; i < starts[household + 1]; i++)
        {
            ref readonly var fact = ref facts[rows[i]];
            if (fact.Sequence <= limit) buffer[count++] = fact;
        }
        return buffer.AsSpan(0, count);
    }
}

/// <summary>
/// Reads the ledger once and then only what has been added. A row of it never changes but for the mark that it was
/// annulled, which no reader here looks at: so what was read serves every earlier position as well.
/// </summary>
public sealed class LedgerReader(NpgsqlDataSource source, Freshness freshness) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private ListFact[] facts = [];
    private int count;
    private long through;
    private LedgerSnapshot whole = new([], 0);

    /// <param name="position">The newest event that may count; the newest of all when left out.</param>
    public async Task<LedgerSnapshot> ReadAsync(long? position, CancellationToken cancellation)
    {
        var ledger = (await freshness.ReadAsync(cancellation)).Projections.First(p => p.Projection == LedgerProjection.Name).Sequence;
        await gate.WaitAsync(cancellation);
        try
        {
            if (ledger < through) (count, through, whole) = (0, 0, new([], 0));
            if (ledger > through)
            {
                var added = await LedgerBlock.ReadAsync(source, through, ledger, cancellation);
                if (added.Length > 0)
                {
                    if (count == 0) facts = added;
                    else if (facts.Length < count + added.Length) Array.Resize(ref facts, (count + added.Length) * 9 / 8);
                    added.CopyTo(facts, count);
                    count += added.Length;
                    whole = new(facts, count);
                }
                through = ledger;
            }
        }
        finally
        {
            gate.Release();
        }
        return position is { } p ? whole.Until(p) : whole;
    }

    public void Dispose() => gate.Dispose();
}
