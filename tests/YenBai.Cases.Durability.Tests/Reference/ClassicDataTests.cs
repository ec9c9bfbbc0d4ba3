namespace YenBai.Cases.Durability.Tests;

public class ClassicDataTests
{
    [Theory, InlineData("aml"), InlineData("lung"), InlineData("ovarian")]
    public void Curves_agree(string name)
    {
        var data = Sets.Classic(name);
        foreach (var stratum in Csv.Read($"{name}/survfit.csv").GroupBy(row => row["stratum"]))
            CurveChecks.Survfit([.. stratum], data.Of(stratum.Key));
    }

    [Theory, InlineData("aml"), InlineData("lung"), InlineData("ovarian")]
    public void Quantiles_agree(string name)
    {
        var data = Sets.Classic(name);
        foreach (var stratum in Csv.Read($"{name}/quantiles.csv").GroupBy(row => row["stratum"]))
            CurveChecks.Quantiles([.. stratum], data.Of(stratum.Key));
    }

    [Theory, InlineData("aml"), InlineData("lung"), InlineData("ovarian")]
    public void Restricted_means_agree(string name)
    {
        var data = Sets.Classic(name);
        foreach (var stratum in Csv.Read($"{name}/rmst.csv").GroupBy(row => row["stratum"]))
            CurveChecks.RestrictedMeans([.. stratum], data.Of(stratum.Key));
    }

    [Theory, InlineData("aml"), InlineData("lung"), InlineData("ovarian")]
    public void Horizons_agree(string name)
    {
        var data = Sets.Classic(name);
        foreach (var stratum in Csv.Read($"{name}/horizons.csv").GroupBy(row => row["stratum"]))
            CurveChecks.Horizons([.. stratum], data.Of(stratum.Key));
    }

    [Theory, InlineData("aml", "lifetable_12"), InlineData("lung", "lifetable_182_5"), InlineData("ovarian", "lifetable_365")]
    public void Life_tables_agree(string name, string file)
    {
        var expected = Csv.Read($"{name}/{file}.csv");
        var table = LifeTable.Fit(Sets.Classic(name).Of("all"), [.. expected.Select(row => row.Double("interval_from"))]);
        table.Length.ShouldBe(expected.Count);
        foreach (var (interval, row) in table.Zip(expected))
        {
            var where = row.ToString();
            interval.To.ShouldBe(row.Number("interval_to"), where);
            interval.Entering.ShouldBe(row.Int("n_enter"), where);
            interval.Withdrawn.ShouldBe(row.Int("n_lost"), where);
            interval.Exposed.ShouldBe(row.Double("n_exposed"), where);
            interval.Events.ShouldBe(row.Int("n_event"), where);
            interval.Probability.ShouldAgree(row.Number("q"), where);
            interval.Survival.ShouldAgree(row.Double("surv_start"), where);
            interval.SurvivalError.ShouldAgree(row.Number("se_surv_start"), where);
            interval.Density.ShouldAgree(row.Number("density"), where);
            interval.DensityError.ShouldAgree(row.Number("se_density"), where);
            interval.Hazard.ShouldAgree(row.Number("hazard"), where);
            interval.HazardError.ShouldAgree(row.Number("se_hazard"), where);
        }
    }

    [Theory]
    [InlineData("aml", "logrank", "group", null, 0)]
    [InlineData("aml", "peto", "group", null, 1)]
    [InlineData("ovarian", "logrank", "rx", null, 0)]
    [InlineData("ovarian", "logrank_strata_ecog", "rx", "ecog", 0)]
    [InlineData("ovarian", "peto", "rx", null, 1)]
    [InlineData("lung", "logrank", "sex", null, 0)]
    [InlineData("lung", "logrank_ecog", "ecog", null, 0)]
    [InlineData("lung", "logrank_strata_ecog", "sex", "ecog", 0)]
    [InlineData("lung", "logrank_strata_inst", "sex", "inst", 0)]
    [InlineData("lung", "peto", "sex", null, 1)]
    public void Log_rank_agrees(string name, string test, string by, string? stratum, double rho)
    {
        var rows = Sets.Classic(name).Where(row => row.Cells[by] != "" && (stratum is null || row.Cells[stratum] != ""))
            .OrderBy(row => row.Cells[by], StringComparer.Ordinal).ToList();
        var result = LogRank.Compare(rows, row => row.Observation, row => row.Cells[by], row => stratum is null ? "" : row.Cells[stratum], rho);
        CurveChecks.LogRank(result,
            [.. Csv.Read($"{name}/logrank_groups.csv").Where(row => row["test"] == test)],
            Csv.Read($"{name}/logrank_tests.csv").Single(row => row["test"] == test));

        foreach (var cell in Csv.Read($"{name}/logrank_cov.csv").Where(row => row["test"] == test))
            result.Covariance[cell.Int("i") - 1][cell.Int("j") - 1].ShouldAgree(cell.Double("cov"), cell.ToString());
    }
}
