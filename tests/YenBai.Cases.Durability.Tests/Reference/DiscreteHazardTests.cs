namespace YenBai.Cases.Durability.Tests;

public class DiscreteHazardTests
{
    static readonly IReadOnlyList<CsvRow> Rows = Csv.Read("lung/person_period.csv");

    static readonly Design<CsvRow> AgeSex = Design<CsvRow>.Empty.With("age", row => row.Number("age")).With("sex", row => row.Number("sex"));

    static HazardFit<CsvRow> Fit(string model, string link)
    {
        var perCycle = model.StartsWith("pf");
        var options = new HazardOptions
        {
            Link = link == "logit" ? Link.Logit : Link.ComplementaryLogLog,
            Baseline = perCycle ? BaselineKind.PerCycle : BaselineKind.LogCycle,
            LastCycle = 8,
        };
        var design = perCycle ? AgeSex.With("ecog", row => row.Number("ecog")) : AgeSex;
        return DiscreteHazard.Fit(Rows, row => row.Int("period"), row => row["y"] == "1", design, options).Value;
    }

    static string Term(string reference) => reference switch
    {
        "pf8" => "cycle 8+",
        "(Intercept)" => "(intercept)",
        "log(period)" => "log(cycle)",
        ['p', 'f', ..] => $"cycle {reference[2..]}",
        _ => reference,
    };

    [Fact]
    public void Coefficients_agree()
    {
        foreach (var row in Csv.Read("lung/discrete_coef.csv"))
        {
            var (where, coefficient) = (row.ToString(), Fit(row["model"], row["link"]).Coefficients.Single(c => c.Term == Term(row["term"])));
            coefficient.Value.ShouldAgree(row.Double("coef"), where, Near.Fitted);
            coefficient.StandardError.ShouldAgree(row.Double("se"), where, Near.Fitted);
            coefficient.RobustError.ShouldAgree(row.Number("cluster_se_cr0"), where, Near.Fitted);
            coefficient.Z.ShouldAgree(row.Double("z"), where, Near.Fitted);
            coefficient.PValue.ShouldAgree(row.Double("p"), where, Near.Fitted);
        }
    }

    [Fact]
    public void Likelihoods_agree()
    {
        foreach (var row in Csv.Read("lung/discrete_fit.csv"))
        {
            var (where, fit) = (row.ToString(), Fit(row["model"], row["link"]));
            fit.Count.ShouldBe(row.Int("n_rows"), where);
            fit.LogLikelihood.ShouldAgree(row.Double("loglik"), where);
            fit.Deviance.ShouldAgree(row.Double("deviance"), where);
            fit.Aic.ShouldAgree(row.Double("aic"), where);
            fit.ResidualDegreesOfFreedom.ShouldBe(row.Int("df_resid"), where);

            // Without an intercept the reference takes a predictor of zero as its null model, which is no model of anything.
            if (row["model"].StartsWith('1')) (-2 * fit.NullLogLikelihood).ShouldAgree(row.Double("null_deviance"), where);
        }
    }

    [Fact]
    public void Life_table_by_period_agrees()
    {
        var units = Rows.GroupBy(row => row["unit"]).Select(unit => new Observation(
            unit.Count(), unit.Any(row => row["y"] == "1") ? EndKind.ReEntry : EndKind.Censored)).ToArray();
        Compare(Csv.Read("lung/discrete_hazard.csv"), units);
    }

    [Theory, InlineData("A"), InlineData("B"), InlineData("C"), InlineData("D")]
    public void Life_table_by_review_agrees(string run)
    {
        var spells = HouseholdStoryTests.Build(run).Spells;
        foreach (var part in Csv.Read($"domain_small/{run}_discrete_hazard.csv").GroupBy(row => row["stratum"]))
            Compare([.. part], [.. spells.Where(spell => part.Key == "all" || part.Key == $"voluntary={(spell.Voluntary ? 1 : 0)}")
                .Select(spell => spell.ObservationInCycles)]);
    }

    static void Compare(IReadOnlyList<CsvRow> expected, Observation[] rows)
    {
        var table = DiscreteHazard.Table(rows);
        table.Length.ShouldBe(expected.Count, expected[0].ToString());
        foreach (var (step, row) in table.Zip(expected))
        {
            var where = row.ToString();
            step.Cycle.ShouldBe(row.Int("period"), where);
            step.AtRisk.ShouldBe(row.Int("n"), where);
            step.Events.ShouldBe(row.Int("d"), where);
            step.Hazard.ShouldAgree(row.Number("hazard"), where);
            step.StandardError.ShouldAgree(row.Number("se_hazard"), where);
            step.Survival.ShouldAgree(row.Double("surv"), where);
            step.ReEntered.ShouldAgree(row.Double("cum_reentry"), where);
        }
    }
}
