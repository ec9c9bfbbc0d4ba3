using YenBai.Cases.Caseload;
using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Needs;
using YenBai.Cases.Sponsors;
using YenBai.Cases.Support;

namespace YenBai.Cases.Maintenance;

/// <summary>Whether events were changed rather than a read model.</summary>
public enum Suspicion
{
    /// <summary>The read model was.</summary>
    None,

    /// <summary>One or the other: nothing else in the store says which.</summary>
    Either,

    /// <summary>The events were: a rebuild would write the change into the read models.</summary>
    Events,
}

/// <summary>
/// The case is written in one transaction with its events and keeps what they say; the other read models are written
/// apart from it. Where the case and one of those agree with each other and not with the events, somebody changed the
/// events in the database.
/// </summary>
internal static class Tampering
{
    /// <param name="folded">What the events say now.</param>
    /// <param name="stored">The case as it stands.</param>
    /// <param name="others">The other read models as they stand.</param>
    public static Suspicion Of(Refolded folded, Household stored, RowsOf others, DateOnly today)
    {
        var byEvents = RowsOf.Household(folded.Household, today);
        var byCase = RowsOf.Household(stored, today);
        var tells = others.Parts.Zip(byEvents.Parts, byCase.Parts).Where(p => !p.Second.SequenceEqual(p.Third)).ToList();
        return tells.Exists(p => p.First.SequenceEqual(p.Third)) ? Suspicion.Events
            : tells.Count == 0 ? Suspicion.Either
            : Suspicion.None;
    }
}

/// <summary>What the read models other than the case say of one household, each as values that can be compared.</summary>
internal sealed record RowsOf(IReadOnlyList<IReadOnlyList<object?>> Parts)
{
    public static RowsOf Household(Household household, DateOnly today)
    {
        var supports = SupportTables.RowsOf(household);
        return Of(CaseloadRow.Of(household, today), household.Facts.Select(f => ListFact.Of(household.Id, 0, f)).OfType<ListFact>(), supports.Agreements, supports.Conditions, WishRow.Of(household), SponsorshipRow.All(household));
    }

    // Neither the sequence nor which event wrote a row last is known from a case.
    public static RowsOf Of(
        CaseloadRow? caseload, IEnumerable<ListFact> ledger, IEnumerable<AgreementRow> agreements, IEnumerable<ConditionRow> conditions, IEnumerable<WishRow> wishes, IEnumerable<SponsorshipRow> sponsorships) =>
        new([
            [caseload],
            [.. ledger.OrderBy(f => f.Version).Select(f => f with { Sequence = 0 })],
            [.. agreements.OrderBy(a => a.Id).Select(a => a with { Version = 0 })],
            [.. conditions.OrderBy(c => c.Id).Select(c => c with { Version = 0 })],
            [.. wishes.OrderBy(w => w.N).Select(w => Verification.Text(w with { Version = 0 }))],
            [.. sponsorships.OrderBy(s => s.N).Select(s => Verification.Text(s with { Version = 0 }))],
        ]);
}
