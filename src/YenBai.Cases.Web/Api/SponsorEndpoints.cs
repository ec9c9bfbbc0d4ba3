using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Records;
using YenBai.Cases.Sponsors;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Api;

/// <summary>Sponsoring agencies and the households by which they stand.</summary>
public static class SponsorEndpoints
{
    public static void MapSponsors(this RouteGroupBuilder api)
    {
        api.MapGet("/sponsors", ListAsync).Needs(Operation.ReadSupport).WithName("sponsors").Produces<IReadOnlyList<SponsorView>>();
        api.MapGet("/sponsors/{sponsor}", GetAsync).Needs(Operation.ReadSupport).WithName("sponsor").Produces<SponsorWithHouseholds>().ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(int? year, HttpContext http, SponsorQuery query, Problems problems, TimeProvider clock, CancellationToken cancellation)
    {
        if (year is < 1945 or > 9998) return problems.Of(400, "out_of_range", "year", 1945, 9998);
        return TypedResults.Ok((await query.ListAsync(http.Actor(), year ?? clock.Today().Year, cancellation)).Select(SponsorView.Of).ToList());
    }

    private static async Task<IResult> GetAsync(string sponsor, HttpContext http, SponsorQuery query, Wording words, Problems problems, TimeProvider clock, CancellationToken cancellation)
    {
        var today = clock.Today();
        // What is not theirs is answered as what is not there.
        if ((await query.ListAsync(http.Actor(), today.Year, cancellation)).FirstOrDefault(s => s.Sponsor.Id == sponsor) is not { } row)
            return problems.Worded(404, "unknown_sponsor", "sponsor", problems.Text(new("unknown_sponsor", "sponsor", sponsor)));
        var households = await query.HouseholdsAsync(http.Actor(), sponsor, today, cancellation);
        return TypedResults.Ok(new SponsorWithHouseholds(SponsorView.Of(row), [.. households.Select(h => new SponsoredView(
            h.Code, h.HeadName, h.Place, words.PlaceInFull(h.Place), h.Class, h.ClassThen, h.Now.Since, h.Now.Until, h.Now.From, h.Now.To,
            [.. h.Wanted.Select(w => new WantedView(w.Instrument, w.Asked))], [.. h.Others.Select(o => new GivenView(o.Instrument, o.On))], h.Pledges, h.Now.Visits, h.Now.Exits, h.Chain))]));
    }
}

/// <summary>What is withheld is none.</summary>
/// <param name="HouseholdsEver">Those of today and of before: n of the other numbers.</param>
/// <param name="Pledged">VND.</param>
/// <param name="Visits">In the year.</param>
/// <param name="LeftPoverty">Households that left poverty in the year.</param>
public sealed record SponsorView(
    string Code, string Name, SponsorKind Kind, string? Office, long? Households, long? HouseholdsEver, decimal? Pledged, decimal? Delivered, decimal? Verified, long? Visits, long? LeftPoverty)
{
    public static SponsorView Of(SponsorRow r) => new(r.Sponsor.Id, r.Sponsor.Name, r.Sponsor.Kind, r.Sponsor.Office, r.Households, r.Ever, r.Pledged, r.Delivered, r.Verified, r.Visits, r.Left);
}

public sealed record WantedView(string Instrument, DateOnly Asked);

public sealed record GivenView(string Family, DateOnly Since);

/// <param name="ClassThen">At the end of the last year that is over.</param>
/// <param name="Chain">All agencies that stood by it, one after the other.</param>
public sealed record SponsoredView(
    string Household, string? HeadName, string Place, string PlaceName, PovertyClass? Class, PovertyClass? ClassThen, DateOnly Since, DateOnly? Until, string? From, string? To,
    IReadOnlyList<WantedView> Wanted, IReadOnlyList<GivenView> Others, IReadOnlyList<SponsorPledge> Pledges, IReadOnlyList<DateOnly> Visits, IReadOnlyList<DateOnly> LeftPoverty,
    IReadOnlyList<Sponsorship> Chain);

public sealed record SponsorWithHouseholds(SponsorView Sponsor, IReadOnlyList<SponsoredView> Households);
