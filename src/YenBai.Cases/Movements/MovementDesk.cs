using Marten;
using YenBai.Cases.Access;
using YenBai.Cases.Disclosure;
using YenBai.Cases.Ledger;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;

namespace YenBai.Cases.Movements;

/// <summary>The movements as somebody may know them.</summary>
/// <param name="Position">The sequence of the last fact that was read.</param>
/// <param name="AddsUp">The identity was checked and holds in every row and in the sum.</param>
public sealed record MovementAnswer(
    MovementQuestion Question, DateOnly AsOf, DateTimeOffset KnownAt, int From, int To, long Position, bool Identifies, bool AddsUp, IReadOnlyList<MovementRow> Rows);

/// <summary>A household behind a number, with what it did and what it is called today.</summary>
public sealed record HouseholdMoved(Transition Moved, HouseholdBehind Household);

/// <summary>Where movements of the list are asked for.</summary>
public sealed class MovementDesk(LedgerReader ledger, PublishedRegister register, QuestionLog questions, IDocumentStore store, PlanQuery plan, PlaceCatalog places, TimeProvider clock)
{
    /// <exception cref="NotPermittedException">They may ask no such thing.</exception>
    /// <exception cref="UnknownPlaceException">There is no such place, or it is not theirs.</exception>
    /// <exception cref="CutNotPublishedException">They may have it at the published cuts only.</exception>
    public async Task<MovementAnswer> AskAsync(Actor who, MovementQuestion question, CancellationToken cancellation)
    {
        var answer = await AnswerAsync(who, question, cancellation);
        if (!answer.Identifies) await questions.AddAsync(who, $"movement {answer.Question.Words()}", cancellation);
        return answer;
    }

    /// <summary>As <see cref="AskAsync"/>, as a part of a question that is on record already.</summary>
    internal async Task<MovementAnswer> AnswerAsync(Actor who, MovementQuestion question, CancellationToken cancellation)
    {
        var read = await ReadAsync(who, question, cancellation);
        question = read.Question;
        var (asOf, knownAt) = (question.AsOf!.Value, question.KnownAt!.Value);
        var to = question.To ?? asOf.Year;
        // What is not published yet is not answered with a row of zeros, nor with that of an earlier year.
        if (!read.Identifies && question.From > asOf.Year) throw new CutNotPublishedException("from");
        if (!read.Identifies && to > asOf.Year) to = asOf.Year;
        var from = Math.Min(question.From ?? MovementQuestion.FirstYear, to);
        var report = await Task.Run(
            () => MovementReport.Of(read.Ledger, places, from, to, asOf, knownAt, question.Standard, question.By, read.Covers), cancellation);
        return new(question, asOf, knownAt, from, to, read.Position, read.Identifies, report.AddsUp, report.Rows);
    }

    /// <summary>Two years side by side.</summary>
    /// <inheritdoc cref="AskAsync"/>
    public async Task<MovementTable> CompareAsync(Actor who, MovementQuestion question, int year, int? beside, CancellationToken cancellation)
    {
        var read = await ReadAsync(who, question, cancellation);
        question = read.Question with { Position = read.Position };
        var years = beside is { } second ? new[] { year, second } : [year];
        if (!read.Identifies) await questions.AddAsync(who, $"movement {string.Join(',', years)} {read.Question.Words()}", cancellation);
        var totals = await TotalsAsync(cancellation);
        var (asOf, knownAt, named) = (question.AsOf!.Value, question.KnownAt!.Value, MovementTable.PlacesOn(year, question.AsOf.Value));
        return await Task.Run(() =>
        {
            var reports = years.Select(y => MovementReport.Of(read.Ledger, places, y, y, asOf, knownAt, question.Standard, question.By, read.Covers, named)).ToList();
            return Table(
                question, read.Place, year, beside, read.Identifies, [.. reports.SelectMany(r => r.Rows)], reports.All(r => r.AddsUp),
                question.Standard is null ? StandardChange.Of(read.Ledger, years, asOf, knownAt, read.Covers) : null, totals);
        }, cancellation);
    }

    /// <summary>The days that a question is answered for.</summary>
    internal async Task<(DateOnly AsOf, bool Identifies)> SettleAsync(Actor who, MovementQuestion question, CancellationToken cancellation)
    {
        var read = await ReadAsync(who, question, cancellation);
        return (read.Question.AsOf!.Value, read.Identifies);
    }

    /// <summary>A question with its days settled, and the facts that answer it.</summary>
    private sealed record Read(MovementQuestion Question, Unit? Place, LedgerSnapshot Ledger, long Position, bool Identifies, Func<Guid, string, bool> Covers);

    private async Task<Read> ReadAsync(Actor who, MovementQuestion question, CancellationToken cancellation)
    {
        var place = PlaceOf(question);
        var scope = ScopeOf(who, place);
        if (scope.Identifies)
        {
            var whole = await ledger.ReadAsync(question.Position, cancellation);
            return new(question with { AsOf = question.AsOf ?? clock.Today(), KnownAt = question.KnownAt ?? clock.Now() }, place, whole, whole.Position, true, scope.Covers);
        }
        var published = await register.ReadAsync(cancellation);
        PublishedCuts.Require(place);
        if (question.By == MovementCut.Commune) throw new CutNotPublishedException("by");
        var (asOf, knownAt) = PublishedCuts.Of(question.AsOf, question.KnownAt, published.Latest);
        return new(question with { AsOf = asOf, KnownAt = knownAt, Position = null }, place, published.Ledger, published.Position, false, scope.Covers);
    }

    /// <summary>The households behind a number of a table, in the order of their days. None for whom they are not to be known.</summary>
    public async Task<IReadOnlyList<Transition>> BehindAsync(Actor who, MovementTable table, string unit, int year, MovementColumn column, EthnicMark mark, CancellationToken cancellation)
    {
        var question = table.Question;
        var scope = ScopeOf(who, PlaceOf(question));
        if (!scope.Identifies) return [];
        var snapshot = await ledger.ReadAsync(question.Position, cancellation);
        var behind = await Task.Run(() => MovementReport.Behind(
            snapshot, places, year, question.AsOf!.Value, question.KnownAt!.Value, question.Standard, question.By, scope.Covers,
            MovementTable.PlacesOn(table.Year, question.AsOf.Value), unit, column, mark), cancellation);
        return [.. behind.OrderBy(t => t.On).ThenBy(t => t.Household).ThenBy(t => t.Version)];
    }

    /// <summary>What some of them are called, as far as somebody may know. That they were read is on record.</summary>
    /// <param name="question">Which number they are behind.</param>
    public async Task<IReadOnlyList<HouseholdMoved>> TellAsync(Actor who, IReadOnlyList<Transition> moved, Question question, CancellationToken cancellation)
    {
        if (moved.Count == 0) return [];
        var named = await plan.NameAsync(who, [.. moved.Select(t => new Counted(t.Household, t.Version, t.On))], question, cancellation);
        return [.. moved.Zip(named, (t, household) => new HouseholdMoved(t, household))];
    }

    private MovementTable Table(
        MovementQuestion question, Unit? place, int year, int? beside, bool identifies, IReadOnlyList<MovementRow> rows, bool addsUp, StandardChange? change, ILookup<string, HouseholdTotal> totals)
    {
        var lines = rows.GroupBy(r => r.Unit).ToDictionary(g => g.Key, g => g.ToList());
        var table = new MovementTable(question, year, beside, identifies, [], addsUp, null, change);
        var within = place is null ? null : places.Within(place.Id);

        MovementOfYear Of(string unit, Unit? of, int y)
        {
            var row = (lines.TryGetValue(unit, out var known) ? known.FirstOrDefault(r => r.Year == y) : null) ?? new(unit, of, y, default, 0);
            var (first, last) = (new DateOnly(y, 1, 1), table.Through(y));
            // Of a unit that is only partly in the place, the total is not that of the line.
            var whole = unit == MovementReport.All ? place ?? (places.In(Level.Province, first) is [var only] ? only : null) : of is null || within?.Contains(of.Id) == false ? null : of;
            HouseholdTotal? Total(DateOnly on) => whole is null ? null : totals[whole.Id].LastOrDefault(t => t.On <= on);
            return new(row, Total(first), Total(last));
        }
        MovementLine Line(string unit)
        {
            var of = lines.TryGetValue(unit, out var known) ? known[0].Place : null;
            return new(unit, of, [.. table.Years.Select(y => Of(unit, of, y))]);
        }
        var parts = lines.Keys.Where(u => u != MovementReport.All)
            // Of a place the parts are shown, not the units that it is a part of.
            .Where(u => place is null || lines[u][0].Place is not { } p || !places.IsWithin(place.Id, p.Id))
            .OrderBy(u => u == ExitDurability.ExitSpell.Unknown).ThenBy(u => question.By == MovementCut.Area ? -u[0] : 0).ThenBy(u => u, StringComparer.Ordinal).Select(Line).ToList();
        // What is known of nothing finer than the whole is no part of it.
        if (parts is [{ Unit: ExitDurability.ExitSpell.Unknown }]) parts = [];
        return table with { Lines = [Line(MovementReport.All), .. parts], FollowsOn = FollowOn([Line(MovementReport.All), .. parts], year, beside) };
    }

    private static bool? FollowOn(IReadOnlyList<MovementLine> lines, int year, int? beside)
    {
        if (beside is not { } other || Math.Abs(year - other) != 1) return null;
        var (earlier, later) = year < other ? (0, 1) : (1, 0);
        return lines.All(l => l.Years[earlier].Row.Counts.Closing + l.Years[later].Row.ListChange == l.Years[later].Row.Counts.Opening);
    }

    private Unit? PlaceOf(MovementQuestion question) => question.Place is { } id ? places.Get(id) ?? throw new UnknownPlaceException() : null;

    private ReportScope ScopeOf(Actor who, Unit? place) => ReportScope.Of(who, Operation.ReadDurability, place, places, clock.Today()) ?? throw new UnknownPlaceException();

    private async Task<ILookup<string, HouseholdTotal>> TotalsAsync(CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return (await session.Query<UnitTotal>().ToListAsync(cancellation)).Where(t => t.Households > 0).OrderBy(t => t.On).ThenBy(t => t.Id, StringComparer.Ordinal)
            .ToLookup(t => t.UnitId, t => new HouseholdTotal(t.UnitId, t.On, t.Households, t.Source));
    }
}
