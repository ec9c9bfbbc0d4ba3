using Marten;
using Npgsql;
using Weasel.Core;
using YenBai.Cases.Caseload;
using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Needs;

/// <summary>Wishes as a read model, written with the caseload.</summary>
internal sealed class WishModel : HouseholdReadModel
{
    public override ReadModel Model => ReadModel.Wishes;

    public override string Projection => CaseloadProjection.Name;

    public override IReadOnlyList<ISchemaObject> Definition => [WishTable.Definition];

    public override IReadOnlyList<(string Rows, string Table)> Tables => [("wishes", WishTable.Name)];

    public override void Write(IDocumentOperations operations, IReadOnlyList<Refolded> households, DateOnly today) =>
        WishTable.Write(operations, [.. households.Select(h => h.Household)]);

    public override async Task<ILookup<Guid, object>> ReadAsync(NpgsqlDataSource source, Guid[] households, CancellationToken cancellation) =>
        (await WishTable.ReadAsync(source, households, cancellation)).ToLookup(r => r.Household, object (r) => r);

    public override IReadOnlyList<object> RowsOf(Refolded household, DateOnly today) => [.. WishRow.Of(household.Household)];

    public override object Comparable(object row) => Json.Text((WishRow)row with { Version = 0 });

    public override string? Difference(IReadOnlyList<object> stored, IReadOnlyList<object> right) =>
        Json.Text(stored.Cast<WishRow>()) == Json.Text(right.Cast<WishRow>()) ? null : "not what was asked for and answered";
}
