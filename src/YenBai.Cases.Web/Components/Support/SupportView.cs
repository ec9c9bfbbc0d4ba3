using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Support;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Support;

public enum SupportGroup { Household, Instrument, Sponsor, Place }

/// <summary>How much time the timeline shows.</summary>
public enum Span { Year, HalfYear, ThreeYears, TenYears }

/// <summary>A view of the agreements as its address has it: a link is a saved view. Without a state, those that run.</summary>
public sealed record SupportView(
    string? Place = null, string? Instrument = null, string? Sponsor = null, SupportState? State = null, bool Ended = false, int? Due = null, int? Ends = null,
    bool Overdue = false, bool Missed = false, bool Evidence = false, string? Owner = null, string? Household = null, SupportGroup Group = SupportGroup.Household, Span Span = Span.Year,
    bool List = false, SupportOrder? Sort = null, bool Descending = false, int Page = 1)
{
    public const string Path = "/ho-tro";
    /// <summary>A screenful or two; the rest is on further pages.</summary>
    public const int Size = 50;

    public bool IsNarrowed => this with { Group = default, Span = default, List = false, Sort = null, Descending = false, Page = 1 } != new SupportView();

    public static SupportView Of(IQueryCollection query, PlaceCatalog places, DateOnly today)
    {
        string? Text(string name) => query[name].ToString().Trim() is { Length: > 0 and <= 200 } text ? text : null;
        int? Days(string name) => int.TryParse(Text(name), NumberStyles.None, null, out var days) && days <= 3660 ? days : null;
        return new(
            Text("place") is { } p ? places.Resolve(p, today)?.Id : null,
            Text("instrument") is { } i && Instruments.Find(i) is not null ? i : null,
            Text("sponsor"),
            Text("state") is { } s && QueryValues.TryEnum<SupportState>(s, out var state) ? state : null,
            Text("state") == "any", Days("due"), Days("ends"), Text("overdue") == "1", Text("missed") == "1", Text("evidence") == "1", Text("owner"), Text("household"),
            Text("group") is { } g && QueryValues.TryEnum<SupportGroup>(g, out var group) ? group : default,
            Text("span") is { } w && QueryValues.TryEnum<Span>(w, out var span) ? span : default,
            Text("as") == "list",
            Text("sort") is { } o && QueryValues.TryEnum<SupportOrder>(o, out var sort) ? sort : null,
            Text("dir") == "desc",
            int.TryParse(Text("page"), NumberStyles.None, null, out var page) && page > 0 ? Math.Min(page, 1_000_000) : 1);
    }

    public SupportFilter Filter() => new(
        Place, State, Instrument, Sponsor, Household, Owner, Due, Ends, Overdue, Missed, Evidence, Running: State is null && !Ended,
        Sort ?? SupportOrder.End, Descending);

    public string Url(string path = Path)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in Fields()) query.Add(name, value);
        return path + query.ToQueryString().ToUriComponent();
    }

    /// <summary>What differs from the plain view, by its names in the address.</summary>
    public IEnumerable<(string Name, string Value)> Fields()
    {
        (string, string?)[] all =
        [
            ("place", Place), ("instrument", Instrument), ("sponsor", Sponsor), ("state", Ended ? "any" : State is { } s ? Wording.Code(s) : null), ("due", Number(Due)), ("ends", Number(Ends)),
            ("overdue", Flag(Overdue)), ("missed", Flag(Missed)), ("evidence", Flag(Evidence)), ("owner", Owner), ("household", Household),
            ("group", Group == default ? null : Wording.Code(Group)), ("span", Span == default ? null : Wording.Code(Span)), ("as", List ? "list" : null),
            ("sort", Sort is { } o ? Wording.Code(o) : null), ("dir", Descending ? "desc" : null), ("page", Page > 1 ? Number(Page) : null),
        ];
        return all.Where(f => !string.IsNullOrEmpty(f.Item2)).Select(f => (f.Item1, f.Item2!));

        static string? Number(int? n) => n?.ToString(CultureInfo.InvariantCulture);

        static string? Flag(bool on) => on ? "1" : null;
    }

    public SupportView SortedBy(SupportOrder column) => this with { Sort = column, Descending = (Sort ?? SupportOrder.End) == column && !Descending, Page = 1 };

    public string? AriaSort(SupportOrder column) => (Sort ?? SupportOrder.End) != column ? null : Descending ? "descending" : "ascending";
}
