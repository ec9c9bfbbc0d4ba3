using YenBai.Cases.Access;
using YenBai.Cases.Caseload;
using YenBai.Cases.Households;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Caseload;

/// <summary>A household to choose.</summary>
public sealed record HouseholdChoice(string Code, string Text);

/// <summary>
/// Households to choose from in a form, by the head's name or the code: the same search as the list, so within what somebody may
/// see, on record, and limited in how often one may ask (<see cref="SearchLimit"/>).
/// </summary>
public static class HouseholdChoices
{
    public const string Path = Addresses.Households + "/chon";
    public const int ShortestSearch = 2;
    private const int Most = 8;

    public static void MapHouseholdChoices(this WebApplication app) => app.MapGet(Path, FindAsync).Needs(Operation.RecordWork).ExcludeFromDescription();

    private static async Task<IResult> FindAsync(string? q, HttpContext http, CaseloadQuery query, Wording words, Microsoft.Extensions.Localization.IStringLocalizer<Texts> texts, CancellationToken cancellation)
    {
        if (q?.Trim() is not { Length: >= ShortestSearch and <= 100 } search) return TypedResults.Ok(Array.Empty<HouseholdChoice>());
        var page = await query.PageAsync(http.Actor(), new(search, Sort: CaseloadSort.Name, Descending: false), 1, Most, cancellation, "household_choices");
        return TypedResults.Ok(page.Items.Where(i => i.Status != ListStatus.Gone).Select(i => new HouseholdChoice(
            i.Code, $"{i.HeadName ?? texts[i.HeadErased ? "case.erased" : "household.no_name"].Value} ({i.Code}) · {(string.IsNullOrEmpty(i.Hamlet) ? "" : i.Hamlet + ", ")}{words.PlaceToday(i.Place)}")).ToArray());
    }
}
