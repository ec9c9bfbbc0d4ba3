using System.Globalization;
using CsvHelper;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Access;
using YenBai.Cases.Disclosure;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Outcomes;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Api;

public sealed record OutcomeParameters(
    [FromQuery(Name = "year")] string? Year, [FromQuery(Name = "place")] string? Place, [FromQuery(Name = "asOf")] string? AsOf, [FromQuery(Name = "knownAt")] string? KnownAt,
    [FromQuery(Name = "position")] string? Position, [FromQuery(Name = "format")] string? Format)
{
    public static readonly IReadOnlyList<string> Names = ["year", "place", "asOf", "knownAt", "position", "format"];
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
        var today = clock.Today();
        var asOf = read.PastDay("asOf", parameters.AsOf, today);
        var day = asOf ?? today;
        var question = new OutcomeQuestion(
            read.Whole("year", parameters.Year, 1990, day.Year), read.Place(parameters.Place, day, places)?.Id, asOf, read.PastInstant("knownAt", parameters.KnownAt, today), read.Position(parameters.Position));
        var asFile = read.Choice("format", parameters.Format, ("json", false), ("csv", true));
        if (read.Problem is { } problem) return problem;
        try
        {
            var view = OutcomesView.Of(await desk.AskAsync(http.Actor(), question, cancellation), texts);
            return asFile ? OutcomesFile.Of(view) : TypedResults.Ok(view);
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

public sealed record OutcomesAsked(int Year, string? Place, DateOnly AsOf, DateTime KnownAt);

public sealed record OutcomesView(OutcomesAsked Query, long Position, string Version, bool Suppressed, IReadOnlyList<OutcomeView> Indicators)
{
    public static OutcomesView Of(OutcomeAnswer answer, IStringLocalizer<DurabilityTexts> texts) => new(
        new(answer.Year, answer.Place, answer.AsOf, ReportParameters.InAddress(answer.KnownAt)), answer.Position, StatisticsVersion.Code, !answer.Identifies,
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

/// <summary>The same figures as a file for a spreadsheet.</summary>
public static class OutcomesFile
{
    private static readonly string[] Columns =
    [
        "year", "place", "as_of", "known_at", "position", "version", "code", "name", "unit", "value", "n", "numerator", "interval_lower", "interval_upper", "bounds_lower", "bounds_upper", "reason", "definition",
    ];

    public static IResult Of(OutcomesView view)
    {
        using var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, CsvWriterOptions.Default with { WriteByteOrderMark = true }, leaveOpen: true))
        {
            csv.WriteRecord(Columns);
            foreach (var i in view.Indicators)
                csv.WriteRecord(
                [
                    Text(view.Query.Year), view.Query.Place ?? "", Text(view.Query.AsOf), view.Query.KnownAt.ToString("O", CultureInfo.InvariantCulture), Text(view.Position), view.Version, Word(i.Code),
                    i.Name, Word(i.Unit), Text(i.Value), Text(i.N), Text(i.Numerator), Text(i.Interval?.Lower), Text(i.Interval?.Upper), Text(i.Bounds?.Lower), Text(i.Bounds?.Upper),
                    i.Reason is { } reason ? Word(reason) : "", i.Definition,
                ]);
        }
        return TypedResults.File(file.ToArray(), "text/csv; charset=utf-8", $"outcomes-{Text(view.Query.Year)}.csv");
    }

    private static string Word<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static string Text(IFormattable? value) => value?.ToString(value is DateOnly ? "yyyy-MM-dd" : null, CultureInfo.InvariantCulture) ?? "";
}
