using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using YenBai.Cases.Access;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Components.ExitDurability;

/// <summary>The curves as a figure in a file: the same drawing as on the page, with its question, days and source in it.</summary>
public static class DurabilityFigureEndpoint
{
    public const string MediaType = "image/svg+xml";

    public static void MapDurabilityFigure(this RouteGroupBuilder api) =>
        api.MapGet("/durability/figure", ([AsParameters] DurabilityParameters parameters, string? since, string? axis, string? language, [AsParameters] DurabilityRequest asked, StoreKind store, ILoggerFactory logs) =>
                asked.AnswerAsync(parameters, ["since", "axis", "language"],
                    read => (Since: read.PastInstant("since", since, asked.Clock.Today()), Zooms: read.Choice("axis", axis, ("full", false), ("zoom", true)), Language: read.Choice("language", language ?? CultureInfo.CurrentUICulture.Name, ("vi", "vi"), ("en", "en"))),
                    async (answer, given) =>
                    {
                        var changes = given.Since is { } then ? await asked.Desk.ChangesAsync(asked.Http.Actor(), answer, then, 0, asked.Cancellation) : null;
                        var report = new DurabilityReport(answer, ExitCurves.Curves(answer), [], [], null, null, changes, changes is null ? [] : ExitCurves.Curves(changes.Then));
                        // A link from a page keeps the page's language, whatever the browser that follows it asks for.
                        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new(given.Language);
                        var figure = await DrawAsync(report, given.Zooms, await store.IsDemonstrationAsync(), asked.Http.RequestServices, logs);
                        return TypedResults.File(Encoding.UTF8.GetBytes(figure), $"{MediaType}; charset=utf-8", Name(answer));
                    }))
            .Needs(Operation.ReadDurability).WithName("durability-figure").Produces(200, contentType: MediaType).ProducesProblem(400);

    private static async Task<string> DrawAsync(DurabilityReport report, bool zooms, bool demonstration, IServiceProvider services, ILoggerFactory logs)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<ExitFigure>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(ExitFigure.Report)] = report,
            [nameof(ExitFigure.Zooms)] = zooms,
            [nameof(ExitFigure.Demonstration)] = demonstration,
        }))).ToHtmlString().TrimStart());
    }

    private static string Name(ExitAnswer answer) => string.Create(CultureInfo.InvariantCulture, $"do-ben-thoat-ngheo-{answer.AsOf:yyyy-MM-dd}.svg");
}
