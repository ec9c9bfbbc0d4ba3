using System.Globalization;
using System.Text.Json;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;
using YenBai.Cases.Web.Api.Description;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;
using YenBai.Cases.WhatIf;

namespace YenBai.Cases.Web.Api;

/// <summary>The standards, what they make of points and answers, and what another one would have made of the households.</summary>
public static class StandardEndpoints
{
    private static readonly string[] OfStandards = ["knownAt", "fresh"], OfClassify = ["standard", "area", "scoreA", "scoreB"], OfWhatIf = ["standard", "place", "on", "knownAt", "fresh"];

    public static void MapStandards(this RouteGroupBuilder api)
    {
        api.MapGet("/standards", AllAsync).Needs(Operation.ReadStandards).Produces<IReadOnlyList<StandardView>>().ProducesProblem(400);
        api.MapGet("/standards/{standard}", OneAsync).Needs(Operation.ReadStandards).Produces<StandardView>().ProducesProblem(400).ProducesProblem(404);
        api.MapPost("/standards/{standard}/corrections", CorrectAsync).WithMetadata(new WritesAttribute(version: true)).Needs(Operation.CorrectStandards).Accepts<ValueCorrection>("application/json")
            .Produces<StandardView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).ProducesProblem(428);
        api.MapGet("/classify", ClassifyAsync).Needs(Operation.ReadStandards).Produces<ClassifiedView>().ProducesProblem(400);
        api.MapPost("/classify", ClassifyAnswersAsync).Needs(Operation.ReadStandards).Accepts<ClassifyBody>("application/json").Produces<AnswersClassifiedView>().ProducesProblem(400);
        api.MapGet("/what-if", WhatIfAsync).Needs(Operation.AskWhatIf).Produces<WhatIfView>().ProducesProblem(400);
    }

    private static async Task<IResult> AllAsync(string? knownAt, HttpContext http, StandardShelf shelf, Problems problems, StandardWords words, CancellationToken cancellation)
    {
        if (Unknown(http.Request, OfStandards, problems, words) is { } unknown) return unknown;
        if (!QueryValues.TryInstant(knownAt, out var known)) return problems.Of(400, "unknown_value", "knownAt", knownAt);
        var book = await shelf.BookAsync(known, cancellation);
        var (corrections, tables) = (await shelf.CorrectionsAsync(null, cancellation), await shelf.PointTablesAsync(cancellation));
        return TypedResults.Ok(book.All.Select(r => StandardView.Of(r, corrections, tables, http.Actor())).ToList());
    }

    private static async Task<IResult> OneAsync(string standard, string? knownAt, HttpContext http, StandardShelf shelf, Problems problems, StandardWords words, CancellationToken cancellation)
    {
        if (Unknown(http.Request, OfStandards, problems, words) is { } unknown) return unknown;
        if (!QueryValues.TryInstant(knownAt, out var known)) return problems.Of(400, "unknown_value", "knownAt", knownAt);
        return (await shelf.BookAsync(known, cancellation)).Find(standard) is { } rules
            ? TypedResults.Ok(StandardView.Of(rules, await shelf.CorrectionsAsync(standard, cancellation), await shelf.PointTablesAsync(cancellation), http.Actor()))
            : problems.Of(404, "unknown_standard", "standard", standard);
    }

    private static async Task<IResult> CorrectAsync(string standard, HttpRequest request, StandardShelf shelf, Problems problems, StandardWords words, CancellationToken cancellation)
    {
        if (request.Headers["Idempotency-Key"].ToString().Trim() is not { Length: > 0 and <= 200 } key) return problems.Of(400, "idempotency_key_required");
        if (!int.TryParse(request.Headers.IfMatch.ToString().Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return request.Headers.IfMatch.Count == 0 ? problems.Of(428, "version_required") : problems.Of(400, "version_malformed", "If-Match");
        var (body, problem) = await ReadAsync<ValueCorrection>(request, problems, cancellation);
        if (body is null) return problem!;
        if (PovertyStandards.Find(standard) is null) return problems.Of(404, "unknown_standard", "standard", standard);
        try
        {
            var who = request.HttpContext.Actor();
            if (await shelf.CorrectAsync(who, standard, version, body, key, cancellation) is { } refusal) return problems.Worded(422, refusal.Code, refusal.Field, words.Problem(refusal));
            var rules = (await shelf.BookAsync(null, cancellation)).Find(standard)!;
            request.HttpContext.Response.Headers.ETag = $"\"{rules.Version}\"";
            return TypedResults.Ok(StandardView.Of(rules, await shelf.CorrectionsAsync(standard, cancellation), await shelf.PointTablesAsync(cancellation), who));
        }
        catch (StandardChangedException changed)
        {
            return problems.Worded(409, "stale_version", "If-Match", words.Problem(new("stale_version", null, changed.Version)));
        }
    }

    private static async Task<IResult> ClassifyAsync(
        string? standard, string? area, string? scoreA, string? scoreB, HttpRequest request, StandardShelf shelf, Problems problems, StandardWords words, CancellationToken cancellation)
    {
        if (Unknown(request, OfClassify, problems, words) is { } unknown) return unknown;
        if (!QueryValues.TryPoints(scoreA, out var a)) return problems.Of(400, "unknown_value", "scoreA", scoreA);
        if (!QueryValues.TryPoints(scoreB, out var b)) return problems.Of(400, "unknown_value", "scoreB", scoreB);
        var (rules, where, problem) = await UnderAsync(standard, area, shelf, problems, cancellation);
        if (rules is null) return problem!;
        var proposal = Classification.Propose(rules, where, a, b);
        return proposal.Problem is { } refusal
            ? problems.Worded(400, refusal.Code, refusal.Field, words.Problem(refusal))
            : TypedResults.Ok(new ClassifiedView(proposal.Class!.Value, [.. proposal.Reasoning.Select(words.Say)]));
    }

    private static async Task<IResult> ClassifyAnswersAsync(HttpRequest request, StandardShelf shelf, Problems problems, StandardWords words, CancellationToken cancellation)
    {
        var (body, unreadable) = await ReadAsync<ClassifyBody>(request, problems, cancellation);
        if (body is null) return unreadable!;
        var (rules, where, problem) = await UnderAsync(body.Standard, body.Area, shelf, problems, cancellation);
        if (rules is null) return problem!;
        PointTable? table = null;
        if (body.Answers is { Count: > 0 })
        {
            if (string.IsNullOrWhiteSpace(body.Form)) return problems.Of(400, "required", "form");
            table = await shelf.PointTableAsync(rules.Code, body.Form, cancellation);
            if (table is null) return problems.Worded(400, "no_point_table", "form", words.Problem(new("no_point_table", "form", body.Form)));
        }
        var proposal = Classification.Propose(rules, where, new FormAnswers(body.ScoreA, body.ScoreB, body.Deprivations, body.Answers), table);
        return proposal.Problem is { } refusal
            ? problems.Worded(400, refusal.Code, refusal.Field, words.Problem(refusal))
            : TypedResults.Ok(new AnswersClassifiedView(proposal.Class!.Value, [.. proposal.Reasoning.Select(words.Say)], proposal.ScoreA, proposal.ScoreB));
    }

    private static async Task<IResult> WhatIfAsync(
        string? standard, string? place, string? on, string? knownAt, HttpContext http, WhatIfQuery query, PlaceCatalog places, Problems problems, StandardWords words, TimeProvider clock,
        CancellationToken cancellation)
    {
        if (Unknown(http.Request, OfWhatIf, problems, words) is { } unknown) return unknown;
        if (string.IsNullOrWhiteSpace(standard)) return problems.Of(400, "required", "standard");
        if (!QueryValues.TryDay(on, out var day)) return problems.Of(400, "unknown_value", "on", on);
        if (!QueryValues.TryInstant(knownAt, out var known)) return problems.Of(400, "unknown_value", "knownAt", knownAt);
        Unit? unit = null;
        if (!string.IsNullOrWhiteSpace(place) && (unit = places.Resolve(place, day ?? clock.Today())) is null) return problems.Of(400, "unknown_place", "place", place);
        if (await query.AskAsync(http.Actor(), new(standard, unit?.Id, day ?? clock.Today(), known), cancellation) is not { } answer)
            return problems.Of(400, "unknown_standard", "standard", standard);
        return TypedResults.Ok(new WhatIfView(
            answer.Standard.Code, answer.Standard.Version, answer.InForce.Code, answer.Place, answer.On, answer.KnownAt, answer.Considered, answer.NotAssessed, answer.NotEnough, answer.Switches.Count(s => !s.Again.Complete),
            [.. answer.Switches.Select(s => new SwitchView(
                s.Household, s.HeadName, s.Place, places.Get(s.Place)?.Name ?? s.Place, s.From, s.To, s.Assessed.On, s.Assessed.Standard, s.Again.Complete,
                [.. s.Again.Proposal.Reasoning.Select(words.Say)]))]));
    }

    private static async Task<(StandardRules? Rules, Area Area, IResult? Problem)> UnderAsync(
        string? standard, string? area, StandardShelf shelf, Problems problems, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(standard)) return (null, default, problems.Of(400, "required", "standard"));
        if (string.IsNullOrWhiteSpace(area)) return (null, default, problems.Of(400, "required", "area"));
        if (!QueryValues.TryEnum<Area>(area, out var where)) return (null, default, problems.Of(400, "unknown_value", "area", area));
        return (await shelf.BookAsync(null, cancellation)).Find(standard) is { } rules ? (rules, where, null) : (null, default, problems.Of(400, "unknown_standard", "standard", standard));
    }

    private static IResult? Unknown(HttpRequest request, string[] known, Problems problems, StandardWords words) =>
        request.Query.Keys.FirstOrDefault(k => !known.Contains(k, StringComparer.Ordinal)) is { } unknown
            ? problems.Worded(400, "unknown_parameter", unknown, words.Problem(new("unknown_parameter", unknown, unknown, string.Join(", ", known))))
            : null;

    private static async Task<(T? Body, IResult? Problem)> ReadAsync<T>(HttpRequest request, Problems problems, CancellationToken cancellation) where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, ApiJson.Options, cancellation) is { } body ? (body, null) : (null, problems.Of(400, "body_malformed"));
        }
        catch (JsonException e)
        {
            var field = e.Path?.TrimStart('$', '.');
            return (null, problems.Of(400, "body_malformed", string.IsNullOrEmpty(field) ? null : field));
        }
    }
}
