using YenBai.Cases.Ledger;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;

namespace YenBai.Cases.Web.Api;

/// <summary>How far a plan has come.</summary>
/// <param name="AsOf">The last day that counts: the plan's last when a later one was asked for.</param>
/// <param name="Position">The newest event that counts.</param>
/// <param name="Version">Of the plan whose targets are shown.</param>
public sealed record PlanProgressView(
    int Year, int Version, string Number, DateOnly Date, string Standard, DateOnly From, DateOnly Through, string Source, string? Place, DateOnly AsOf, DateTimeOffset KnownAt,
    long Position, bool Started, IReadOnlyList<MeasureView> Rows, IReadOnlyList<SumView> Sums, IReadOnlyList<PlanUnitView> Units)
{
    public static PlanProgressView Of(PlanAnswer answer, int version) => new(
        answer.Plan.Year, version, answer.Plan.Number, answer.Plan.Date, answer.Plan.Standard, answer.Plan.From, answer.Plan.Through, answer.Plan.Source, answer.Place,
        answer.Progress.AsOf, answer.Progress.KnownAt, answer.Position, answer.Progress.Started,
        [.. answer.Progress.Rows.Select(MeasureView.Of)],
        [.. answer.Progress.Sums.Select(s => new SumView(s.UnitId, s.Measure, s.Stated, s.Derived, s.Difference, s.AddsUp, s.Parts.Count, s.WithoutTarget))],
        [.. answer.Progress.Layout.Select(u => new PlanUnitView(
            u.Unit.Id, u.Unit.Code, u.Unit.Name, u.Unit.Level, u.ParentId, answer.Progress.Units.FirstOrDefault(a => a.Unit.Id == u.Unit.Id) is { } a ? CountsView.Of(a.InNoChild) : null))]);
}

/// <param name="Reason">Why there is no actual; none where there is one.</param>
/// <param name="Arithmetic">None for those who may not learn who anybody is.</param>
/// <param name="Pipeline">Scored and met over, not decided yet: beside the actual and in no other figure. None where it cannot be told.</param>
public sealed record MeasureView(
    Measure Measure, string Unit, string UnitName, Basis Basis, TargetView? Target, decimal? Actual, Missing? Reason, decimal? Gap, bool? Met, decimal? Remaining,
    ArithmeticView? Arithmetic, int? Pipeline)
{
    public static MeasureView Of(MeasureProgress row) => new(
        row.Measure, row.Unit.Id, row.Unit.Name, row.Basis, row.Target is { } t ? new(t.Comparator, t.Value, t.Upper, t.Head, t.Source) : null,
        row.Actual.Value, row.Actual.Reason, row.Gap, row.Met, row.Remaining, row.Arithmetic is { } a ? ArithmeticView.Of(a) : null, row.Pipeline);
}

/// <param name="Upper">The upper bound of a range; none otherwise.</param>
public sealed record TargetView(Comparator Comparator, decimal Value, decimal? Upper, string Head, string Source);

/// <summary>closing = opening − exits + re-entries + newly poor + other in − other out.</summary>
public sealed record CountsView(
    int Opening, int Exits, int VoluntaryExits, int ExitsNotTold, int Reentries, int ReentriesStandardChange, int ReentriesAfterAbsence, int NewlyPoor,
    int OtherIn, int OtherOut, int MovedIn, int MovedOut, int Closing, bool Balances)
{
    public static CountsView Of(MovementCounts c) => new(
        c.Opening, c.Exits, c.VoluntaryExits, c.ExitsNotTold, c.Reentries, c.ReentriesStandardChange, c.ReentriesAfterAbsence, c.NewlyPoor,
        c.OtherIn, c.OtherOut, c.MovedIn, c.MovedOut, c.Closing, c.Balances);
}

/// <param name="Percent">None without a denominator.</param>
public sealed record RateView(int Households, DateOnly On, long? Of, DateOnly? OfOn, string? OfSource, decimal? Percent)
{
    public static RateView From(PovertyRate r) => new(r.Households, r.On, r.Of?.Households, r.Of?.On, r.Of?.Source, r.Percent);
}

public sealed record ArithmeticView(CountsView Counts, int MeritHouseholds, int MeritNotTold, RateView OpeningRate, RateView ClosingRate)
{
    public static ArithmeticView Of(UnitArithmetic a) =>
        new(CountsView.Of(a.Counts), a.MeritHouseholds, a.MeritNotTold, RateView.From(a.OpeningRate), RateView.From(a.ClosingRate));
}

/// <summary>What the plan states for a unit beside the sum over the units in it. Both stand.</summary>
public sealed record SumView(
    string Unit, Measure Measure, decimal Stated, decimal Derived, decimal Difference, bool AddsUp, int Parts, IReadOnlyList<string> WithoutTarget);

/// <param name="InNoUnitBelow">What belongs to the unit but to none of those listed below it.</param>
public sealed record PlanUnitView(
    string Unit, string Code, string Name, [property: System.Text.Json.Serialization.JsonConverter(typeof(SnakeCase<Level>))] Level Level,
    string? Parent, CountsView? InNoUnitBelow);
