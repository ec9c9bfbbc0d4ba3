using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Access;
using YenBai.Cases.Disclosure;
using YenBai.Cases.Durability;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Api;

/// <summary>How long exits last, and for whom.</summary>
public static class DurabilityEndpoints
{
    public static void MapDurability(this RouteGroupBuilder api)
    {
        var durability = api.MapGroup("/durability");
        durability.MapGet("/spells", ([AsParameters] DurabilityParameters parameters, string? format, string? with, string? release, [AsParameters] DurabilityRequest asked, SpellsEndpoint spells) =>
                asked.ReadAsync(parameters, ["format", "with", "release"],
                    read => (Csv: read.Choice("format", format, ("json", false), ("csv", true)), With: read.Words<Grouping>("with", with)),
                    (question, given) => spells.AnswerAsync(asked.Http.Actor(), question, given.Csv, given.With, release, asked.Cancellation)))
            .Needs(Operation.ReadDurability).WithName("durability-spells").Produces<SpellsView>().ProducesProblem(400).ProducesProblem(403);
        Map<CurveView>("curve");
        Map<HazardView>("hazard");
        Map<IncidenceView>("cumulative-incidence");
        Map<LogRankView>("log-rank");

        durability.MapGet("/rmst", ([AsParameters] DurabilityParameters parameters, string? tau, [AsParameters] DurabilityRequest asked) =>
                asked.AnswerAsync(parameters, ["tau"], read => read.Whole("tau", tau, 1, 100_000),
                    (answer, given) => Ok(MeanView.Of(AnswerView.Of(answer), given ?? answer.Question.Horizons[^1], answer))))
            .Needs(Operation.ReadDurability).WithName("durability-rmst").Produces<MeanView>().ProducesProblem(400);

        durability.MapGet("/regression", ([AsParameters] DurabilityParameters parameters, string? model, string? covariates, [AsParameters] DurabilityRequest asked) =>
                asked.AnswerAsync(parameters, ["model", "covariates"],
                    read => (Model: read.Word<RegressionModel>("model", model), Covariates: read.Words<Grouping>("covariates", covariates)),
                    (answer, given) => Ok(RegressionView.Of(AnswerView.Of(answer), ExitComparisons.Regress(answer, given.Model ?? RegressionModel.Logit, given.Covariates)))))
            .Needs(Operation.ReadDurability).WithName("durability-regression").Produces<RegressionView>().ProducesProblem(400);

        durability.MapGet("/table", ([AsParameters] DurabilityParameters parameters, string? format, [AsParameters] DurabilityRequest asked) =>
                asked.AnswerAsync(parameters, ["format"], read => read.Choice("format", format, ("csv", false), ("xlsx", true)),
                    (answer, xlsx) => DurabilityTable.AnswerAsync(AnswerView.Of(answer), answer, xlsx, asked.Texts, asked.Cancellation)))
            .Needs(Operation.ReadDurability).WithName("durability-table").Produces(200, contentType: "text/csv").ProducesProblem(400);

        durability.MapGet("/script", ([AsParameters] DurabilityParameters parameters, string? tau, string? model, string? covariates, [AsParameters] DurabilityRequest asked) =>
                asked.AnswerAsync(parameters, ["tau", "model", "covariates"],
                    read => (Tau: read.Whole("tau", tau, 1, 100_000), Model: read.Word<RegressionModel>("model", model), Covariates: read.Words<Grouping>("covariates", covariates)),
                    (answer, given) => Script(asked, answer, given.Tau, given.Model ?? RegressionModel.Logit, given.Covariates)))
            .Needs(Operation.ReadDurability).WithName("durability-script").Produces(200, contentType: "text/plain").ProducesProblem(400).ProducesProblem(403);

        durability.MapGet("/changes", ([AsParameters] DurabilityParameters parameters, string? since, [AsParameters] DurabilityRequest asked) =>
                asked.AnswerAsync(parameters, ["since"], read => read.PastInstant("since", since, asked.Clock.Today()), (answer, given) => ChangesAsync(asked, answer, given)))
            .Needs(Operation.ReadDurability).WithName("durability-changes").Produces<ChangesView>().ProducesProblem(400);

        void Map<T>(string name) where T : IDurabilityView<T> =>
            durability.MapGet($"/{name}", ([AsParameters] DurabilityParameters parameters, [AsParameters] DurabilityRequest asked) =>
                    asked.AnswerAsync(parameters, [], _ => 0, (answer, _) => Ok(T.Of(AnswerView.Of(answer), answer))))
                .Needs(Operation.ReadDurability).WithName($"durability-{name}").Produces<T>().ProducesProblem(400);
    }

    /// <summary>Row by row, where a household lives and what people it is of would tell who it is.</summary>
    private static Grouping? Withheld(ExitAnswer answer, IEnumerable<Grouping> columns) =>
        answer.Identifies ? null : columns.Cast<Grouping?>().FirstOrDefault(g => g is Grouping.Commune or Grouping.EthnicMinority);

    private static Task<IResult> Script(DurabilityRequest asked, ExitAnswer answer, int? tau, RegressionModel model, IReadOnlyList<Grouping> covariates)
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
    private static async Task<IResult> ChangesAsync(DurabilityRequest asked, ExitAnswer answer, DateTimeOffset? since) =>
        TypedResults.Ok(ChangesView.Of(AnswerView.Of(answer), await asked.Desk.ChangesAsync(asked.Http.Actor(), answer, since ?? answer.KnownAt.AddYears(-1), DurabilityRequest.MostChanges, asked.Cancellation)));

    private static Task<IResult> Ok<T>(T view) => Task.FromResult<IResult>(TypedResults.Ok(view));
}
