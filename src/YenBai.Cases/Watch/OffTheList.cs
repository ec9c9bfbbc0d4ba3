using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Watch;

/// <summary>How a household came to be off the list, told by its facts of the list (durability contract, R4 to R8).</summary>
/// <param name="Heard">When it last was on record as not poor.</param>
/// <param name="Children">Under 16, as last frozen on a fact of the list.</param>
public readonly record struct OffTheList(DateOnly Since, PovertyClass? To, bool ReturnedBefore, bool HistoryIsWhole, DateOnly Heard, (int Under16, DateOnly On)? Children)
{
    /// <param name="facts">The visible ones, in the order of telling.</param>
    /// <returns>None for a household that is not off the list.</returns>
    public static OffTheList? Of(ReadOnlySpan<ListFact> facts)
    {
        var (status, exit, exits, returned, whole, heard) = (ListStatus.Unknown, default(ListFact), 0, false, true, default(DateOnly));
        (int, DateOnly)? children = null;
        foreach (ref readonly var fact in facts)
        {
            if (fact.Under16 is { } under16) children = (under16, fact.On);
            switch (fact.Kind)
            {
                case FactKind.Enter when status != ListStatus.Poor:
                    if (status == ListStatus.Out && fact.Cause == EntryCause.Correction) exits--;
                    // Poor only by a new standard is not poor again.
                    else if (exits > 0 && fact.Cause != EntryCause.StandardChange) returned = true;
                    status = ListStatus.Poor;
                    break;
                case FactKind.Exit when status is ListStatus.Poor or ListStatus.Unknown:
                    if (status == ListStatus.Unknown) whole = false;
                    (status, exit, heard) = (ListStatus.Out, fact, fact.On);
                    exits++;
                    break;
                case FactKind.Split:
                    status = fact.Class switch { PovertyClass.Poor => ListStatus.Poor, null => ListStatus.Unknown, _ => ListStatus.Out };
                    if (status != ListStatus.Out) break;
                    // What its parent went through stands with the parent.
                    (exit, heard, whole) = (fact with { Class = null }, fact.On, false);
                    exits++;
                    break;
                case FactKind.Confirm when status == ListStatus.Out:
                    heard = fact.On;
                    break;
                case FactKind.TakeOver:
                    if (fact.History != TakenOverHistory.Complete) whole = false;
                    if (status == ListStatus.Out) heard = fact.On;
                    break;
                case FactKind.MoveOut or FactKind.Dissolve:
                    status = ListStatus.Gone;
                    break;
            }
        }
        return status == ListStatus.Out ? new(exit.On, exit.Class, returned, whole, heard, children) : null;
    }
}
