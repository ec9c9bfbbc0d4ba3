using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.Caseload;
using YenBai.Cases.Households;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;

namespace YenBai.Cases.WhatIf;

/// <param name="Place">The id of a unit; none for all that is theirs who ask.</param>
/// <param name="KnownAt">All that is known now when left out.</param>
public sealed record WhatIfQuestion(string Standard, string? Place, DateOnly On, DateTimeOffset? KnownAt = null);

/// <summary>A part of the switches, page by page.</summary>
/// <param name="To">Only those into this class.</param>
public sealed record WhatIfPart(PovertyClass? To, int Page, int Size);

/// <summary>A household that would be in another class.</summary>
/// <param name="Id">Which household it is, for the record of reading; never shown.</param>
/// <param name="Place">Where it stood on the day.</param>
public sealed record Switch(Guid Id, string Household, string? HeadName, string Place, PovertyClass? From, PovertyClass To, Assessed Assessed, Reassessed Again);

/// <param name="InForce">The standard of the list on the day.</param>
/// <param name="Considered">Households that were there on the day.</param>
/// <param name="NotAssessed">Of them, those without an assessment.</param>
/// <param name="NotEnough">Of them, those whose assessment lacks the points that the asked standard needs.</param>
public sealed record WhatIfAnswer(
    StandardRules Standard, PovertyStandard InForce, string? Place, DateOnly On, DateTimeOffset KnownAt, int Considered, int NotAssessed, int NotEnough,
    IReadOnlyList<Switch> Switches);

/// <summary>Which households another standard would put into another class, in the places of whoever asks. Reads, and touches nothing.</summary>
public sealed class WhatIfQuery(
    NpgsqlDataSource source, StandardShelf shelf, PlaceCatalog places, Freshness freshness, ReadLog log, TimeProvider clock)
{
    private const int HouseholdsAtOnce = 500, MostKept = 4;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<Key, (Task<WhatIfAnswer> Answer, long Since)> answers = [];

    /// <summary>All that an answer depends on.</summary>
    private sealed record Key(WhatIfQuestion Question, int Versions, string Who, string Grants, long Newest, long Shown);

    /// <summary>What a class, a place and an assessment come from; a household has many other facts.</summary>
    private static readonly string[] Types =
    [
        .. new[]
        {
            typeof(HouseholdRegistered), typeof(HouseholdSplitFrom), typeof(MovedWithin), typeof(Assessed), typeof(ClassDecided), typeof(ListedPoor), typeof(Exited),
            typeof(ReEntered), typeof(MovedOut), typeof(Dissolved), typeof(MergedInto), typeof(FactAnnulled), typeof(ImportWithdrawn),
        }.Select(t => Facts.All.Single(e => e.Type == t).Name),
    ];

    /// <returns>None for an unknown standard.</returns>
    /// <exception cref="NotPermittedException">They may not ask.</exception>
    public async Task<WhatIfAnswer?> AskAsync(Actor who, WhatIfQuestion question, CancellationToken cancellation)
    {
        if (await AnswerAsync(who, question, cancellation) is not { } answer) return null;
        await RecordAsync(who, question, null, answer.Switches, cancellation);
        return answer;
    }

    /// <summary>The counts of all, and those of the switches that a page shows.</summary>
    /// <inheritdoc cref="AskAsync"/>
    public async Task<(WhatIfAnswer Answer, IReadOnlyList<Switch> Shown)?> PageAsync(Actor who, WhatIfQuestion question, WhatIfPart part, CancellationToken cancellation)
    {
        if (await AnswerAsync(who, question, cancellation) is not { } answer) return null;
        var wanted = answer.Switches.Where(s => part.To is null || s.To == part.To).ToList();
        var page = Math.Clamp(part.Page, 1, Math.Max(1, (wanted.Count + part.Size - 1) / part.Size));
        List<Switch> shown = [.. wanted.Skip((page - 1) * part.Size).Take(part.Size)];
        await RecordAsync(who, question, part with { Page = page }, shown, cancellation);
        return (answer, shown);
    }

    private Task RecordAsync(Actor who, WhatIfQuestion question, WhatIfPart? part, IReadOnlyList<Switch> shown, CancellationToken cancellation) => log.AddAsync(
        who, ReadKind.Listed, who.ReachOf(Operation.AskWhatIf).Most, shown.Select(s => s.Id),
        Question.Of("what_if", question, ("to", part?.To), ("page", part?.Page), ("size", part?.Size)), cancellation);

    private async Task<WhatIfAnswer?> AnswerAsync(Actor who, WhatIfQuestion question, CancellationToken cancellation)
    {
        if (who.ReachOf(Operation.AskWhatIf).IsNothing) throw new NotPermittedException();
        var book = await shelf.BookAsync(question.KnownAt, cancellation);
        if (book.Find(question.Standard) is not { } asked) return null;

        // Who turns the pages of an answer need not wait for it each time.
        var progress = await freshness.ReadAsync(cancellation);
        var key = new Key(question, book.All.Sum(r => r.Version), who.Name, string.Join(' ', who.Grants.Select(g => g.Id)), progress.Newest, progress.Projections.Min(p => p.Sequence));
        Task<WhatIfAnswer> answer;
        lock (gate)
        {
            foreach (var (old, kept) in answers.ToList())
                if (clock.GetElapsedTime(kept.Since) > Kept || kept.Answer.IsFaulted) answers.Remove(old);
            if (!answers.TryGetValue(key, out var known))
            {
                if (answers.Count >= MostKept) answers.Remove(answers.MinBy(a => a.Value.Since).Key);
                // Not the reader's cancellation: others may wait for the same answer.
                answers[key] = known = (Task.Run(() => AnswerAsync(who, question, book, asked), CancellationToken.None), clock.GetTimestamp());
            }
            answer = known.Answer;
        }
        return await answer.WaitAsync(cancellation);
    }

    private async Task<WhatIfAnswer> AnswerAsync(Actor who, WhatIfQuestion question, StandardBook book, StandardRules asked)
    {
        var within = question.Place is { } place ? places.Within(place) : null;
        var chunks = new List<Task<List<Reconsidered>>>();
        // Folded while the next ones are read.
        await foreach (var chunk in HouseholdsAsync(who.ReachOf(Operation.AskWhatIf), within, question.On, question.KnownAt, default).Chunk(HouseholdsAtOnce))
            chunks.Add(Task.Run(() => chunk.Select(h => Reconsidered.Of(h, book, asked, question.On, places)).OfType<Reconsidered>().Where(r => within?.Contains(r.Unit) != false).ToList()));

        var (considered, notAssessed, notEnough) = (0, 0, 0);
        var switching = new List<Reconsidered>();
        foreach (var again in (await Task.WhenAll(chunks)).SelectMany(c => c))
        {
            considered++;
            if (again.Assessed is null) notAssessed++;
            else if (again.Again is null) notEnough++;
            if (again.Switches) switching.Add(again);
        }
        return new(
            asked, PovertyStandards.InForce(question.On), question.Place, question.On, question.KnownAt ?? clock.Now(), considered, notAssessed, notEnough,
            await NameAsync(who, switching, default));
    }

    /// <summary>
    /// The facts that matter here, household by household, in one pass over the events. What a standing comes from is read
    /// column by column; whole events would take three times as long.
    /// </summary>
    private async IAsyncEnumerable<Household> HouseholdsAsync(
        Reach reach, IReadOnlySet<string>? within, DateOnly on, DateTimeOffset? knownAt, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<NpgsqlParameter> parameters = [new() { Value = Types }, new() { Value = on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }];
        var where = "";
        if (ReachSql.Within(reach.Extents, reach.IsEverything, places, parameters) is { Length: > 0 } theirs) where += " and " + theirs;
        if (within is not null)
        {
            // Who has moved away since then may have been there on the day.
            parameters.Add(new() { Value = within.ToArray() });
            where += $"""
                 and (c.unit = any(${parameters.Count}) or c.household in
                    (select stream_id from {StoreSchema.Name}.mt_events where type = 'moved_within' and data ->> 'from' = any(${parameters.Count})))
                """;
        }
        if (knownAt is { } known)
        {
            parameters.Add(new() { Value = known.UtcDateTime });
            where += $" and (e.data ->> 'recorded')::timestamptz <= ${parameters.Count}";
        }
        await using var command = source.CreateCommand($"""
            select e.stream_id, e.version, e.type, e.correlation_id, (e.data ->> 'on')::date, (e.data -> 'row' ->> 'seq')::bigint,
                e.data ->> 'unit', e.data ->> 'standard', coalesce(e.data ->> 'class', e.data ->> 'to', e.data ->> 'status'), e.data ->> 'cause', e.data ->> 'area',
                case when e.type in ('assessed', 'fact_annulled', 'import_withdrawn') then e.data end
            from {StoreSchema.Name}.mt_events e join {CaseloadTable.Name} c on c.household = e.stream_id
            where e.type = any($1) and (e.data ->> 'on' <= $2 or e.type in ('fact_annulled', 'import_withdrawn')){where}
            order by e.stream_id, e.version
            """);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        await using var reader = await command.ExecuteReaderAsync(cancellation);

        var stream = Guid.Empty;
        List<Fact> facts = [];
        while (await reader.ReadAsync(cancellation))
        {
            if (reader.GetGuid(0) is var next && next != stream)
            {
                if (facts.Count > 0) yield return Household.Nobody(stream).With(facts);
                (stream, facts) = (next, []);
            }
            facts.Add(new Fact((int)reader.GetInt64(1), Guid.Empty, Read(reader), reader.IsDBNull(3) ? null : HouseholdProjection.ImportOf(reader.GetString(3))));
        }
        if (facts.Count > 0) yield return Household.Nobody(stream).With(facts);
    }

    /// <summary>An event as far as a class, a place and an assessment come from it. What was known when has been asked of the database.</summary>
    private static HouseholdEvent Read(NpgsqlDataReader r)
    {
        var type = r.GetString(2);
        if (!r.IsDBNull(11)) return (HouseholdEvent)JsonSerializer.Deserialize(r.GetFieldValue<byte[]>(11), Facts.Named(type).Type, Json.Options)! with { Recorded = default };

        var (on, unit, standard, said) = (r.GetFieldValue<DateOnly>(4), Text(6) ?? "", Text(7), Text(8));
        HouseholdEvent e = type switch
        {
            "household_registered" => new HouseholdRegistered(on, default, "", unit, null, null, null, Text(10) is { } area ? Term<Area>(area) : null),
            "household_split_from" => new HouseholdSplitFrom(on, default, unit, standard, Guid.Empty, "", Term<ListStatus>(said!)),
            "moved_within" => new MovedWithin(on, default, unit, "", null),
            "class_decided" => new ClassDecided(on, default, standard!, Term<PovertyClass>(said!), null),
            "listed_poor" => new ListedPoor(on, default, unit, standard, Term<EntryCause>(Text(9)!)),
            "re_entered" => new ReEntered(on, default, unit, standard, Term<EntryCause>(Text(9)!)),
            "exited" => new Exited(on, default, unit, standard, said is null ? null : Term<PovertyClass>(said), null, null),
            "moved_out" => new MovedOut(on, default, unit, standard),
            "dissolved" => new Dissolved(on, default, unit, standard),
            "merged_into" => new MergedInto(on, default, unit, standard, Guid.Empty, ""),
            _ => throw new NotSupportedException($"Nobody has said what a what-if reads of {type}."),
        };
        return r.IsDBNull(5) ? e : e with { Row = new("", r.GetInt64(5), "") };

        string? Text(int column) => r.IsDBNull(column) ? null : r.GetString(column);
    }

    private static T Term<T>(string text) where T : struct, Enum => Enum.Parse<T>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    /// <summary>What the households are called, as far as whoever asks may know, by place and code.</summary>
    private async Task<IReadOnlyList<Switch>> NameAsync(Actor who, List<Reconsidered> switching, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"""
            select c.household, c.code, p.data ->> 'name', c.unit, c.hamlet, c.shared, c.restricted
            from {CaseloadTable.Name} c left join {StoreSchema.Name}.mt_doc_person p on p.id = c.head_id where c.household = any($1)
            """);
        command.Parameters.Add(new() { Value = switching.Select(s => s.Household).ToArray() });
        await using var r = await command.ExecuteReaderAsync(cancellation);
        var called = new Dictionary<Guid, (string Code, string? Name)>(switching.Count);
        while (await r.ReadAsync(cancellation))
        {
            var subject = new Subject(r.GetGuid(0), r.GetString(3), r.IsDBNull(4) ? null : r.GetString(4), r.GetBoolean(5), r.GetBoolean(6));
            if (who.SightOf(Operation.AskWhatIf, subject) == Sight.Full) called[subject.Id] = (r.GetString(1), r.IsDBNull(2) ? null : r.GetString(2));
        }
        return
        [
            .. switching.Where(s => called.ContainsKey(s.Household))
                .Select(s => new Switch(s.Household, called[s.Household].Code, called[s.Household].Name, s.Unit, s.From, s.To!.Value, s.Assessed!, s.Again!))
                .OrderBy(s => s.Place, StringComparer.Ordinal).ThenBy(s => s.Household, StringComparer.Ordinal),
        ];
    }
}
