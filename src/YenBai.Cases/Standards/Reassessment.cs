using YenBai.Cases.Households;
using YenBai.Cases.Places;

namespace YenBai.Cases.Standards;

/// <summary>What an assessment would have come to under a standard.</summary>
/// <param name="Complete">The form asked all that could change the class; else the class is the least that is known.</param>
public sealed record Reassessed(Proposal Proposal, bool Complete);

/// <summary>
/// A recorded assessment under any standard. Income points are taken over as they are, and it is said that they come from
/// another form; a deprivation counts only where both standards ask the same.
/// </summary>
public static class Reassessment
{
    public static Reassessed Under(StandardBook book, StandardRules rules, Assessed assessed, Area area)
    {
        if (assessed.Standard == rules.Code || book.Find(assessed.Standard) is not { } own) return new(UnderOwn(rules, assessed, area), true);

        List<Step> steps = [new("other_form", own.Standard, assessed.On, own.ScoreNames.A)];
        if (assessed.Deprivations.Count == 0 && assessed.ScoreB is not 0)
        {
            if (assessed.ScoreB is { } other) steps.Add(new("other_form_b", own.ScoreNames.B, other));
            var incomeDecides = Classification.Judge(rules, area, assessed.ScoreA, null, []).Class is not null;
            return new(Classification.Judge(rules, area, assessed.ScoreA, assessed.ScoreB, steps), incomeDecides);
        }
        var asked = book.SharedIndicators(own, rules);
        var carried = rules.Indicators.Where(i => asked.Any(pair => pair.To == i && assessed.Deprivations.Contains(pair.From.Code))).ToList();
        var notAsked = rules.Indicators.Count - asked.Select(pair => pair.To).Distinct().Count();
        var lacking = own.Indicators.Count(i => assessed.Deprivations.Contains(i.Code));
        steps.Add(new("carried", lacking, carried.Count, carried.Select(i => i.Name).ToArray(), carried.Count * rules.PointsPerIndicator, rules.ScoreNames.B));
        if (notAsked > 0) steps.Add(new("not_asked", notAsked));

        var proposal = Classification.Judge(rules, area, assessed.ScoreA, carried.Count * rules.PointsPerIndicator, steps);
        var most = (carried.Count + notAsked) * rules.PointsPerIndicator;
        var complete = proposal.Class != PovertyClass.NearPoor || most < rules.LimitsIn(area).Deprived.Number;
        return new(complete ? proposal : proposal with { Reasoning = [.. proposal.Reasoning, new("at_least")] }, complete);
    }

    /// <summary>The totals of the form stand as they were recorded; without a total the deprivations are counted.</summary>
    private static Proposal UnderOwn(StandardRules rules, Assessed assessed, Area area)
    {
        List<Step> steps = [new("own_form", rules.Standard, assessed.On)];
        if (assessed.ScoreB is not null || assessed.Deprivations.Count == 0) return Classification.Judge(rules, area, assessed.ScoreA, assessed.ScoreB, steps);
        var lacking = rules.Indicators.Where(i => assessed.Deprivations.Contains(i.Code)).ToList();
        var counted = lacking.Count * rules.PointsPerIndicator;
        steps.Add(new("counted", lacking.Count, lacking.Select(i => i.Name).ToArray(), rules.PointsPerIndicator, rules.ScoreNames.B, counted));
        return Classification.Judge(rules, area, assessed.ScoreA, counted, steps);
    }
}
