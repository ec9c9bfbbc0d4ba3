namespace YenBai.Cases.Durability.Tests;

public class CoxTests
{
    sealed record Model(string Data, string Name, string[] Covariates, string? Strata = null, bool ByInstitution = false);

    static readonly Model[] Models =
    [
        new("aml", "group", ["groupNonmaintained"]),
        new("ovarian", "rx", ["rx"]),
        new("ovarian", "age+rx", ["age", "rx"]),
        new("ovarian", "full", ["age", "resid", "rx", "ecog"]),
        new("ovarian", "age+rx|ecog", ["age", "rx"], Strata: "ecog"),
        new("lung", "sex", ["sex"]),
        new("lung", "age+sex+ecog", ["age", "sex", "ecog"]),
        new("lung", "age|sex", ["age"], Strata: "sex"),
        new("lung", "age+sex(cluster inst)", ["age", "sex"], ByInstitution: true),
    ];

    public static TheoryData<string, string, Ties> Fits
    {
        get
        {
            var fits = new TheoryData<string, string, Ties>();
            foreach (var model in Models) fits.Add(model.Data, model.Name, Ties.Efron);
            fits.Add("aml", "group", Ties.Breslow);
            fits.Add("aml", "group", Ties.Exact);
            fits.Add("lung", "age+sex+ecog", Ties.Breslow);
            return fits;
        }
    }

    static (IReadOnlyList<DataRow> Rows, CoxFit<DataRow> Fit, Model Model) Fit(string data, string name, Ties ties = Ties.Efron)
    {
        var model = Models.Single(m => m.Data == data && m.Name == name);
        var rows = Sets.Classic(data);
        if (model.ByInstitution)
            rows = [.. rows.Where(row => row.Cells["inst"] != "").Select(row => row with { Observation = row.Observation with { Cluster = row.Cells.Int("inst") } })];
        var design = model.Covariates.Aggregate(Design<DataRow>.Empty, (d, c) => d.With(c, row => Value(row, c)));
        var fit = Cox.Fit(rows, row => row.Observation, design, new CoxOptions { Ties = ties, MinimumEventsPerParameter = 0 },
            model.Strata is { } strata ? row => row.Cells[strata] : null);
        return (rows, fit.Value, model);
    }

    static double? Value(DataRow row, string covariate)
        => covariate == "groupNonmaintained" ? row.Cells["group"] == "Nonmaintained" ? 1 : 0 : row.Cells.Number(covariate);

    static IEnumerable<CsvRow> Expected(string data, string file, string model, Ties ties)
        => Csv.Read($"{data}/{file}.csv").Where(row => row["model"] == model && row["ties"] == ties.ToString().ToLowerInvariant());

    [Theory, MemberData(nameof(Fits))]
    public void Coefficients_agree(string data, string name, Ties ties)
    {
        var (_, fit, _) = Fit(data, name, ties);
        foreach (var row in Expected(data, "cox_coef", name, ties))
        {
            var (where, coefficient) = (row.ToString(), fit.Coefficients.Single(c => c.Term == row["term"]));
            coefficient.Value.ShouldAgree(row.Double("coef"), where, Near.Fitted);
            coefficient.StandardError.ShouldAgree(row.Double("se"), where, Near.Fitted);
            coefficient.RobustError.ShouldAgree(row.Number("robust_se"), where, Near.Fitted);
            coefficient.Ratio.ShouldAgree(row.Double("hr"), where, Near.Fitted);
            coefficient.RatioLower.ShouldAgree(row.Double("hr_lower"), where, Near.Fitted);
            coefficient.RatioUpper.ShouldAgree(row.Double("hr_upper"), where, Near.Fitted);
            coefficient.Z.ShouldAgree(row.Double("z"), where, Near.Fitted);
            coefficient.PValue.ShouldAgree(row.Double("p"), where, Near.Fitted);
        }

        foreach (var row in Expected(data, "cox_cov", name, ties))
        {
            int i = row.Int("i") - 1, j = row.Int("j") - 1;
            fit.Covariance[i][j].ShouldAgree(row.Double("cov"), row.ToString(), Near.Fitted);
            if (row.Number("robust_cov") is { } robust) fit.RobustCovariance!.Value[i][j].ShouldAgree(robust, row.ToString(), Near.Fitted);
        }
    }

    [Theory, MemberData(nameof(Fits))]
    public void Tests_and_concordance_agree(string data, string name, Ties ties)
    {
        var (rows, fit, model) = Fit(data, name, ties);
        foreach (var row in Expected(data, "cox_fit", name, ties))
        {
            var where = row.ToString();
            fit.Count.ShouldBe(row.Int("n"), where);
            fit.Events.ShouldBe(row.Int("n_event"), where);
            fit.NullLogLikelihood.ShouldAgree(row.Double("loglik_null"), where, Near.Fitted);
            fit.LogLikelihood.ShouldAgree(row.Double("loglik"), where, Near.Fitted);
            fit.LikelihoodRatio.ChiSquared.ShouldAgree(row.Double("lr_chisq"), where, Near.Fitted);
            fit.LikelihoodRatio.PValue.ShouldAgree(row.Double("lr_p"), where, Near.Fitted);
            fit.Wald.ChiSquared.ShouldAgree(row.Double("wald_chisq"), where, Near.Fitted);
            fit.Score.ChiSquared.ShouldAgree(row.Double("score_chisq"), where, Near.Fitted);
            fit.Score.DegreesOfFreedom.ShouldBe(row.Int("df"), where);

            var scored = rows.Where(r => fit.LinearPredictor(r).IsEstimable).ToList();
            var concordance = Concordance.Of(scored, r => r.Observation, r => fit.LinearPredictor(r).Value,
                r => model.Strata is { } strata ? r.Cells[strata] : "");
            concordance.Value.ShouldAgree(row.Double("concordance"), where, Near.Fitted);
            concordance.StandardError.ShouldAgree(row.Double("concordance_se"), where, Near.Fitted);
        }
    }

    [Theory, InlineData("aml"), InlineData("ovarian"), InlineData("lung")]
    public void Baseline_hazard_agrees(string data)
    {
        foreach (var part in Csv.Read($"{data}/cox_basehaz.csv").GroupBy(row => row["model"]))
        {
            var steps = Fit(data, part.Key).Fit.Baseline[""];
            steps.Length.ShouldBe(part.Count());
            foreach (var (step, row) in steps.Zip(part))
            {
                step.Time.ShouldBe(row.Int("time"), row.ToString());
                step.AtZero.ShouldAgree(row.Double("cumhaz0"), row.ToString(), Near.Fitted);
            }
        }
    }

    [Theory, InlineData("ovarian"), InlineData("lung")]
    public void Proportionality_tests_agree(string data)
    {
        foreach (var row in Csv.Read($"{data}/cox_zph.csv"))
        {
            var test = Fit(data, row["model"]).Fit.Proportionality.Single(t => (t.Term ?? "GLOBAL") == row["term"]).Test;
            test.ChiSquared.ShouldAgree(row.Double("chisq"), row.ToString(), Near.Fitted);
            test.DegreesOfFreedom.ShouldBe(row.Int("df"), row.ToString());
            test.PValue.ShouldAgree(row.Double("p"), row.ToString(), Near.Fitted);
        }
    }

    [Fact]
    public void Predictions_agree()
    {
        var (rows, fit, _) = Fit("lung", "age+sex+ecog");
        var horizons = Csv.Read("lung/brier.csv").Select(row => row.Int("horizon")).ToArray();
        foreach (var expected in Csv.Read("lung/cox_predictions.csv"))
        {
            var row = rows[expected.Int("row") - 1];

            // Terms of about one that cancel: the sum agrees to as many decimals, not to as many digits.
            fit.LinearPredictor(row).Value.ShouldBe(expected.Double("lp"), 1e-8, expected.ToString());
            for (var h = 0; h < horizons.Length; h++)
                fit.Survival(row, horizons[h]).ShouldAgree(expected.Number($"P.{h + 1}"), expected.ToString(), Near.Fitted);
        }
    }

    [Fact]
    public void Concordant_pairs_agree()
    {
        var (rows, fit, _) = Fit("lung", "age+sex+ecog");
        var concordance = Concordance.Of(
            [.. rows.Where(row => fit.LinearPredictor(row).IsEstimable)], row => row.Observation, row => fit.LinearPredictor(row).Value);
        var expected = Csv.Read("lung/cindex.csv").ToDictionary(row => row["metric"], row => row.Double("value"));
        concordance.Value.ShouldAgree(expected["concordance"], "concordance");
        concordance.StandardError.ShouldAgree(expected["concordance_se"], "concordance_se", Near.Fitted);
        concordance.Concordant.ShouldBe((long)expected["n_concordant"]);
        concordance.Discordant.ShouldBe((long)expected["n_discordant"]);
        concordance.TiedScore.ShouldBe((long)expected["n_tied_x"]);
        concordance.TiedTime.ShouldBe((long)(expected["n_tied_y"] + expected["n_tied_xy"]));
    }

    [Fact]
    public void Brier_scores_agree()
    {
        var (rows, fit, _) = Fit("lung", "age+sex+ecog");
        var complete = rows.Where(row => fit.LinearPredictor(row).IsEstimable).ToList();
        foreach (var row in Csv.Read("lung/brier.csv"))
        {
            var score = CensoredBrier.At(row.Int("horizon"), complete, r => r.Observation, (r, t) => fit.Survival(r, t).Value);
            score.Model.ShouldAgree(row.Double("brier_model"), row.ToString(), Near.Fitted);
            score.Null.ShouldAgree(row.Double("brier_null_km"), row.ToString(), Near.Fitted);
            score.Scaled.ShouldAgree(row.Double("scaled_brier"), row.ToString(), Near.Fitted);
        }
    }
}
