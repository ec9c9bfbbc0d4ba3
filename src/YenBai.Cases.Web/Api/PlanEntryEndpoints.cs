using System.Globalization;
using System.Text.Json;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;
using YenBai.Cases.Web.Api.Description;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Api;

/// <summary>Plans as they are entered: in versions, by those who answer for the province.</summary>
public static class PlanEntryEndpoints
{
    public static void MapPlanEntry(this RouteGroupBuilder api)
    {
        api.MapGet("/plan", ListAsync).Needs(Operation.ReadPlan).WithName("plans").Produces<IReadOnlyList<PlanSummaryView>>();
        api.MapGet("/plan/{year:int}", OneAsync).Needs(Operation.ReadPlan).WithName("plan").Produces<PlanVersionView>().ProducesProblem(404);
        api.MapPut("/plan/{year:int}", EnterAsync).Needs(Operation.EnterPlans).WithMetadata(new WritesAttribute(version: true)).WithName("enter-plan").Accepts<PlanDraft>("application/json")
            .Produces<PlanVersionView>().Produces<PlanVersionView>(201).ProducesProblem(400).ProducesProblem(409).ProducesProblem(422).ProducesProblem(428);
        foreach (var locked in new[] { true, false })
            api.MapPost($"/plan/{{year:int}}/{(locked ? "lock" : "unlock")}", (int year, HttpRequest request, PlanShelf shelf, PlaceCatalog places, Problems problems, PlanWords words, CancellationToken cancellation) =>
                    LockAsync(year, locked, request, shelf, places, problems, words, cancellation))
                .Needs(Operation.EnterPlans).WithMetadata(new WritesAttribute(version: true)).WithName(locked ? "lock-plan" : "unlock-plan").Accepts<ReasonBody>("application/json")
                .Produces<PlanVersionView>().ProducesProblem(400).ProducesProblem(409).ProducesProblem(422).ProducesProblem(428);
    }

    private static async Task<IResult> ListAsync(HttpContext http, PlanShelf shelf, Problems problems, PlanWords words, CancellationToken cancellation) =>
        Unknown(http.Request, problems, words)
        ?? TypedResults.Ok((await shelf.HistoriesAsync(cancellation)).Select(h => PlanSummaryView.Of(h.Current!)).ToList());

    private static async Task<IResult> OneAsync(int year, int? version, HttpContext http, PlanShelf shelf, PlaceCatalog places, Problems problems, PlanWords words, CancellationToken cancellation)
    {
        if (Unknown(http.Request, problems, words, "version") is { } unknown) return unknown;
        var history = await shelf.HistoryAsync(year, cancellation);
        if ((version is { } number ? history.Numbered(number) : history.Current) is not { } found)
            return problems.Worded(404, "unknown_plan", version is null || history.Version == 0 ? "year" : "version", words.Problem(new("unknown_plan", null, year)));
        http.Response.Headers.ETag = $"\"{history.Version}\"";
        return TypedResults.Ok(PlanVersionView.Of(found, history, places, http.Actor()));
    }

    private static async Task<IResult> EnterAsync(int year, HttpRequest request, PlanShelf shelf, PlaceCatalog places, Problems problems, PlanWords words, CancellationToken cancellation)
    {
        var (draft, key, problem) = await ReadAsync<PlanDraft>(request, problems, cancellation);
        if (problem is not null) return problem;
        if (year is < PlanEntry.FirstYear or > PlanEntry.LastYear) return problems.Worded(422, "not_a_year", "year", words.Problem(new("not_a_year", "year", year)));
        var (version, missing) = await VersionAsync(request, year, shelf, problems, cancellation);
        if (missing is not null) return missing;
        return await AnswerAsync(year, request, shelf, places, problems, words, async () => (await shelf.EnterAsync(request.HttpContext.Actor(), year, version, draft!, key, cancellation)).FirstOrDefault(), version == 0, cancellation);
    }

    private static async Task<IResult> LockAsync(int year, bool locked, HttpRequest request, PlanShelf shelf, PlaceCatalog places, Problems problems, PlanWords words, CancellationToken cancellation)
    {
        var (body, key, problem) = await ReadAsync<ReasonBody>(request, problems, cancellation);
        if (problem is not null) return problem;
        var (version, missing) = await VersionAsync(request, year, shelf, problems, cancellation);
        if (missing is not null) return missing;
        return await AnswerAsync(year, request, shelf, places, problems, words, () => shelf.LockAsync(request.HttpContext.Actor(), year, version, locked, body!.Reason, key, cancellation), false, cancellation);
    }

    private static async Task<IResult> AnswerAsync(
        int year, HttpRequest request, PlanShelf shelf, PlaceCatalog places, Problems problems, PlanWords words, Func<Task<Refusal?>> act, bool isFirst, CancellationToken cancellation)
    {
        try
        {
            if (await act() is { } refusal) return problems.Worded(422, refusal.Code, refusal.Field, words.Problem(refusal));
            var history = await shelf.HistoryAsync(year, cancellation);
            request.HttpContext.Response.Headers.ETag = $"\"{history.Version}\"";
            var view = PlanVersionView.Of(history.Current!, history, places, request.HttpContext.Actor());
            return isFirst ? TypedResults.Created($"/api/plan/{year.ToString(CultureInfo.InvariantCulture)}", view) : TypedResults.Ok(view);
        }
        catch (PlanChangedException changed)
        {
            return problems.Worded(409, "stale_version", "If-Match", words.Problem(new("stale_version", null, changed.Version)));
        }
    }

    /// <summary>A year without a plan has no version to name.</summary>
    private static async Task<(int Version, IResult? Problem)> VersionAsync(HttpRequest request, int year, PlanShelf shelf, Problems problems, CancellationToken cancellation)
    {
        var text = request.Headers.IfMatch.ToString().Trim().Trim('"');
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)) return (version, null);
        if (text.Length > 0) return (0, problems.Of(400, "version_malformed", "If-Match"));
        return (await shelf.HistoryAsync(year, cancellation)).Versions.All(v => v.Request == Key(request)) ? (0, null) : (0, problems.Of(428, "version_required"));
    }

    private static string? Key(HttpRequest request) => request.Headers["Idempotency-Key"].ToString().Trim() is { Length: > 0 and <= 200 } key ? key : null;

    private static async Task<(T? Body, string Key, IResult? Problem)> ReadAsync<T>(HttpRequest request, Problems problems, CancellationToken cancellation) where T : class
    {
        if (Key(request) is not { } key) return (null, "", problems.Of(400, "idempotency_key_required"));
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, ApiJson.Options, cancellation) is { } body ? (body, key, null) : (null, key, problems.Of(400, "body_malformed"));
        }
        catch (JsonException e)
        {
            var field = e.Path?.TrimStart('$', '.');
            return (null, key, problems.Of(400, "body_malformed", string.IsNullOrEmpty(field) ? null : field));
        }
    }

    private static IResult? Unknown(HttpRequest request, Problems problems, PlanWords words, params string[] known) =>
        request.Query.Keys.FirstOrDefault(k => k != "fresh" && !known.Contains(k, StringComparer.Ordinal)) is { } unknown
            ? problems.Worded(400, "unknown_parameter", unknown, words.Problem(new("unknown_parameter", unknown, unknown, string.Join(", ", known.Append("fresh")))))
            : null;
}

/// <summary>The plan of a year in its newest version, in short.</summary>
public sealed record PlanSummaryView(int Year, int Version, bool Locked, string Number, DateOnly Date, string Standard, DateOnly From, DateOnly Through, int Targets)
{
    public static PlanSummaryView Of(PlanVersion v) => new(v.Year, v.Version, v.Locked, v.Plan.Number, v.Plan.Date, v.Plan.Standard, v.Plan.From, v.Plan.Through, v.Plan.Targets.Count);
}

/// <summary>A version of a plan as it was entered.</summary>
/// <param name="Versions">All of them, oldest first.</param>
/// <param name="SumsDiffer">Where what is stated for a unit is not the sum over its units: a warning, both stand.</param>
public sealed record PlanVersionView(
    int Year, int Version, bool Locked, string Number, DateOnly Date, string Standard, DateOnly From, DateOnly Through, string Source, IReadOnlyList<PlanTargetView> Targets,
    IReadOnlyList<PlanVersionLine> Versions, IReadOnlyList<SumView> SumsDiffer)
{
    public static PlanVersionView Of(PlanVersion v, PlanHistory history, PlaceCatalog places, Actor who) => new(
        v.Year, v.Version, v.Locked, v.Plan.Number, v.Plan.Date, v.Plan.Standard, v.Plan.From, v.Plan.Through, v.Plan.Source,
        [.. v.Plan.Targets.Select(t => new PlanTargetView(t.UnitId, places.Get(t.UnitId)?.Name ?? t.UnitId, t.Measure, t.Comparator, t.Value, t.Upper, t.Head, t.Source))],
        [.. history.Versions.Select(x => new PlanVersionLine(x.Version, x.At, who.SeesStaff() ? x.By : null, x.Locked, x.Reason))],
        [.. StatedAndDerived.Of(v.Plan, places).Where(s => !s.AddsUp).Select(s => new SumView(s.UnitId, s.Measure, s.Stated, s.Derived, s.Difference, s.AddsUp, s.Parts.Count, s.WithoutTarget))]);
}

public sealed record PlanTargetView(string Unit, string UnitName, Measure Measure, Comparator Comparator, decimal Value, decimal? Upper, string Head, string Source);

/// <param name="By">None for readers who learn nothing of staff, and for the version that ships with the program.</param>
public sealed record PlanVersionLine(int Version, DateTimeOffset At, string? By, bool Locked, string? Reason);
