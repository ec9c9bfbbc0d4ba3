using Marten;
using Npgsql;
using Weasel.Core;
using YenBai.Cases.Households;
using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Ledger;

/// <summary>The ledger as a read model: a row a fact, by its version in the household's stream.</summary>
internal sealed class LedgerModel : IReadModel
{
    /// <summary>The stored names of the facts of the list, as a list in SQL.</summary>
    private static readonly string FactTypes = string.Join(", ", Facts.All.Where(f => f.Fact is not null).Select(f => $"'{f.Name}'"));

    public ReadModel Model => ReadModel.Ledger;

    public string Projection => LedgerProjection.Name;

    public IReadOnlyList<ISchemaObject> Definition => [LedgerTable.Definition];

    public IReadOnlyList<(string Rows, string Table)> Tables => [("ledger rows", LedgerTable.Name)];

    public IReadOnlyList<string> BeforeRebuild => [];

    public IReadOnlyList<string> AfterRebuild =>
    [
        $"delete from {LedgerTable.Name} l where not exists (select 1 from {StoreSchema.Name}.mt_events e where e.stream_id = l.household and e.version = l.version and e.type in ({FactTypes}))",
        $"update {LedgerTable.Name} fact set annulled_by = null where {LedgerTable.WronglyAnnulled}",
    ];

    public IReadOnlyList<string> Faults =>
    [
        $"""
        (select case when facts.n <> rows.n then facts.n || ' facts of the list, ' || rows.n || ' rows' end
         from (select count(*) as n from {StoreSchema.Name}.mt_events where type in ({FactTypes}) and seq_id <= p.seq) facts,
              (select count(*) as n from {LedgerTable.Name} where sequence <= p.seq) rows)
        """,
        $"(select nullif(count(*), 0) || ' rows wrongly marked as annulled or as standing' from {LedgerTable.Name} fact where {LedgerTable.WronglyAnnulled} or {LedgerTable.WronglyStanding})",
    ];

    public void Write(IDocumentOperations operations, IReadOnlyList<Refolded> households, DateOnly today) =>
        LedgerTable.Write(operations, [.. households.SelectMany(RowsOf)]);

    public async Task<ILookup<Guid, object>> ReadAsync(NpgsqlDataSource source, Guid[] households, CancellationToken cancellation) =>
        (await LedgerTable.ReadAsync(source, households, cancellation)).OrderBy(r => r.Version).ToLookup(r => r.Household, object (r) => r);

    public IReadOnlyList<object> RowsOf(Refolded household, DateOnly today) => [.. RowsOf(household).Select(object (r) => r)];

    public object Comparable(object row) => (ListFact)row with { Sequence = 0 };

    public string? Difference(IReadOnlyList<object> stored, IReadOnlyList<object> right) =>
        stored.SequenceEqual(right) ? null : $"{stored.Count} rows, {right.Count} facts, or their contents differ";

    private static IEnumerable<ListFact> RowsOf(Refolded household) =>
        household.Household.Facts.Select((f, i) => ListFact.Of(household.Household.Id, household.Sequences.ElementAtOrDefault(i), f)).OfType<ListFact>();
}
