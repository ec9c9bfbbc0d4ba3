namespace YenBai.Cases.Durability.Tests;

public class ValidationTests
{
    static readonly ILookup<string, Prediction> ByGroup = Csv.Read("risk_metrics/data.csv")
        .ToLookup(row => row["g"], row => new Prediction(row.Double("p"), row["y"] == "1"));

    static IReadOnlyList<Prediction> Of(string group) => group == "all" ? [.. ByGroup.SelectMany(g => g)] : [.. ByGroup[group]];

    [Fact]
    public void Accuracy_agrees()
    {
        foreach (var row in Csv.Read("risk_metrics/metrics.csv"))
        {
            var where = row.ToString();
            var predictions = Of(row["group"]);
            var accuracy = RiskPredictions.Assess(predictions);
            accuracy.Count.ShouldBe(row.Int("n"), where);
            accuracy.Events.ShouldBe(row.Int("events"), where);
            accuracy.Expected.ShouldAgree(row.Double("expected"), where);
            accuracy.ObservedOverExpected.ShouldAgree(row.Double("oe_ratio"), where);
            accuracy.Prevalence.ShouldAgree(row.Double("prevalence"), where);
            accuracy.Auc.ShouldAgree(row.Double("auc"), where);
            accuracy.Brier.ShouldAgree(row.Double("brier"), where);
            accuracy.NullBrier.ShouldAgree(row.Double("brier_null"), where);
            accuracy.ScaledBrier.ShouldAgree(row.Double("scaled_brier"), where);
            accuracy.LogLoss.ShouldAgree(row.Double("logloss"), where);
            accuracy.CalibrationIntercept.ShouldAgree(row.Double("cal_intercept"), where, Near.Fitted);
            accuracy.CalibrationSlopeIntercept.ShouldAgree(row.Double("cal_slope_intercept"), where, Near.Fitted);
            accuracy.CalibrationSlope.ShouldAgree(row.Double("cal_slope"), where, Near.Fitted);

            var threshold = RiskPredictions.AtThreshold(predictions, row.Double("cut"));
            threshold.Flagged.ShouldBe(row.Int("flagged"), where);
            threshold.TruePositiveRate.ShouldAgree(row.Double("tpr"), where);
            threshold.FalsePositiveRate.ShouldAgree(row.Double("fpr"), where);
            threshold.PositivePredictiveValue.ShouldAgree(row.Double("ppv"), where);
        }
    }

    [Fact]
    public void Reliability_agrees()
    {
        var expected = Csv.Read("risk_metrics/reliability.csv");
        var bins = RiskPredictions.Reliability(Of("all"));
        bins.Length.ShouldBe(expected.Count);
        foreach (var (bin, row) in bins.Zip(expected))
        {
            var where = row.ToString();
            bin.Bin.ShouldBe(row.Int("bin"), where);
            bin.Count.ShouldBe(row.Int("n"), where);
            bin.Events.ShouldBe(row.Int("events"), where);
            bin.MeanProbability.ShouldAgree(row.Double("mean_p"), where);
            bin.Observed.ShouldAgree(row.Double("observed"), where);
            bin.Lower.ShouldAgree(row.Double("wilson_lower"), where);
            bin.Upper.ShouldAgree(row.Double("wilson_upper"), where);
        }
    }

    [Fact]
    public void Capacity_agrees()
    {
        foreach (var row in Csv.Read("risk_metrics/capacity.csv"))
        {
            var result = RiskPredictions.AtCapacity(Of("all"), row.Int("capacity"));
            result.Captured.ShouldBe(row.Int("events_captured"));
            result.ShareCaptured.ShouldAgree(row.Double("share_captured"), row.ToString());
            result.PositivePredictiveValue.ShouldAgree(row.Double("ppv"), row.ToString());
            result.Lift.ShouldAgree(row.Double("lift"), row.ToString());
        }
    }
}

public class DisclosureTests
{
    [Theory, InlineData(5), InlineData(10)]
    public void Stepped_curves_agree(int k)
    {
        var expected = Csv.Read("disclosure/stepped_km.csv").Where(row => row.Int("k") == k).ToList();
        var points = PublishableCurve.Stepped(Sets.Classic("lung").Of("all"), k);
        points.Length.ShouldBe(expected.Count);
        foreach (var (point, row) in points.Zip(expected))
        {
            var where = row.ToString();
            point.Time.ShouldBe(row.Int("time"), where);
            point.AtRisk.ShouldBe(row.Int("n_risk"), where);
            point.Events.ShouldBe(row.Int("n_event"), where);
            point.Censored.ShouldBe(row.Int("n_censor"), where);
            point.Survival.ShouldAgree(row.Double("surv"), where);
        }
    }

    public static TheoryData<string> Tables => [.. Csv.Read("disclosure/suppression.csv").Select(row => row["case"]).Distinct()];

    [Theory, MemberData(nameof(Tables))]
    public void Reference_tables_are_protected(string name)
    {
        var cells = Csv.Read("disclosure/suppression.csv").Where(row => row["case"] == name).ToList();
        var counts = new int[cells.Max(row => row.Int("row")) + 1, cells.Max(row => row.Int("col")) + 1];
        foreach (var row in cells) counts[row.Int("row"), row.Int("col")] = row.Int("count");
        var table = ShouldProtect(counts);
        foreach (var row in cells.Where(row => row["flag"] == "P"))
            table.Status(row.Int("row"), row.Int("col")).ShouldBe(CellStatus.Primary, row.ToString());
        if (cells.All(row => row["flag"] == "")) table.Withheld.ShouldBeEmpty();
    }

    [Fact]
    public void Random_tables_are_protected()
    {
        var random = new Random(20260101);
        for (var i = 0; i < 300; i++)
        {
            var counts = new int[random.Next(2, 7), random.Next(2, 6)];
            for (var r = 0; r < counts.GetLength(0); r++)
                for (var c = 0; c < counts.GetLength(1); c++) counts[r, c] = random.Next(4) == 0 ? random.Next(0, 6) : random.Next(0, 60);
            ShouldProtect(counts);
        }
    }

    /// <summary>The property, not the pattern: nothing small shown, no line with one gap, no gap that the margins confine.</summary>
    static SuppressedTable ShouldProtect(int[,] counts)
    {
        var rule = DisclosureRule.Report;
        var table = Suppression.Apply(counts, rule);
        int rows = table.Rows, columns = table.Columns;
        for (var r = 0; r <= rows; r++)
            for (var c = 0; c <= columns; c++)
                if (table[r, c].TryGet(out var shown)) rule.IsSmall((int)shown).ShouldBeFalse();
        if (!table.IsSafe) return table;

        for (var r = 0; r <= rows; r++) table.Withheld.Count(cell => cell.Row == r).ShouldNotBe(1);
        for (var c = 0; c <= columns; c++) table.Withheld.Count(cell => cell.Column == c).ShouldNotBe(1);
        var audit = SuppressionAudit.Of(counts, table);
        foreach (var (r, c) in table.Withheld)
        {
            var (lowest, highest) = audit.Range(r, c);
            if (highest is { } most) (most - lowest).ShouldBeGreaterThanOrEqualTo(rule.MinimumCount);
        }

        return table;
    }

    [Fact]
    public void Audit_finds_the_range_of_a_withheld_cell()
    {
        // Rows add to 10 and 12, columns to 11 and 11: the four withheld cells move along one cycle.
        int[,] counts = { { 3, 7 }, { 8, 4 } };
        var table = Suppression.Apply(counts, DisclosureRule.Report);
        table.Withheld.Length.ShouldBe(4);
        var audit = SuppressionAudit.Of(counts, table);
        audit.Range(0, 0).ShouldBe((0, 10));
        audit.Range(1, 1).ShouldBe((1, 11));
        audit.Range(0, 2).ShouldBe((10, 10));
    }

    [Fact]
    public void A_table_that_can_not_be_protected_shows_nothing()
    {
        var table = Suppression.Apply(new[,] { { 1 } }, DisclosureRule.Report);
        table[0, 0].Reason.ShouldBe(Reason.Suppressed);
        table[1, 1].Reason.ShouldBe(Reason.Suppressed);
    }

    [Theory]
    [InlineData(0, 20, 0.0)]
    [InlineData(5, 20, 0.25)]
    [InlineData(4, 20, null)]
    [InlineData(17, 20, null)]
    [InlineData(5, 19, null)]
    public void Rates_over_few_are_withheld(int numerator, int denominator, double? shown)
        => DisclosureRule.Report.Rate(numerator, denominator).OrNull.ShouldBe(shown);

    [Fact]
    public void Published_curves_stop_where_few_are_at_risk()
    {
        var rows = Enumerable.Range(0, 30).Select(i => new Observation(1 + i / 10, i % 10 == 0 ? EndKind.ReEntry : EndKind.Censored)).ToArray();
        var points = PublishableCurve.At(KaplanMeier.Fit(rows), DisclosureRule.Report, 1, 2, 3, 4);
        points[2].Estimate.Value.IsEstimable.ShouldBeTrue();
        points[3].Estimate.Value.Reason.ShouldBe(Reason.Suppressed);
    }
}
