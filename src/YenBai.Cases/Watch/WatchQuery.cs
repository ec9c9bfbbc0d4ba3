using System.Globalization;
using Marten;
using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.Caseload;
using YenBai.Cases.Decisions;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Ledger;
using YenBai.Cases.Listing;
using YenBai.Cases.Places;
using YenBai.Cases.Support;

namespace YenBai.Cases.Watch;

/// <param name="Place">The id of a unit; all places of whoever asks when left out.</param>
/// <param name="PerDistrict">How many visits a district can make.</param>
/// <param name="ByCursor">Part by part in an order that no work changes, instead of page by page in that of the points.</param>
/// <param name="After">With a cursor: the last household of the part before.</param>
public sealed record WatchQuestion(string? Place = null, int PerDistrict = WatchQuery.DefaultPerDistrict, int Page = 1, int Size = WatchQuery.LargestPage, bool ByCursor = false, Guid? After = null);

/// <summary>A household that could be visited, and why.</summary>
/// <param name="District">The id of its old district; none for a commune of today that straddles several.</param>
/// <param name="Rank">Its place within the district.</param>
/// <param name="Reasons">At most three, those with most points first.</param>
/// <param name="NotRecorded">The rules that say nothing, since nobody recorded what they ask for.</param>
public sealed record Suggestion(
    Guid Household, string Code, int Version, string? HeadName, bool HeadErased, string? District, string Unit, string? Hamlet, int Rank, DateOnly Since, int Points,
    IReadOnlyList<WeighedRule> Reasons, IReadOnlyList<WatchRule> NotRecorded, DateOnly? LastVisit, DateOnly? PlannedVisit);

/// <summary>What is known of what a rule asks for, over all households that were scored.</summary>
public sealed record WatchInput(WeighedRule Rule, int Yes, int No, int NotRecorded);

/// <param name="Scored">Households off the list there that were scored.</param>
/// <param name="Suggested">Of them, those within the capacity.</param>
public sealed record WatchedDistrict(string? District, int Scored, int Suggested);

/// <param name="Until">The next review: the scores hold until then, and so does what was declined.</param>
/// <param name="Restricted">Off the list, and not scored since they asked that their data be processed no further.</param>
/// <param name="Declined">Why visits were declined since the last review.</param>
/// <param name="AgainstScores">Of the households off the list, those that left it voluntarily while their scores still said poor.</param>
/// <param name="Districts">By name.</param>
/// <param name="Items">Of the suggestions those of the page, district by district, those with most points first.</param>
/// <param name="Next">With a cursor: the last household, where there are more.</param>
public sealed record WatchAnswer(
    DateOnly Day, DateOnly Until, string Rules, int PerDistrict, int Scored, int Restricted, IReadOnlyDictionary<DeclineGround, int> Declined, int AgainstScores,
    IReadOnlyList<WatchInput> Inputs, IReadOnlyList<WatchedDistrict> Districts, int Total, IReadOnlyList<Suggestion> Items, Guid? Next = null);

/// <summary>
/// Which households off the list to go and see first. Capacity comes before points: the first so many of each district, never
/// all above a threshold. It reads, and nothing that decides on a household reads it.
/// </summary>
public sealed class WatchQuery(NpgsqlDataSource source, LedgerReader ledger, IDocumentStore store, PlaceCatalog places, ReadLog log, TimeProvider clock)
{
    public const int DefaultPerDistrict = 20, MostPerDistrict = 500, LargestPage = 200, MostReasons = 3;

    private const string Events = StoreSchema.Name + ".mt_events";

    /// <summary>What the caseload says of a household.</summary>
    private sealed record Case(string Unit, int? Members, DateOnly? LastVisit, DateOnly? PlannedVisit, int Supports, bool HasLoan, bool Restricted);

    /// <summary>What happened to a household of late.</summary>
    private struct Lately
    {
        public DateOnly? Shock, Job, MembersChanged, Declined;
    }

    private sealed record Candidate(Guid Household, string? District, string Unit, OffTheList Off, Scored Scored, DateOnly? LastVisit, DateOnly? PlannedVisit);

    /// <exception cref="NotPermittedException">They may ask no such thing.</exception>
    public async Task<WatchAnswer> AskAsync(Actor who, WatchQuestion question, CancellationToken cancellation)
    {
        var reach = who.ReachOf(Operation.WatchReentry);
        if (reach.IsNothing) throw new NotPermittedException();
        var today = clock.Today();
        var (last, next) = await ReviewsAroundAsync(today, cancellation);
        var snapshot = ledger.ReadAsync(null, cancellation);
        var cases = CasesAsync();
        var agreements = AgreementsAsync();
        var loans = LoansAsync();
        var (lately, declined) = await LatelyAsync();
        var againstScores = AgainstScoresAsync();
        await Task.WhenAll(snapshot, cases, agreements, loans, againstScores);

        var known = new int[WatchRules.All.Count, 3];
        var namer = new PlaceNamer(places, today);
        var (candidates, scored, restricted) = (new List<Candidate>(), new Dictionary<string, int>(), 0);
        var buffer = new ListFact[64];
        var now = clock.Now();
        for (var h = 0; h < snapshot.Result.Count; h++)
        {
            var facts = snapshot.Result.Of(h, ref buffer);
            if (facts.IsEmpty || !cases.Result.TryGetValue(facts[0].Household, out var c)) continue;
            var household = facts[0].Household;
            if (OffTheList.Of(ListWalk.Visible(facts, today, now)) is not { } off) continue;
            if (c.Restricted)
            {
                restricted++;
                continue;
            }
            var late = lately.GetValueOrDefault(household);
            var score = WatchRules.Score(FactsOf(household, c, off, late));
            for (var i = 0; i < score.Findings.Count; i++) known[i, (int)score.Findings[i]]++;
            var district = namer.District(c.Unit)?.Id;
            scored[district ?? ""] = scored.GetValueOrDefault(district ?? "") + 1;
            if (late.Declined >= last) continue;
            candidates.Add(new(household, district, c.Unit, off, score, c.LastVisit, c.PlannedVisit));
        }

        var suggested = candidates.GroupBy(c => c.District ?? "").ToDictionary(g => g.Key, g => Ranked(g).Take(question.PerDistrict).ToList());
        var districts = scored.OrderBy(d => d.Key.Length == 0).ThenBy(d => VietnameseText.Fold(places.Get(d.Key)?.ShortName ?? ""), StringComparer.Ordinal)
            .Select(d => new WatchedDistrict(d.Key.Length == 0 ? null : d.Key, d.Value, suggested.GetValueOrDefault(d.Key)?.Count ?? 0)).ToList();
        var all = districts.SelectMany(d => (suggested.GetValueOrDefault(d.District ?? "") ?? []).Select((c, i) => (Candidate: c, Rank: i + 1))).ToList();
        var size = Math.Clamp(question.Size, 1, LargestPage);
        // Points and ranks move with the work; ids do not.
        var rest = question.ByCursor
            ? all.OrderBy(c => c.Candidate.Household).Where(c => question.After is not { } after || c.Candidate.Household.CompareTo(after) > 0)
            : all.Skip((int)Math.Min((long)Math.Max(0, question.Page - 1) * size, all.Count));
        var part = rest.Take(size + 1).ToList();
        Guid? more = question.ByCursor && part.Count > size ? part[size - 1].Candidate.Household : null;
        var items = await NamedAsync([.. part.Take(size)], cancellation);
        await log.AddAsync(who, ReadKind.Listed, reach.Most, items.Select(i => i.Household), Question.Of("watch", question with { After = null }, Question.Continued(question.After), ("total", all.Count)), cancellation);
        return new(
            today, next, WatchRules.Version, question.PerDistrict, scored.Values.Sum(), restricted, declined, againstScores.Result,
            [.. WatchRules.All.Select((r, i) => new WatchInput(r, known[i, (int)Finding.Yes], known[i, (int)Finding.No], known[i, (int)Finding.NotRecorded]))],
            districts, all.Count, items, more);

        WatchFacts FactsOf(Guid household, Case c, OffTheList off, Lately late)
        {
            var (ended, count) = agreements.Result.GetValueOrDefault(household);
            // Children grow up, and members come and go: an old count of them says little.
            var children = off.Children is { } told && told.On.AddMonths(WatchRules.Months) > today && !(late.MembersChanged >= told.On) ? told.Under16 : 0;
            var loan = !c.HasLoan ? LoanStanding.None : loans.Result.TryGetValue(household, out var overdue) ? overdue ? LoanStanding.Overdue : LoanStanding.InOrder : LoanStanding.NotReported;
            return new(
                today, off.Since, off.To, off.ReturnedBefore, off.HistoryIsWhole, late.Shock, c.LastVisit > off.Heard ? c.LastVisit.Value : off.Heard, ended, count == c.Supports,
                c.Members is { } members ? Math.Max(0, members - children) : null, loan, late.Job);
        }

        string Theirs(List<NpgsqlParameter> parameters)
        {
            var where = $"c.status = {(short)ListStatus.Out}";
            if (ReachSql.Within(reach.Extents, reach.IsEverything, places, parameters) is { Length: > 0 } within) where += " and " + within;
            if (question.Place is { } place)
            {
                parameters.Add(new() { Value = places.Within(place).ToArray() });
                where += $" and c.unit = any(${parameters.Count})";
            }
            return where;
        }

        async Task ReadAsync(string sql, List<NpgsqlParameter> parameters, Action<NpgsqlDataReader> take)
        {
            await using var command = source.CreateCommand(sql);
            foreach (var p in parameters) command.Parameters.Add(p);
            await using var r = await command.ExecuteReaderAsync(cancellation);
            while (await r.ReadAsync(cancellation)) take(r);
        }

        async Task<Dictionary<Guid, Case>> CasesAsync()
        {
            var (found, parameters) = (new Dictionary<Guid, Case>(), new List<NpgsqlParameter>());
            await ReadAsync($"""
                select c.household, c.unit, c.members, c.last_visit, c.planned_visit, c.supports, coalesce(c.support_mix, '') like '%loan%', c.restricted
                from {CaseloadTable.Name} c where {Theirs(parameters)}
                """, parameters,
                r => found[r.GetGuid(0)] = new(r.GetString(1), r.IsDBNull(2) ? null : r.GetInt32(2), Day(r, 3), Day(r, 4), r.GetInt32(5), r.GetBoolean(6), r.GetBoolean(7)));
            return found;
        }

        async Task<Dictionary<Guid, (DateOnly? Ended, int Count)>> AgreementsAsync()
        {
            var (found, parameters) = (new Dictionary<Guid, (DateOnly?, int)>(), new List<NpgsqlParameter>());
            await ReadAsync(
                $"select a.household, max(a.ended_on), count(*)::int from {SupportTables.Agreements} a join {CaseloadTable.Name} c on c.household = a.household where {Theirs(parameters)} group by a.household",
                parameters, r => found[r.GetGuid(0)] = (Day(r, 1), r.GetInt32(2)));
            return found;
        }

        // Whether any loan is overdue, as each was last told of.
        async Task<Dictionary<Guid, bool>> LoansAsync()
        {
            var (found, parameters) = (new Dictionary<Guid, bool>(), new List<NpgsqlParameter> { new() { Value = Iso(today) } });
            await ReadAsync($"""
                select l.stream_id, bool_or(l.late > 0)
                from (
                    select distinct on (e.stream_id, e.data ->> 'supportId') e.stream_id, (e.data ->> 'daysOverdue')::int as late
                    from {Events} e join {CaseloadTable.Name} c on c.household = e.stream_id
                    where e.type = 'loan_status_reported' and e.data ->> 'on' <= $1 and {SupportIndicators.Stands("e")} and {Theirs(parameters)}
                    order by e.stream_id, e.data ->> 'supportId', e.data ->> 'on' desc, e.version desc) l
                group by l.stream_id
                """, parameters, r => found[r.GetGuid(0)] = r.GetBoolean(1));
            return found;
        }

        async Task<(Dictionary<Guid, Lately>, Dictionary<DeclineGround, int>)> LatelyAsync()
        {
            var (found, grounds) = (new Dictionary<Guid, Lately>(), new Dictionary<DeclineGround, int>());
            var since = today.AddMonths(-WatchRules.Months) is var year && year < last ? year : last;
            List<NpgsqlParameter> parameters =
            [
                new() { Value = new[] { "shock_reported", "job_placed", "members_joined", "members_left", "visit_suggestion_declined" } }, new() { Value = Iso(since) }, new() { Value = Iso(today) },
            ];
            await ReadAsync($"""
                select e.stream_id, e.type, (e.data ->> 'on')::date, e.data ->> 'ground'
                from {Events} e join {CaseloadTable.Name} c on c.household = e.stream_id
                where e.type = any($1) and e.data ->> 'on' between $2 and $3 and {SupportIndicators.Stands("e")} and {Theirs(parameters)}
                order by e.data ->> 'on'
                """, parameters, r =>
                {
                    var (late, on) = (found.GetValueOrDefault(r.GetGuid(0)), r.GetFieldValue<DateOnly>(2));
                    switch (r.GetString(1))
                    {
                        case "shock_reported":
                            late.Shock = on;
                            break;
                        case "job_placed":
                            late.Job = on;
                            break;
                        case "visit_suggestion_declined":
                            late.Declined = on;
                            if (on < last) break;
                            var ground = Enum.Parse<DeclineGround>(r.GetString(3).Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
                            grounds[ground] = grounds.GetValueOrDefault(ground) + 1;
                            break;
                        default:
                            late.MembersChanged = on;
                            break;
                    }
                    found[r.GetGuid(0)] = late;
                });
            return (found, grounds);
        }

        async Task<int> AgainstScoresAsync()
        {
            var (count, parameters) = (0, new List<NpgsqlParameter>());
            await ReadAsync($"""
                select count(distinct e.stream_id)::int from {Events} e join {CaseloadTable.Name} c on c.household = e.stream_id
                where e.type = 'exited' and e.data ->> 'voluntary' = 'true' and e.data ->> 'scoresSaid' = 'poor' and {SupportIndicators.Stands("e")} and {Theirs(parameters)}
                """, parameters, r => count = r.GetInt32(0));
            return count;
        }
    }

    /// <summary>Most points first; of the same, whoever was not visited for longest; then always in the same order.</summary>
    private static IEnumerable<Candidate> Ranked(IEnumerable<Candidate> candidates) =>
        candidates.OrderByDescending(c => c.Scored.Points).ThenBy(c => c.LastVisit ?? DateOnly.MinValue).ThenBy(c => c.Household);

    private async Task<(DateOnly Last, DateOnly Next)> ReviewsAroundAsync(DateOnly day, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var given = (await session.Query<Review>().ToListAsync(cancellation)).Select(r => r.On).ToList();
        DateOnly In(int year) => ReviewCycle.Of(given, year).Review;
        return In(day.Year) <= day ? (In(day.Year), In(day.Year + 1)) : (In(day.Year - 1), In(day.Year));
    }

    private async Task<List<Suggestion>> NamedAsync(List<(Candidate Candidate, int Rank)> some, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"""
            select c.household, c.code, c.version, p.data ->> 'name', (p.data ->> 'erased') is not null, c.hamlet
            from {CaseloadTable.Name} c left join {StoreSchema.Name}.mt_doc_person p on p.id = c.head_id where c.household = any($1)
            """);
        command.Parameters.Add(new() { Value = some.Select(s => s.Candidate.Household).ToArray() });
        var named = new Dictionary<Guid, (string Code, int Version, string? Name, bool Erased, string? Hamlet)>();
        await using (var r = await command.ExecuteReaderAsync(cancellation))
            while (await r.ReadAsync(cancellation)) named[r.GetGuid(0)] = (r.GetString(1), r.GetInt32(2), Text(r, 3), r.GetBoolean(4), Text(r, 5));
        List<Suggestion> suggestions = [];
        foreach (var (c, rank) in some)
            if (named.TryGetValue(c.Household, out var n))
                suggestions.Add(new(
                    c.Household, n.Code, n.Version, n.Name, n.Erased, c.District, c.Unit, n.Hamlet, rank, c.Off.Since, c.Scored.Points,
                    [.. c.Scored.Reasons.Take(MostReasons)], [.. c.Scored.NotRecorded], c.LastVisit, c.PlannedVisit));
        return suggestions;
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Day(NpgsqlDataReader r, int i) => r.IsDBNull(i) ? null : r.GetFieldValue<DateOnly>(i);

    private static string? Text(NpgsqlDataReader r, int i) => r.IsDBNull(i) ? null : r.GetString(i);
}
