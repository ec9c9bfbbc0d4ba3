using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Components.Decisions;

/// <summary>A list for a decision as its address has it.</summary>
/// <param name="Place">The id of a unit.</param>
/// <param name="Only">An effect, a problem, or <c>ready</c>; none for all.</param>
public sealed record DecisionView(string? Place = null, string? Hamlet = null, string? Standard = null, DateOnly? On = null, string? Only = null)
{
    public const string Path = "/quyet-dinh";

    public static (DecisionView View, string? Unread) Of(IQueryCollection query)
    {
        string? Text(string name) => query[name].ToString().Trim() is { Length: > 0 and <= 100 } text ? text : null;
        var unread = QueryValues.TryDay(Text("ngay"), out var on) ? null : Text("ngay");
        return (new(Text("noi"), Text("thon"), Text("chuan"), on, Text("loc")), unread);
    }

    public string Url(string path = Path)
    {
        var query = new QueryBuilder();
        void Add(string name, string? value) { if (!string.IsNullOrEmpty(value)) query.Add(name, value); }
        Add("noi", Place);
        Add("thon", Hamlet);
        Add("chuan", Standard);
        Add("ngay", On?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("loc", Only);
        return path + query.ToQueryString().ToUriComponent();
    }
}
