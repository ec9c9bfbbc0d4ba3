using Marten;
using YenBai.Cases.Access;
using YenBai.Cases.Calendar;
using YenBai.Cases.Import;
using YenBai.Cases.Ledger;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;

namespace YenBai.Cases.Movements;

/// <summary>The movements as somebody may know them.</summary>
/// <param name="Position">The sequence of the last fact that was read.</param>
/// <param name="AddsUp">The identity was checked and holds in every row and in the sum.</param>
public sealed record MovementAnswer(
    MovementQuestion Question, DateOnly AsOf, DateTimeOffset KnownAt, int From, int To, long Position, bool Identifies, bool AddsUp, IReadOnlyList<ShownMovement> Rows);

/// <summary>A household behind a number, with what it did and what it is called today.</summary>
public sealed record HouseholdMoved(Transition Moved, HouseholdBehind Household);

/// <summary>Where movements of the list are asked for.</summary>
public sealed class MovementDesk(LedgerReader ledger, IDocumentStore store, PlanQuery plan, PlaceCatalog places, TimeProvider clock)
{
    /// <exception cref="NotPermittedException">They may ask no such thing.</exception>
    /// <exception cref="UnknownPlaceException">There is no such place, or it is not theirs.</exception>
    public async Task<MovementAnswer> AskAsync(Actor who, MovementQuestion question, CancellationToken cancellation)
    {
        var place = PlaceOf(question);
        var scope = ScopeOf(who, place);
        var snapshot = await ledger.ReadAsync(question.Position, cancellation);
        var (asOf, knownAt) = (question.AsOf ?? clock.Today(), question.KnownAt ?? clock.Now());
        var to = question.To ?? asOf.Year;
        var from = question.From ?? Math.Min(MovementQuestion.FirstYear, to);

        MovementReport Report(int first, int last, MovementCut by, Func<Guid, string, bool> covers) =>
            MovementReport.Of(snapshot, places, first, last, asOf, knownAt, question.Standard, by, covers);
        var (rows, addsUp) = await Task.Run<(IReadOnlyList<ShownMovement>, bool)>(() =>
        {
            if (scope.Identifies)
            {
                var report = Report(from, to, question.By, scope.Covers);
                return ([.. report.Rows.Select(r => new ShownMovement(r))], report.AddsUp);
            }
            // What is withheld is settled once, over all places and years: a part asked for by itself shows what the whole shows.
            var table = Report(Math.Min(from, MovementQuestion.FirstYear), Math.Max(to, asOf.Year), MovementCut.District, ScopeOf(who, null).Covers);
            return ([.. Publishable.Rows(table, question.By, place).Where(r => r.Row.Year >= from && r.Row.Year <= to)], table.AddsUp);
        }, cancellation);
        return new(question, asOf, knownAt, from, to, snapshot.Position, scope.Identifies, addsUp, rows);
    }

    /// <summary>Two years beside each other; for those who may not learn who anybody is, as <see cref="AskAsync"/> shows each.</summary>
    /// <inheritdoc cref="AskAsync"/>
    public async Task<MovementTable> CompareAsync(Actor who, MovementQuestion question, int year, int? beside, CancellationToken cancellation)
    {
        var place = PlaceOf(question);
        var scope = ScopeOf(who, place);
        var snapshot = await ledger.ReadAsync(question.Position, cancellation);
        question = question with { AsOf = question.AsOf ?? clock.Today(), KnownAt = question.KnownAt ?? clock.Now(), Position = snapshot.Position };
        var years = beside is { } second ? new[] { year, second } : [year];
        var totals = await TotalsAsync(cancellation);

        if (!scope.Identifies)
        {
            var answer = await AskAsync(who, question with { From = years.Min(), To = years.Max() }, cancellation);
            return Table(question, place, year, beside, false, [.. answer.Rows.Where(r => years.Contains(r.Row.Year))], answer.AddsUp, null, totals);
        }
        var (asOf, knownAt, named) = (question.AsOf.Value, question.KnownAt.Value, MovementTable.PlacesOn(year, question.AsOf.Value));
        return await Task.Run(() =>
        {
            var reports = years.Select(y => MovementReport.Of(snapshot, places, y, y, asOf, knownAt, question.Standard, question.By, scope.Covers, named)).ToList();
            return Table(
                question, place, year, beside, true, [.. reports.SelectMany(r => r.Rows).Select(r => new ShownMovement(r))], reports.All(r => r.AddsUp),
                question.Standard is null ? StandardChange.Of(snapshot, years, asOf, knownAt, scope.Covers) : null, totals);
        }, cancellation);
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
        MovementQuestion question, Unit? place, int year, int? beside, bool identifies, IReadOnlyList<ShownMovement> rows, bool addsUp, StandardChange? change, ILookup<string, HouseholdTotal> totals)
    {
        var lines = rows.GroupBy(r => r.Row.Unit).ToDictionary(g => g.Key, g => g.ToList());
        var table = new MovementTable(question, year, beside, identifies, [], addsUp, null, change);
        var within = place is null ? null : places.Within(place.Id);

        MovementOfYear Of(string unit, Unit? of, int y)
        {
            var shown = lines.TryGetValue(unit, out var known) && known.FirstOrDefault(r => r.Row.Year == y) is { } row ? row : new ShownMovement(new(unit, of, y, default, 0));
            var (first, last) = (new DateOnly(y, 1, 1), table.Through(y));
            // Of a unit that is only partly in the place, the total is not that of the line.
            var whole = unit == MovementReport.All ? place ?? (places.In(Level.Province, first) is [var only] ? only : null) : of is null || within?.Contains(of.Id) == false ? null : of;
            HouseholdTotal? Total(DateOnly on) => whole is null ? null : totals[whole.Id].LastOrDefault(t => t.On <= on);
            return new(shown, Total(first), Total(last));
        }
        MovementLine Line(string unit)
        {
            var of = lines.TryGetValue(unit, out var known) ? known[0].Row.Place : null;
            return new(unit, of, [.. table.Years.Select(y => Of(unit, of, y))]);
        }
        var parts = lines.Keys.Where(u => u != MovementReport.All)
            // Of a place the parts are shown, not the units that it is a part of.
            .Where(u => place is null || lines[u][0].Row.Place is not { } p || !places.IsWithin(place.Id, p.Id))
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
