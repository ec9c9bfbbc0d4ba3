using Microsoft.Extensions.Localization;
using YenBai.Cases.Access;
using YenBai.Cases.Disclosure;
using YenBai.Cases.Movements;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Movements;

/// <summary>The table of the page as a file under the API's address.</summary>
public static class MovementFileEndpoint
{
    public static void MapMovementFile(this RouteGroupBuilder api) =>
        api.MapGet("/movement/file", FileAsync).WithMetadata(new ReadsQueryAttribute([.. MovementPageView.Names])).Needs(Operation.ReadDurability).WithTags("MovementEndpoints").WithName("movement-file").Produces(200, contentType: "text/csv").ProducesProblem(400);

    /// <summary>The table of the page as a file: the same parameters, and the same to the same reader.</summary>
    private static async Task<IResult> FileAsync(
        string? format, HttpContext http, MovementDesk desk, MovementFile file, PlaceCatalog places, Problems problems, IStringLocalizer<DurabilityTexts> durability,
        IStringLocalizer<MovementTexts> texts, TimeProvider clock, CancellationToken cancellation)
    {
        var read = ReportParameters.Of(http.Request, problems, durability, ["format", .. MovementPageView.Names]);
        var asXlsx = read.Choice("format", format, ("csv", false), ("xlsx", true));
        if (read.Problem is { } problem) return problem;
        var today = clock.Today();
        read.PastDay("asOf", http.Request.Query["asOf"], today);
        read.PastInstant("knownAt", http.Request.Query["knownAt"], today);
        if (read.Problem is { } ahead) return ahead;
        var (view, unread) = MovementPageView.Of(http.Request.Query, places, today);
        foreach (var (name, value) in unread) return problems.Of(400, name == "place" ? "unknown_place" : "unknown_value", name, value);
        view = view.Settled(places, clock.Today());
        try
        {
            var table = await desk.CompareAsync(http.Actor(), view.Question(), view.Year!.Value, view.Beside, cancellation);
            var address = $"{http.RequestServices.GetRequiredService<PublicAddress>().Value}{view.Permanent(table.Question, clock.Today()).Url()}";
            var name = $"{texts["file.name"]}-{MovementWords.Year(table.Year)}";
            return asXlsx
                ? TypedResults.File(file.Xlsx(table, view, address), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"{name}.xlsx")
                : TypedResults.File(file.Csv(table, view, address), "text/csv; charset=utf-8", $"{name}.csv");
        }
        catch (UnknownPlaceException)
        {
            return problems.Of(400, "unknown_place", "place", view.Place);
        }
        catch (CutNotPublishedException e)
        {
            return problems.Of(400, "cut_not_published", e.Parameter, e.Parameter);
        }
    }
}
