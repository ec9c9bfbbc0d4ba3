using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Standards;

/// <summary>A what-if as its address has it: a link is what its sender saw.</summary>
/// <param name="Standard">None as long as nothing was asked.</param>
/// <param name="Place">The id of a unit.</param>
/// <param name="To">Only those that would be of this class.</param>
public sealed record WhatIfPageView(string? Standard = null, string? Place = null, DateOnly? On = null, string? KnownAt = null, PovertyClass? To = null, int Page = 1)
{
    public const int Size = 50;
    public const string Path = "/chuan-ngheo/thu";

    /// <summary>The view of an address, and what in it could not be read.</summary>
    public static (WhatIfPageView View, string? Unread) Of(IQueryCollection query, PlaceCatalog places, DateOnly today)
    {
        string? Text(string name) => query[name].ToString().Trim() is { Length: > 0 and <= 100 } text ? text : null;
        string? unread = null;
        if (!QueryValues.TryDay(Text("on"), out var on)) unread = Text("on");
        var known = Text("knownAt");
        if (!QueryValues.TryInstant(known, out _)) (unread, known) = (known, null);
        var place = Text("place") is { } p ? places.Resolve(p, on ?? today)?.Id : null;
        if (place is null && Text("place") is { } wrong) unread = wrong;
        var standard = PovertyStandards.Find(Text("standard"))?.Code;
        if (standard is null && Text("standard") is { } strange) unread = strange;
        return (new(standard, place, on, known, Text("to") is { } t && QueryValues.TryEnum<PovertyClass>(t, out var to) ? to : null,
            int.TryParse(Text("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? Math.Min(page, 1_000_000) : 1), unread);
    }

    public string Url()
    {
        var query = new QueryBuilder();
        void Add(string name, string? value) { if (!string.IsNullOrEmpty(value)) query.Add(name, value); }
        Add("standard", Standard);
        Add("place", Place);
        Add("on", On?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("knownAt", KnownAt);
        Add("to", To is { } to ? Wording.Code(to) : null);
        Add("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null);
        return Path + query.ToQueryString().ToUriComponent();
    }
}
