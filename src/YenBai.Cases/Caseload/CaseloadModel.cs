using Marten;
using Npgsql;
using Weasel.Core;
using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Caseload;

/// <summary>The caseload as a read model.</summary>
internal sealed class CaseloadModel : HouseholdReadModel
{
    public override ReadModel Model => ReadModel.Caseload;

    public override string Projection => CaseloadProjection.Name;

    public override IReadOnlyList<ISchemaObject> Definition => [CaseloadTable.Definition];

    public override IReadOnlyList<(string Rows, string Table)> Tables => [("caseload rows", CaseloadTable.Name)];

    public override void Write(IDocumentOperations operations, IReadOnlyList<Refolded> households, DateOnly today) =>
        CaseloadTable.Write(operations, [.. households.Select(h => h.Household)], today);

    public override async Task<ILookup<Guid, object>> ReadAsync(NpgsqlDataSource source, Guid[] households, CancellationToken cancellation) =>
        (await CaseloadTable.ReadAsync(source, households, cancellation)).ToLookup(r => r.Key, object (r) => r.Value);

    public override IReadOnlyList<object> RowsOf(Refolded household, DateOnly today) => CaseloadRow.Of(household.Household, today) is { } row ? [row] : [];

    public override object Comparable(object row) => row;

    public override string? Difference(IReadOnlyList<object> stored, IReadOnlyList<object> right) => (stored, right) switch
    {
        ([], []) => null,
        ([], _) => "missing",
        (_, []) => "should not be there",
        ([var there], [var row]) => there.Equals(row) ? null : $"{there} instead of {row}",
        _ => $"{stored.Count} rows",
    };
}
