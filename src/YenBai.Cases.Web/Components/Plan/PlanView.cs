using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using YenBai.Cases.Plan;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Plan;

/// <summary>A group of measures that are looked at together; net and gross never are.</summary>
public enum PlanTab { Net, Voluntary, Merit, Sponsor }

/// <summary>A view of a plan as its address has it: a link is what its sender saw.</summary>
/// <param name="Unit">The unit whose arithmetic is open.</param>
/// <param name="Part">The count whose households are listed.</param>
/// <param name="Version">Of the plan; the one that held when the view is of when left out.</param>
public sealed record PlanView(
    int? Year = null, PlanTab Tab = PlanTab.Net, string? Place = null, DateOnly? AsOf = null, string? KnownAt = null, long? Position = null,
    string? Unit = null, Component? Part = null, int Page = 1, int? Version = null)
{
    public const int Size = 50;
    public const string Path = "/ke-hoach";

    public static IReadOnlyList<Measure> MeasuresOf(PlanTab tab) => tab switch
    {
        PlanTab.Net => [Measure.NetReductionHouseholds, Measure.NetReductionPoints, Measure.EndRatePercent],
        PlanTab.Voluntary => [Measure.VoluntaryExits],
        PlanTab.Merit => [Measure.MeritHouseholds],
        _ => [Measure.SponsoredHouseholds, Measure.SponsoringAgencies],
    };

    /// <summary>The households that a measure's figure counts, where it counts households one by one.</summary>
    public static Component? PartOf(Measure measure) => measure switch
    {
        Measure.VoluntaryExits => Component.VoluntaryExits,
        Measure.MeritHouseholds => Component.MeritHouseholds,
        _ => null,
    };

    /// <summary>The view of an address, and what in it could not be read.</summary>
    public static (PlanView View, string? Unread) Of(int? year, IQueryCollection query, DateOnly today)
    {
        string? Text(string name) => query[name].ToString().Trim() is { Length: > 0 and <= 100 } text ? text : null;
        string? unread = null;
        if (!QueryValues.TryDay(Text("asOf"), out var asOf) || asOf > today) (unread, asOf) = (Text("asOf"), null);
        var known = Text("knownAt");
        if (!QueryValues.TryInstant(known, out var at) || at > Days.EndOf(today)) (unread, known) = (known, null);
        if (!QueryValues.TryPosition(Text("position"), out var position)) unread = Text("position");
        return (new(
            year ?? (int.TryParse(Text("year"), NumberStyles.None, CultureInfo.InvariantCulture, out var y) ? y : null),
            Text("tab") is { } t && QueryValues.TryEnum<PlanTab>(t, out var tab) ? tab : PlanTab.Net,
            Text("place"), asOf, known, position, Text("unit"),
            Text("part") is { } p && QueryValues.TryEnum<Component>(p, out var part) ? part : null,
            int.TryParse(Text("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? Math.Min(page, 1_000_000) : 1,
            int.TryParse(Text("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null), unread);
    }

    public string Url()
    {
        var query = new QueryBuilder();
        void Add(string name, string? value) { if (!string.IsNullOrEmpty(value)) query.Add(name, value); }
        Add("tab", Tab == PlanTab.Net ? null : Wording.Code(Tab));
        Add("place", Place);
        Add("asOf", AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("knownAt", KnownAt);
        Add("position", Position?.ToString(CultureInfo.InvariantCulture));
        Add("version", Version?.ToString(CultureInfo.InvariantCulture));
        Add("unit", Unit);
        Add("part", Part is { } part ? Wording.Code(part) : null);
        Add("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null);
        return $"{Path}{(Year is { } y ? $"/{y.ToString(CultureInfo.InvariantCulture)}" : "")}{query.ToQueryString().ToUriComponent()}";
    }

    /// <summary>The years that can be chosen, latest first: from the first plan to next year, and those of later plans.</summary>
    public static IReadOnlyList<int> Years(IReadOnlyList<AnnualPlan> all, DateOnly today)
    {
        var (first, last) = (all.Select(p => p.Year).Append(today.Year).Min(), all.Select(p => p.Year).Append(today.Year + 1).Max());
        return [.. Enumerable.Range(first, last - first + 1).Reverse()];
    }

    public string Open(string unit, Component? part = null) => (this with { Unit = unit, Part = part, Page = 1 }).Url() + "#cach-tinh";

    public PlanView Closed => this with { Unit = null, Part = null, Page = 1 };
}
