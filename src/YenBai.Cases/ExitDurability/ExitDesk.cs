using Marten;
using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.Disclosure;
using YenBai.Cases.Durability;
using YenBai.Cases.Ledger;
using YenBai.Cases.Listing;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;

namespace YenBai.Cases.ExitDurability;

/// <summary>The spells that answer a question of somebody, and what was left out.</summary>
/// <param name="Position">The sequence of the last fact that was read.</param>
/// <param name="Watched">The same as if whoever is not known to be back were known to be out on the day asked for.</param>
public sealed record ExitAnswer(
    ExitQuestion Question, DateOnly AsOf, DateTimeOffset KnownAt, long Position, bool Identifies, IReadOnlyList<ExitSpell> Spells, IReadOnlyList<ExitSpell> Watched,
    Exclusions Exclusions, ReviewCalendar Reviews, PlaceNamer Places, OwnRequests Requests)
{
    /// <summary>The facts behind the spells.</summary>
    internal LedgerSnapshot Ledger { get; init; } = new([], 0);

    /// <summary>How many spells of the answer stand for one and the same household.</summary>
    public int Copies => Identifies ? 1 : CellRounding.Base;

    /// <summary>Whether a group is large enough for its figures to be shown.</summary>
    public bool Shows(int spells) => Identifies || spells >= DisclosureRule.Report.MinimumDenominator;

    /// <summary>An observation on the scale that was asked for, as exact as the reader may know it.</summary>
    public Observation Scaled(Observation observation) =>
        Identifies || Question.TimeScale == TimeScale.Reviews ? observation : PublishedSteps.Of(observation);

    /// <summary>The value as it stands in files.</summary>
    public string ValueOf(ExitSpell spell, Grouping grouping) =>
        grouping == Grouping.OwnRequest ? Requests.Of(spell.Household, spell.Spell.ExitDate, KnownAt) : spell.Value(grouping, Places);

    public string GroupOf(ExitSpell spell) => Question.GroupBy is { } grouping ? ValueOf(spell, grouping) : "all";

    public string StratumOf(ExitSpell spell) => string.Join('\n', Question.Strata.Select(s => ValueOf(spell, s)));

    /// <summary>The spells group by group, the groups in the order of their values.</summary>
    public IEnumerable<(string Group, List<ExitSpell> Spells)> Groups() => GroupsOf(Spells);

    internal IEnumerable<(string Group, List<ExitSpell> Spells)> GroupsOf(IReadOnlyList<ExitSpell> spells)
    {
        if (Question.GroupBy is null) return [("all", [.. spells])];
        var groups = new SortedDictionary<string, List<ExitSpell>>(StringComparer.Ordinal);
        foreach (var spell in spells)
        {
            var group = GroupOf(spell);
            if (!groups.TryGetValue(group, out var members)) groups[group] = members = [];
            members.Add(spell);
        }
        return groups.Select(g => (g.Key, g.Value));
    }
}

/// <summary>A spell as it is told to somebody.</summary>
/// <param name="Household">The code, or a pseudonym for those who may not learn which household it is now.</param>
public sealed record ToldSpell(string Household, ExitSpell Spell);

/// <summary>Where questions about exits are asked. The last few answers serve the next: a reader asks many things of the same spells.</summary>
public sealed class ExitDesk(
    LedgerReader ledger, PublishedRegister register, QuestionLog questions, NpgsqlDataSource source, IDocumentStore store, PlaceCatalog places, Pseudonyms pseudonyms, ReadLog readings, TimeProvider clock)
{
    private const int MostKept = 6;

    private readonly Lock gate = new();
    private readonly LinkedList<(Key Key, Task<ExitSpells> Spells)> kept = [];
    private readonly OwnRequests?[] requests = new OwnRequests?[2];

    private sealed record Key(long Position, PublishedLedger? Published, int Reviews, DateOnly AsOf, DateTimeOffset? KnownAt, CensoringRule Censoring, StandardChangeRule StandardChange, SpellScope Scope, ReturnDepth Depth);

    /// <exception cref="NotPermittedException">They may ask no such thing.</exception>
    /// <exception cref="UnknownPlaceException">There is no such place, or it is not theirs.</exception>
    /// <exception cref="CutNotPublishedException">They may have it at the published cuts only.</exception>
    public async Task<ExitAnswer> AskAsync(Actor who, ExitQuestion question, CancellationToken cancellation)
    {
        var answer = await AnswerAsync(who, question, cancellation);
        if (!answer.Identifies) await questions.AddAsync(who, $"durability {answer.Question.Words()}", cancellation);
        return answer;
    }

    /// <summary>As <see cref="AskAsync"/>, as a part of a question that is on record already.</summary>
    internal async Task<ExitAnswer> AnswerAsync(Actor who, ExitQuestion question, CancellationToken cancellation)
    {
        var place = question.Place is { } id ? places.Get(id) ?? throw new UnknownPlaceException() : null;
        var scope = ReportScope.Of(who, Operation.ReadDurability, place, places, clock.Today()) ?? throw new UnknownPlaceException();

        var published = scope.Identifies ? null : await register.ReadAsync(cancellation);
        if (published is not null)
        {
            PublishedCuts.Require(place);
            if (question.GroupBy == Grouping.Commune) throw new CutNotPublishedException("groupBy");
            if (question.Strata.Contains(Grouping.Commune)) throw new CutNotPublishedException("strata");
            var cut = PublishedCuts.Of(question.AsOf, question.KnownAt, published.Latest);
            question = question with { AsOf = cut.AsOf, KnownAt = cut.KnownAt, Position = null };
        }
        var snapshot = published?.Ledger ?? await ledger.ReadAsync(question.Position, cancellation);
        var reviews = await ReviewBook.ReadAsync(store, published is null ? snapshot.Position : long.MaxValue, cancellation);
        var (asOf, knownAt) = (question.AsOf ?? clock.Today(), question.KnownAt ?? clock.Now());
        var (asked, watching) = (SpellsAsync(snapshot, published, reviews, question, asOf, knownAt, cancellation),
            SpellsAsync(snapshot, published, reviews, question with { Censoring = CensoringRule.AsOf }, asOf, knownAt, cancellation));
        // Each for itself: the published register mostly stands at an older position than the record.
        var of = published is null ? 0 : 1;
        if (requests[of] is not { } own || own.Position != snapshot.Position) requests[of] = own = await OwnRequests.ReadAsync(source, snapshot.Position, cancellation);
        var (all, watched) = (await asked, await watching);

        List<ExitSpell> Asked(IReadOnlyList<ExitSpell> spells) => [.. spells.Where(s => IsOfCohort(s.Spell.Cohort) && scope.Covers(s.Household, s.Exit.Unit))];
        bool IsOfCohort(int year) => !(year < question.CohortFrom || year > question.CohortTo);
        var spells = Asked(all.Spells);
        // An entry or a confirmation too many belongs to no cohort: where some are asked for, it counts with a household that is in the answer.
        var inAnswer = question is { CohortFrom: null, CohortTo: null } ? null : spells.Select(s => s.Household).ToHashSet();
        bool IsAsked(Excluded x) => x.Rule is ExclusionRule.DuplicateEnter or ExclusionRule.ConfirmIgnored ? inAnswer?.Contains(x.Fact.Household) != false : IsOfCohort(x.Fact.On.Year);
        return new(
            question, asOf, knownAt, published?.Position ?? snapshot.Position, scope.Identifies, spells, Asked(watched.Spells),
            Exclusions.Of(all.Excluded.Where(x => IsAsked(x) && scope.Covers(x.Fact.Household, x.Fact.Unit)).Select(x => new LeftOut(x.Rule, 0))),
            reviews.Calendar, new PlaceNamer(places, asOf), own)
        { Ledger = snapshot };
    }

    private async Task<ExitSpells> SpellsAsync(
        LedgerSnapshot snapshot, PublishedLedger? published, ReviewBook reviews, ExitQuestion question, DateOnly asOf, DateTimeOffset knownAt, CancellationToken cancellation)
    {
        var key = new Key(snapshot.Position, published, reviews.Content, asOf, question.KnownAt, question.Censoring, question.StandardChange, question.Scope, question.Depth);
        Task<ExitSpells> spells;
        lock (gate)
        {
            var node = kept.First;
            while (node is not null && (node.Value.Key != key || node.Value.Spells.IsFaulted)) node = node.Next;
            if (node is null)
            {
                var query = new SpellQuery(asOf, knownAt, question.Censoring, question.StandardChange, question.Scope);
                // Not the reader's cancellation: others may wait for the same answer.
                node = new((key, Task.Run(async () => ExitSpells.Of(
                    snapshot, reviews.Calendar, query, question.Depth == ReturnDepth.Broad ? await NearPoor.ReadAsync(source, snapshot.Position, default) : null, published is not null),
                    CancellationToken.None)));
                if (kept.Count >= MostKept) kept.RemoveLast();
            }
            else
            {
                kept.Remove(node);
            }
            kept.AddFirst(node);
            spells = node.Value.Spells;
        }
        return await spells.WaitAsync(cancellation);
    }

    /// <summary>The spells one by one, by the codes of their households. That they were read is on record.</summary>
    /// <exception cref="NotPermittedException">They may not learn who anybody is: for them are the published rows and releases.</exception>
    public async Task<IReadOnlyList<ToldSpell>> TellAsync(Actor who, ExitAnswer answer, CancellationToken cancellation)
    {
        if (!answer.Identifies) throw new NotPermittedException();
        var names = await NamesAsync(who, answer.Spells.Select(s => s.Household), cancellation);
        await readings.AddAsync(who, ReadKind.Exported, Sight.Full, names.Keys, Question.Of("spells", answer.Question, ("spells", answer.Spells.Count)), cancellation);
        return [.. answer.Spells.Where(s => names.ContainsKey(s.Household)).Select(s => new ToldSpell(names[s.Household], s))
            .OrderBy(s => s.Household, StringComparer.Ordinal).ThenBy(s => s.Spell.Spell.Number)];
    }

    /// <summary>What became known of the same question after an instant. Which households it was of is told to those who may learn it.</summary>
    public async Task<ExitChanges> ChangesAsync(Actor who, ExitAnswer now, DateTimeOffset since, int most, CancellationToken cancellation)
    {
        var then = await AnswerAsync(who, now.Question with { AsOf = now.AsOf, KnownAt = since, Position = now.Position }, cancellation);
        var changes = await Task.Run(() => ExitChanges.Between(then, now, now.Ledger), cancellation);
        if (!now.Identifies) return changes with { Rows = [] };
        var shown = changes.Rows.OrderByDescending(c => c.IsLate).ThenBy(c => c.Kind).ThenBy(c => c.Spell.Spell.ExitDate).ThenBy(c => c.Spell.Household).Take(most).ToList();
        var names = await NamesAsync(who, shown.Select(c => c.Spell.Household), cancellation);
        await readings.AddAsync(who, ReadKind.Listed, Sight.Full, names.Keys, Question.Of("changes", now.Question, ("since", since)), cancellation);
        return changes with { Rows = [.. shown.Select(c => c with { Household = names[c.Spell.Household] })] };
    }

    /// <summary>Codes where they see the household as it stands now, else a pseudonym.</summary>
    private async Task<Dictionary<Guid, string>> NamesAsync(Actor who, IEnumerable<Guid> households, CancellationToken cancellation)
    {
        var pseudonym = await pseudonyms.GetAsync("spells", cancellation);
        var subjects = await SubjectsAsync(cancellation);
        var names = new Dictionary<Guid, string>();
        foreach (var household in households.Distinct())
            names[household] = subjects.TryGetValue(household, out var known) && who.SightOf(Operation.ReadDurability, known.Subject) == Sight.Full ? known.Code : pseudonym.Of(household);
        return names;
    }

    private async Task<Dictionary<Guid, (Subject Subject, string Code)>> SubjectsAsync(CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"select household, unit, hamlet, shared, restricted, code from {Caseload.CaseloadTable.Name}");
        await using var r = await command.ExecuteReaderAsync(cancellation);
        var subjects = new Dictionary<Guid, (Subject, string)>();
        while (await r.ReadAsync(cancellation))
            subjects[r.GetGuid(0)] = (new(r.GetGuid(0), r.GetString(1), r.IsDBNull(2) ? null : r.GetString(2), r.GetBoolean(3), r.GetBoolean(4)), r.GetString(5));
        return subjects;
    }
}

/// <summary>The days of the annual reviews; in a year of which none is given, 15 December.</summary>
public sealed record ReviewBook(ReviewCalendar Calendar, int Content)
{
    private const int FirstYear = 1990, LastYear = 2100;

    /// <summary>Reviews told after a position are not there yet, so that what was asked for then is answered as then.</summary>
    public static async Task<ReviewBook> ReadAsync(IDocumentStore store, long position, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var given = (await session.Query<Review>().ToListAsync(cancellation)).Where(r => r.Since <= position).Select(r => r.On).Order().ToList();
        var content = new HashCode();
        foreach (var day in given) content.Add(day);
        var others = Enumerable.Range(FirstYear, LastYear - FirstYear + 1).Except(given.Select(r => r.Year)).Select(year => new DateOnly(year, 12, 15));
        return new(new ReviewCalendar(given.Concat(others)), content.ToHashCode());
    }
}
