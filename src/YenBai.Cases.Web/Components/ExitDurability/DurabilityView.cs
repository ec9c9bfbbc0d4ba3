using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Registering;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Components.ExitDurability;

/// <summary>The question as its address has it, under the names of the API. A link is what its sender saw.</summary>
public sealed record DurabilityView(IReadOnlyDictionary<string, string> Values)
{
    public const string Path = "/do-ben-thoat-ngheo";

    /// <summary>Beside those of the API's question: the day with whose knowledge the present is compared, the regression, the foot of the axis.</summary>
    public static readonly IReadOnlyList<string> Names = [.. DurabilityParameters.Names, "since", "model", "covariates", "axis"];

    public static DurabilityView Of(IQueryCollection query) =>
        new(Names.Select(n => (Name: n, Value: query[n].ToString().Trim())).Where(v => v.Value.Length is > 0 and <= 200).ToDictionary(v => v.Name, v => v.Value));

    public string? this[string name] => Values.GetValueOrDefault(name);

    public bool Has(string name, string value) => (this[name] ?? "").Split(',').Contains(value);

    /// <summary>The axis opens where the data are, with a mark for the break; from 0 to 100 % on request.</summary>
    public bool Zooms => this["axis"] != "full";

    public DurabilityView With(string name, string? value)
    {
        var values = Values.Where(v => v.Key != name).ToDictionary(v => v.Key, v => v.Value);
        if (!string.IsNullOrEmpty(value)) values[name] = value;
        return new(values);
    }

    public DurabilityView Without(params IEnumerable<string> names) => new(Values.Where(v => !names.Contains(v.Key)).ToDictionary(v => v.Key, v => v.Value));

    /// <summary>Exits are decided at reviews, so that a page counts by them where the API counts days.</summary>
    public DurabilityParameters Parameters => new(
        this["asOf"], this["knownAt"], this["position"], this["groupBy"], this["strata"], this["cohortFrom"], this["cohortTo"], this["place"], this["scope"], this["depth"],
        this["censoring"], this["standardChange"], this["moveOut"], this["interval"], this["variance"], this["level"], TimeScale);

    public string TimeScale => this["timeScale"] ?? "reviews";

    public string Url() => Path + Query(Values);

    /// <summary>The same question to the API.</summary>
    public string Api(string call, params IEnumerable<(string Name, string Value)> more) =>
        $"/api/durability/{call}{Query(With("timeScale", TimeScale).Without("since", "model", "covariates", "axis").Values.Concat(more.Select(m => KeyValuePair.Create(m.Name, m.Value))))}";

    /// <summary>The same view of the same facts, whatever becomes known later.</summary>
    public DurabilityView Pinned(ExitAnswer answer) => With("asOf", Day(answer.AsOf))
        .With("knownAt", this["knownAt"] ?? Day(Kernel.Days.DayOf(answer.KnownAt))).With("position", answer.Position.ToString(CultureInfo.InvariantCulture)).With("timeScale", TimeScale);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Query(IEnumerable<KeyValuePair<string, string>> values)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in values.OrderBy(v => Array.IndexOf([.. Names], v.Key))) query.Add(name, value);
        return query.ToQueryString().ToUriComponent();
    }
}
