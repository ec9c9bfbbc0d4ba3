using YenBai.Cases.Durability;

namespace YenBai.Cases.ExitDurability;

/// <summary>What a spell can be grouped by: known on the day of the exit, or before.</summary>
public enum Grouping
{
    District,
    Commune,
    Cohort,

    /// <summary>As the register marks the exit.</summary>
    Voluntary,
    Support,
    Standard,
    Depth,
    Merit,
    EthnicMinority,
    HeadSex,

    /// <summary>Whether the household itself asked for the exit in its year, and whether scores still said poor when it did.</summary>
    OwnRequest,
}

/// <summary>What a return is: back onto the list of the poor, or among the poor or near-poor for those who had left both.</summary>
public enum ReturnDepth { Strict, Broad }

public enum TimeScale { Days, Reviews }

/// <summary>What somebody wants to know of the households that left the list. Left out, each member is the product's default.</summary>
/// <param name="Place">The id of a unit.</param>
public sealed record ExitQuestion(
    DateOnly? AsOf = null, DateTimeOffset? KnownAt = null, long? Position = null, string? Place = null, int? CohortFrom = null, int? CohortTo = null,
    Grouping? GroupBy = null, SpellScope Scope = SpellScope.All, ReturnDepth Depth = ReturnDepth.Strict,
    CensoringRule Censoring = CensoringRule.LastConfirmed, StandardChangeRule StandardChange = StandardChangeRule.Censor,
    MoveOut MoveOut = MoveOut.Compete, IntervalKind Interval = IntervalKind.LogLog, VarianceKind Variance = VarianceKind.ClusterRobust,
    double Level = 0.95, TimeScale TimeScale = TimeScale.Days)
{
    /// <summary>Compared within these.</summary>
    public IReadOnlyList<Grouping> Strata { get; init; } = [];

    /// <summary>The question in short, for the record.</summary>
    internal string Words() => string.Join(' ', new (string Name, object? Value)[]
    {
        ("asOf", AsOf?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
        ("knownAt", KnownAt is { } known ? Kernel.Days.DayOf(known).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : null),
        ("place", Place), ("groupBy", GroupBy), ("strata", Strata.Count == 0 ? null : string.Join(',', Strata)), ("cohortFrom", CohortFrom), ("cohortTo", CohortTo),
        ("scope", Scope), ("depth", Depth), ("censoring", Censoring), ("standardChange", StandardChange), ("moveOut", MoveOut), ("timeScale", TimeScale),
    }.Where(p => p.Value is not null).Select(p => $"{p.Name}={p.Value}"));

    public KaplanMeierOptions Curve => new() { Interval = Interval, Level = Level, Variance = Variance };

    /// <summary>One, two and three years, or reviews.</summary>
    public IReadOnlyList<int> Horizons => TimeScale == TimeScale.Reviews
        ? [Horizon.Review(1), Horizon.Review(2), Horizon.Review(3)]
        : [Horizon.TwelveMonths, Horizon.TwentyFourMonths, Horizon.ThirtySixMonths];
}
