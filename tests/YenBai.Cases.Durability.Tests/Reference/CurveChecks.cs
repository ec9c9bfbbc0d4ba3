namespace YenBai.Cases.Durability.Tests;

/// <summary>Compares curves with the reference files, which share their columns between folders.</summary>
public static class CurveChecks
{
    public static readonly (IntervalKind Kind, string Column, string Name)[] Scales =
        [(IntervalKind.Log, "log", "log"), (IntervalKind.LogLog, "loglog", "log-log"), (IntervalKind.Plain, "plain", "plain")];

    public static void Survfit(IReadOnlyList<CsvRow> expected, Observation[] rows, VarianceKind variance = VarianceKind.Greenwood, int scale = 1)
    {
        foreach (var (kind, column, _) in Scales)
        {
            var curve = KaplanMeier.Fit(rows, new KaplanMeierOptions { Interval = kind, Variance = variance });
            curve.Steps.Length.ShouldBe(expected.Count, expected[0].ToString());
            foreach (var (step, row) in curve.Steps.Zip(expected))
            {
                var where = $"{row} {kind}";
                step.Time.ShouldBe(Sets.Scaled(row.Double("time"), scale), where);
                step.AtRisk.ShouldBe(row.Int("n_risk"), where);
                step.Events.ShouldBe(row.Int("n_event"), where);
                step.Survival.ShouldAgree(row.Double("surv"), where);
                if (step.Survival > 0) step.StandardError.ShouldAgree(row.Number("se_surv"), where);
                else step.StandardError.Reason.ShouldBe(Reason.RiskSetEmpty, where);
                if (!row.Has("cumhaz")) continue;

                step.Censored.ShouldBe(row.Int("n_censor"), where);
                step.LogError.ShouldAgree(row.Number("se_log"), where);
                step.CumulativeHazard.ShouldAgree(row.Double("cumhaz"), where);
                step.HazardError.ShouldAgree(row.Double("se_cumhaz"), where);
                if (Uninformative(step, kind, row, column)) continue;
                step.Lower.ShouldAgree(row.Number($"lower_{column}"), where);
                step.Upper.ShouldAgree(row.Number($"upper_{column}"), where);
            }
        }
    }

    /// <summary>At S = 1 a tool may print the limits 1 and 1 on the log-log scale; there are none.</summary>
    static bool Uninformative(SurvivalStep step, IntervalKind kind, CsvRow row, string column)
    {
        if (step.Survival < 1 || kind != IntervalKind.LogLog) return false;
        step.Lower.Reason.ShouldBe(Reason.NoEvents);
        return row[$"lower_{column}"] is "" or "1";
    }

    public static void Quantiles(IReadOnlyList<CsvRow> expected, Observation[] rows, int scale = 1)
    {
        foreach (var row in expected)
        {
            var kind = Scales.Single(s => s.Name == row["conf_type"]).Kind;
            var curve = KaplanMeier.Fit(rows, new KaplanMeierOptions { Interval = kind, Variance = VarianceKind.Greenwood });
            var quantile = curve.Quantile(row.Double("p"));
            quantile.Value.ShouldAgree(row.Number("quantile_inf") * scale, row.ToString());
            quantile.Lower.ShouldAgree(row.Number("lower_inf") * scale, row.ToString());
            quantile.Upper.ShouldAgree(row.Number("upper_inf") * scale, row.ToString());
        }
    }

    public static void RestrictedMeans(IReadOnlyList<CsvRow> expected, Observation[] rows, int scale = 1)
    {
        var curve = KaplanMeier.Fit(rows);
        foreach (var row in expected)
        {
            var mean = curve.RestrictedMean(Sets.Scaled(row.Double("tau"), scale));
            mean.Value.ShouldAgree(row.Number("rmst") * scale, row.ToString());
            mean.StandardError.ShouldAgree(row.Number("se") * scale, row.ToString());
        }
    }

    public static void Horizons(IReadOnlyList<CsvRow> expected, Observation[] rows)
    {
        var curve = KaplanMeier.Fit(rows, new KaplanMeierOptions { Variance = VarianceKind.Greenwood });
        foreach (var row in expected)
        {
            var (horizon, where) = (row.Int("horizon"), row.ToString());
            var at = curve.At(horizon);
            at.AtRisk.ShouldBe(row.Int("n_risk"), where);
            at.Value.ShouldAgree(row.Number("surv"), where);
            at.Complement().Value.ShouldAgree(row.Number("cum_reentry"), where);
            at.StandardError.ShouldAgree(row.Number("se_surv"), where);
            if (at.Value.Value == 1) at.Lower.Reason.ShouldBe(Reason.NoEvents, where);
            else at.Lower.ShouldAgree(row.Number("lower_loglog"), where);
            if (at.Value.Value < 1) at.Upper.ShouldAgree(row.Number("upper_loglog"), where);
        }
    }

    public static void LogRank(LogRankResult<string> result, IReadOnlyList<CsvRow> groups, CsvRow test)
    {
        foreach (var row in groups)
        {
            var name = row["group"].Split('=')[^1];
            var group = result.Groups.Single(g => g.Group.Replace(" ", "") == name);
            group.Count.ShouldBe(row.Int("n"), row.ToString());
            group.Observed.ShouldAgree(row.Double("observed"), row.ToString());
            group.Expected.ShouldAgree(row.Double("expected"), row.ToString());
        }

        result.DegreesOfFreedom.ShouldBe(test.Int("df"), test.ToString());
        result.ChiSquared.ShouldAgree(test.Number("chisq"), test.ToString());
        result.PValue.ShouldAgree(test.Number("p"), test.ToString());
    }
}
