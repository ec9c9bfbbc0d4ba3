using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using YenBai.Cases.Caseload;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Shared;

/// <summary>A view of the caseload as its address has it: a link is a saved view.</summary>
/// <param name="Hamlet">Of the place; in the address it follows the place: <c>place=04456@2025-07-01#Nà Mằn</c>.</param>
public sealed record CaseloadView(
    string? Q = null, PovertyClass? Class = null, string? Place = null, string? Standard = null, string? Support = null, bool Exit = false, int? Days = null,
    CaseloadSort? Sort = null, bool? Descending = null, int Page = 1, string? Hamlet = null)
{
    public const int Size = 25;

    public static readonly string[] Instruments = [.. CaseloadFilter.Supports.Where(s => s != "none")];

    private CaseloadSort SortOr => Sort ?? CaseloadSort.Changed;

    /// <summary>Names rise, dates and numbers fall, unless said otherwise.</summary>
    public bool Falls => Descending ?? SortOr is not (CaseloadSort.Name or CaseloadSort.Code);

    /// <summary>The place with its hamlet as the address has them.</summary>
    public string? PlaceText => Place is not null && Hamlet is not null ? $"{Place}#{Hamlet}" : Place;

    public bool IsNarrowed => this with { Sort = null, Descending = null, Page = 1 } != new CaseloadView();

    public static CaseloadView Of(IQueryCollection query, PlaceCatalog places, DateOnly today)
    {
        string? Text(string name) => query[name].ToString().Trim() is { Length: > 0 and <= 200 } text ? text : null;
        return new(
            Text("q"),
            Text("class") is { } c && QueryValues.TryEnum<PovertyClass>(c, out var @class) ? @class : null,
            Text("place") is { } p ? places.Resolve(p.Split('#')[0], today)?.Id : null,
            Text("standard"), Text("support"), Text("exit") == "1",
            int.TryParse(Text("days"), NumberStyles.None, null, out var days) && days is > 0 and < 4000 ? days : null,
            Text("sort") is { } s && QueryValues.TryEnum<CaseloadSort>(s, out var sort) ? sort : null,
            Text("dir") switch { "asc" => false, "desc" => true, _ => null },
            int.TryParse(Text("page"), NumberStyles.None, null, out var page) && page > 0 ? Math.Min(page, 1_000_000) : 1,
            Text("place")?.Split('#', 2) is [_, { Length: > 0 } hamlet] ? hamlet : null);
    }

    public CaseloadFilter Filter(DateOnly today) => new(
        Q, Place, Class, Standard, Support, null, Days is { } d ? today.AddDays(-d) : null, Exit ? true : null, SortOr, Falls)
    { Hamlet = Place is null ? null : Hamlet };

    public string Url(string path = Addresses.Households)
    {
        var query = new QueryBuilder();
        void Add(string name, string? value) { if (!string.IsNullOrEmpty(value)) query.Add(name, value); }
        Add("q", Q);
        Add("class", Class is { } c ? Wording.Code(c) : null);
        Add("place", PlaceText);
        Add("standard", Standard);
        Add("support", Support);
        Add("exit", Exit ? "1" : null);
        Add("days", Days?.ToString(CultureInfo.InvariantCulture));
        Add("sort", Sort is { } s ? Wording.Code(s) : null);
        Add("dir", Descending switch { true => "desc", false => "asc", _ => null });
        Add("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null);
        return path + query.ToQueryString().ToUriComponent();
    }

    /// <summary>The view when a column's heading is clicked: sorted by it, or the other way round.</summary>
    public CaseloadView SortedBy(CaseloadSort column) =>
        SortOr == column ? this with { Sort = column, Descending = !Falls, Page = 1 } : this with { Sort = column, Descending = null, Page = 1 };

    public string? AriaSort(CaseloadSort column) => SortOr != column ? null : Falls ? "descending" : "ascending";
}
