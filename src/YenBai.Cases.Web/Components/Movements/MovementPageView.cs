using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using YenBai.Cases.Households;
using YenBai.Cases.Movements;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Movements;

/// <summary>A view of the movement table as its address has it: a link is what its sender saw.</summary>
/// <param name="Year">The last year that is over when left out.</param>
/// <param name="Beside">The year before when left out.</param>
/// <param name="Alone">No second year.</param>
/// <param name="Place">The id of a unit.</param>
/// <param name="By">Of a district its communes when left out, else the districts.</param>
/// <param name="Split">With lines by ethnicity, in the full layout.</param>
/// <param name="Unit">The line of the number whose households are listed.</param>
/// <param name="OfYear">The year of that number.</param>
public sealed record MovementPageView(
    int? Year = null, int? Beside = null, bool Alone = false, string? Place = null, MovementCut? By = null, MovementLayout Layout = MovementLayout.Official, bool Split = false,
    string? Standard = null, DateOnly? AsOf = null, string? KnownAt = null, long? Position = null,
    string? Unit = null, int? OfYear = null, MovementColumn? Column = null, EthnicMark Mark = EthnicMark.All, int Page = 1)
{
    public const int Size = 50;
    public const string Path = "/bien-dong";
    public const string FilePath = "/api/movement/file";
    public const string List = "ho-dan";

    public static readonly IReadOnlyList<string> Names =
        ["year", "beside", "place", "by", "layout", "split", "standard", "asOf", "knownAt", "position", "unit", "of", "column", "mark", "page"];

    /// <summary>The view of an address, and what in it could not be read.</summary>
    public static (MovementPageView View, IReadOnlyList<(string Name, string Value)> Unread) Of(IQueryCollection query, PlaceCatalog places, DateOnly today)
    {
        var unread = new List<(string, string)>();
        string? Text(string name) => query[name].ToString().Trim() is { Length: > 0 and <= 100 } text ? text : null;
        T? Read<T>(string name, Func<string, (bool, T?)> read)
        {
            if (query[name].ToString().Trim() is not { Length: > 0 } text) return default;
            if (text.Length <= 100 && read(text) is (true, var value)) return value;
            unread.Add((name, text.Length <= 100 ? text : text[..100] + "…"));
            return default;
        }
        T? Word<T>(string name) where T : struct, Enum => Read<T?>(name, text => (QueryValues.TryEnum<T>(text, out var value), value));
        int? Whole(string name, int least, int most) =>
            Read<int?>(name, text => (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most, number));

        var asOf = Read<DateOnly?>("asOf", text => (QueryValues.TryDay(text, out var day) && !(day > today), day));
        var last = (asOf ?? today).Year;
        var alone = Text("beside") == "none";
        var view = new MovementPageView(
            Whole("year", MovementQuestion.FirstYear, last), alone ? null : Whole("beside", MovementQuestion.FirstYear, last), alone,
            Read("place", text => (places.Resolve(text, asOf ?? today) is { } unit, places.Resolve(text, asOf ?? today)?.Id)),
            Word<MovementCut>("by"), Word<MovementLayout>("layout") ?? MovementLayout.Official, Read<bool?>("split", text => (text == "ethnicity", true)) ?? false,
            Read("standard", text => (PovertyStandards.Find(text) is not null, (string?)text)), asOf,
            Read("knownAt", text => (QueryValues.TryInstant(text, out var at) && !(at > Days.EndOf(today)), (string?)text)),
            Read<long?>("position", text => (QueryValues.TryPosition(text, out var position), position)),
            Text("unit"), Whole("of", MovementQuestion.FirstYear, last), Word<MovementColumn>("column"), Word<EthnicMark>("mark") ?? EthnicMark.All, Whole("page", 1, 1_000_000) ?? 1);
        return (view, unread);
    }

    /// <summary>The same with the years and the cut that it means.</summary>
    public MovementPageView Settled(PlaceCatalog places, DateOnly today)
    {
        var year = Year ?? MovementTable.YearOf(AsOf ?? today);
        var beside = Alone || Beside == year ? null : Beside ?? (year > MovementQuestion.FirstYear ? year - 1 : (int?)null);
        var cut = By ?? (Place is { } place && places.Get(place) is { Level: Level.District } ? MovementCut.Commune : MovementCut.District);
        return this with { Year = year, Beside = beside, Alone = beside is null, By = cut };
    }

    public MovementQuestion Question()
    {
        QueryValues.TryInstant(KnownAt, out var known);
        return new(AsOf, known, Position, Place, Standard, By: By ?? MovementCut.District);
    }

    /// <summary>The same for ever: with the days and the position that were meant.</summary>
    public MovementPageView Permanent(MovementQuestion asked, DateOnly today) =>
        Closed with { AsOf = asked.AsOf, KnownAt = KnownAt ?? today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Position = asked.Position };

    public string Url() => Path + Parameters();

    /// <param name="format"><c>csv</c> or <c>xlsx</c>.</param>
    public string File(string format) => FilePath + Parameters(format);

    public string Open(string unit, int year, MovementColumn column, EthnicMark mark) =>
        (this with { Unit = unit, OfYear = year, Column = column, Mark = mark, Page = 1 }).Url() + "#" + List;

    public MovementPageView Closed => this with { Unit = null, OfYear = null, Column = null, Mark = EthnicMark.All, Page = 1 };

    private string Parameters(string? format = null)
    {
        var query = new QueryBuilder();
        void Add(string name, string? value) { if (!string.IsNullOrEmpty(value)) query.Add(name, value); }
        string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
        Add("format", format);
        Add("year", Number(Year));
        Add("beside", Alone ? "none" : Number(Beside));
        Add("place", Place);
        Add("by", By is { } by ? Wording.Code(by) : null);
        Add("layout", Layout == MovementLayout.Official ? null : Wording.Code(Layout));
        Add("split", Split ? "ethnicity" : null);
        Add("standard", Standard);
        Add("asOf", AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("knownAt", KnownAt);
        Add("position", Number(Position));
        Add("unit", Unit);
        Add("of", Number(OfYear));
        Add("column", Column is { } column ? Wording.Code(column) : null);
        Add("mark", Mark == EthnicMark.All ? null : Wording.Code(Mark));
        Add("page", Page > 1 ? Number(Page) : null);
        return query.ToQueryString().ToUriComponent();
    }
}
