using YenBai.Cases.Access;
using YenBai.Cases.Calendar;
using YenBai.Cases.Ledger;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;

namespace YenBai.Cases.Movements;

/// <summary>The movements as somebody may know them.</summary>
/// <param name="Position">The sequence of the last fact that was read.</param>
/// <param name="AddsUp">The identity was checked and holds in every row and in the sum.</param>
public sealed record MovementAnswer(
    MovementQuestion Question, DateOnly AsOf, DateTimeOffset KnownAt, int From, int To, long Position, bool Identifies, bool AddsUp, IReadOnlyList<ShownMovement> Rows);

/// <summary>Where movements of the list are asked for.</summary>
public sealed class MovementDesk(LedgerReader ledger, PlaceCatalog places, TimeProvider clock)
{
    /// <exception cref="NotPermittedException">They may ask no such thing.</exception>
    /// <exception cref="UnknownPlaceException">There is no such place, or it is not theirs.</exception>
    public async Task<MovementAnswer> AskAsync(Actor who, MovementQuestion question, CancellationToken cancellation)
    {
        var place = question.Place is { } id ? places.Get(id) ?? throw new UnknownPlaceException() : null;
        var scope = ReportScope.Of(who, Operation.ReadDurability, place, places, clock.Today()) ?? throw new UnknownPlaceException();
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
            var whole = ReportScope.Of(who, Operation.ReadDurability, null, places, clock.Today())!;
            var table = Report(Math.Min(from, MovementQuestion.FirstYear), Math.Max(to, asOf.Year), MovementCut.District, whole.Covers);
            return ([.. Publishable.Rows(table, question.By, place).Where(r => r.Row.Year >= from && r.Row.Year <= to)], table.AddsUp);
        }, cancellation);
        return new(question, asOf, knownAt, from, to, snapshot.Position, scope.Identifies, addsUp, rows);
    }
}
