using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.ExitDurability;

namespace YenBai.Cases.RowLevel;

/// <summary>Spells row by row for those who may not learn who anybody is: one k-anonymous table of the last year end.</summary>
public sealed class CoarseSpells(ExitDesk desk, NpgsqlDataSource source, Pseudonyms pseudonyms, ReadLog log, TimeProvider clock)
{
    private readonly SemaphoreSlim gate = new(1);
    private (long Position, DateOnly AsOf, string Places, string Restricted, PublishedSpells Spells)? kept;

    /// <summary>The question as which every question is answered: other days and rules would be other tables of the same households.</summary>
    public static ExitQuestion QuestionOf(Vintage vintage) => new(AsOf: vintage.AsOf, KnownAt: vintage.KnownAt);

    /// <param name="district">The id of a district; none for all.</param>
    public async Task<(ExitAnswer Answer, PublishedSpells Spells)> ReadAsync(Actor who, string? district, int? cohortFrom, int? cohortTo, CancellationToken cancellation)
    {
        var extents = who.ReachOf(Operation.ReadDurability).Extents.Where(e => e.Sight == Sight.DeIdentified).ToList();
        if (extents.Count == 0) throw new NotPermittedException();
        var vintage = Vintage.On(clock.Today());
        // Computed from all spells; this class decides what is published of them.
        var answer = await desk.AskAsync(Actor.Operator, QuestionOf(vintage), cancellation);
        var all = await TableAsync(answer, vintage, extents, string.Join(',', who.GrantsFor(Operation.ReadDurability).Select(g => g.Place).Order(StringComparer.Ordinal)), cancellation);
        await log.AddAsync(
            who, ReadKind.Exported, Sight.DeIdentified, [], Question.Of("coarse_spells", null, ("place", district), ("cohortFrom", cohortFrom), ("cohortTo", cohortTo)), cancellation);
        return (answer, all with
        {
            Rows = [.. all.Rows.Where(r => (district is null || r.Spell.District == district) && !(r.Spell.Cohort < cohortFrom || r.Spell.Cohort > cohortTo)
                && (r.Spell.Cohort is not null || (cohortFrom is null && cohortTo is null)))],
        });
    }

    private async Task<PublishedSpells> TableAsync(ExitAnswer answer, Vintage vintage, IReadOnlyList<Extent> extents, string granted, CancellationToken cancellation)
    {
        var restricted = await CoarseHouseholds.RestrictedAsync(source, cancellation);
        var without = string.Join(',', restricted.Order());
        await gate.WaitAsync(cancellation);
        try
        {
            if (kept is { } k && (k.Position, k.AsOf, k.Places, k.Restricted) == (answer.Position, vintage.AsOf, granted, without)) return k.Spells;
            var units = extents.SelectMany(e => e.Units).ToHashSet();
            var spells = answer.Spells.Where(s => s.Exit.Unit is { } unit && units.Contains(unit) && !restricted.Contains(s.Household)).ToList();
            var masks = await pseudonyms.GetAsync($"spells {vintage.AsOf:yyyy-MM-dd}", cancellation);
            string NameOf(ExitSpell s) => masks.Of(Ids.Named(s.Household, $"spell {s.Spell.Number}"));
            var (published, withheld) = KAnonymity.Publish([.. spells.OrderBy(NameOf, StringComparer.Ordinal)], CoarseSpell.Ladder(answer.Places));
            var rows = published.Select(p => new PublishedSpell(NameOf(p.Row), p.Shown))
                .OrderBy(r => r.Spell.District ?? "~", StringComparer.Ordinal).ThenBy(r => r.Spell.Cohort ?? int.MaxValue).ThenBy(r => r.Spell.Standard, StringComparer.Ordinal)
                .ThenBy(r => r.Spell.Number).ThenBy(r => r.Spell.Support, StringComparer.Ordinal).ThenBy(r => r.Spell.Period).ThenBy(r => r.Pseudonym, StringComparer.Ordinal);
            var table = new PublishedSpells(vintage, [.. rows], withheld);
            kept = (answer.Position, vintage.AsOf, granted, without, table);
            return table;
        }
        finally
        {
            gate.Release();
        }
    }
}
