using Marten;
using Npgsql;
using Weasel.Core;
using YenBai.Cases.Caseload;
using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Sponsors;

/// <summary>Sponsorships as a read model, written with the caseload.</summary>
internal sealed class SponsorshipModel : HouseholdReadModel
{
    public override ReadModel Model => ReadModel.Sponsorships;

    public override string Projection => CaseloadProjection.Name;

    public override IReadOnlyList<ISchemaObject> Definition => [SponsorshipTable.Definition];

    public override IReadOnlyList<(string Rows, string Table)> Tables => [("sponsorships", SponsorshipTable.Name)];

    public override void Write(IDocumentOperations operations, IReadOnlyList<Refolded> households, DateOnly today) =>
        SponsorshipTable.Write(operations, [.. households.Select(h => h.Household)]);

    public override async Task<ILookup<Guid, object>> ReadAsync(NpgsqlDataSource source, Guid[] households, CancellationToken cancellation) =>
        (await SponsorshipTable.ReadAsync(source, households, cancellation)).ToLookup(r => r.Household, object (r) => r);

    public override IReadOnlyList<object> RowsOf(Refolded household, DateOnly today) => [.. SponsorshipRow.All(household.Household)];

    public override object Comparable(object row) => Json.Text((SponsorshipRow)row with { Version = 0 });

    public override string? Difference(IReadOnlyList<object> stored, IReadOnlyList<object> right) =>
        Json.Text(stored.Cast<SponsorshipRow>()) == Json.Text(right.Cast<SponsorshipRow>()) ? null : "not who stood by it";
}
