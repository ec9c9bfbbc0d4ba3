using Marten;
using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.CaseFiles;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Places;

namespace YenBai.Cases.RowLevel;

/// <summary>
/// What an evaluator reads under a release: the households that left the list at its place in its years, one by one,
/// under pseudonyms that are the release's own. Each reading is on record with the release.
/// </summary>
public sealed class ReleasedRows(
    IDocumentStore store, NpgsqlDataSource source, LedgerReader ledger, ExitDesk desk, PlaceCatalog places, Pseudonyms pseudonyms, ReadLog log, TimeProvider clock)
{
    /// <summary>None for a release that is not theirs or holds no more.</summary>
    public Release? Find(Actor who, Guid id) => InForce(who).FirstOrDefault(r => r.Id == id);

    /// <summary>The released households with how they stand now, by pseudonym.</summary>
    public async Task<IReadOnlyList<CoarseHousehold>> HouseholdsAsync(Actor who, Release release, CancellationToken cancellation)
    {
        var covered = await CoveredAsync(release, cancellation);
        await log.AddAsync(who, ReadKind.Exported, Sight.DeIdentified, covered, Question.Of("released", null, ("release", release.Id)), cancellation);
        var masks = await pseudonyms.GetAsync(release.Mark, cancellation);
        var snapshot = await ledger.ReadAsync(null, cancellation);
        var units = places.Units.Select(u => u.Id).ToHashSet();
        var rows = new List<CoarseHousehold>();
        var buffer = new ListFact[64];
        for (var household = 0; household < snapshot.Count; household++)
        {
            var facts = ListWalk.Visible(snapshot.Of(household, ref buffer), clock.Today(), clock.Now());
            if (facts.Length > 0 && covered.Contains(facts[0].Household) && CoarseStanding.Of(facts, units, places) is { } standing)
                rows.Add(new(masks.Of(facts[0].Household), standing));
        }
        return [.. rows.OrderBy(r => r.Pseudonym, StringComparer.Ordinal)];
    }

    /// <summary>The masked case of a released household; none for anything else.</summary>
    public async Task<CaseFile?> OpenAsync(Actor who, string pseudonym, CancellationToken cancellation)
    {
        foreach (var release in InForce(who))
        {
            var masks = await pseudonyms.GetAsync(release.Mark, cancellation);
            if (masks.HouseholdOf(pseudonym) is not { } id || !(await CoveredAsync(release, cancellation)).Contains(id)) continue;
            await log.AddAsync(who, ReadKind.Opened, Sight.DeIdentified, id, Question.Of("released", null, ("release", release.Id)), cancellation);
            await using var session = store.QuerySession();
            return await session.LoadAsync<Household>(id, cancellation) is { } household ? ReleasedMasking.Of(household, masks, places) : null;
        }
        return null;
    }

    /// <summary>The spells of the released households that answer a question, by pseudonym.</summary>
    public async Task<(ExitAnswer Answer, IReadOnlyList<ToldSpell> Spells)> SpellsAsync(Actor who, Release release, ExitQuestion question, CancellationToken cancellation)
    {
        var covered = await CoveredAsync(release, cancellation);
        var answer = await desk.AskAsync(Actor.Operator, question with { Position = null }, cancellation);
        var spells = answer.Spells.Where(s => covered.Contains(s.Household)).ToList();
        await log.AddAsync(who, ReadKind.Exported, Sight.DeIdentified, spells.Select(s => s.Household), Question.Of("released_spells", question, ("release", release.Id)), cancellation);
        var masks = await pseudonyms.GetAsync(release.Mark, cancellation);
        return (answer, [.. spells.Select(s => new ToldSpell(masks.Of(s.Household), s)).OrderBy(s => s.Household, StringComparer.Ordinal).ThenBy(s => s.Spell.Spell.Number)]);
    }

    private IEnumerable<Release> InForce(Actor who) => who.Has(Role.Evaluator) ? who.Releases.Where(r => r.HoldsAt(clock.Now())) : [];

    private async Task<HashSet<Guid>> CoveredAsync(Release release, CancellationToken cancellation)
    {
        var answer = await desk.AskAsync(Actor.Operator, new ExitQuestion(Place: release.Place, CohortFrom: release.CohortFrom, CohortTo: release.CohortTo), cancellation);
        var covered = answer.Spells.Select(s => s.Household).ToHashSet();
        covered.ExceptWith(await CoarseHouseholds.RestrictedAsync(source, cancellation));
        return covered;
    }
}
