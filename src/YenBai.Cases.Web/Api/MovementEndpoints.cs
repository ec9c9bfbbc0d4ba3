using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Access;
using YenBai.Cases.Disclosure;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Households;
using YenBai.Cases.Movements;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;
using YenBai.Cases.Web.Components.Movements;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Api;

/// <summary>Which movements of the list are asked for.</summary>
public sealed record MovementParameters(
    [FromQuery(Name = "standard")] string? Standard, [FromQuery(Name = "from")] string? From, [FromQuery(Name = "to")] string? To, [FromQuery(Name = "by")] string? By,
    [FromQuery(Name = "asOf")] string? AsOf, [FromQuery(Name = "knownAt")] string? KnownAt, [FromQuery(Name = "position")] string? Position, [FromQuery(Name = "place")] string? Place)
{
    public static readonly IReadOnlyList<string> Names = ["standard", "from", "to", "by", "asOf", "knownAt", "position", "place"];

    internal MovementQuestion Read(ReportParameters read, PlaceCatalog places, DateOnly today)
    {
        var asOf = read.PastDay("asOf", AsOf, today);
        return new(
            asOf, read.PastInstant("knownAt", KnownAt, today), read.Position(Position), read.Place(Place, asOf ?? today, places)?.Id,
            read.Choice("standard", Standard, [("", null), .. PovertyStandards.All.Select(s => (s.Code, (string?)s.Code))]),
            read.Whole("from", From, 1990, 2100), read.Whole("to", To, 1990, 2100), read.Word<MovementCut>("by", By) ?? MovementCut.District);
    }
}

/// <summary>How the list of the poor moved.</summary>
public static class MovementEndpoints
{
    public static void MapMovement(this RouteGroupBuilder api)
    {
        api.MapGet("/movement", AskAsync).Needs(Operation.ReadDurability).WithName("movement").Produces<MovementView>().ProducesProblem(400);
    }

    private static async Task<IResult> AskAsync(
        [AsParameters] MovementParameters parameters, HttpContext http, MovementDesk desk, PlaceCatalog places, Problems problems, IStringLocalizer<DurabilityTexts> texts,
        TimeProvider clock, CancellationToken cancellation)
    {
        var read = ReportParameters.Of(http.Request, problems, texts, MovementParameters.Names);
        var question = parameters.Read(read, places, clock.Today());
        if (read.Problem is { } problem) return problem;
        if (question.From > (question.To ?? (question.AsOf ?? clock.Today()).Year)) return problems.Of(400, "unknown_value", "from", parameters.From);
        try
        {
            return TypedResults.Ok(MovementView.Of(await desk.AskAsync(http.Actor(), question, cancellation)));
        }
        catch (UnknownPlaceException)
        {
            return problems.Of(400, "unknown_place", "place", parameters.Place);
        }
        catch (CutNotPublishedException e)
        {
            return problems.Of(400, "cut_not_published", e.Parameter, e.Parameter);
        }
    }
}

/// <param name="Standard">None for the list in force in each year.</param>
public sealed record MovementAsked(DateOnly AsOf, DateTime KnownAt, string? Place, string? Standard, int From, int To, string By);

/// <param name="AddsUp">In every row and in their sum the movements lead from the opening to a closing that was counted household by household.</param>
/// <param name="Suppressed">The figures are those of the published register: rounded to five, as of the end of a year.</param>
public sealed record MovementView(MovementAsked Query, long Position, string Version, bool Suppressed, bool AddsUp, IReadOnlyList<MovementRowView> Rows)
{
    public static MovementView Of(MovementAnswer answer) => new(
        new(answer.AsOf, ReportParameters.InAddress(answer.KnownAt), answer.Question.Place, answer.Question.Standard, answer.From, answer.To, ReportParameters.WordOf(answer.Question.By)),
        answer.Position, StatisticsVersion.Code, !answer.Identifies, answer.AddsUp, [.. answer.Rows.Select(r => MovementRowView.Of(r, answer.Identifies))]);
}

/// <summary>closing = opening − exits + re-entries of the three kinds + newly poor + other in − other out.</summary>
/// <param name="Place">The unit in the place notation, where it is one.</param>
/// <param name="ListChange">By how much the opening is not the closing before, because the list itself was of another standard from then on.</param>
public sealed record MovementRowView(
    string Unit, int Year, int Opening, int Exits, int Reentries, int ReentriesStandardChange, int ReentriesAfterAbsence, int NewlyPoor, int OtherIn, int OtherOut,
    int Closing, int ListChange, int? VoluntaryExits, int? ExitsNotTold, int? MovedIn, int? MovedOut, string? Place, string? Name)
{
    public static MovementRowView Of(MovementRow row, bool identifies)
    {
        var counts = row.Counts;
        int? Detail(int count) => identifies ? count : null;
        return new(
            row.Unit, row.Year, counts.Opening, counts.Exits, counts.Reentries, counts.ReentriesStandardChange, counts.ReentriesAfterAbsence,
            counts.NewlyPoor, counts.OtherIn, counts.OtherOut, counts.Closing, row.ListChange,
            Detail(counts.VoluntaryExits), Detail(counts.ExitsNotTold), Detail(counts.MovedIn), Detail(counts.MovedOut), row.Place?.Id, row.Place?.ShortName);
    }
}
