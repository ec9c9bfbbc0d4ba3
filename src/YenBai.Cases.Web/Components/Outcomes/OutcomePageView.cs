using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using YenBai.Cases.Outcomes;
using YenBai.Cases.Places;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Outcomes;

/// <summary>The outcomes as their address has them.</summary>
/// <param name="Place">The id of a unit.</param>
public sealed record OutcomePageView(
    int? Year = null, string? Place = null, DateOnly? AsOf = null, string? KnownAt = null, long? Position = null, FunnelMeasure Measure = FunnelMeasure.ReentryByReview1OfYears,
    FunnelCut By = FunnelCut.District)
{
    public const string Path = "/ket-qua";
    public const int FirstYear = 1990;

    /// <summary>The view of an address, and what in it could not be read.</summary>
    public static (OutcomePageView View, string? Unread) Of(IQueryCollection query, PlaceCatalog places, DateOnly today)
    {
        string? Text(string name) => query[name].ToString().Trim() is { Length: > 0 and <= 100 } text ? text : null;
        string? unread = null;
        if (!QueryValues.TryDay(Text("asOf"), out var asOf) || asOf > today) (unread, asOf) = (Text("asOf"), null);
        var known = Text("knownAt");
        if (!QueryValues.TryInstant(known, out var at) || at > Days.EndOf(today)) (unread, known) = (known, null);
        if (!QueryValues.TryPosition(Text("position"), out var position)) unread = Text("position");
        int? year = int.TryParse(Text("year"), NumberStyles.None, CultureInfo.InvariantCulture, out var y) && y >= FirstYear && y <= (asOf ?? today).Year ? y : null;
        if (year is null) unread = Text("year") ?? unread;
        var place = Text("place") is { } p ? places.Resolve(p, asOf ?? today)?.Id : null;
        if (place is null) unread = Text("place") ?? unread;
        return (new(year, place, asOf, known, position,
            Text("measure") is { } m && QueryValues.TryEnum<FunnelMeasure>(m, out var measure) ? measure : FunnelMeasure.ReentryByReview1OfYears,
            Text("by") is { } b && QueryValues.TryEnum<FunnelCut>(b, out var by) ? by : FunnelCut.District), unread);
    }

    public OutcomeQuestion Question
    {
        get
        {
            QueryValues.TryInstant(KnownAt, out var known);
            return new(Year, Place, AsOf, known, Position);
        }
    }

    public string Url()
    {
        var query = Asked();
        if (Measure != FunnelMeasure.ReentryByReview1OfYears) query.Add("measure", Wording.Code(Measure));
        if (By != FunnelCut.District) query.Add("by", Wording.Code(By));
        return Path + query.ToQueryString().ToUriComponent();
    }

    /// <summary>The figures as a file.</summary>
    public string File => $"/api/outcomes{new QueryBuilder(Asked()) { { "format", "csv" } }.ToQueryString().ToUriComponent()}";

    private QueryBuilder Asked()
    {
        var query = new QueryBuilder();
        void Add(string name, string? value) { if (!string.IsNullOrEmpty(value)) query.Add(name, value); }
        Add("year", Year?.ToString(CultureInfo.InvariantCulture));
        Add("place", Place);
        Add("asOf", AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("knownAt", KnownAt);
        Add("position", Position?.ToString(CultureInfo.InvariantCulture));
        return query;
    }
}
