namespace YenBai.Cases.Durability.Tests;

/// <summary>Against R 4.2, <c>survival::concordance(Surv(entry, time, event) ~ x, reverse = TRUE, cluster = cluster)</c>.</summary>
public class DelayedEntryConcordanceTests
{
    sealed record Row(int Entry, int Time, int Event, double X, int Cluster)
    {
        public Observation Observation => new(Time, Event == 1 ? EndKind.ReEntry : EndKind.Censored, Entry, Cluster);
    }

    static readonly Row[] Rows =
    [
        new(0, 365, 1, 3, 1), new(0, 731, 0, 1, 2), new(100, 500, 1, 2, 3), new(250, 366, 1, 5, 4), new(0, 200, 0, 4, 5), new(400, 900, 1, 1, 1),
        new(120, 800, 0, 2, 3), new(0, 366, 0, 2, 6), new(300, 500, 1, 0, 7), new(366, 731, 1, 3, 8), new(0, 1096, 0, 1, 9), new(50, 120, 1, 6, 10),
    ];

    [Fact]
    public void Only_rows_under_observation_at_the_event_are_compared()
    {
        var result = Concordance.Of(Rows, r => r.Observation, r => r.X);
        (result.Concordant, result.Discordant, result.TiedScore, result.TiedTime).ShouldBe((25, 7, 2, 1));
        result.Value.Value.ShouldBe(0.764705882352941, 1e-12);
        result.StandardError.Value.ShouldBe(0.11335151093633, 1e-12);
    }

    [Fact]
    public void A_row_that_is_never_under_observation_is_in_no_pair()
    {
        var result = Concordance.Of([.. Rows, new Row(500, 500, 1, 9, 11)], r => r.Observation, r => r.X);
        (result.Concordant, result.Discordant, result.TiedScore, result.TiedTime).ShouldBe((25, 7, 2, 1));
    }
}
