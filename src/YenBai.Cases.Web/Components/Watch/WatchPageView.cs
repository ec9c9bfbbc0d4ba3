using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using YenBai.Cases.Places;
using YenBai.Cases.Watch;

namespace YenBai.Cases.Web.Components.Watch;

/// <summary>The watch as its address has it.</summary>
/// <param name="Place">The id of a unit.</param>
public sealed record WatchPageView(string? Place = null, int PerDistrict = WatchQuery.DefaultPerDistrict, int Page = 1)
{
    public const int Size = 60;
    public const string Path = "/theo-doi-tai-ngheo";

    /// <summary>The view of an address, and what in it could not be read.</summary>
    public static (WatchPageView View, string? Unread) Of(IQueryCollection query, PlaceCatalog places, DateOnly today)
    {
        string? Text(string name) => query[name].ToString().Trim() is { Length: > 0 and <= 100 } text ? text : null;
        string? unread = null;
        int Number(string name, int otherwise, int most)
        {
            if (Text(name) is not { } text) return otherwise;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most) return number;
            unread = text;
            return otherwise;
        }
        var place = Text("place") is { } p ? places.Resolve(p, today)?.Id : null;
        if (place is null) unread = Text("place");
        return (new(place, Number("perDistrict", WatchQuery.DefaultPerDistrict, WatchQuery.MostPerDistrict), Number("page", 1, 1_000_000)), unread);
    }

    public string Url()
    {
        var query = new QueryBuilder();
        if (Place is not null) query.Add("place", Place);
        if (PerDistrict != WatchQuery.DefaultPerDistrict) query.Add("perDistrict", PerDistrict.ToString(CultureInfo.InvariantCulture));
        if (Page > 1) query.Add("page", Page.ToString(CultureInfo.InvariantCulture));
        return Path + query.ToQueryString().ToUriComponent();
    }
}
