using Marten;
using Npgsql;
using Weasel.Core;
using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Support;

/// <summary>Agreements and their conditions as a read model.</summary>
internal sealed class SupportModel : HouseholdReadModel
{
    public override ReadModel Model => ReadModel.Supports;

    public override string Projection => SupportProjection.Name;

    public override IReadOnlyList<ISchemaObject> Definition => [SupportTables.AgreementDefinition, SupportTables.ConditionDefinition];

    public override IReadOnlyList<(string Rows, string Table)> Tables => [("agreements", SupportTables.Agreements), ("conditions", SupportTables.Conditions)];

    public override void Write(IDocumentOperations operations, IReadOnlyList<Refolded> households, DateOnly today) =>
        SupportTables.Write(operations, [.. households.Select(h => h.Household)]);

    public override async Task<ILookup<Guid, object>> ReadAsync(NpgsqlDataSource source, Guid[] households, CancellationToken cancellation)
    {
        var (agreements, conditions) = await SupportTables.ReadAsync(source, households, cancellation);
        return households.SelectMany(h => InOrder(agreements[h], conditions[h]).Select(row => (Household: h, Row: row))).ToLookup(r => r.Household, r => r.Row);
    }

    public override IReadOnlyList<object> RowsOf(Refolded household, DateOnly today) =>
        SupportTables.RowsOf(household.Household) is var rows ? [.. InOrder(rows.Agreements, rows.Conditions)] : [];

    public override object Comparable(object row) => row is AgreementRow agreement ? agreement with { Version = 0 } : (ConditionRow)row with { Version = 0 };

    // Which event wrote a row last is no part of what it says.
    public override string? Difference(IReadOnlyList<object> stored, IReadOnlyList<object> right) =>
        stored.Select(Comparable).SequenceEqual(right.Select(Comparable)) ? null : "agreements or conditions differ";

    private static IEnumerable<object> InOrder(IEnumerable<AgreementRow> agreements, IEnumerable<ConditionRow> conditions) =>
        agreements.OrderBy(a => a.Id).Concat<object>(conditions.OrderBy(c => c.Id));
}
