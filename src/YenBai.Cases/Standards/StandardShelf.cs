using JasperFx;
using Marten;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;

namespace YenBai.Cases.Standards;

/// <summary>The point table of a form as it was stored; a later one stands in its place.</summary>
public sealed record StoredPointTable(Guid Id, PointTable Table, DateTimeOffset Stored);

/// <summary>Somebody else corrected the standard in the meantime.</summary>
public sealed class StandardChangedException(int version) : Exception
{
    public int Version { get; } = version;
}

/// <summary>The standards in the version that held at an instant, their corrections, and the point tables of their forms.</summary>
public sealed class StandardShelf(IDocumentStore store, TimeProvider clock)
{
    private static readonly Guid Space = new("0b7a7a56-6f0e-5f4c-9a59-5a2022140175");

    private volatile StandardBook newest = StandardBook.Shipped;

    /// <summary>What was last read as known now, for wordings, which cannot wait. A page reads it anew when it is asked for.</summary>
    public StandardBook Newest => newest;

    /// <summary>As known now when no instant is given.</summary>
    public async Task<StandardBook> BookAsync(DateTimeOffset? knownAt, CancellationToken cancellation)
    {
        var book = Book(await CorrectionsAsync(null, cancellation), knownAt);
        if (knownAt is null) newest = book;
        return book;
    }

    /// <param name="corrections">In the order in which they were made.</param>
    public static StandardBook Book(IReadOnlyList<StandardCorrection> corrections, DateTimeOffset? knownAt) => new(StandardBook.Shipped.All.Select(rules =>
        corrections.Where(c => c.Standard == rules.Code && (knownAt is null || c.At <= knownAt)).Aggregate(rules, (r, c) => r.With(c.After))));

    /// <summary>In the order in which they were made.</summary>
    public async Task<IReadOnlyList<StandardCorrection>> CorrectionsAsync(string? standard, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var all = await session.Query<StandardCorrection>().ToListAsync(cancellation);
        return [.. all.Where(c => standard is null || c.Standard == standard).OrderBy(c => c.Standard, StringComparer.Ordinal).ThenBy(c => c.Version)];
    }

    /// <param name="version">The version that whoever corrects it has seen.</param>
    /// <param name="request">The key of this correction: under it, it is made once.</param>
    /// <exception cref="StandardChangedException">Somebody was first.</exception>
    public async Task<Refusal?> CorrectAsync(Actor by, string standard, int version, ValueCorrection asked, string request, CancellationToken cancellation)
    {
        if (!by.May(Operation.CorrectStandards)) return new Refusal("not_permitted");
        var book = await BookAsync(null, cancellation);
        if (book.Find(standard) is not { } rules) return new Refusal("unknown_standard", "standard", standard);
        if (rules.Version != version)
        {
            var made = (await CorrectionsAsync(standard, cancellation)).FirstOrDefault(c => c.Request == request && c.By == by.Name);
            if (made is null) throw new StandardChangedException(rules.Version);
            return made.Version == version + 1 && (made.After.Key, made.After.Value, made.Reason) == (asked.Key, asked.Value?.Trim(), asked.Reason?.Trim()) ? null : new Refusal("idempotency_key_reused");
        }
        var (after, refusal) = Correcting.Decide(book, rules, asked);
        if (after is null) return refusal;

        await using var session = store.LightweightSession();
        session.Insert(new StandardCorrection(
            Ids.Named(Space, $"{standard}/{version + 1}"), standard, version + 1, rules[after.Key], after, asked.Reason!.Trim(), by.Name, clock.Now(), request));
        try
        {
            await session.SaveChangesAsync(cancellation);
        }
        catch (DocumentAlreadyExistsException)
        {
            throw new StandardChangedException(version + 1);
        }
        return null;
    }

    /// <summary>The newest point table of a form; none where nobody imported one.</summary>
    public async Task<PointTable?> PointTableAsync(string standard, string form, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return (await session.LoadAsync<StoredPointTable>(IdOf(standard, form), cancellation))?.Table;
    }

    public async Task<IReadOnlyList<StoredPointTable>> PointTablesAsync(CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.Query<StoredPointTable>().ToListAsync(cancellation);
    }

    public async Task StoreAsync(IReadOnlyList<PointTable> tables, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        foreach (var table in tables) session.Store(new StoredPointTable(IdOf(table.Standard, table.Form), table, clock.Now()));
        await session.SaveChangesAsync(cancellation);
    }

    private static Guid IdOf(string standard, string form) => Ids.Named(Space, $"points/{standard}/{form}");
}
