using System.Globalization;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Access;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Api;

/// <summary>Plans and how far they have come.</summary>
public static class PlanEndpoints
{
    private static readonly HashSet<string> Parameters = new(StringComparer.Ordinal) { "place", "asOf", "knownAt", "position", "version", "fresh" };

    public static void MapPlan(this RouteGroupBuilder api) =>
        api.MapGet("/plan/{year:int}/progress", ProgressAsync).Needs(Operation.ReadPlan).WithName("plan-progress").Produces<PlanProgressView>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> ProgressAsync(
        int year, string? place, string? asOf, string? knownAt, string? position, int? version, HttpRequest request, PlanShelf shelf, PlanQuery query, PlaceCatalog places,
        Problems problems, IStringLocalizer<PlanTexts> texts, TimeProvider clock, CancellationToken cancellation)
    {
        if (request.Query.Keys.FirstOrDefault(k => !Parameters.Contains(k)) is { } unknown)
            return problems.Worded(400, "unknown_parameter", unknown, texts["refusal.unknown_parameter", unknown, string.Join(", ", Parameters)]);
        if (!QueryValues.TryDay(asOf, out var day)) return problems.Of(400, "unknown_value", "asOf", asOf);
        if (!QueryValues.TryInstant(knownAt, out var known)) return problems.Of(400, "unknown_value", "knownAt", knownAt);
        // What is counted has happened: progress of a day ahead would be today's under a wrong name.
        var today = clock.Today();
        if (day > today) return problems.InFuture("asOf", day.Value, today);
        if (known is { } instant && Days.DayOf(instant) > today) return problems.InFuture("knownAt", Days.DayOf(instant), today);
        if (!QueryValues.TryPosition(position, out var upTo)) return problems.Of(400, "unknown_value", "position", position);

        var history = await shelf.HistoryAsync(year, cancellation);
        if ((version is { } number ? history.Numbered(number) : history.At(known)) is not { Plan: var plan } held)
            return problems.Worded(404, "unknown_plan", "year", texts["refusal.unknown_plan", year.ToString(CultureInfo.InvariantCulture)]);
        Unit? unit = null;
        if (!string.IsNullOrWhiteSpace(place) && (unit = places.Resolve(place, plan.Through)) is null) return problems.Of(400, "unknown_place", "place", place);

        try
        {
            return TypedResults.Ok(PlanProgressView.Of(await query.AskAsync(request.HttpContext.Actor(), plan, new(unit?.Id, day, known, upTo), cancellation), held.Version));
        }
        catch (UnknownPlaceException)
        {
            return problems.Of(400, "unknown_place", "place", place);
        }
    }
}
