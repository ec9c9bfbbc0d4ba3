using System.Text.Json.Serialization;
using YenBai.Cases.Disclosure;
using YenBai.Cases.Durability;
using YenBai.Cases.Households;

namespace YenBai.Cases.ExitDurability;

public sealed record ComparedGroup(string Group, int? N, double? Observed, double? Expected);

/// <param name="DetectableRatio">
/// The hazard ratio between the smallest group and the others that this many returns would show with 80 % power at 5 %
/// (Schoenfeld 1981); none where nothing can be told. A weaker difference than that goes unseen.
/// </param>
public sealed record Comparison(
    double? ChiSquare, int Df, double? P, IReadOnlyList<ComparedGroup> Groups, double? DetectableRatio, [property: JsonConverter(typeof(SnakeCase<Reason>))] Reason? Reason)
{
    /// <summary>Spells whose group is not known: in no group of the test.</summary>
    public int? Unknown { get; init; }

    public RepeatSpells RepeatSpells { get; init; }
}

/// <summary>What a log-rank test makes of several spells of one household.</summary>
[JsonConverter(typeof(SnakeCase<RepeatSpells>))]
public enum RepeatSpells
{
    /// <summary>There are none: first spells only, or no household has a second.</summary>
    None,

    /// <summary>They are taken as independent, which makes p too small; first spells or the clustered errors of a regression are not.</summary>
    TreatedAsIndependent,
}

public enum RegressionModel { Logit, Cloglog, Cox }

public sealed record RegressionTerm(string Term, double Coef, double StdErr, double? RobustStdErr, double? Z, double? P);

/// <summary>Why a level is what the others are compared with.</summary>
[JsonConverter(typeof(SnakeCase<ReferenceRule>))]
public enum ReferenceRule { Natural, Largest }

public sealed record ReferenceLevel(string Covariate, string Level, ReferenceRule Rule);

/// <param name="Missing">Spells or person-periods without one of the covariates: left out.</param>
/// <param name="FewEvents">Between 10 and 20 returns a term: to be read with care.</param>
public sealed record Regression(
    IReadOnlyList<RegressionTerm> Terms, double? LogLikelihood, int? N, int? Events, int? Missing, bool FewEvents, [property: JsonConverter(typeof(SnakeCase<Reason>))] Reason? Reason)
{
    /// <summary>What the terms are compared with.</summary>
    public IReadOnlyList<ReferenceLevel> References { get; init; } = [];
}

/// <summary>Do groups differ, and by how much when others are held equal?</summary>
public static class ExitComparisons
{
    public static Comparison LogRank(ExitAnswer answer)
    {
        var scale = answer.Question.TimeScale;
        var all = answer.Groups().Where(g => g.Group != ExitSpell.Unknown).ToDictionary(g => g.Group, g => g.Spells);
        List<ExitSpell> known = [.. all.Values.SelectMany(g => g)];
        var unknown = answer.Spells.Count - known.Count;
        // The groups as their curves show them.
        var last = all.ToDictionary(g => g.Key, g => ExitCurves.LastShown(answer, g.Value));
        var compared = known.Select(s => (Spell: s, Group: answer.GroupOf(s), Observed: answer.Scaled(s.Observation(scale))))
            .Where(s => last[s.Group] is { } end && s.Observed.Entry < end).ToList();
        var test = Durability.LogRank.Compare(compared, s => UpTo(s.Observed, last[s.Group]!.Value), s => s.Group, s => answer.StratumOf(s.Spell));
        var groups = test.Groups.Select(g => g with { Count = all[g.Group].Count }).ToDictionary(g => g.Group);
        return new(
            test.ChiSquared.OrNull, test.DegreesOfFreedom, test.PValue.OrNull,
            [.. all.Keys.Order(StringComparer.Ordinal).Select(g => groups.TryGetValue(g, out var of) ? new ComparedGroup(g, of.Count, of.Observed, of.Expected) : new(g, null, null, null))],
            Detectable([.. groups.Values]), test.ChiSquared.Reason)
        {
            Unknown = unknown == 0 || answer.Shows(unknown) ? unknown : null,
            // The published table does not say which spells are of one household.
            RepeatSpells = answer.Question.Scope == SpellScope.All && (!answer.Identifies || known.DistinctBy(s => s.Household).Count() < known.Count)
                ? RepeatSpells.TreatedAsIndependent : RepeatSpells.None,
        };
    }

    private static Observation UpTo(Observation observed, int end) => observed.Time > end ? observed with { Time = end, End = EndKind.Censored } : observed;

    /// <summary>Normal quantiles of 5 % on two sides and of 80 % power.</summary>
    private static double? Detectable(List<LogRankGroup<string>> groups)
    {
        var (n, events) = (groups.Sum(g => g.Count), groups.Sum(g => g.Observed));
        if (groups.Count < 2 || events == 0) return null;
        var share = (double)groups.Min(g => g.Count) / n;
        return Math.Exp(-(1.959963984540054 + 0.8416212335729143) / Math.Sqrt(events * share * (1 - share)));
    }

    /// <summary>
    /// The level that the others are compared with: for support and own request none, for years and standards the earliest, else the
    /// one with most spells. None for a mark of yes and no, whose level is no.
    /// </summary>
    public static ReferenceLevel? ReferenceOf(ExitAnswer answer, Grouping covariate)
    {
        var name = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(covariate.ToString());
        if (IsMark(covariate)) return new(name, "0", ReferenceRule.Natural);
        var levels = LevelsOf(answer, covariate);
        if (levels.Count == 0) return null;
        var natural = covariate switch
        {
            Grouping.Support or Grouping.OwnRequest => OwnRequests.None,
            Grouping.Cohort or Grouping.Standard => levels.Keys.Min(StringComparer.Ordinal)!,
            _ => null,
        };
        return natural is not null && levels.ContainsKey(natural)
            ? new(name, natural, ReferenceRule.Natural)
            : new(name, levels.OrderByDescending(l => l.Value).ThenBy(l => l.Key, StringComparer.Ordinal).First().Key, ReferenceRule.Largest);
    }

    private static bool IsMark(Grouping covariate) => covariate is Grouping.Voluntary or Grouping.Merit or Grouping.EthnicMinority;

    /// <summary>A level with too few spells to be shown is left out like an unknown value.</summary>
    private static Dictionary<string, int> LevelsOf(ExitAnswer answer, Grouping covariate) =>
        answer.Spells.GroupBy(s => answer.ValueOf(s, covariate)).Where(l => l.Key != ExitSpell.Unknown && answer.Shows(l.Count())).ToDictionary(l => l.Key, l => l.Count());

    /// <exception cref="CutNotPublishedException">A covariate is a cut that the reader may not have.</exception>
    public static Regression Regress(ExitAnswer answer, RegressionModel model, IReadOnlyList<Grouping> covariates)
    {
        if (!answer.Identifies && covariates.Contains(Grouping.Commune)) throw new CutNotPublishedException("covariates");
        return Fit(answer, model, covariates) with { References = [.. covariates.Select(c => ReferenceOf(answer, c)).OfType<ReferenceLevel>()] };
    }

    private static Regression Fit(ExitAnswer answer, RegressionModel model, IReadOnlyList<Grouping> covariates)
    {
        var (question, spells) = (answer.Question, answer.Spells);
        if (model == RegressionModel.Cox)
        {
            if (covariates.Count == 0) return Not(Reason.NoData);
            var fit = Cox.Fit(spells, s => answer.Scaled(s.Observation(question.TimeScale)), Design<ExitSpell>(answer, covariates, s => s), new CoxOptions { Level = question.Level },
                question.Strata.Count == 0 ? null : s => answer.StratumOf(s));
            return fit.IsEstimable ? Of(fit.Value.Coefficients, fit.Value.LogLikelihood, fit.Value.Count, fit.Value.Events, fit.Value.Missing, fit.Value.FewEvents) : Not(fit.Reason);
        }
        var periods = DiscreteHazard.Expand(spells, s => s.Spell.ObservationInCycles).ToList();
        var options = new HazardOptions { Link = model == RegressionModel.Logit ? Link.Logit : Link.ComplementaryLogLog, Level = question.Level };
        var hazard = DiscreteHazard.Fit(
            periods, p => p.Cycle, p => p.ReEntered, Design<PersonPeriod<ExitSpell>>(answer, covariates, p => p.Source), options, p => p.Source.Spell.HouseholdNumber);
        return hazard.IsEstimable
            ? Of(hazard.Value.Coefficients, hazard.Value.LogLikelihood, hazard.Value.Count, hazard.Value.Events, hazard.Value.Missing, hazard.Value.FewEvents)
            : Not(hazard.Reason);
    }

    /// <summary>A mark for yes and no, else one for each level but the reference; who has no known value is left out.</summary>
    private static Design<T> Design<T>(ExitAnswer answer, IReadOnlyList<Grouping> covariates, Func<T, ExitSpell> spellOf)
    {
        var design = Durability.Design<T>.Empty;
        foreach (var covariate in covariates)
        {
            string Value(T row) => answer.ValueOf(spellOf(row), covariate);
            var name = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(covariate.ToString());
            if (IsMark(covariate))
            {
                design = design.With(name, row => Value(row) switch { "1" => 1, "0" => 0, _ => null });
                continue;
            }
            var levels = LevelsOf(answer, covariate);
            var reference = ReferenceOf(answer, covariate)?.Level;
            foreach (var level in levels.Keys.Where(l => l != reference).Order(StringComparer.Ordinal))
                design = design.With($"{name}={level}", row => Value(row) is var value && !levels.ContainsKey(value) ? null : value == level ? 1 : 0);
        }
        return design;
    }

    private static Regression Of(IEnumerable<Coefficient> coefficients, double logLikelihood, int n, int events, int missing, bool fewEvents) =>
        new([.. coefficients.Select(c => new RegressionTerm(c.Term, c.Value, c.StandardError, c.RobustError.OrNull, c.Z.OrNull, c.PValue.OrNull))],
            logLikelihood, n, events, missing, fewEvents, null);

    private static Regression Not(Reason? reason) => new([], null, null, null, null, false, reason);
}
