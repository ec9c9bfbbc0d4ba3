using YenBai.Cases.Durability;
using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Registering;
using FactKind = YenBai.Cases.Households.FactKind;
using SpellFactKind = YenBai.Cases.Durability.FactKind;

namespace YenBai.Cases.ExitDurability;

/// <summary>Something left out of the spells, with where and when it was.</summary>
public readonly record struct Excluded(ExclusionRule Rule, ListFact Fact);

/// <summary>All spells of the register as of a day, as known at an instant and a position.</summary>
public sealed record ExitSpells(IReadOnlyList<ExitSpell> Spells, IReadOnlyList<Excluded> Excluded)
{
    /// <summary>By the rules of the durability contract, from the facts of the ledger.</summary>
    /// <param name="separately">Each spell is a cluster of its own, as in the published table, where nothing says which spells are of one household.</param>
    public static ExitSpells Of(LedgerSnapshot ledger, ReviewCalendar reviews, SpellQuery query, NearPoor? nearPoor = null, bool separately = false)
    {
        var run = new SpellRun(reviews, query);
        var spells = new List<ExitSpell>();
        var excluded = new List<Excluded>();
        var buffer = new ListFact[64];
        var told = new SpellFact[64];
        for (var household = 0; household < ledger.Count; household++)
        {
            var facts = ListWalk.Visible(nearPoor is null ? ledger.Of(household, ref buffer) : nearPoor.With(ledger.Of(household, ref buffer)), query.AsOf, query.KnownAt);
            if (nearPoor is not null) facts = NearPoor.Broadened(facts);
            if (told.Length < facts.Length) told = new SpellFact[facts.Length * 2];
            for (var i = 0; i < facts.Length; i++) told[i] = Tell(facts[i], i);

            var (spellsBefore, excludedBefore) = (run.Spells.Count, run.LeftOut.Count);
            run.Add(told.AsSpan(0, facts.Length));
            for (var i = spellsBefore; i < run.Spells.Count; i++)
            {
                var spell = run.Spells[i];
                spells.Add(new(separately ? spell with { HouseholdNumber = i } : spell, facts[(int)spell.ExitId])
                {
                    EndedForUnknownCause = spell.End == EndKind.ReEntry && spell.EndId is { } end && facts[(int)end].Cause is null or EntryCause.Unknown,
                });
            }
            for (var i = excludedBefore; i < run.LeftOut.Count; i++) excluded.Add(new(run.LeftOut[i].Rule, facts[(int)run.LeftOut[i].Fact]));
        }
        return new(spells, excluded);
    }

    /// <summary>The facts stand in their order already: their place in it is their number.</summary>
    private static SpellFact Tell(in ListFact fact, int place) => new(
        place, "", place, fact.On, fact.Recorded, KindOf(fact),
        Standard: fact.Kind == FactKind.Exit || fact.Kind == FactKind.Split ? fact.Standard ?? PovertyStandards.InForce(fact.On).Code : "",
        Voluntary: fact.Voluntary == true, Support: fact.Support ?? "",
        Cause: fact.Cause switch
        {
            EntryCause.StandardChange => EnterCause.StandardChange,
            EntryCause.Correction => EnterCause.Correction,
            _ => EnterCause.Deterioration,
        },
        History: fact.History == TakenOverHistory.Complete ? ImportHistory.Complete : ImportHistory.SurvivorsOnly);

    private static SpellFactKind KindOf(in ListFact fact) => fact.Kind switch
    {
        FactKind.Enter => SpellFactKind.Enter,
        FactKind.Exit => SpellFactKind.Exit,
        FactKind.Confirm => SpellFactKind.Confirm,
        FactKind.MoveOut => SpellFactKind.MoveOut,
        FactKind.Dissolve => SpellFactKind.Dissolve,
        FactKind.TakeOver => SpellFactKind.Import,
        // A part of a household starts where its parent stands: off the list, its own spell starts with it.
        FactKind.Split when fact.Class == PovertyClass.Poor => SpellFactKind.Enter,
        FactKind.Split when fact.Class is not null => SpellFactKind.Exit,
        _ => SpellFactKind.Transfer,
    };
}
