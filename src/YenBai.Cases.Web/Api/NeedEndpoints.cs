using YenBai.Cases.Access;
using YenBai.Cases.CaseFiles;
using YenBai.Cases.Households;
using YenBai.Cases.Needs;
using YenBai.Cases.Places;
using YenBai.Cases.Support;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Api;

/// <summary>Unmet need, and who is eligible for what.</summary>
public static class NeedEndpoints
{
    public static void MapNeeds(this RouteGroupBuilder api)
    {
        api.MapGet("/needs", NeedsAsync).Needs(Operation.ReadSupport).WithName("needs").Produces<NeedsView>().ProducesProblem(400);
        api.MapGet("/households/{code}/eligibility", EligibilityAsync).Needs(Operation.RecordWork).WithName("eligibility").Produces<EligibilityView>().ProducesProblem(404);
    }

    private static async Task<IResult> NeedsAsync(
        string? place, string? instrument, string? state, DateOnly? since, int? page, int? size, string? cursor, HttpContext http, NeedQuery query, PlaceCatalog places, Problems problems, Wording words,
        TimeProvider clock, CancellationToken cancellation)
    {
        var today = clock.Today();
        string? unit = null;
        if (!string.IsNullOrWhiteSpace(place) && (unit = places.Resolve(place, today)?.Id) is null) return problems.Of(400, "unknown_place", "place", place);
        if (!string.IsNullOrWhiteSpace(instrument) && Instruments.Find(instrument) is null) return problems.Of(400, "unknown_value", "instrument", instrument);
        WishState? wanted = null;
        if (!string.IsNullOrWhiteSpace(state))
        {
            if (!QueryValues.TryEnum<WishState>(state, out var parsed)) return problems.Of(400, "unknown_value", "state", state);
            wanted = parsed;
        }
        if (page is < 1) return problems.Of(400, "out_of_range", "page", 1, int.MaxValue);
        if (size is < 1 or > NeedQuery.LargestPage) return problems.Of(400, "out_of_range", "size", 1, NeedQuery.LargestPage);

        var filter = new NeedFilter(unit, string.IsNullOrWhiteSpace(instrument) ? null : instrument, wanted, since);
        var table = await query.CountAsync(http.Actor(), filter, today, cancellation);
        if (Paging.Wrong(page, cursor, problems) is { } both) return both;
        ListCursor? after = null;
        if (!string.IsNullOrEmpty(cursor) && (after = NeedQuery.CursorOf(cursor)) is null) return problems.Of(400, "unknown_value", "cursor", cursor);
        var found = Paging.IsByCursor(page, size, cursor)
            ? await query.FromAsync(http.Actor(), filter, after, size ?? 25, cancellation)
            : await query.PageAsync(http.Actor(), filter, page ?? 1, size ?? 25, cancellation);
        return TypedResults.Ok(new NeedsView(
            Row(table.All), [.. table.Instruments.Select(Row)], [.. table.Places.Select(r => Row(r) with { Name = places.Get(r.Key)?.Name ?? r.Key })], table.Grounds, found.Total,
            [.. found.Items.Select(i => new NeedView(
                i.Code, i.HeadName, i.Place, words.PlaceInFull(i.Place), i.Wish.Instrument, i.Wish.Asked, i.Wish.Source, i.Wish.State,
                i.Wish.State == WishState.Waiting ? today.DayNumber - i.Wish.Asked.DayNumber : null, i.Wish.Answered, i.Wish.Ground))], found.Next?.ToString()));

        NeedRowView Row(NeedRow r) => new(
            r.Key, EligibilityWords.Instrument(r.Key), r.Asked, r.Served, r.Waiting, r.WaitingSince is { } first ? today.DayNumber - first.DayNumber : null, r.Refused, r.NotEntitled);
    }

    private static async Task<IResult> EligibilityAsync(
        string code, DateOnly? on, HttpContext http, CaseReader cases, EligibilityWords words, Problems problems, TimeProvider clock, CancellationToken cancellation)
    {
        if (await cases.OpenAsync(http.Actor(), code, cancellation) is not { } file) return problems.Of(404, "unknown_household", null, code);
        var day = on ?? clock.Today();
        var then = file.Household.StateAt(day, clock.GetUtcNow());
        if (!then.Known) return problems.Of(404, "unknown_household_then", null, code, day);
        // Of groups and causes neither an evaluator nor a sponsor is told: without them nothing true can be said.
        if (file.Sight != Sight.Full) return problems.Of(404, "unknown_household", null, code);
        return TypedResults.Ok(new EligibilityView(file.Address, day, Eligibility.StandingOn(then, day), [.. Instruments.All.Select(i =>
        {
            var eligibility = Eligibility.Of(i, then, day);
            return new InstrumentEligibilityView(
                i.Code, i.Name, i.Family, eligibility.Eligible, eligibility.Entitled, eligibility.Terms?.Ceiling, eligibility.Terms?.StatePercent, i.LongestMonths, i.OwnSharePercent,
                i.OncePerPerson, i.Repay, i.PassOn, i.Certainty, [.. eligibility.Grounds.Select(g => new GroundView(g.Code, g.Speaks, words.Ground(g)))]);
        })]));
    }
}

/// <summary>Asked is served, waiting and refused together; a number that is withheld is none.</summary>
/// <param name="LongestWait">Days.</param>
/// <param name="NotEntitled">Asked without being entitled, and told nothing yet: beside those who asked.</param>
public sealed record NeedRowView(string Key, string Name, long? Asked, long? Served, long? Waiting, int? LongestWait, long? Refused, long? NotEntitled);

/// <param name="Days">For how long it waits.</param>
public sealed record NeedView(
    string Household, string? HeadName, string Place, string PlaceName, string Instrument, DateOnly Asked, WishSource Source, WishState State, int? Days, DateOnly? Answered, RefusalGround? Ground);

public sealed record NeedsView(
    NeedRowView All, IReadOnlyList<NeedRowView> Instruments, IReadOnlyList<NeedRowView> Places, IReadOnlyDictionary<RefusalGround, long> Refusals, long Total, IReadOnlyList<NeedView> Items, string? Next = null);

public sealed record GroundView(string Code, bool Speaks, string Text);

public sealed record InstrumentEligibilityView(
    string Instrument, string Name, string Family, bool Eligible, bool Entitled, decimal? Ceiling, decimal? StatePercent, int LongestMonths, decimal? OwnSharePercent,
    bool OncePerPerson, bool Repay, bool PassOn, string Certainty, IReadOnlyList<GroundView> Grounds);

public sealed record EligibilityView(string Household, DateOnly On, string Standing, IReadOnlyList<InstrumentEligibilityView> Instruments);
