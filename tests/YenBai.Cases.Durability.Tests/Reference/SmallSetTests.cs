namespace YenBai.Cases.Durability.Tests;

/// <summary>The degenerate cases and the random small sets.</summary>
public class SmallSetTests
{
    static readonly ILookup<string, DataRow> Fuzz = Sets.Numbered("fuzz", Sets.Thousandths);
    static readonly ILookup<string, DataRow> Edge = Sets.Numbered("edge");

    [Fact]
    public void Edge_curves_agree()
    {
        foreach (var part in Csv.Read("edge/survfit.csv").GroupBy(row => (Set: row["set"], Stratum: row["stratum"])))
            CurveChecks.Survfit([.. part], Edge[part.Key.Set].Of(part.Key.Stratum));
    }

    [Fact]
    public void Edge_quantiles_agree()
    {
        foreach (var part in Csv.Read("edge/quantiles.csv").GroupBy(row => (Set: row["set"], Stratum: row["stratum"])))
            CurveChecks.Quantiles([.. part], Edge[part.Key.Set].Of(part.Key.Stratum));
    }

    [Fact]
    public void Edge_log_rank_agrees()
    {
        foreach (var test in Csv.Read("edge/logrank_tests.csv"))
            CurveChecks.LogRank(
                LogRank.Compare([.. Edge[test["set"]]], row => row.Observation, row => row.Cells["group"]),
                [.. Csv.Read("edge/logrank_groups.csv").Where(row => row["set"] == test["set"])], test);
    }

    [Fact]
    public void Random_curves_agree()
    {
        foreach (var part in Csv.Read("fuzz/survfit.csv").GroupBy(row => (Set: row["set"], Stratum: row["stratum"])))
            CurveChecks.Survfit([.. part], Fuzz[part.Key.Set].Of(part.Key.Stratum), scale: Sets.Thousandths);
    }

    [Fact]
    public void Random_clustered_curves_agree()
    {
        foreach (var part in Csv.Read("fuzz/survfit_cluster_robust.csv").GroupBy(row => row["set"]))
            CurveChecks.Survfit([.. part], Fuzz[part.Key].Of("all"), VarianceKind.ClusterRobust, Sets.Thousandths);
    }

    [Fact]
    public void Random_quantiles_agree()
    {
        foreach (var part in Csv.Read("fuzz/quantiles.csv").GroupBy(row => (Set: row["set"], Stratum: row["stratum"])))
            CurveChecks.Quantiles([.. part], Fuzz[part.Key.Set].Of(part.Key.Stratum), Sets.Thousandths);
    }

    [Fact]
    public void Random_restricted_means_agree()
    {
        foreach (var part in Csv.Read("fuzz/rmst.csv").GroupBy(row => row["set"]))
            CurveChecks.RestrictedMeans([.. part], Fuzz[part.Key].Of("all"), Sets.Thousandths);
    }

    [Fact]
    public void Random_log_rank_agrees()
    {
        var groups = Csv.Read("fuzz/logrank_groups.csv");
        foreach (var test in Csv.Read("fuzz/logrank_tests.csv"))
            CurveChecks.LogRank(
                LogRank.Compare([.. Fuzz[test["set"]]], row => row.Observation, row => row.Cells["group"],
                    row => test["test"] == "logrank" ? "" : row.Cells["stratum"]),
                [.. groups.Where(row => row["set"] == test["set"] && row["test"] == test["test"])], test);
    }

    [Fact]
    public void Random_competing_ends_agree()
    {
        foreach (var part in Csv.Read("fuzz/aalen_johansen.csv").GroupBy(row => (Set: row["set"], Cause: row.Int("cause"))))
        {
            var curve = AalenJohansen.Fit(Fuzz[part.Key.Set].Of("all")).Single(c => c.Cause == (EndKind)part.Key.Cause);
            CompetingEndChecks.Compare(curve, [.. part], Sets.Thousandths);
        }
    }
}

public static class CompetingEndChecks
{
    public static void Compare(CumulativeIncidence curve, IReadOnlyList<CsvRow> expected, int scale = 1)
    {
        curve.Steps.Length.ShouldBe(expected.Count, expected[0].ToString());
        foreach (var (step, row) in curve.Steps.Zip(expected))
        {
            var where = row.ToString();
            step.Time.ShouldBe(Sets.Scaled(row.Double("time"), scale), where);
            step.AtRisk.ShouldBe(row.Int("n_risk"), where);
            step.Events.ShouldBe(row.Int("n_event"), where);
            step.Censored.ShouldBe(row.Int("n_censor"), where);
            step.Survival.ShouldAgree(row.Double("surv_all"), where);
            step.Incidence.ShouldAgree(row.Double("cif"), where);
            step.StandardError.ShouldAgree(row.Double("se_greenwood"), where);
            if (!row.Has("lower_cloglog")) continue;
            step.AllEvents.ShouldBe(row.Int("n_event_all"), where);
            step.Lower.ShouldAgree(row.Number("lower_cloglog"), where);
            step.Upper.ShouldAgree(row.Number("upper_cloglog"), where);
        }
    }
}
