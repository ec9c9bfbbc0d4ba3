using JasperFx.Events;
using Marten.Events.Aggregation;

namespace YenBai.Cases.Households;

/// <summary>The case: one document a household, written in the same transaction as its events.</summary>
public sealed partial class HouseholdProjection : SingleStreamProjection<Household, Guid>
{
    public HouseholdProjection()
    {
        Name = "Household";
        foreach (var e in Facts.All) IncludeType(e.Type);
    }

    public override Household Evolve(Household? household, Guid id, IEvent e) =>
        (household ?? Household.Nobody(id)).With(FactOf(e));

    public static Fact FactOf(IEvent e) => new((int)e.Version, e.Id, (HouseholdEvent)e.Data, ImportOf(e.CorrelationId));

    /// <summary>An import names itself in the correlation id of every event that it writes.</summary>
    public const string ImportPrefix = "import:";

    public static string? ImportOf(string? correlationId) =>
        correlationId?.StartsWith(ImportPrefix, StringComparison.Ordinal) == true ? correlationId[ImportPrefix.Length..] : null;
}
