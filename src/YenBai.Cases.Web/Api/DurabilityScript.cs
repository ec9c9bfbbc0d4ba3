using System.Globalization;
using System.Text;
using YenBai.Cases.Durability;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Api;

/// <summary>An answer as a script in R that makes its numbers again from the exported spells, and fails where one differs.</summary>
public static class DurabilityScript
{
    private static readonly string SameForAll = ReadResource("durability.R");

    /// <param name="spells">The address at which the spells of the very question are exported.</param>
    /// <param name="covariates">None where no regression was shown.</param>
    public static string Of(ExitAnswer answer, string spells, int tau, RegressionModel model, IReadOnlyList<Grouping> covariates)
    {
        var (q, view) = (answer.Question, DurabilityQuery.Of(answer));
        var rule = DisclosureRule.Report;
        var r = new StringBuilder();
        void Line(string text) => r.Append(text).Append('\n');
        Line("# Exit durability: the shown numbers, made again.");
        Line($"# As of {Day(answer.AsOf)}, as known at {view.KnownAt:yyyy-MM-dd'T'HH:mm:ss'Z'}, position {Text(answer.Position)}, version {StatisticsVersion.Code}.");
        if (answer.Identifies)
        {
            Line("# 1. Export the spells, signed in as the same person:");
            Line($"#    {spells}");
            Line("# 2. Rscript exit-durability.R spells.csv");
        }
        else
        {
            Line("# The published table of spells, rounded to five, is in this file. Rscript exit-durability.R");
        }
        Line("");
        Line("question <- list(");
        Line($"  timeScale = {Quoted(view.TimeScale)}, interval = {Quoted(view.Interval)}, variance = {Quoted(view.Variance)}, level = {Number(q.Level)}, moveOut = {Quoted(view.MoveOut)},");
        Line($"  groupBy = {(view.GroupBy is { } by ? Quoted(by) : "NULL")}, strata = {Vector(view.Strata)}, tau = {Text(tau)},");
        Line($"  model = {Quoted(ReportParameters.WordOf(model))}, covariates = {Vector([.. covariates.Select(ReportParameters.WordOf)])},");
        Line($"  references = list({string.Join(", ", covariates.Select(c => ExitComparisons.ReferenceOf(answer, c)).OfType<ReferenceLevel>().Select(l => $"{l.Covariate} = {Quoted(l.Level)}"))}),");
        Line($"  publishable = {(answer.Identifies ? "FALSE" : "TRUE")}, minimumDenominator = {Text(rule.MinimumDenominator)},");
        Line($"  reviews = as.Date({Vector([.. ReviewsOf(answer).Select(Day)])}))");
        Line($"published <- {(answer.Identifies ? "NULL" : Published(answer, covariates))}");
        Line("shown <- list(");
        Line($"  horizons = {Table("group,horizon,at_risk,survival,std_err,lower,upper",
            ExitCurves.Curves(answer).SelectMany(g => g.Horizons.Select(h => (string[])[g.Group, Text(h.Horizon), Text(h.AtRisk), Number(h.Survival), Number(h.StdErr), Number(h.Lower), Number(h.Upper)])))},");
        Line($"  means = {Table("group,value,error", ExitCurves.Means(answer, tau).Select(m => (string[])[m.Group, Number(m.Value), Number(m.StdErr)]))},");
        Line($"  incidence = {Table("group,horizon,cause,incidence,error", Incidences(answer))},");
        Line($"  logRank = {(q.GroupBy is null ? "NULL" : LogRank(answer))},");
        Line($"  terms = {Terms(answer, model, covariates)})");
        Line("");
        return r.Append(SameForAll).ToString();
    }

    private static IEnumerable<string[]> Incidences(ExitAnswer answer) =>
        from g in ExitCurves.Incidences(answer)
        from horizon in answer.Question.Horizons
        where answer.Identifies || g.Steps.Any(s => s.Time >= horizon)
        from cause in g.Steps.GroupBy(s => s.Cause)
        let step = cause.LastOrDefault(s => s.Time <= horizon)
        select (string[])[g.Group, Text(horizon), cause.Key, Number(step?.Incidence ?? 0), Number(step is null ? 0 : step.StdErr)];

    /// <summary>How many spells have the same values: enough to compute every figure again, and no more.</summary>
    private static string Published(ExitAnswer answer, IReadOnlyList<Grouping> covariates)
    {
        var q = answer.Question;
        var columns = (q.GroupBy is { } by ? [by] : Array.Empty<Grouping>()).Concat(q.Strata).Concat(covariates).Distinct().ToList();
        var rows = answer.Spells.GroupBy(s =>
        {
            var (watched, cycles, left) = (answer.Scaled(s.Observation(q.TimeScale)), s.Spell.ObservationInCycles, answer.Scaled(s.Competing(q.TimeScale, answer.Reviews)));
            return (Values: string.Join('\n', columns.Select(c => answer.ValueOf(s, c))), watched.Time, watched.Entry, Event: (int)s.Spell.End, Gone: left.Time, cycles.Time + 0, cycles.Entry + 0);
        }).OrderBy(g => g.Key.Values, StringComparer.Ordinal).ThenBy(g => g.Key).Select(g => (string[])
        [
            .. columns.Count == 0 ? [] : g.Key.Values.Split('\n'), Text(g.Key.Time), Text(g.Key.Entry), Text(g.Key.Event), Text(g.Key.Gone), Text(g.Key.Item6), Text(g.Key.Item7), Text(g.Count()),
        ]);
        return Table(string.Join(',', columns.Select(SpellRow.NameOf).Concat(["time", "entry", "event", "gone", "period", "entry_period", "count"])), rows, columns.Count);
    }

    private static string LogRank(ExitAnswer answer)
    {
        var test = ExitComparisons.LogRank(answer);
        return $"c({Number(test.ChiSquare)}, {Text(test.Df)}, {Number(test.P)})";
    }

    private static string Terms(ExitAnswer answer, RegressionModel model, IReadOnlyList<Grouping> covariates)
    {
        if (covariates.Count == 0) return "NULL";
        var fit = ExitComparisons.Regress(answer, model, covariates);
        // Of a model in reviews the levels of the cycles are left out: they depend on where the covariates have their nought.
        return fit.Reason is not null ? "NULL"
            : Table("term,coef,error,robust", fit.Terms.Where(t => !t.Term.StartsWith("cycle ", StringComparison.Ordinal)).Select(t => (string[])[t.Term, Number(t.Coef), Number(t.StdErr), Number(t.RobustStdErr)]));
    }

    private static IEnumerable<DateOnly> ReviewsOf(ExitAnswer answer)
    {
        if (answer.Spells.Count == 0) yield break;
        for (var day = answer.Reviews.FirstAfter(answer.Spells.Min(s => s.Spell.ExitDate)); day is { } review && review <= answer.AsOf; day = answer.Reviews.FirstAfter(review)) yield return review;
    }

    /// <param name="texts">How many of the first columns are texts, besides those that are known to be.</param>
    private static string Table(string header, IEnumerable<string[]> rows, int texts = 0)
    {
        var names = header.Split(',');
        bool IsText(int column) => column < texts || names[column] is "group" or "cause" or "term";
        var columns = names.Select((name, i) => $"{name} = {(IsText(i) ? "character(0)" : "numeric(0)")}").ToArray();
        var table = rows.ToList();
        if (table.Count > 0)
            for (var i = 0; i < names.Length; i++)
                columns[i] = $"{names[i]} = c({string.Join(", ", table.Select(row => IsText(i) ? Quoted(row[i]) : row[i]))})";
        return $"data.frame({string.Join(",\n    ", columns)}, stringsAsFactors = FALSE)";
    }

    private static string Vector(IReadOnlyList<string> values) => values.Count == 0 ? "character(0)" : $"c({string.Join(", ", values.Select(Quoted))})";

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"";

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "NA";

    private static string Text(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "NA";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string ReadResource(string name)
    {
        using var stream = typeof(DurabilityScript).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
