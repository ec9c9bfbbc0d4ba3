using Marten;
using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.Caseload;
using YenBai.Cases.Disclosure;
using YenBai.Cases.Ledger;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Places;

namespace YenBai.Cases.Plan;

/// <param name="Place">A place in the public notation; none for all units of the plan.</param>
/// <param name="AsOf">Today when left out.</param>
/// <param name="KnownAt">All that is known now when left out.</param>
/// <param name="Position">The newest event that may count; the newest of all when left out.</param>
public sealed record PlanQuestion(string? Place = null, DateOnly? AsOf = null, DateTimeOffset? KnownAt = null, long? Position = null);

/// <param name="Position">The ledger up to here was read.</param>
/// <param name="Place">The place that it is about; none for the whole plan.</param>
public sealed record PlanAnswer(PlanProgress Progress, long Position, string? Place)
{
    public AnnualPlan Plan => Progress.Plan;
}

/// <summary>There is no such place, or it is not for the one who asks.</summary>
public sealed class UnknownPlaceException() : Exception("There is no such place.");

/// <summary>A household behind a count, as it is called today.</summary>
/// <param name="HeadName">None where no name is recorded, or where it was erased.</param>
public sealed record HouseholdBehind(string Code, string? HeadName, string? Unit, DateOnly On);

/// <summary>How far plans have come, from the ledger. An answer is kept for a minute: a reader asks for the same one many times.</summary>
public sealed class PlanQuery(
    NpgsqlDataSource source, IDocumentStore store, PlaceCatalog places, Freshness freshness, PublishedRegister register, QuestionLog questions, ReadLog log, TimeProvider clock)
{
    private const int MostKept = 16;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<Key, (Task<PlanAnswer> Answer, long Since)> answers = [];

    private readonly WeakReference<FactsRead> lastRead = new(new FactsRead(default, -1, []));

    private sealed record FactsRead(DateOnly Through, long Position, ListFact[] Facts);

    private sealed record Key(int Year, int Content, long Position, DateOnly AsOf, DateTimeOffset? KnownAt, string? Place, PublishedLedger? Published);

    /// <summary>What somebody may know of a plan: of the whole, or of a place of theirs.</summary>
    /// <exception cref="NotPermittedException">They may read no plan.</exception>
    /// <exception cref="UnknownPlaceException">There is no such place, or it is not theirs.</exception>
    public async Task<PlanAnswer> AskAsync(Actor who, AnnualPlan plan, PlanQuestion question, CancellationToken cancellation)
    {
        if (!who.May(Operation.ReadPlan)) throw new NotPermittedException();
        if (question.Place is null && !who.MayInProvince(Operation.ReadPlan))
            question = question with { Place = who.GrantsFor(Operation.ReadPlan).FirstOrDefault(g => g.Place is not null)?.Place ?? throw new NotPermittedException() };
        if (question.Place is { } place && (places.Resolve(place, plan.Through) is not { } unit || !MayRead(who, unit)))
            throw new UnknownPlaceException();
        if (who.ReachOf(Operation.ReadPlan).Identifies) return await ReckonAsync(plan, question, cancellation);

        var published = await register.ReadAsync(cancellation);
        // A plan is read at its end, or at the last year end that is over.
        var cut = PublishedCuts.Of(null, question.KnownAt, published.Latest);
        question = question with { AsOf = cut.AsOf, KnownAt = cut.KnownAt, Position = published.Position };
        await questions.AddAsync(who, $"plan {plan.Year} place={question.Place} asOf={cut.AsOf:yyyy-MM-dd}", cancellation);
        var answer = await ReckonAsync(plan, question, cancellation, published);
        return answer with { Progress = answer.Progress.Published() };
    }

    /// <summary>Whether a unit, or what it has become, is theirs.</summary>
    private bool MayRead(Actor who, Unit unit) => who.MayInProvince(Operation.ReadPlan) || who.MayAt(Operation.ReadPlan, unit.Id, null);

    private async Task<PlanAnswer> ReckonAsync(AnnualPlan plan, PlanQuestion question, CancellationToken cancellation, PublishedLedger? published = null)
    {
        var totals = await TotalsAsync(cancellation);
        var ledger = (await freshness.ReadAsync(cancellation)).Projections.First(p => p.Projection == LedgerProjection.Name).Sequence;
        var position = Math.Min(question.Position ?? ledger, ledger);
        var asOf = question.AsOf ?? clock.Today();
        var key = new Key(plan.Year, ContentOf(plan, totals), position, asOf, question.KnownAt, question.Place, published);

        Task<PlanAnswer> answer;
        lock (gate)
        {
            foreach (var (old, kept) in answers.ToList())
                if (clock.GetElapsedTime(kept.Since) > Kept || kept.Answer.IsFaulted) answers.Remove(old);
            if (!answers.TryGetValue(key, out var known))
            {
                if (answers.Count >= MostKept) answers.Remove(answers.MinBy(a => a.Value.Since).Key);
                // Not the reader's cancellation: others may wait for the same answer.
                answers[key] = known = (Task.Run(() => ReckonAsync(plan, totals, position, asOf, question, published), CancellationToken.None), clock.GetTimestamp());
            }
            answer = known.Answer;
        }
        return await answer.WaitAsync(cancellation);
    }

    /// <summary>What the households behind a count are called, as far as somebody may know, in the order given. That they were read is on record.</summary>
    /// <param name="question">Which count it is.</param>
    public async Task<IReadOnlyList<HouseholdBehind>> NameAsync(Actor who, IReadOnlyList<Counted> counted, Question question, CancellationToken cancellation)
    {
        var known = await NamesAsync(who, counted, cancellation);
        await log.AddAsync(who, ReadKind.ListedBehind, Sight.Full, known.Keys, question, cancellation);
        return [.. counted.Select(c => known.TryGetValue(c.Household, out var k) ? new HouseholdBehind(k.Code, k.Name, k.Unit, c.On) : new HouseholdBehind("", null, null, c.On))];
    }

    private async Task<Dictionary<Guid, (string Code, string? Name, string Unit)>> NamesAsync(Actor who, IReadOnlyList<Counted> counted, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"""
            select c.household, c.code, p.data ->> 'name', c.unit, c.hamlet, c.shared, c.restricted
            from {CaseloadTable.Name} c left join {StoreSchema.Name}.mt_doc_person p on p.id = c.head_id where c.household = any($1)
            """);
        command.Parameters.Add(new() { Value = counted.Select(c => c.Household).Distinct().ToArray() });
        await using var r = await command.ExecuteReaderAsync(cancellation);
        var known = new Dictionary<Guid, (string Code, string? Name, string Unit)>();
        while (await r.ReadAsync(cancellation))
            if (who.SightOf(Operation.FindHouseholds, new(r.GetGuid(0), r.GetString(3), r.IsDBNull(4) ? null : r.GetString(4), r.GetBoolean(5), r.GetBoolean(6))) == Sight.Full)
                known[r.GetGuid(0)] = (r.GetString(1), r.IsDBNull(2) ? null : r.GetString(2), r.GetString(3));
        // A household that has since moved where it is not theirs to see counts, and is not named.
        return known;
    }

    private async Task<PlanAnswer> ReckonAsync(AnnualPlan plan, IReadOnlyList<HouseholdTotal> totals, long position, DateOnly asOf, PlanQuestion question, PublishedLedger? published)
    {
        var known = question.KnownAt ?? clock.GetUtcNow();
        if (published is not null)
            return new PlanAnswer(PlanProgress.Of(plan, published.Facts(), places, totals, asOf, known, question.Place), position, question.Place);
        var facts = await FactsAsync(plan.Through, position);
        var pending = await Pipeline.ReadAsync(source, store, plan, asOf, known, position, CancellationToken.None);
        var progress = PlanProgress.Of(plan, facts, places, totals, asOf, known, question.Place, pending);
        return new PlanAnswer(progress, position, question.Place);
    }

    /// <summary>The facts of the last question serve the next, as long as nobody needs the memory.</summary>
    private async Task<ListFact[]> FactsAsync(DateOnly through, long position)
    {
        if (lastRead.TryGetTarget(out var read) && read.Through == through && read.Position == position) return read.Facts;
        read = new FactsRead(through, position, [.. await LedgerTable.ReadMovesAsync(source, through, position, CancellationToken.None)]);
        lastRead.SetTarget(read);
        return read.Facts;
    }

    private async Task<IReadOnlyList<HouseholdTotal>> TotalsAsync(CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return [.. (await session.Query<UnitTotal>().ToListAsync(cancellation)).OrderBy(t => t.Id, StringComparer.Ordinal).Select(t => new HouseholdTotal(t.UnitId, t.On, t.Households, t.Source))];
    }

    // Neither plans nor totals are events: a corrected one must be seen at once.
    private static int ContentOf(AnnualPlan plan, IReadOnlyList<HouseholdTotal> totals)
    {
        var content = new HashCode();
        content.Add((plan.Number, plan.Standard, plan.From, plan.Through));
        foreach (var target in plan.Targets) content.Add(target);
        foreach (var total in totals) content.Add(total);
        return content.ToHashCode();
    }
}
