using YenBai.Cases.Households;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Ledger;

/// <summary>
/// Walks through the facts of one household and tells what they do to the list (durability contract, R1 to R8, and the
/// movement table of its section 6). The standards have a list each: a fact of another standard moves nothing on this one.
/// </summary>
public static class ListWalk
{
    /// <summary>
    /// The facts that are known, not annulled, not withdrawn and not later than a day, in the order of telling
    /// (R1 to R3). Works in place: what the span held before is lost.
    /// </summary>
    public static Span<ListFact> Visible(Span<ListFact> household, DateOnly asOf, DateTimeOffset knownAt)
    {
        HashSet<int>? annulled = null;
        HashSet<string>? withdrawn = null;
        foreach (ref readonly var fact in household)
        {
            if (fact.Recorded > knownAt) continue;
            // The day of an annulment does not matter (R2).
            if (fact is { Kind: FactKind.Void, Reference: { } target }) (annulled ??= []).Add(target);
            else if (fact is { Kind: FactKind.Withdraw, Import: { } import }) (withdrawn ??= []).Add(import);
        }

        var count = 0;
        for (var i = 0; i < household.Length; i++)
        {
            ref readonly var fact = ref household[i];
            if (fact.Recorded > knownAt || fact.On > asOf || fact.Kind is FactKind.Void or FactKind.Withdraw) continue;
            if (annulled?.Contains(fact.Version) == true) continue;
            if (withdrawn is not null && fact.Import is not null && withdrawn.Contains(fact.Import)) continue;
            if (i != count) household[count] = fact;
            count++;
        }
        var visible = household[..count];
        InOrder(visible);
        return visible;
    }

    /// <summary>Adds the household's transitions within the window. The span is worked upon in place.</summary>
    public static void Walk(Span<ListFact> household, in ListWindow window, List<Transition> into)
    {
        var visible = Visible(household, window.Through, window.KnownAt);
        if (visible.Length == 0) return;
        var walk = new Walker(window, into, visible[0].Household);
        foreach (ref readonly var fact in visible) walk.Take(fact);
        walk.End();
    }

    // A household has few facts, and they mostly come in order.
    private static void InOrder(Span<ListFact> facts)
    {
        for (var i = 1; i < facts.Length; i++)
        {
            if (!Before(facts[i], facts[i - 1])) continue;
            var fact = facts[i];
            var j = i;
            for (; j > 0 && Before(fact, facts[j - 1]); j--) facts[j] = facts[j - 1];
            facts[j] = fact;
        }
    }

    private static bool Before(in ListFact a, in ListFact b)
    {
        if (a.On != b.On) return a.On < b.On;
        var (rowA, rowB) = (a.RowSeq ?? long.MaxValue, b.RowSeq ?? long.MaxValue);
        return rowA != rowB ? rowA < rowB : a.Version < b.Version;
    }

    private struct Walker(ListWindow window, List<Transition> into, Guid household)
    {
        private ListStatus here, elsewhere;
        private int exits;
        private string? unit;
        private DateTimeOffset moveLearnt = DateTimeOffset.MinValue;
        private bool opened;
        private bool? merit, ethnicMinority, openedAs;
        private bool survivorsOnly;
        private (int Version, DateOnly On) standsBy;

        public void Take(in ListFact fact)
        {
            if (fact.On >= window.From) Open();
            merit = fact.Merit ?? merit;
            ethnicMinority = fact.EthnicMinority ?? ethnicMinority;
            survivorsOnly |= fact is { Kind: FactKind.TakeOver, History: TakenOverHistory.SurvivorsOnly };
            // Off the list that is no more, a household goes from where it stood on it.
            var goesWithTheList = here == ListStatus.Poor && fact.Kind == FactKind.Exit && IsListChange(fact);
            if (!goesWithTheList) Place(fact);
            switch (fact.Kind)
            {
                case FactKind.MoveOut or FactKind.Dissolve:
                    if (here == ListStatus.Poor) Emit(fact, Movement.OtherOut);
                    (here, elsewhere) = (ListStatus.Gone, ListStatus.Gone);
                    break;
                case FactKind.Enter or FactKind.Exit or FactKind.Split when !IsOfThisList(fact):
                    TakeElsewhere(fact);
                    break;
                case FactKind.Enter:
                    Enter(fact);
                    break;
                case FactKind.Exit:
                    Exit(fact);
                    break;
                case FactKind.Split:
                    if (fact.Class == PovertyClass.Poor && here != ListStatus.Poor)
                    {
                        here = ListStatus.Poor;
                        Emit(fact, Movement.OtherIn);
                    }
                    else if (fact.Class is not null && here == ListStatus.Unknown)
                    {
                        (here, exits) = (ListStatus.Out, exits + 1);
                    }
                    break;
            }
            if (goesWithTheList) Place(fact);
        }

        public void End()
        {
            Open();
            if (here == ListStatus.Poor) Stand(Movement.Closing);
        }

        private void Enter(in ListFact fact)
        {
            var before = here;
            if (before == ListStatus.Poor) return;
            here = ListStatus.Poor;
            switch (before)
            {
                case ListStatus.Out when fact.Cause == EntryCause.Correction:
                    exits--;
                    Emit(fact, Movement.OtherIn);
                    break;
                case ListStatus.Gone when exits == 0:
                    Emit(fact, Movement.OtherIn);
                    break;
                case ListStatus.Unknown when elsewhere == ListStatus.Poor:
                    // Poor under the standard before as well: carried over, which is no movement of people.
                    Emit(fact, Movement.OtherIn);
                    break;
                case ListStatus.Unknown when exits == 0:
                    Emit(fact, Movement.NewlyPoor);
                    break;
                default:
                    Emit(fact, Movement.ReEntry, afterAbsence: before == ListStatus.Gone);
                    break;
            }
        }

        private void Exit(in ListFact fact)
        {
            if (here is ListStatus.Out or ListStatus.Gone) return;
            // Off a list on which it was never seen: a spell opens, but the list loses nobody.
            if (here == ListStatus.Poor) Emit(fact, Movement.Exit);
            (here, exits) = (ListStatus.Out, exits + 1);
        }

        /// <summary>The list of another standard: all that matters of it here is whether the household has left poverty before.</summary>
        private void TakeElsewhere(in ListFact fact)
        {
            switch (fact.Kind)
            {
                case FactKind.Enter:
                    if (elsewhere == ListStatus.Out && fact.Cause == EntryCause.Correction) exits--;
                    elsewhere = ListStatus.Poor;
                    break;
                case FactKind.Exit when elsewhere is ListStatus.Poor or ListStatus.Unknown:
                    (elsewhere, exits) = (ListStatus.Out, exits + 1);
                    break;
                case FactKind.Split when fact.Class is { } c:
                    elsewhere = c == PovertyClass.Poor ? ListStatus.Poor : ListStatus.Out;
                    if (elsewhere == ListStatus.Out) exits++;
                    break;
            }
        }

        private readonly bool IsOfThisList(in ListFact fact) =>
            window.Standard is null || (fact.Standard ?? PovertyStandards.InForce(fact.On).Code) == window.Standard;

        /// <summary>Told on the first day of another standard, under it, and nobody asked to leave.</summary>
        private static bool IsListChange(in ListFact fact) =>
            fact.Standard is { } standard && PovertyStandards.InForce(fact.On) is var inForce && inForce.AppliesFrom == fact.On && inForce.Code == standard
            && inForce != PovertyStandards.All[0]
            && (fact is { Kind: FactKind.Enter, Cause: EntryCause.StandardChange } || (fact.Kind == FactKind.Exit && fact.Voluntary != true));

        /// <summary>
        /// A unit other than the one before is a move, whether or not it was told as one. A fact learnt before a late
        /// told move still names the place that the household had left: it does not move it back.
        /// </summary>
        private void Place(in ListFact fact)
        {
            if (fact.Unit is null) return;
            var isMove = fact.Kind == FactKind.Transfer;
            if (unit != fact.Unit)
            {
                if (!isMove && fact.Recorded < moveLearnt) return;
                if (here == ListStatus.Poor)
                {
                    // A household on the list without a known place comes from nowhere in the register, and is gained all the same.
                    var (from, to) = (unit ?? "", fact.Unit);
                    Emit(fact, Movement.OtherOut, to: to);
                    unit = to;
                    Emit(fact, Movement.OtherIn, to: from);
                }
            }
            unit = fact.Unit;
            if (isMove) moveLearnt = fact.Recorded;
        }

        private void Open()
        {
            if (opened) return;
            opened = true;
            openedAs = ethnicMinority;
            if (here == ListStatus.Poor) Stand(Movement.Opening);
        }

        private readonly void Stand(Movement movement) =>
            into.Add(new(household, standsBy.Version, standsBy.On, unit ?? "", movement) { Merit = merit, EthnicMinority = ethnicMinority });

        private void Emit(in ListFact fact, Movement movement, bool afterAbsence = false, string? to = null)
        {
            if (movement is not (Movement.Exit or Movement.OtherOut)) standsBy = (fact.Version, fact.On);
            if (!opened) return;
            var byListChange = to is null && IsListChange(fact);
            into.Add(new(household, fact.Version, fact.On, unit ?? "", movement)
            {
                By = fact.Kind,
                Cause = fact.Kind == FactKind.Enter ? fact.Cause ?? EntryCause.Unknown : null,
                AfterAbsence = afterAbsence,
                Voluntary = movement == Movement.Exit ? fact.Voluntary : null,
                To = movement == Movement.Exit ? fact.Class : null,
                Elsewhere = to,
                // Off the list that is no more, a household goes as it stood on it.
                EthnicMinority = byListChange && movement == Movement.Exit ? openedAs : ethnicMinority,
                ShortHistory = movement == Movement.NewlyPoor && survivorsOnly,
                ByListChange = byListChange,
            });
        }
    }
}
