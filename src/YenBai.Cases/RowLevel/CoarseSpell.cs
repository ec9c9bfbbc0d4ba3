using YenBai.Cases.Durability;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;

namespace YenBai.Cases.RowLevel;

/// <summary>What is published of a spell off the list: every member is a quasi-identifier and counts towards k.</summary>
/// <param name="Number">1 for the first spell of a household, 2 for any later one.</param>
/// <param name="Cohort">The year of the exit; none for some year under the standard.</param>
/// <param name="District">The id of a district; none for the province as a whole.</param>
/// <param name="Support">A family of instruments, <c>several</c>, <c>none</c>; <c>any</c> where it is coarser; none where it is withheld.</param>
/// <param name="Period">In review cycles.</param>
public sealed record CoarseSpell(
    int Number, int? Cohort, string? District, bool? Voluntary, string? Support, string Standard, EndKind End, EndReason EndReason, int Period, int EntryPeriod)
{
    /// <summary>From the finest to the coarsest. What happened and when by reviews is never coarsened: without it a row is of no use.</summary>
    internal static IReadOnlyList<Func<ExitSpell, CoarseSpell>> Ladder(PlaceNamer places)
    {
        CoarseSpell Fine(ExitSpell s) => Of(s, places);
        CoarseSpell Whole(ExitSpell s) => Fine(s) with { District = null };
        static CoarseSpell AnySupport(CoarseSpell s) => s with { Support = s.Support == "none" ? "none" : "any" };
        return
        [
            Fine,
            s => AnySupport(Fine(s)),
            Whole,
            s => AnySupport(Whole(s)),
            s => AnySupport(Whole(s)) with { Cohort = null },
            s => Whole(s) with { Support = null, Cohort = null },
            s => Whole(s) with { Support = null, Cohort = null, Voluntary = null },
        ];
    }

    private static CoarseSpell Of(ExitSpell identified, PlaceNamer places)
    {
        var spell = identified.Spell;
        return new(
            Math.Min(spell.Number, 2), spell.Cohort, places.District(identified.Exit.Unit)?.Id, identified.Exit.Voluntary, FamilyOf(identified.Support), spell.Standard, spell.End, spell.EndReason,
            spell.Cycle, spell.EntryCycle);
    }

    /// <summary>All instruments of a household together would tell it from every other.</summary>
    private static string FamilyOf(string support)
    {
        var families = support.Split('+').Select(Instruments.FamilyOf).Distinct().ToList();
        return families is [var one] ? one : "several";
    }
}

/// <summary>One row of the published spells. The pseudonym is of the spell: two spells of a household together would tell it from every other.</summary>
public sealed record PublishedSpell(string Pseudonym, CoarseSpell Spell);

/// <param name="Withheld">Spells that no level of coarseness could hide among others.</param>
public sealed record PublishedSpells(Vintage Vintage, IReadOnlyList<PublishedSpell> Rows, int Withheld);
