using FsCheck.Xunit;

namespace YenBai.Cases.Durability.Tests;

[Properties(Arbitrary = [typeof(Cohorts)])]
public class CurveProperties
{
    const double Tolerance = 1e-9;
    static readonly KaplanMeierOptions Greenwood = new() { Variance = VarianceKind.Greenwood };

    [Property(MaxTest = 1000)]
    public void Order_of_rows_is_irrelevant(Cohort cohort)
    {
        foreach (var (a, b) in KaplanMeier.Fit(cohort.Rows).Steps.Zip(KaplanMeier.Fit(cohort.Shuffled).Steps))
        {
            (a.Time, a.AtRisk, a.Events, a.Censored, a.Survival).ShouldBe((b.Time, b.AtRisk, b.Events, b.Censored, b.Survival));
            a.StandardError.IsEstimable.ShouldBe(b.StandardError.IsEstimable);
            // Where the influences of a household cancel, the variance is nought but for rounding, whose root is a thousand million times larger.
            if (a.StandardError.OrNull is { } x && b.StandardError.OrNull is { } y) (x * x).ShouldBe(y * y, 1e-13);
        }

        foreach (var (a, b) in AalenJohansen.Fit(cohort.Rows).Zip(AalenJohansen.Fit(cohort.Shuffled)))
            a.Steps.ShouldBe(b.Steps);
    }

    [Property]
    public void Time_scales_quantiles_and_means_only(Cohort cohort)
    {
        var scaled = KaplanMeier.Fit([.. cohort.Rows.Select(row => row with
        {
            Time = row.Time * 7,
            Entry = row.Entry == Observation.NoEntry ? row.Entry : row.Entry * 7,
        })], Greenwood);
        var curve = KaplanMeier.Fit(cohort.Rows, Greenwood);
        scaled.Steps.Select(step => (step.Survival, step.StandardError, step.CumulativeHazard))
            .ShouldBe(curve.Steps.Select(step => (step.Survival, step.StandardError, step.CumulativeHazard)));
        scaled.Quantile(0.5).Value.ShouldBe(curve.Quantile(0.5).Value.Map(t => t * 7));
        scaled.RestrictedMean(70).Value.ShouldAgree(curve.RestrictedMean(10).Value.Value * 7, "mean");
    }

    [Property]
    public void Doubling_the_data_halves_the_variance_but_not_that_by_cluster(Cohort cohort)
    {
        Observation[] households = [.. cohort.Rows.Select((row, i) => row with { Cluster = i })];
        Observation[] twice = [.. households, .. households];
        foreach (var (one, two) in KaplanMeier.Fit(households, Greenwood).Steps.Zip(KaplanMeier.Fit(twice, Greenwood).Steps))
        {
            two.Survival.ShouldBe(one.Survival, Tolerance);
            if (one.Survival > 0) two.StandardError.Value.ShouldBe(one.StandardError.Value / Math.Sqrt(2), Tolerance);
        }

        foreach (var (one, two) in KaplanMeier.Fit(households).Steps.Zip(KaplanMeier.Fit(twice).Steps))
        {
            if (one.Survival > 0) two.StandardError.Value.ShouldBe(one.StandardError.Value, Tolerance);
            two.HazardError.ShouldBe(one.HazardError, Tolerance);
        }
    }

    [Property]
    public void Without_shared_clusters_the_robust_variance_is_Greenwoods(Cohort cohort)
    {
        // Only where nobody enters late: otherwise who is at risk later was not all at risk before, and increments are no longer orthogonal.
        Observation[] rows = [.. cohort.Rows.Select((row, i) => row with { Cluster = i, Entry = Observation.NoEntry })];
        foreach (var (robust, plain) in KaplanMeier.Fit(rows).Steps.Zip(KaplanMeier.Fit(rows, Greenwood).Steps))
            if (plain.Survival > 0) robust.LogError.Value.ShouldBe(plain.LogError.Value, Tolerance);
    }

    [Property]
    public void The_sweep_by_cluster_equals_the_textbook_sum(Cohort cohort)
    {
        var curve = KaplanMeier.Fit(cohort.Rows);
        Observation[] rows = [.. cohort.Rows.Select((row, i) => row.Cluster < 0 ? row with { Cluster = 1000 + i } : row)];
        foreach (var step in curve.Steps.Where(step => step.Survival > 0))
        {
            var variance = rows.GroupBy(row => row.Cluster).Sum(cluster => Math.Pow(cluster.Sum(row => -step.Survival * curve.Steps
                .Where(s => s.Time <= step.Time && s.Events > 0)
                .Sum(s => ((row.Time == s.Time && row.End == EndKind.ReEntry ? 1 : 0) - (row.IsAtRisk(s.Time) ? (double)s.Events / s.AtRisk : 0)) / (s.AtRisk - s.Events))), 2));
            step.StandardError.Value.ShouldBe(Math.Sqrt(variance), 1e-8);
        }
    }

    [Property]
    public void Without_censoring_the_curve_is_the_empirical_one(TieFreeCohort cohort)
    {
        Observation[] rows = [.. cohort.Rows.Select(row => row with { Time = row.Time / 3, End = EndKind.ReEntry })];
        foreach (var step in KaplanMeier.Fit(rows, Greenwood).Steps)
        {
            var share = rows.Count(row => row.Time > step.Time) / (double)rows.Length;
            step.Survival.ShouldBe(share, Tolerance);
            if (share > 0) step.StandardError.Value.ShouldBe(Math.Sqrt(share * (1 - share) / rows.Length), Tolerance);
        }
    }

    [Property]
    public void One_cause_alone_is_one_minus_the_curve(Cohort cohort)
    {
        Observation[] rows = [.. cohort.Rows.Select(row => row.End == EndKind.ReEntry ? row : row with { End = EndKind.Censored })];
        foreach (var (incidence, step) in AalenJohansen.Fit(rows)[0].Steps.Zip(KaplanMeier.Fit(rows, Greenwood).Steps))
        {
            incidence.Incidence.ShouldBe(1 - step.Survival, Tolerance);
            if (step.Survival > 0) incidence.StandardError.ShouldBe(step.StandardError.Value, 1e-8);
        }
    }

    [Property]
    public void Incidences_and_survival_add_to_one(Cohort cohort)
    {
        foreach (var moveOut in Enum.GetValues<MoveOut>())
        {
            var causes = AalenJohansen.Fit(cohort.Rows, moveOut);
            for (var i = 0; i < causes[0].Steps.Length; i++)
                (causes.Sum(cause => cause.Steps[i].Incidence) + causes[0].Steps[i].Survival).ShouldBe(1, Tolerance);
        }
    }

    [Property]
    public void Splitting_rows_changes_censorings_only(Cohort cohort)
    {
        const int cut = 5;
        Observation[] split = [.. cohort.Rows.SelectMany(row => row.SplitAt(cut) is var (before, after) ? new[] { before, after } : [row])];
        var curve = KaplanMeier.Fit(split);
        foreach (var step in KaplanMeier.Fit(cohort.Rows).Steps)
        {
            var same = curve.Steps.Single(s => s.Time == step.Time);
            (same.AtRisk, same.Events, same.Survival).ShouldBe((step.AtRisk, step.Events, step.Survival));
            if (step.Survival > 0 && cohort.Rows.All(row => row.Cluster >= 0)) same.StandardError.Value.ShouldBe(step.StandardError.Value, 1e-8);
        }
    }

    [Property]
    public void The_curve_on_cycles_is_the_product_of_the_hazards(Cohort cohort)
    {
        var curve = KaplanMeier.Fit(cohort.Rows);
        foreach (var step in DiscreteHazard.Table(cohort.Rows))
            step.Survival.ShouldBe(curve.LastStepAt(step.Cycle)?.Survival ?? 1, Tolerance);
    }

    [Property]
    public void The_number_at_risk_between_times_counts_who_is_watched(Cohort cohort)
    {
        var curve = KaplanMeier.Fit(cohort.Rows);
        for (var time = 1; time < 25; time++) curve.AtRisk(time).ShouldBe(cohort.Rows.Count(row => row.IsAtRisk(time)));
    }

    [Property]
    public void Limits_enclose_the_estimate(Cohort cohort)
    {
        foreach (var kind in Enum.GetValues<IntervalKind>())
        {
            foreach (var step in KaplanMeier.Fit(cohort.Rows, new KaplanMeierOptions { Interval = kind }).Steps)
            {
                if (!step.Lower.TryGet(out var lower) || !step.Upper.TryGet(out var upper)) continue;
                lower.ShouldBeInRange(0, step.Survival + Tolerance);
                upper.ShouldBeInRange(step.Survival - Tolerance, 1);
            }
        }
    }
}
