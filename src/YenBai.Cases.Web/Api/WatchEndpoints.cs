using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Watch;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Api;

/// <summary>Which households off the list to go and see first.</summary>
public static class WatchEndpoints
{
    public static void MapWatch(this RouteGroupBuilder api) =>
        api.MapGet("/watch", AskAsync).Needs(Operation.WatchReentry).WithName("watch").Produces<WatchView>().ProducesProblem(400);

    private static async Task<IResult> AskAsync(
        string? place, int? perDistrict, int? page, int? size, string? cursor, HttpContext http, WatchQuery query, PlaceCatalog places, Problems problems, Wording words, TimeProvider clock, CancellationToken cancellation)
    {
        string? unit = null;
        if (!string.IsNullOrWhiteSpace(place) && (unit = places.Resolve(place, clock.Today())?.Id) is null) return problems.Of(400, "unknown_place", "place", place);
        if (perDistrict is < 1 or > WatchQuery.MostPerDistrict) return problems.Of(400, "out_of_range", "perDistrict", 1, WatchQuery.MostPerDistrict);
        if (page is < 1) return problems.Of(400, "out_of_range", "page", 1, int.MaxValue);
        if (size is < 1 or > WatchQuery.LargestPage) return problems.Of(400, "out_of_range", "size", 1, WatchQuery.LargestPage);
        if (Paging.Wrong(page, cursor, problems) is { } both) return both;
        Guid? after = null;
        if (!string.IsNullOrEmpty(cursor))
        {
            if (!Guid.TryParse(ListCursor.Parse(cursor, 1)?.Keys[0], out var last)) return problems.Of(400, "unknown_value", "cursor", cursor);
            after = last;
        }
        var answer = await query.AskAsync(
            http.Actor(), new(unit, perDistrict ?? WatchQuery.DefaultPerDistrict, page ?? 1, size ?? 50, Paging.IsByCursor(page, size, cursor), after), cancellation);
        return TypedResults.Ok(WatchView.Of(answer, places, words));
    }
}

/// <param name="Applies">To how many households it applies.</param>
/// <param name="NotRecorded">Of how many nobody recorded what it asks for; it gives them no points.</param>
public sealed record WatchRuleView(WatchRule Rule, int Points, string Source, int Applies, int DoesNot, int NotRecorded);

public sealed record WatchDistrictView(string? District, string? Name, int Scored, int Suggested);

public sealed record WatchReasonView(WatchRule Rule, int Points);

/// <param name="District">The old district; none where the commune straddles several.</param>
/// <param name="Rank">Within the district.</param>
public sealed record WatchedView(
    string Household, int Version, string? HeadName, string? District, string Place, string PlaceName, string? Hamlet, int Rank, DateOnly Since, int Points,
    IReadOnlyList<WatchReasonView> Reasons, IReadOnlyList<WatchRule> NotRecorded, DateOnly? LastVisit, DateOnly? PlannedVisit);

/// <param name="Basis">What the points are: an opinion held before there are data.</param>
/// <param name="Until">The next review, at which the points expire.</param>
public sealed record WatchView(
    DateOnly Day, DateOnly Until, string Basis, string Rules, int PerDistrict, int Scored, int Restricted, IReadOnlyDictionary<DeclineGround, int> Declined,
    IReadOnlyList<WatchRuleView> Inputs, IReadOnlyList<WatchDistrictView> Districts, int Total, IReadOnlyList<WatchedView> Items, string? Next)
{
    public static WatchView Of(WatchAnswer answer, PlaceCatalog places, Wording words) => new(
        answer.Day, answer.Until, "prior_opinion", answer.Rules, answer.PerDistrict, answer.Scored, answer.Restricted, answer.Declined,
        [.. answer.Inputs.Select(i => new WatchRuleView(i.Rule.Rule, i.Rule.Points, i.Rule.Source, i.Yes, i.No, i.NotRecorded))],
        [.. answer.Districts.Select(d => new WatchDistrictView(d.District, d.District is { } id ? places.Get(id)?.Name : null, d.Scored, d.Suggested))],
        answer.Total,
        [.. answer.Items.Select(i => new WatchedView(
            i.Code, i.Version, i.HeadName, i.District, i.Unit, words.PlaceInFull(i.Unit), i.Hamlet, i.Rank, i.Since, i.Points,
            [.. i.Reasons.Select(r => new WatchReasonView(r.Rule, r.Points))], i.NotRecorded, i.LastVisit, i.PlannedVisit))],
        answer.Next is { } next ? new ListCursor(next.ToString()).ToString() : null);
}
