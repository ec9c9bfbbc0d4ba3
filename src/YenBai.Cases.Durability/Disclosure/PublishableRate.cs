namespace YenBai.Cases.Durability;

/// <summary>What a figure must have behind it before it leaves the authorised circle.</summary>
public sealed record DisclosureRule
{
    /// <summary>The rule for reports.</summary>
    public static DisclosureRule Report { get; } = new();

    /// <summary>The stricter rule for the public web.</summary>
    public static DisclosureRule PublicWeb { get; } = new() { MinimumCount = 10 };

    /// <summary>Counts from 1 to one below this are withheld, and an audited range may not be narrower.</summary>
    public int MinimumCount { get; init; } = 5;

    /// <summary>Rates over fewer are withheld.</summary>
    public int MinimumDenominator { get; init; } = 20;

    /// <summary>A curve stops where fewer are at risk.</summary>
    public int MinimumAtRisk { get; init; } = 10;

    /// <summary>Whether a count says too much about a few households. Zero is no household.</summary>
    public bool IsSmall(int count) => count > 0 && count < MinimumCount;

    /// <summary>
    /// A rate, unless its denominator, its numerator or the complement of it is small. Zero events may be shown over a large denominator.
    /// </summary>
    public Measure Rate(int numerator, int denominator)
    {
        if (numerator < 0 || numerator > denominator) throw new ArgumentOutOfRangeException(nameof(numerator), numerator, "A part is not larger than its whole.");
        if (denominator == 0) return Reason.NoData;
        if (denominator < MinimumDenominator || IsSmall(numerator) || IsSmall(denominator - numerator)) return Reason.Suppressed;
        return (double)numerator / denominator;
    }
}
