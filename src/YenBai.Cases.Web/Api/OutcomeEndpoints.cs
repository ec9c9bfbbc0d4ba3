using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Access;
using YenBai.Cases.Calendar;
using YenBai.Cases.Outcomes;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;
using YenBai.Cases.Web.Hosting;

namespace YenBai.Cases.Web.Api;

public sealed record OutcomeParameters(
    [FromQuery(Name = "year")] string? Year, [FromQuery(Name = "place")] string? Place, [FromQuery(Name = "asOf")] string? AsOf, [FromQuery(Name = "knownAt")] string? KnownAt,
    [FromQuery(Name = "position")] string? Position)
{
    public static readonly IReadOnlyList<string> Names = ["year", "place", "asOf", "knownAt", "position"];
}

/// <summary>What came of it: the indicators of a year and a place.</summary>
public static class OutcomeEndpoints
{
    public static void MapOutcomes(this RouteGroupBuilder api) =>
        api.MapGet("/outcomes", AskAsync).Needs(Operation.ReadDurability).WithName("outcomes").Produces<OutcomesView>().ProducesProblem(400);

    private static async Task<IResult> AskAsync(
        [AsParameters] OutcomeParameters parameters, HttpContext http, OutcomeDesk desk, PlaceCatalog places, Problems problems, IStringLocalizer<DurabilityTexts> texts,
        TimeProvider clock, CancellationToken cancellation)
    {
        var read = ReportParameters.Of(http.Request, problems, texts, OutcomeParameters.Names);
        var asOf = read.Day("asOf", parameters.AsOf);
        var day = asOf ?? clock.Today();
        var question = new OutcomeQuestion(
            read.Whole("year", parameters.Year, 1990, day.Year), read.Place(parameters.Place, day, places)?.Id, asOf, read.Instant("knownAt", parameters.KnownAt), read.Position(parameters.Position));
        if (read.Problem is { } problem) return problem;
        try
        {
            return TypedResults.Ok(OutcomesView.Of(await desk.AskAsync(http.Actor(), question, cancellation), texts));
        }
        catch (UnknownPlaceException)
        {
            return problems.Of(400, "unknown_place", "place", parameters.Place);
        }
    }
}

public sealed record OutcomesAsked(int Year, string? Place, DateOnly AsOf, DateTime KnownAt);

public sealed record OutcomesView(OutcomesAsked Query, long Position, string Version, bool Suppressed, IReadOnlyList<OutcomeView> Indicators)
{
    public static OutcomesView Of(OutcomeAnswer answer, IStringLocalizer<DurabilityTexts> texts) => new(
        new(answer.Year, answer.Place, answer.AsOf, ReportParameters.InAddress(answer.KnownAt)), answer.Position, AnswerView.Code, !answer.Identifies,
        [.. answer.Outcomes.Select(o => OutcomeView.Of(o, texts))]);
}

/// <param name="Name">For people.</param>
/// <param name="Definition">What is counted and what it is divided by, in words.</param>
public sealed record OutcomeView(
    Indicator Code, string Name, OutcomeUnit Unit, double? Value, long? N, long? Numerator, OutcomeRange? Interval, OutcomeRange? Bounds, string Definition, Lacking? Reason)
{
    public static OutcomeView Of(Outcome o, IStringLocalizer<DurabilityTexts> texts)
    {
        var code = System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(o.Code.ToString());
        return new(o.Code, texts[$"outcome.{code}"], o.Unit, o.Value, o.N, o.Numerator, o.Interval, o.Bounds, texts[$"outcome.{code}.definition"], o.Reason);
    }
}
