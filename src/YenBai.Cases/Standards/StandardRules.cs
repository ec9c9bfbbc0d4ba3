using System.Text.Json.Serialization;
using CsvHelper;
using YenBai.Cases.Households;
using YenBai.Cases.Places;

namespace YenBai.Cases.Standards;

[JsonConverter(typeof(SnakeCase<RuleKind>))]
public enum RuleKind
{
    /// <summary>Poor under the poverty line; between it and the near-poverty line by the number of deprivations (Decision 59/2015).</summary>
    TwoTier,

    /// <summary>One line; under it by the number of deprivations (Decree 07/2021, Decree 351/2025).</summary>
    SingleLine,
}

/// <summary>An indicator of deprivation. Its code is the standard's own: the same code means another thing in another standard.</summary>
/// <param name="SameAs">The indicator of an earlier standard that asks the same, as <c>2016-2020/2</c>.</param>
public sealed record Indicator(string Code, StandardValue Dimension, StandardValue Name, StandardValue DeprivedWhen, string? SameAs);

/// <summary>A cause of poverty or a need that a form offers.</summary>
public sealed record CodedTerm(string Code, StandardValue Name);

/// <summary>A version of a review form.</summary>
/// <param name="Area">Where it is used; none for everywhere.</param>
public sealed record ReviewForm(string Code, StandardValue Name, DateOnly From, DateOnly? Through, Area? Area);

/// <summary>The points between the classes, in one area.</summary>
/// <param name="Outright">Up to here a household is poor whatever it lacks; none under a single line.</param>
/// <param name="Upper">Above it a household is neither poor nor near-poor.</param>
/// <param name="Deprived">From so many deprivation points on it lacks enough to be poor.</param>
public sealed record PointLimits(StandardValue? Outright, StandardValue Upper, StandardValue Deprived);

/// <summary>A version of all that a standard says: a fold of its values.</summary>
public sealed class StandardRules
{
    private static readonly Lazy<Dictionary<string, StandardRules>> Shipped = new(Read);

    private readonly Dictionary<string, StandardValue> byKey;
    private readonly PointLimits rural, urban;

    private StandardRules(PovertyStandard standard, int version, IReadOnlyList<StandardValue> values)
    {
        (Standard, Version, Values) = (standard, version, values);
        byKey = values.ToDictionary(v => v.Key);
        Kind = this["rule/kind"].Value == "two_tier" ? RuleKind.TwoTier : RuleKind.SingleLine;
        (rural, urban) = (LimitsIn("rural"), LimitsIn("urban"));
        Indicators = [.. Group("indicator").Select(v => new Indicator(
            v.Part(1)!, this[$"dimension/{this[$"{v.Key}/dimension"].Value}"], v, this[$"{v.Key}/deprived"], Find($"{v.Key}/same_as")?.Value))];
        Causes = [.. Group("cause").Select(v => new CodedTerm(v.Part(1)!, v))];
        Needs = [.. Group("need").Select(v => new CodedTerm(v.Part(1)!, v))];
        Forms = [.. Group("form").Select(v => new ReviewForm(
            v.Part(1)!, v, Day($"{v.Key}/from")!.Value, Day($"{v.Key}/through"), Find($"{v.Key}/area") is { } a ? Enum.Parse<Area>(a.Value, ignoreCase: true) : null))];
    }

    public PovertyStandard Standard { get; }

    public string Code => Standard.Code;

    /// <summary>1 is the one that ships with the program; every correction makes the next.</summary>
    public int Version { get; }

    public IReadOnlyList<StandardValue> Values { get; }

    public RuleKind Kind { get; }

    public IReadOnlyList<Indicator> Indicators { get; }

    public IReadOnlyList<CodedTerm> Causes { get; }

    public IReadOnlyList<CodedTerm> Needs { get; }

    /// <summary>None where no form was published yet: the points are then borrowed.</summary>
    public IReadOnlyList<ReviewForm> Forms { get; }

    /// <summary>What the form calls the income points, and what the deprivation points.</summary>
    public (string A, string B) ScoreNames => (this["score/a"].Value, this["score/b"].Value);

    public decimal PointsPerIndicator => this["points/per_indicator"].Number;

    /// <summary>So many deprivations make a household poor where its income alone does not decide.</summary>
    public int DeprivationsOfThePoor => (int)this["rule/deprivations"].Number;

    public StandardValue this[string key] => byKey[key];

    /// <summary>The version that ships with the program; none for an unknown standard.</summary>
    public static StandardRules? Of(string? code) =>
        code is not null && Shipped.Value.TryGetValue(code, out var rules) ? rules : null;

    public StandardValue? Find(string key) => byKey.GetValueOrDefault(key);

    public PointLimits LimitsIn(Area area) => area == Area.Urban ? urban : rural;

    public Indicator? IndicatorOf(string code) => Indicators.FirstOrDefault(i => i.Code == code);

    /// <summary>The next version, in which one value is another.</summary>
    public StandardRules With(StandardValue corrected) =>
        new(Standard, Version + 1, [.. Values.Select(v => v.Key == corrected.Key ? corrected : v)]);

    private PointLimits LimitsIn(string area) => Kind == RuleKind.TwoTier
        ? new(this[$"points/income_poor/{area}"], this[$"points/income_near_poor/{area}"], this["points/deprived"])
        : new(null, this[$"points/income/{area}"], this["points/deprived"]);

    private IEnumerable<StandardValue> Group(string group) => Values.Where(v => v.Part(0) == group && v.Part(2) is null);

    private DateOnly? Day(string key) => Find(key) is { } v ? DateOnly.ParseExact(v.Value, "yyyy-MM-dd") : null;

    private static Dictionary<string, StandardRules> Read()
    {
        using var stream = typeof(StandardRules).Assembly.GetManifestResourceStream("YenBai.Cases.Standards.Data.values.csv")!;
        using var csv = CsvReader.Create(stream);
        var values = PovertyStandards.All.ToDictionary(s => s.Code, _ => new List<StandardValue>());
        while (csv.Read())
            values[csv.GetString("standard")].Add(new(
                csv.GetString("key"), csv.GetString("value"), csv.GetString("en") is { Length: > 0 } english ? english : null,
                csv.GetString("certainty") switch { "V" => Certainty.Verified, "S" => Certainty.Secondary, "C" => Certainty.Computed, _ => Certainty.Unverified }, csv.GetString("source")));
        return PovertyStandards.All.ToDictionary(s => s.Code, s => new StandardRules(s, 1, values[s.Code]));
    }
}
