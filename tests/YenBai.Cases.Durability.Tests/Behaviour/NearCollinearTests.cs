namespace YenBai.Cases.Durability.Tests;

public class NearCollinearTests
{
    sealed record Row(double X, double Other, int Time, bool Happened);

    /// <summary>The second covariate is the first but for a millionth; nothing separates.</summary>
    static readonly Row[] Rows = [.. Enumerable.Range(0, 200).Select(i =>
    {
        var x = i % 20 / 20.0;
        return new Row(x, x + 1e-4 * Math.Sin(i * 12.9898), 1 + i * 7 % 50, (i * 13 + (int)(Math.Sin(i * 12.9898) * 6)) % 5 < 2);
    })];

    static readonly Design<Row> Both = Design<Row>.Empty.With("x", r => r.X).With("other", r => r.Other);

    [Fact]
    public void A_discrete_hazard_says_that_covariates_say_the_same() =>
        DiscreteHazard.Fit(Rows, _ => 1, r => r.Happened, Both, new HazardOptions { MinimumEventsPerParameter = 0 }).Reason.ShouldBe(Reason.Singular);

    [Fact]
    public void A_Cox_model_says_that_covariates_say_the_same() =>
        Cox.Fit(Rows, r => new Observation(r.Time, r.Happened ? EndKind.ReEntry : EndKind.Censored), Both, new CoxOptions { MinimumEventsPerParameter = 0 }).Reason.ShouldBe(Reason.Singular);

    [Fact]
    public void A_covariate_that_separates_beside_others_still_separates()
    {
        var design = Design<Row>.Empty.With("x", r => r.X).With("says it", r => r.Happened ? 1 : 0);
        DiscreteHazard.Fit(Rows, _ => 1, r => r.Happened, design, new HazardOptions { MinimumEventsPerParameter = 0 }).Reason.ShouldBe(Reason.Separated);
    }
}
