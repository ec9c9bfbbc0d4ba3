using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using YenBai.Cases.Households;
using YenBai.Cases.Needs;
using YenBai.Cases.Places;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Needs;

/// <summary>A view of what is asked for as its address has it.</summary>
/// <param name="Lately">Without what was answered more than a year ago.</param>
public sealed record NeedsView(string? Place = null, string? Instrument = null, WishState? State = null, bool Lately = false, int Page = 1)
{
    public const int Size = 25;
    public const string Path = "/nhu-cau";

    /// <summary>Whether households are listed, and not numbers alone.</summary>
    public bool IsDrilled => Instrument is not null || State is not null;

    public static NeedsView Of(IQueryCollection query, PlaceCatalog places, DateOnly today)
    {
        string? Text(string name) => query[name].ToString().Trim() is { Length: > 0 and <= 100 } text ? text : null;
        return new(
            Text("place") is { } p ? places.Resolve(p, today)?.Id : null, Instruments.Find(Text("instrument"))?.Code,
            Text("state") is { } s && QueryValues.TryEnum<WishState>(s, out var state) ? state : null, Text("lately") == "1",
            int.TryParse(Text("page"), NumberStyles.None, null, out var page) && page > 0 ? Math.Min(page, 1_000_000) : 1);
    }

    public NeedFilter Filter(DateOnly today) => new(Place, Instrument, State, Lately ? today.AddYears(-1) : null);

    public string Url()
    {
        var query = new QueryBuilder();
        void Add(string name, string? value) { if (!string.IsNullOrEmpty(value)) query.Add(name, value); }
        Add("place", Place);
        Add("instrument", Instrument);
        Add("state", State is { } s ? Wording.Code(s) : null);
        Add("lately", Lately ? "1" : null);
        Add("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null);
        return Path + query.ToQueryString().ToUriComponent();
    }

    public string To(string? instrument, WishState? state) => (this with { Instrument = instrument, State = state, Page = 1 }).Url() + "#ho";

    public string At(string place) => (this with { Place = place, State = State ?? WishState.Waiting, Page = 1 }).Url() + "#ho";
}
