using System.Collections.Concurrent;
using YenBai.Cases.Households;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Standards;

/// <summary>All standards, each in the version that held at an instant.</summary>
public sealed class StandardBook(IEnumerable<StandardRules> rules)
{
    /// <summary>The standards as they ship with the program, nothing corrected.</summary>
    public static StandardBook Shipped { get; } = new(PovertyStandards.All.Select(s => StandardRules.Of(s.Code)!));

    private readonly Dictionary<string, StandardRules> byCode = rules.ToDictionary(r => r.Code);

    private readonly ConcurrentDictionary<(StandardRules, StandardRules), IReadOnlyList<(Indicator, Indicator)>> shared = [];

    public IReadOnlyCollection<StandardRules> All => byCode.Values;

    public StandardRules? Find(string? code) => code is not null ? byCode.GetValueOrDefault(code) : null;

    /// <summary>The indicators that two standards ask alike, over any standard between them.</summary>
    public IReadOnlyList<(Indicator From, Indicator To)> SharedIndicators(StandardRules from, StandardRules to) =>
        shared.GetOrAdd((from, to), pair => [.. from f in pair.Item1.Indicators from t in pair.Item2.Indicators where OriginOf(pair.Item1, f) == OriginOf(pair.Item2, t) select (f, t)]);

    /// <summary>The earliest indicator that asks the same.</summary>
    private string OriginOf(StandardRules rules, Indicator indicator)
    {
        var seen = new HashSet<string>();
        while (indicator.SameAs is { } same && seen.Add(same)
               && same.Split('/') is [var standard, var code] && Find(standard) is { } earlier && earlier.IndicatorOf(code) is { } before)
            (rules, indicator) = (earlier, before);
        return $"{rules.Code}/{indicator.Code}";
    }
}
