using YenBai.Cases.Households;

namespace YenBai.Cases.Ledger;

/// <summary>One row of the ledger: a fact of the list, flat, with what statistics need frozen on it.</summary>
/// <param name="Sequence">Its position among all events of the store.</param>
/// <param name="Class">Poor for an entry; for an exit its depth, none where the register does not say.</param>
/// <param name="Reference">For an annulment: the version of the fact that it annuls.</param>
/// <param name="Import">The import that brought it; for a withdrawal the one withdrawn.</param>
public readonly record struct ListFact(
    Guid Household, int Version, long Sequence, DateOnly On, DateTimeOffset Recorded, long? RowSeq, FactKind Kind,
    string? Unit, string? Standard, PovertyClass? Class, EntryCause? Cause, bool? Voluntary, string? Support,
    TakenOverHistory? History, string? Import, int? Reference, Sex? HeadSex, bool? Merit, bool? EthnicMinority, int? Under16)
{
    /// <summary>The row of an event; none when the event is no fact of the list.</summary>
    public static ListFact? Of(Guid household, long sequence, Fact fact)
    {
        if (Facts.Of(fact.Event).Fact is not { } kind) return null;
        var e = fact.Event;
        var list = e as ListEvent;
        return new ListFact(
            household, fact.Version, sequence, e.On, e.Recorded, e.Row?.Seq, kind, list?.Unit, list?.Standard,
            e switch
            {
                ListedPoor or ReEntered => PovertyClass.Poor,
                Exited x => x.To,
                HouseholdSplitFrom { Status: ListStatus.Poor } => PovertyClass.Poor,
                HouseholdSplitFrom { Status: ListStatus.Out } => PovertyClass.NotPoor,
                _ => null,
            },
            e switch { ListedPoor x => x.Cause, ReEntered x => x.Cause, _ => null },
            (e as Exited)?.Voluntary,
            (e as Exited)?.Support,
            (e as HouseholdTakenOver)?.History,
            e is ImportWithdrawn w ? w.Import : fact.Import,
            (e as FactAnnulled)?.Fact,
            list?.Then?.HeadSex, list?.Then?.Merit, list?.Then?.EthnicMinority, list?.Then?.Under16);
    }
}
