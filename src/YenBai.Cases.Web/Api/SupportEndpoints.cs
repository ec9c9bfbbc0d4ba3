using System.Globalization;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Support;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Api;

/// <param name="Title">Its own words, else those of its kind.</param>
/// <param name="DaysLeft">Until the due day, below zero past it; none when it is settled.</param>
public sealed record ConditionView(
    Guid Id, string Kind, string Title, string? Owner, DateOnly Due, ConditionState State, int? DaysLeft, DateOnly? SettledOn, DateOnly? HandedInOn, Evidence Evidence, AfterMiss AfterMiss);

/// <param name="Household">The household's code.</param>
/// <param name="End">The last day as it looks today: while the support is suspended it moves along.</param>
/// <param name="Amount">VND.</param>
/// <param name="Version">The household's version, for If-Match.</param>
public sealed record SupportView(
    Guid Id, string Household, string? HeadName, string Place, string PlaceName, string Instrument, string InstrumentName, SupportState State, DateOnly Start, DateOnly End,
    int? DaysLeft, DateOnly? EndedOn, decimal Amount, string? Sponsor, IReadOnlyList<Suspension> Suspensions, int Version, IReadOnlyList<ConditionView> Conditions);

/// <param name="N">How many cases it is about.</param>
/// <param name="Percent">Numerator of denominator; none where something is missing.</param>
public sealed record SupportIndicatorView(string Indicator, string Definition, long? N, decimal? Numerator, decimal? Denominator, decimal? Percent, NoFigure? Missing);

/// <param name="Through">What fell due after it is not judged yet.</param>
public sealed record SupportIndicatorsView(string? Place, DateOnly From, DateOnly To, DateOnly Through, IReadOnlyList<SupportIndicatorView> Indicators);

/// <summary>Support agreements with their conditions and clocks.</summary>
public static class SupportEndpoints
{
    public static void MapSupports(this RouteGroupBuilder api)
    {
        api.MapGet("/supports", ListAsync).Needs(Operation.ListSupport).WithName("supports").Produces<IReadOnlyList<SupportView>>().ProducesProblem(400);
        api.MapGet("/supports/indicators", IndicatorsAsync).Needs(Operation.ReadSupport).WithName("support-indicators").Produces<SupportIndicatorsView>().ProducesProblem(400);
    }

    /// <summary>Without a period this year so far.</summary>
    private static async Task<IResult> IndicatorsAsync(
        string? place, string? from, string? to, HttpContext http, SupportIndicators indicators, PlaceCatalog places, IStringLocalizer<SupportScreenTexts> texts, Problems problems,
        TimeProvider clock, CancellationToken cancellation)
    {
        var today = clock.Today();
        string? unit = null;
        if (!string.IsNullOrWhiteSpace(place) && (unit = places.Resolve(place, today)?.Id) is null) return problems.Of(400, "unknown_place", "place", place);
        if (!QueryValues.TryDay(from, out var first)) return problems.Of(400, "unknown_value", "from", from);
        if (!QueryValues.TryDay(to, out var last)) return problems.Of(400, "unknown_value", "to", to);
        var begin = first ?? new DateOnly((last ?? today).Year, 1, 1);
        var end = last ?? (begin.Year < today.Year ? new DateOnly(begin.Year, 12, 31) : today);
        if (end < begin) return problems.Of(400, "unknown_value", "to", to);
        var report = await indicators.AskAsync(http.Actor(), unit, begin, end, cancellation);
        return TypedResults.Ok(new SupportIndicatorsView(report.Place, report.From, report.To, report.Through, [.. report.Figures.Select(f => new SupportIndicatorView(
            Wording.Code(f.Indicator), texts[$"indicator.{Wording.Code(f.Indicator)}.means"], f.N, f.Numerator, f.Denominator, f.Percent, f.Missing))]));
    }

    /// <summary>
    /// Without <c>page</c>, <c>size</c> and <c>cursor</c> the first <see cref="SupportQuery.LargestPage"/>, those that end soonest first. The header
    /// X-Total-Count says how many there are, X-Next-Cursor where to go on: the body is a list and has no place for them.
    /// </summary>
    private static async Task<IResult> ListAsync(
        string? state, int? dueWithin, string? place, string? instrument, string? sponsor, string? household, int? page, int? size, string? cursor,
        HttpContext http, SupportQuery query, PlaceCatalog places, Wording words, Problems problems, TimeProvider clock, CancellationToken cancellation)
    {
        string? unit = null;
        if (!string.IsNullOrWhiteSpace(place) && (unit = places.Resolve(place, clock.Today())?.Id) is null) return problems.Of(400, "unknown_place", "place", place);
        SupportState? wanted = null;
        if (!string.IsNullOrWhiteSpace(state))
        {
            if (!QueryValues.TryEnum<SupportState>(state, out var parsed)) return problems.Of(400, "unknown_value", "state", state);
            wanted = parsed;
        }
        if (dueWithin is < 0 or > 3660) return problems.Of(400, "out_of_range", "dueWithin", 0, 3660);
        if (!string.IsNullOrWhiteSpace(instrument) && Instruments.Find(instrument) is null) return problems.Of(400, "unknown_value", "instrument", instrument);
        if (page is < 1) return problems.Of(400, "out_of_range", "page", 1, int.MaxValue);
        if (size is < 1 or > SupportQuery.LargestPage) return problems.Of(400, "out_of_range", "size", 1, SupportQuery.LargestPage);

        var filter = new SupportFilter(unit, wanted, Given(instrument), Given(sponsor), Given(household), DueWithin: dueWithin);
        if (Paging.Wrong(page, cursor, problems) is { } both) return both;
        ListCursor? after = null;
        if (!string.IsNullOrEmpty(cursor) && (after = SupportQuery.CursorOf(cursor)) is null) return problems.Of(400, "unknown_value", "cursor", cursor);
        var found = Paging.IsByCursor(page, size, cursor)
            ? await query.FromAsync(http.Actor(), filter, after, size ?? SupportQuery.LargestPage, cancellation)
            : await query.PageAsync(http.Actor(), filter, page ?? 1, size ?? SupportQuery.LargestPage, cancellation);
        http.Response.Headers["X-Total-Count"] = found.Total.ToString(CultureInfo.InvariantCulture);
        if (found.Next is { } next) http.Response.Headers["X-Next-Cursor"] = next.ToString();
        return TypedResults.Ok(found.Items.Select(s => new SupportView(
            s.Id, s.Code, s.HeadName, s.Unit, places.Get(s.Unit)?.Name ?? s.Unit, s.Instrument, words.Instrument(s.Instrument), s.State, s.Start, s.End, s.DaysLeft, s.EndedOn,
            s.Amount, s.Sponsor, s.Suspensions, s.HouseholdVersion,
            [.. s.Conditions.Select(c => new ConditionView(c.Id, c.Kind, words.Title(c), c.Owner, c.Due, c.State, c.DaysLeft, c.SettledOn, c.HandedInOn, c.Evidence, c.AfterMiss))])).ToList());
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
