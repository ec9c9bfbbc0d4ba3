using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;

namespace YenBai.Cases.Standards;

/// <summary>One step of a reasoning: a code, and what its text needs.</summary>
public sealed record Step(string Code, params IReadOnlyList<object?> Data);

/// <summary>What a form's points or answers come to: a class that is proposed, never decided; or why none can be.</summary>
/// <param name="ScoreA">The income points that counted.</param>
/// <param name="ScoreB">The deprivation points that counted; none where they did not matter and were not told.</param>
public sealed record Proposal(PovertyClass? Class, decimal? ScoreA, decimal? ScoreB, IReadOnlyList<Step> Reasoning, Refusal? Problem = null);

/// <summary>What was answered on a form, as far as it was.</summary>
/// <param name="ScoreA">The total of the income points where somebody added them up.</param>
/// <param name="ScoreB">The total of the deprivation points, likewise.</param>
/// <param name="Deprivations">Codes of the standard's indicators.</param>
/// <param name="Chosen">The option chosen under each item of the form's point table.</param>
public sealed record FormAnswers(
    decimal? ScoreA = null, decimal? ScoreB = null, IReadOnlyList<string>? Deprivations = null, IReadOnlyDictionary<string, string>? Chosen = null);

/// <summary>
/// From points or answers to the class that they propose, with the reasoning step by step. Pure: the version of the
/// standard goes in.
/// </summary>
public static class Classification
{
    public const decimal MostIncomePoints = 1000;
    public const decimal MostDeprivationPoints = 200;

    /// <summary>From the totals of a form.</summary>
    public static Proposal Propose(StandardRules rules, Area area, decimal? scoreA, decimal? scoreB) =>
        Judge(rules, area, scoreA, scoreB, Entered(rules, scoreA, scoreB));

    /// <summary>From answers: deprivations are counted, chosen options priced with the form's point table.</summary>
    public static Proposal Propose(StandardRules rules, Area area, FormAnswers answers, PointTable? table = null)
    {
        var steps = new List<Step>();
        var (scoreA, scoreB) = (answers.ScoreA, answers.ScoreB);
        var (enteredA, enteredB) = (scoreA, scoreB);
        if (answers.Chosen is { Count: > 0 } chosen)
        {
            if (table is null) return Refused("no_point_table", "answers");
            if (table.Standard != rules.Code) return Refused("table_of_other_standard", "form", table.Form, rules.Code);
            if (table.Refuses(chosen) is { } wrong) return new(null, scoreA, scoreB, [], wrong);
            foreach (var score in new[] { FormScore.A, FormScore.B })
            {
                if (table.Total(score, chosen) is not { } total) continue;
                var (entered, name) = score == FormScore.A ? (scoreA, rules.ScoreNames.A) : (scoreB, rules.ScoreNames.B);
                if (entered is not null && entered != total) return Refused("scores_disagree", score == FormScore.A ? "scoreA" : "scoreB", entered, total);
                steps.Add(new("priced", name, total, table.Form));
                if (score == FormScore.A) (scoreA, enteredA) = (total, null);
                else (scoreB, enteredB) = (total, null);
            }
        }
        if (answers.Deprivations is { } codes)
        {
            if (codes.FirstOrDefault(c => rules.IndicatorOf(c) is null) is { } unknown) return Refused("unknown_indicator", "deprivations", unknown, rules.Code);
            var indicators = rules.Indicators.Where(i => codes.Contains(i.Code)).ToList();
            var counted = indicators.Count * rules.PointsPerIndicator;
            if (scoreB is not null && scoreB != counted) return Refused("scores_disagree", "scoreB", scoreB, counted);
            steps.Add(indicators.Count == 0
                ? new("lacks_nothing", rules.ScoreNames.B)
                : new("counted", indicators.Count, indicators.Select(i => i.Name).ToArray(), rules.PointsPerIndicator, rules.ScoreNames.B, counted));
            (scoreB, enteredB) = (counted, null);
        }
        return Judge(rules, area, scoreA, scoreB, [.. Entered(rules, enteredA, enteredB), .. steps]);

        Proposal Refused(string code, string field, params object?[] data) => new(null, scoreA, scoreB, [], new Refusal(code, field, data));
    }

    /// <summary>Totals that somebody added up on paper are said to be that.</summary>
    private static List<Step> Entered(StandardRules rules, decimal? scoreA, decimal? scoreB) => (scoreA, scoreB) switch
    {
        (null, null) => [],
        ({ } a, null) => [new("entered", rules.ScoreNames.A, a)],
        (null, { } b) => [new("entered", rules.ScoreNames.B, b)],
        ({ } a, { } b) => [new("entered_both", rules.ScoreNames.A, a, rules.ScoreNames.B, b)],
    };

    internal static Proposal Judge(StandardRules rules, Area area, decimal? scoreA, decimal? scoreB, IReadOnlyList<Step> before)
    {
        var limits = rules.LimitsIn(area);
        var (nameA, nameB) = rules.ScoreNames;
        if (scoreA is < 0 or > MostIncomePoints) return Refused("out_of_range", "scoreA", 0, MostIncomePoints);
        if (scoreB is < 0 or > MostDeprivationPoints) return Refused("out_of_range", "scoreB", 0, MostDeprivationPoints);
        if (scoreA is not { } a) return Refused("required", "scoreA");

        var steps = new List<Step>(before)
        {
            rules.Kind == RuleKind.TwoTier
                ? new("rule_two_tier", rules.Standard, area, nameA, limits.Outright!.Number, limits.Upper.Number, nameB, limits.Deprived.Number)
                : new("rule_single_line", rules.Standard, area, nameA, limits.Upper.Number, nameB, limits.Deprived.Number),
        };
        if (rules.Forms.Count == 0) steps.Add(new("no_form", rules.Standard));

        List<StandardValue> used = [limits.Upper];
        PovertyClass proposed;
        if (a > limits.Upper.Number)
        {
            steps.Add(new("income_above", nameA, a, limits.Upper.Number));
            proposed = PovertyClass.NotPoor;
        }
        else if (limits.Outright is { } outright && a <= outright.Number)
        {
            used = [outright];
            steps.Add(new("income_under", nameA, a, outright.Number));
            proposed = PovertyClass.Poor;
        }
        else
        {
            steps.Add(limits.Outright is { } lower
                ? new("income_between", nameA, a, lower.Number, limits.Upper.Number)
                : new("income_under", nameA, a, limits.Upper.Number));
            if (scoreB is not { } b) return Refused("score_b_needed", "scoreB", nameA, a, nameB);
            used.Add(limits.Deprived);
            steps.Add(new(b >= limits.Deprived.Number ? "lacks_enough" : "lacks_less", nameB, b, limits.Deprived.Number, rules.DeprivationsOfThePoor));
            proposed = b >= limits.Deprived.Number ? PovertyClass.Poor : PovertyClass.NearPoor;
        }
        if (rules.Forms.Count > 0)
            foreach (var value in used.Where(v => v.Certainty == Certainty.Unverified)) steps.Add(new("unverified", value.Number));
        steps.Add(new("proposes", proposed));
        return new(proposed, a, scoreB, steps);

        Proposal Refused(string code, string field, params object?[] data) => new(null, scoreA, scoreB, [], new Refusal(code, field, data));
    }
}
