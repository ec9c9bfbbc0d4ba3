using System.Text.Json;
using YenBai.Cases.Access;
using YenBai.Cases.Places;
using YenBai.Cases.Web.Api.Description;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Api;

/// <param name="Until">The last day on which it holds.</param>
/// <param name="Reason">None for the evaluator.</param>
public sealed record ReleaseView(
    Guid Id, string Evaluator, string Place, string PlaceName, int CohortFrom, int CohortTo, DateOnly From, DateOnly Until, bool InForce, string? By, string? Reason, DateTimeOffset? RevokedAt,
    string? RevokedBy, string? WhyRevoked)
{
    public static ReleaseView Of(ReleaseLine line, DateTimeOffset now, PlaceCatalog places) => new(
        line.Release.Id, line.Evaluator, line.Release.Place, places.Get(line.Release.Place)?.Name ?? line.Release.Place, line.Release.CohortFrom, line.Release.CohortTo,
        Days.DayOf(line.Release.From), Days.DayOf(line.Release.Until.AddTicks(-1)), line.Release.HoldsAt(now) && line.RevokedAt is null, line.By, line.Reason, line.RevokedAt, line.RevokedBy, line.WhyRevoked);
}

/// <summary>Row-level data released to evaluators: by a manager of the province, for a time, on record.</summary>
public static class ReleaseEndpoints
{
    public static void MapReleases(this RouteGroupBuilder api)
    {
        api.MapGet("/releases", ListAsync).Needs(Operation.ReadReleases).WithName("releases").Produces<IReadOnlyList<ReleaseView>>();
        api.MapPost("/releases", ReleaseAsync).WithMetadata(new WritesAttribute()).Needs(Operation.ReleaseRows).WithName("release-rows").Accepts<ReleaseRequest>("application/json").Produces<ReleaseView>(201).ProducesProblem(422);
        api.MapPost("/releases/{id:guid}/revoke", RevokeAsync).WithMetadata(new WritesAttribute()).Needs(Operation.ReleaseRows).WithName("revoke-release").Accepts<ReasonBody>("application/json").Produces<ReleaseView>().ProducesProblem(422);
    }

    private static async Task<IResult> ListAsync(HttpContext http, ReleaseService service, PlaceCatalog places, TimeProvider clock, CancellationToken cancellation)
    {
        var lines = await service.ListAsync(http.Actor(), cancellation);
        return TypedResults.Ok(lines.Select(l => ReleaseView.Of(l, clock.Now(), places)).ToList());
    }

    private static async Task<IResult> ReleaseAsync(HttpRequest request, ReleaseService service, PlaceCatalog places, TimeProvider clock, Problems problems, CancellationToken cancellation)
    {
        var who = request.HttpContext.Actor();
        var (body, key, problem) = await StaffEndpoints.ReadAsync<ReleaseRequest>(request, problems, cancellation);
        if (problem is not null) return problem;
        var (release, refusal) = await service.ReleaseAsync(who, body!, Ids.Named(StaffMember.IdOf(who.Name), "release " + key), cancellation);
        return refusal is not null ? problems.Of(refusal) : TypedResults.Created("/api/releases", await ViewAsync(who, release!.Id, service, places, clock, cancellation));
    }

    private static async Task<IResult> RevokeAsync(Guid id, HttpRequest request, ReleaseService service, PlaceCatalog places, TimeProvider clock, Problems problems, CancellationToken cancellation)
    {
        var who = request.HttpContext.Actor();
        var (body, _, problem) = await StaffEndpoints.ReadAsync<ReasonBody>(request, problems, cancellation);
        if (problem is not null) return problem;
        return await service.RevokeAsync(who, id, body!.Reason, cancellation) is { } refusal ? problems.Of(refusal) : TypedResults.Ok(await ViewAsync(who, id, service, places, clock, cancellation));
    }

    private static async Task<ReleaseView> ViewAsync(Actor who, Guid id, ReleaseService service, PlaceCatalog places, TimeProvider clock, CancellationToken cancellation) =>
        ReleaseView.Of((await service.ListAsync(who, cancellation)).First(l => l.Release.Id == id), clock.Now(), places);
}
