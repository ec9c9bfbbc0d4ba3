using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Access;
using YenBai.Cases.Disclosure;
using YenBai.Cases.Durability;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Gate;

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

/// <summary>A request and what answers it.</summary>
internal sealed record DurabilityRequest(
    HttpContext Http, ExitDesk Desk, PlaceCatalog Places, Problems Problems, IStringLocalizer<DurabilityTexts> Texts, TimeProvider Clock, CancellationToken Cancellation)
{
    /// <summary>Rows of changes that are shown; the counts are of all.</summary>
    public const int MostChanges = 200;

    public Task<IResult> AnswerAsync<TGiven>(
        DurabilityParameters parameters, string[] more, Func<ReportParameters, TGiven> given, Func<ExitAnswer, TGiven, Task<IResult>> tell) =>
        ReadAsync(parameters, more, given, async (question, also) =>
        {
            var answer = await Desk.AskAsync(Http.Actor(), question, Cancellation);
            return await tell(answer, also);
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
