using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.RowLevel;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Api;

/// <summary>A household as it is published for those who may not learn who anybody is.</summary>
/// <param name="Code">A pseudonym.</param>
/// <param name="HeadName">Always none, as <paramref name="Since"/>: published is <paramref name="SinceYear"/>, none for some year under the standard.</param>
/// <param name="Place">A district, or the province where the district is not published.</param>
public sealed record CoarseHouseholdView(
    string Code, string? HeadName, string Place, string PlaceName, PovertyClass? Class, string? Standard, DateOnly? Since, int? SinceYear, DateOnly AsOf)
{
    public static CoarseHouseholdView Of(CoarseHousehold row, DateOnly asOf, PlaceCatalog places)
    {
        var unit = row.Standing.District is { } district ? places.Get(district)! : places.In(Level.Province, asOf)[0];
        return new(row.Pseudonym, null, unit.Id, unit.Name, row.Standing.Class, row.Standing.Standard, null, row.Standing.SinceYear, asOf);
    }
}

/// <param name="AsOf">The last year end: the list does not follow the record.</param>
/// <param name="K">Each combination of what is shown occurs at least so often.</param>
/// <param name="Total">Rounded to a multiple of <paramref name="K"/>, as <paramref name="Withheld"/>, the households of the whole list that are not shown.</param>
public sealed record CoarseListView(DateOnly AsOf, int K, long Total, long Withheld, bool HasMore, IReadOnlyList<CoarseHouseholdView> Items, string? Next = null);

/// <summary>The list and the household as an evaluator reads them.</summary>
internal static class CoarseEndpoints
{
    /// <summary>What a list for those who may know can be asked by, and this one cannot: an answer to it would tell of a household.</summary>
    private static readonly string[] Withheld = ["search", "support"];

    public static async Task<IResult> ListAsync(
        HttpContext http, string? place, PovertyClass? @class, string? standard, int? page, int size, string? cursor, CoarseHouseholds coarse, ReleasedRows released, PlaceCatalog places, Problems problems,
        TimeProvider clock, CancellationToken cancellation)
    {
        var who = http.Actor();
        if (Withheld.FirstOrDefault(w => !string.IsNullOrWhiteSpace(http.Request.Query[w])) is { } asked) return problems.Of(403, "parameter_withheld", asked, asked);
        if (!QueryValues.TryDistrict(place, places, clock.Today(), out var district)) return problems.Of(403, "parameter_withheld", "place", "place");
        string? after = null;
        if (!string.IsNullOrEmpty(cursor) && (after = ListCursor.Parse(cursor, 1)?.Keys[0]) is null) return problems.Of(400, "unknown_value", "cursor", cursor);
        if (http.Request.Query["release"].ToString() is { Length: > 0 } given)
        {
            if (QueryValues.ReleaseOf(who, given, released) is not { } release) return problems.Of(403, "release_needed", "release");
            var rows = (await released.HouseholdsAsync(who, release, cancellation))
                .Where(r => (district is null || r.Standing.District == district) && (@class is null || r.Standing.Class == @class) && (standard is null || r.Standing.Standard == standard)).ToList();
            var (part, more) = page is { } at
                ? ([.. rows.Skip((int)Math.Min((at - 1L) * size, int.MaxValue)).Take(size)], (long)at * size < rows.Count)
                : CoarseHouseholds.Part(rows, after, size);
            return TypedResults.Ok(new CoarseListView(clock.Today(), 1, rows.Count, 0, more, [.. part.Select(r => CoarseHouseholdView.Of(r, clock.Today(), places))], Next(page, part, more)));
        }
        var found = page is { } number
            ? await coarse.PageAsync(who, new(district, @class, standard), number, size, cancellation)
            : await coarse.FromAsync(who, new(district, @class, standard), after, size, cancellation);
        return TypedResults.Ok(new CoarseListView(
            found.Vintage.AsOf, KAnonymity.K, found.Total, found.Withheld, found.HasMore, [.. found.Items.Select(r => CoarseHouseholdView.Of(r, found.Vintage.AsOf, places))],
            Next(page, found.Items, found.HasMore)));

        static string? Next(int? page, IReadOnlyList<CoarseHousehold> rows, bool more) => page is null && more ? new ListCursor(rows[^1].Pseudonym).ToString() : null;
    }
}
