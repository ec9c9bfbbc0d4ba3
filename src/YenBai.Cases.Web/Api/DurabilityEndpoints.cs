using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Access;
using YenBai.Cases.Disclosure;
using YenBai.Cases.Durability;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;
using YenBai.Cases.Web.Hosting;

namespace YenBai.Cases.Web.Api;

/// <summary>What all questions about the durability of exits have in common.</summary>
public sealed record DurabilityParameters(
    [FromQuery(Name = "asOf")] string? AsOf, [FromQuery(Name = "knownAt")] string? KnownAt, [FromQuery(Name = "position")] string? Position,
    [FromQuery(Name = "groupBy")] string? GroupBy, [FromQuery(Name = "strata")] string? Strata,
    [FromQuery(Name = "cohortFrom")] string? CohortFrom, [FromQuery(Name = "cohortTo")] string? CohortTo, [FromQuery(Name = "place")] string? Place,
    [FromQuery(Name = "scope")] string? Scope, [FromQuery(Name = "depth")] string? Depth, [FromQuery(Name = "censoring")] string? Censoring,
    [FromQuery(Name = "standardChange")] string? StandardChange, [FromQuery(Name = "moveOut")] string? MoveOut, [FromQuery(Name = "interval")] string? Interval,
    [FromQuery(Name = "variance")] string? Variance, [FromQuery(Name = "level")] string? Level, [FromQuery(Name = "timeScale")] string? TimeScale)
{
    public static readonly IReadOnlyList<string> Names =
    [
        "asOf", "knownAt", "position", "groupBy", "strata", "cohortFrom", "cohortTo", "place", "scope", "depth", "censoring", "standardChange", "moveOut", "interval",
        "variance", "level", "timeScale",
    ];

    internal ExitQuestion Read(ReportParameters read, PlaceCatalog places, DateOnly today)
    {
        var asOf = read.PastDay("asOf", AsOf, today);
        return new(
            asOf, read.PastInstant("knownAt", KnownAt, today), read.Position(Position), read.Place(Place, asOf ?? today, places)?.Id,
            read.Whole("cohortFrom", CohortFrom, 1900, 2200), read.Whole("cohortTo", CohortTo, 1900, 2200), read.Word<Grouping>("groupBy", GroupBy),
            read.Choice("scope", Scope, ("all", SpellScope.All), ("first", SpellScope.First)),
            read.Choice("depth", Depth, ("strict", ReturnDepth.Strict), ("broad", ReturnDepth.Broad)),
            read.Choice("censoring", Censoring, ("lastConfirmed", CensoringRule.LastConfirmed), ("asOf", CensoringRule.AsOf)),
            read.Choice("standardChange", StandardChange, ("censor", StandardChangeRule.Censor), ("event", StandardChangeRule.Event)),
            read.Choice("moveOut", MoveOut, ("compete", Durability.MoveOut.Compete), ("censor", Durability.MoveOut.Censor)),
            read.Choice("interval", Interval, ("logLog", IntervalKind.LogLog), ("log", IntervalKind.Log), ("plain", IntervalKind.Plain)),
            read.Choice("variance", Variance, ("cluster", VarianceKind.ClusterRobust), ("greenwood", VarianceKind.Greenwood)),
            read.Share("level", Level, 0.95),
            read.Choice("timeScale", TimeScale, ("days", ExitDurability.TimeScale.Days), ("reviews", ExitDurability.TimeScale.Reviews)))
        { Strata = read.Words<Grouping>("strata", Strata) };
    }
}

/// <summary>How long exits last, and for whom.</summary>
public static class DurabilityEndpoints
{
    public static void MapDurability(this RouteGroupBuilder api)
    {
        var durability = api.MapGroup("/durability");
        durability.MapGet("/spells", ([AsParameters] DurabilityParameters parameters, string? format, string? with, string? release, [AsParameters] Asked asked, SpellsEndpoint spells) =>
                asked.ReadAsync(parameters, ["format", "with", "release"],
                    read => (Csv: read.Choice("format", format, ("json", false), ("csv", true)), With: read.Words<Grouping>("with", with)),
                    (question, given) => spells.AnswerAsync(asked.Http.Actor(), question, given.Csv, given.With, release, asked.Cancellation)))
            .Needs(Operation.ReadDurability).WithName("durability-spells").Produces<SpellsView>().ProducesProblem(400).ProducesProblem(403);
        Map<CurveView>("curve");
        Map<HazardView>("hazard");
        Map<IncidenceView>("cumulative-incidence");
        Map<LogRankView>("log-rank");

        durability.MapGet("/rmst", ([AsParameters] DurabilityParameters parameters, string? tau, [AsParameters] Asked asked) =>
                asked.AnswerAsync(parameters, ["tau"], read => read.Whole("tau", tau, 1, 100_000),
                    (answer, given, view) => Ok(MeanView.Of(view, given ?? answer.Question.Horizons[^1], answer))))
            .Needs(Operation.ReadDurability).WithName("durability-rmst").Produces<MeanView>().ProducesProblem(400);

        durability.MapGet("/regression", ([AsParameters] DurabilityParameters parameters, string? model, string? covariates, [AsParameters] Asked asked) =>
                asked.AnswerAsync(parameters, ["model", "covariates"],
                    read => (Model: read.Word<RegressionModel>("model", model), Covariates: read.Words<Grouping>("covariates", covariates)),
                    (answer, given, view) => Ok(RegressionView.Of(view, ExitComparisons.Regress(answer, given.Model ?? RegressionModel.Logit, given.Covariates)))))
            .Needs(Operation.ReadDurability).WithName("durability-regression").Produces<RegressionView>().ProducesProblem(400);

        durability.MapGet("/table", ([AsParameters] DurabilityParameters parameters, string? format, [AsParameters] Asked asked) =>
                asked.AnswerAsync(parameters, ["format"], read => read.Choice("format", format, ("csv", false), ("xlsx", true)),
                    (answer, xlsx, view) => DurabilityTable.AnswerAsync(view, answer, xlsx, asked.Texts, asked.Cancellation)))
            .Needs(Operation.ReadDurability).WithName("durability-table").Produces(200, contentType: "text/csv").ProducesProblem(400);

        durability.MapGet("/script", ([AsParameters] DurabilityParameters parameters, string? tau, string? model, string? covariates, [AsParameters] Asked asked) =>
                asked.AnswerAsync(parameters, ["tau", "model", "covariates"],
                    read => (Tau: read.Whole("tau", tau, 1, 100_000), Model: read.Word<RegressionModel>("model", model), Covariates: read.Words<Grouping>("covariates", covariates)),
                    (answer, given, _) => Script(asked, answer, given.Tau, given.Model ?? RegressionModel.Logit, given.Covariates)))
            .Needs(Operation.ReadDurability).WithName("durability-script").Produces(200, contentType: "text/plain").ProducesProblem(400).ProducesProblem(403);

        durability.MapGet("/changes", ([AsParameters] DurabilityParameters parameters, string? since, [AsParameters] Asked asked) =>
                asked.AnswerAsync(parameters, ["since"], read => read.PastInstant("since", since, asked.Clock.Today()), (answer, given, view) => ChangesAsync(asked, answer, given, view)))
            .Needs(Operation.ReadDurability).WithName("durability-changes").Produces<ChangesView>().ProducesProblem(400);

        void Map<T>(string name) where T : IDurabilityView<T> =>
            durability.MapGet($"/{name}", ([AsParameters] DurabilityParameters parameters, [AsParameters] Asked asked) =>
                    asked.AnswerAsync(parameters, [], _ => 0, (answer, _, view) => Ok(T.Of(view, answer))))
                .Needs(Operation.ReadDurability).WithName($"durability-{name}").Produces<T>().ProducesProblem(400);
    }

    /// <summary>A request and what answers it.</summary>
    internal sealed record Asked(
        HttpContext Http, ExitDesk Desk, PlaceCatalog Places, Problems Problems, IStringLocalizer<DurabilityTexts> Texts, TimeProvider Clock, CancellationToken Cancellation)
    {
        public Task<IResult> AnswerAsync<TGiven>(
            DurabilityParameters parameters, string[] more, Func<ReportParameters, TGiven> given, Func<ExitAnswer, TGiven, AnswerView, Task<IResult>> tell) =>
            ReadAsync(parameters, more, given, async (question, also) =>
            {
                var answer = await Desk.AskAsync(Http.Actor(), question, Cancellation);
                return await tell(answer, also, AnswerView.Of(answer));
            });

        public async Task<IResult> ReadAsync<TGiven>(
            DurabilityParameters parameters, string[] more, Func<ReportParameters, TGiven> given, Func<ExitQuestion, TGiven, Task<IResult>> answer)
        {
            var read = ReportParameters.Of(Http.Request, Problems, Texts, [.. DurabilityParameters.Names, .. more]);
            var question = parameters.Read(read, Places, Clock.Today());
            var also = given(read);
            if (read.Problem is { } problem) return problem;
            try
            {
                return await answer(question, also);
            }
            catch (UnknownPlaceException)
            {
                return Problems.Of(400, "unknown_place", "place", parameters.Place);
            }
            catch (CutNotPublishedException e)
            {
                return Problems.Of(400, "cut_not_published", e.Parameter, e.Parameter);
            }
        }
    }

    /// <summary>Row by row, where a household lives and what people it is of would tell who it is.</summary>
    private static Grouping? Withheld(ExitAnswer answer, IEnumerable<Grouping> columns) =>
        answer.Identifies ? null : columns.Cast<Grouping?>().FirstOrDefault(g => g is Grouping.Commune or Grouping.EthnicMinority);

    private static Task<IResult> Script(Asked asked, ExitAnswer answer, int? tau, RegressionModel model, IReadOnlyList<Grouping> covariates)
    {
        var used = answer.Question.Strata.Concat(covariates).Concat(answer.Question.GroupBy is { } by ? [by] : []).Where(g => !SpellRow.HasColumn(g)).Distinct().ToList();
        if (Withheld(answer, used) is { } withheld) return Task.FromResult<IResult>(asked.Problems.Of(403, "column_withheld", "groupBy", ReportParameters.WordOf(withheld)));
        var link = DurabilityQuery.Of(answer).Link(answer.Position).Add("format", "csv");
        if (used.Count > 0) link = link.Add("with", string.Join(',', used.Select(ReportParameters.WordOf)));
        var spells = $"{asked.Http.RequestServices.GetRequiredService<PublicAddress>().Value}/api/durability/spells{link}";
        return Task.FromResult<IResult>(TypedResults.File(
            System.Text.Encoding.UTF8.GetBytes(DurabilityScript.Of(answer, spells, tau ?? answer.Question.Horizons[^1], model, covariates)), "text/plain; charset=utf-8", "exit-durability.R"));
    }

    /// <summary>Asked for no other day, it is what became known in the year before.</summary>
    private static async Task<IResult> ChangesAsync(Asked asked, ExitAnswer answer, DateTimeOffset? since, AnswerView view) =>
        TypedResults.Ok(ChangesView.Of(view, await asked.Desk.ChangesAsync(asked.Http.Actor(), answer, since ?? answer.KnownAt.AddYears(-1), ChangesView.Most, asked.Cancellation)));

    private static Task<IResult> Ok<T>(T view) => Task.FromResult<IResult>(TypedResults.Ok(view));
}
