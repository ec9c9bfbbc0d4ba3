using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Listing;

/// <summary>A review form filled in: it proposes a class and decides nothing (Decision 24/2021, Art. 3).</summary>
[Command("record-assessment", Operation.RecordWork, RestrictionGround.StatutoryReview)]
public sealed record RecordAssessment(
    DateOnly On, string Standard, string? Form, Area? Area, decimal? ScoreA, decimal? ScoreB,
    IReadOnlyList<string>? Deprivations, IReadOnlyList<string>? Causes, IReadOnlyList<string>? Needs) : HouseholdCommand(On)
{
    public const int MostCodes = 20;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (occasion.Standards.Find(Standard) is not { } rules) return new Refusal("unknown_standard", "standard", Standard);
        if (ScoreA is < 0 or > 1000) return new Refusal("out_of_range", "scoreA", 0, 1000);
        if (ScoreB is < 0 or > 200) return new Refusal("out_of_range", "scoreB", 0, 200);
        foreach (var (codes, field) in new[] { (Deprivations, "deprivations"), (Causes, "causes"), (Needs, "needs") })
            if (codes is not null && (codes.Count > MostCodes || codes.Any(c => string.IsNullOrWhiteSpace(c) || c.Length > 40)))
                return new Refusal("codes_malformed", field, MostCodes);

        var counted = CountedPoints(rules);
        var assessed = new Assessed(On, occasion.Now, Standard, Form?.Trim(), Area ?? then.Area, ScoreA, counted ?? ScoreB, Deprivations ?? [], Causes ?? [], Needs ?? []);
        List<string> warnings = [];
        if (HasUnknownCodes(rules, assessed)) warnings.Add("unknown_code");
        if (counted is not null && ScoreB is not null && ScoreB != counted) warnings.Add("score_b_counted");
        return Decision.Accept(assessed) with { Warnings = warnings };
    }

    /// <summary>
    /// The deprivation points follow from the indicators that are ticked (Circular 07/2021: 10 points each). None where no
    /// indicator is ticked, as a form may give the sum alone, and where a code of an old register has no points.
    /// </summary>
    private decimal? CountedPoints(StandardRules rules) =>
        Deprivations is { Count: > 0 } ticked && ticked.All(c => rules.IndicatorOf(c) is not null) ? ticked.Distinct().Count() * rules.PointsPerIndicator : null;

    /// <summary>Registers bring codes of their own along: they are taken, and said to mean nothing here.</summary>
    private static bool HasUnknownCodes(StandardRules rules, Assessed assessed) =>
        assessed.Deprivations.Any(c => rules.IndicatorOf(c) is null) || assessed.Causes.Any(c => rules.Find($"cause/{c}") is null) || assessed.Needs.Any(c => rules.Find($"need/{c}") is null);
}
