using YenBai.Cases.Ledger;
using YenBai.Cases.Places;

namespace YenBai.Cases.Disclosure;

/// <summary>The register as it is published: rounded, and up to the end of a year.</summary>
/// <param name="Ledger">The facts of the chosen households, each household five times.</param>
/// <param name="Latest">Facts after this day, or recorded after it, are not published yet.</param>
/// <param name="Position">The sequence of the last fact that is published.</param>
public sealed record PublishedLedger(LedgerSnapshot Ledger, DateOnly Latest, long Position)
{
    /// <summary>The chosen households. A count of them stands for five times as many.</summary>
    public Guid[] Households { get; } = HouseholdsOf(Ledger);

    private static Guid[] HouseholdsOf(LedgerSnapshot ledger)
    {
        var buffer = new ListFact[64];
        return [.. Enumerable.Range(0, ledger.Count / CellRounding.Base).Select(i => ledger.Of(i * CellRounding.Base, ref buffer)[0].Household)];
    }

    /// <summary>The facts as one list, each household under five ids.</summary>
    public IEnumerable<ListFact> Facts()
    {
        var buffer = new ListFact[64];
        Span<byte> id = stackalloc byte[16];
        var facts = new List<ListFact>();
        for (var i = 0; i < Ledger.Count; i++)
        {
            foreach (var fact in Ledger.Of(i, ref buffer))
            {
                fact.Household.TryWriteBytes(id);
                id[15] ^= (byte)(i % CellRounding.Base);
                facts.Add(fact with { Household = new Guid(id) });
            }
        }
        return facts;
    }
}

/// <summary>
/// The one disclosure layer in front of every figure for readers who may not learn who anybody is: a rounded register, on which the
/// same code runs that answers a manager. Whatever they ask follows from it, so that no two answers tell more than it does.
/// </summary>
public sealed class PublishedRegister(LedgerReader ledger, RecordKeys keys, PlaceCatalog places, TimeProvider clock)
{
    private readonly SemaphoreSlim gate = new(1);
    private (LedgerSnapshot Whole, PublishedLedger Published)? kept;

    public async Task<PublishedLedger> ReadAsync(CancellationToken cancellation)
    {
        var latest = PublishedCuts.LatestOn(clock.Today());
        var knownAt = Days.EndOf(latest);
        var whole = await ledger.ReadAsync(null, cancellation);
        var keyer = await keys.GetAsync(cancellation);
        await gate.WaitAsync(cancellation);
        try
        {
            // What is entered today is published after the end of the year: the register stands still until then, unless
            // older facts are imported or withdrawn.
            if (kept is { } k && k.Published.Latest == latest && k.Whole.Position <= whole.Position && !whole.HasRecorded(k.Whole.Position, knownAt)) return k.Published;
            var published = await Task.Run(() => Build(whole, latest, knownAt, keyer), cancellation);
            kept = (whole, published);
            return published;
        }
        finally
        {
            gate.Release();
        }
    }

    private PublishedLedger Build(LedgerSnapshot whole, DateOnly latest, DateTimeOffset knownAt, RecordKeyer keyer)
    {
        var districtOf = HouseholdCells.DistrictsOf(places);
        var buffer = new ListFact[64];
        var (numbers, cells, position) = (new List<int>(), new List<RecordCells>(), 0L);
        for (var i = 0; i < whole.Count; i++)
        {
            var facts = whole.Of(i, ref buffer);
            foreach (ref readonly var fact in facts)
                if (fact.Recorded <= knownAt && fact.Sequence > position) position = fact.Sequence;
            var visible = ListWalk.Visible(facts, latest, knownAt);
            if (visible.Length == 0) continue;
            numbers.Add(i);
            cells.Add(new(keyer.Of(visible[0].Household), HouseholdCells.Of(visible, districtOf)));
        }
        var chosen = PublishedSample.Choose(cells);
        return new(whole.Of(chosen.SelectMany(c => Enumerable.Repeat(numbers[c], CellRounding.Base))), latest, position);
    }
}
