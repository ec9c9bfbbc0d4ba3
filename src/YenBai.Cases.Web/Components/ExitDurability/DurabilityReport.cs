using YenBai.Cases.Durability;
using YenBai.Cases.ExitDurability;

namespace YenBai.Cases.Web.Components.ExitDurability;

/// <summary>The regression that was asked for, and its answer.</summary>
public sealed record AskedRegression(RegressionModel Model, IReadOnlyList<Grouping> Covariates, Regression Answer);

/// <summary>What the page tells, each of it as the API does.</summary>
/// <param name="Changes">What became known since an earlier day; none where no such day was named.</param>
/// <param name="Before">The curves with the knowledge of that day.</param>
public sealed record DurabilityReport(
    ExitAnswer Answer, IReadOnlyList<GroupCurve> Curves, IReadOnlyList<GroupMean> Means, IReadOnlyList<GroupIncidence> Incidences, Comparison? Comparison,
    AskedRegression? Regression, ExitChanges? Changes, IReadOnlyList<GroupCurve> Before)
{
    public static DurabilityReport Of(ExitAnswer answer, ExitChanges? changes, RegressionModel model, IReadOnlyList<Grouping> covariates) => new(
        answer, ExitCurves.Curves(answer), ExitCurves.Means(answer, answer.Question.Horizons[^1]), ExitCurves.Incidences(answer),
        answer.Question.GroupBy is null ? null : ExitComparisons.LogRank(answer),
        covariates.Count == 0 ? null : new(model, covariates, ExitComparisons.Regress(answer, model, covariates)),
        changes, changes is null ? [] : ExitCurves.Curves(changes.Then));

    /// <summary>The groups that are drawn: all, or the largest of many.</summary>
    public IReadOnlyList<GroupCurve> Drawn => Largest(Curves);

    public bool DrawsSomeOnly => Curves.Count(HasCurve) > FigureDrawing.MostLines;

    public static IReadOnlyList<GroupCurve> Largest(IReadOnlyList<GroupCurve> curves)
    {
        var drawn = curves.Where(HasCurve).OrderByDescending(c => c.N).Take(FigureDrawing.MostLines).ToHashSet();
        return [.. curves.Where(drawn.Contains)];
    }

    private static bool HasCurve(GroupCurve curve) => curve.Steps.Count > 0;

    /// <summary>Of the difference of two shares still out: their variances add up, the groups taken as independent. None where an error is not known.</summary>
    public static (double Lower, double Upper)? DifferenceInterval(CurveHorizon a, CurveHorizon b, double level)
    {
        if (a is not { Survival: { } sa, StdErr: { } ea } || b is not { Survival: { } sb, StdErr: { } eb }) return null;
        var half = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (1 + level) / 2) * Math.Sqrt(ea * ea + eb * eb);
        return (Math.Max(-1, sa - sb - half), Math.Min(1, sa - sb + half));
    }

    /// <summary>Whether the intervals of groups overlap, pair by pair; unknown where fewer than two have one.</summary>
    public static Overlap OverlapOf(IReadOnlyList<CurveHorizon> groups)
    {
        List<(double Lower, double Upper)> intervals = [.. groups.Where(g => g is { Lower: not null, Upper: not null }).Select(g => (g.Lower!.Value, g.Upper!.Value))];
        var pairs = intervals.SelectMany((a, i) => intervals.Skip(i + 1).Select(b => a.Lower <= b.Upper && b.Lower <= a.Upper)).ToList();
        return pairs.Count == 0 ? Overlap.Unknown : pairs.TrueForAll(o => o) ? Overlap.All : pairs.Exists(o => o) ? Overlap.Some : Overlap.None;
    }

    /// <summary>The last review before the end, whose results still come in.</summary>
    public DateOnly? LastReview => LastReviewOf(Answer.Reviews, Answer.AsOf);

    public static DateOnly? LastReviewOf(ReviewCalendar reviews, DateOnly asOf)
    {
        DateOnly? last = null;
        for (var next = reviews.FirstAfter(asOf.AddYears(-3)); next is { } review && review <= asOf; next = reviews.FirstAfter(review)) last = review;
        return last;
    }

    /// <summary>
    /// What the shares of return of the smallest group would have to be to be told from the others', where these return with
    /// a share: below the first or above the second. Under proportional hazards a ratio r makes of a share S still out S^r.
    /// </summary>
    public static (double Below, double Above) Detectable(double ratio, double returns) => (1 - Math.Pow(1 - returns, ratio), 1 - Math.Pow(1 - returns, 1 / ratio));
}

/// <summary>How many pairs of intervals overlap.</summary>
public enum Overlap { Unknown, None, Some, All }
