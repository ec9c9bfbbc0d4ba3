using System.Text.Json.Serialization;
using YenBai.Cases.Places;

namespace YenBai.Cases.Outcomes;

/// <summary>What units are compared by.</summary>
[JsonConverter(typeof(SnakeCase<FunnelMeasure>))]
public enum FunnelMeasure
{
    /// <summary>Of those that left in the year, who was back by the first review.</summary>
    ReentryByReview1,

    /// <summary>The same of those that left in the year or the four before: small units say more.</summary>
    ReentryByReview1OfYears,
    GrossExitRate,
}

[JsonConverter(typeof(SnakeCase<FunnelCut>))]
public enum FunnelCut { District, Commune }

/// <summary>Where a unit lies: within what chance alone makes of 95 or 99.8 of 100 units, or outside.</summary>
public enum FunnelPlace { Inside, Outside95, Outside998 }

/// <param name="N">What the share is of.</param>
public sealed record FunnelPoint(Unit Unit, int N, int Part, double Share, FunnelPlace Place);

/// <summary>
/// Shares of units against the number behind each, and what chance alone would make of the share of the whole (Spiegelhalter 2005).
/// No order but that of the names.
/// </summary>
/// <param name="Target">The share of the whole; none where it is not known or withheld.</param>
/// <param name="LeftOut">Units without a share: nothing to be a share of, or withheld.</param>
public sealed record Funnel(FunnelMeasure Measure, FunnelCut By, double? Target, int? N, IReadOnlyList<FunnelPoint> Points, int LeftOut)
{
    public const int Years = 5;
    public const double Inner = 0.95, Outer = 0.998;

    public static Funnel Of(FunnelMeasure measure, FunnelCut by, (int N, int Part)? whole, IReadOnlyList<(Unit? Unit, (int N, int Part)? Counts)> units)
    {
        double? target = whole is { N: > 0 } w && w.Part <= w.N ? (double)w.Part / w.N : null;
        List<FunnelPoint> points = [];
        foreach (var (unit, counts) in units)
        {
            // More can leave in a year than stood on the list when it began: that is no share.
            if (unit is null || target is not { } share || counts is not { N: > 0 } c || c.Part > c.N) continue;
            var own = (double)c.Part / c.N;
            points.Add(new(unit, c.N, c.Part, own, !BinomialLimits.Of(share, c.N, Outer).Holds(own) ? FunnelPlace.Outside998 : !BinomialLimits.Of(share, c.N, Inner).Holds(own) ? FunnelPlace.Outside95 : FunnelPlace.Inside));
        }
        return new(measure, by, target, whole?.N, [.. points.OrderBy(p => VietnameseText.Fold(p.Unit.ShortName), StringComparer.Ordinal).ThenBy(p => p.Unit.Id, StringComparer.Ordinal)], units.Count - points.Count);
    }
}
