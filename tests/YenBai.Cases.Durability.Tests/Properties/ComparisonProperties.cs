using FsCheck.Xunit;

namespace YenBai.Cases.Durability.Tests;

[Properties(Arbitrary = [typeof(Cohorts)])]
public class ComparisonProperties
{
    const double Tolerance = 1e-8;
    static readonly CoxOptions Free = new() { MinimumEventsPerParameter = 0 };

    sealed record Member(Observation Observation, double X, string Stratum)
    {
        public string Group => X > 0.5 ? "b" : "a";
    }

    static readonly Design<Member> OnX = Design<Member>.Empty.With("x", member => member.X);

    static Member[] Members(Observation[] rows, bool binary) => [.. rows.Select((row, i) =>
        new Member(row, binary ? i * 7 % 5 % 2 : i * 7919 % 101 / 101.0, $"{i % 2}"))];

    static LogRankResult<string> Compare(IReadOnlyList<Member> members, Func<Member, string> group) => LogRank.Compare(members, m => m.Observation, group);

    [Property]
    public void Log_rank_does_not_depend_on_labels_or_order(Cohort cohort)
    {
        var members = Members(cohort.Rows, binary: true);
        var result = Compare(members, m => m.Group);
        Compare(members, m => m.Group == "a" ? "z" : "y").ChiSquared.ShouldAgree(result.ChiSquared.OrNull, "labels", Tolerance);
        Compare([.. members.Reverse()], m => m.Group).ChiSquared.ShouldAgree(result.ChiSquared.OrNull, "order", Tolerance);
    }

    [Property]
    public void One_stratum_is_no_stratum(Cohort cohort)
    {
        var members = Members(cohort.Rows, binary: true);
        LogRank.Compare(members, m => m.Observation, m => m.Group, _ => "all").ChiSquared.ShouldBe(Compare(members, m => m.Group).ChiSquared);
    }

    [Property]
    public void Observed_and_expected_add_to_the_same(Cohort cohort)
    {
        var groups = Compare(Members(cohort.Rows, binary: true), m => m.Group).Groups;
        groups.Sum(g => g.Observed).ShouldBe(groups.Sum(g => g.Expected), Tolerance);
    }

    [Property(MaxTest = 50)]
    public void Without_ties_Efron_is_Breslow_and_the_score_test_is_the_log_rank(TieFreeCohort cohort)
    {
        var members = Members(cohort.Rows, binary: true);
        var efron = Cox.Fit(members, m => m.Observation, OnX, Free);
        var breslow = Cox.Fit(members, m => m.Observation, OnX, Free with { Ties = Ties.Breslow });
        efron.Reason.ShouldBe(breslow.Reason);
        if (!efron.IsEstimable) return;
        efron.Value.Coefficients[0].Value.ShouldBe(breslow.Value.Coefficients[0].Value, Tolerance);
        Compare(members, m => m.Group).ChiSquared.ShouldAgree(efron.Value.Score.ChiSquared, "score", Tolerance);
    }

    [Property(MaxTest = 50)]
    public void Cox_does_not_see_how_rows_are_cut(TieFreeCohort cohort)
    {
        Member[] members = [.. Members(cohort.Rows, binary: false).Select((m, i) => m with { Observation = m.Observation with { Time = 1 + m.Observation.Time / 3, Cluster = i / 2 } })];
        Member[] cut = [.. members.SelectMany(m => m.Observation.Time > 6
            ? new[] { m with { Observation = m.Observation with { Time = 6, End = EndKind.Censored } }, m with { Observation = m.Observation with { Entry = 6 } } }
            : [m])];
        var whole = Cox.Fit(members, m => m.Observation, OnX, Free, m => m.Stratum);
        var parts = Cox.Fit(cut, m => m.Observation, OnX, Free, m => m.Stratum);
        whole.Reason.ShouldBe(parts.Reason);
        if (!whole.IsEstimable) return;
        var (a, b) = (whole.Value.Coefficients[0], parts.Value.Coefficients[0]);
        a.Value.ShouldBe(b.Value, 1e-6);
        a.StandardError.ShouldBe(b.StandardError, 1e-6);
        a.RobustError.Value.ShouldBe(b.RobustError.Value, 1e-6);
    }

    [Property]
    public void Concordance_counts_pairs_as_one_by_one(Cohort cohort)
    {
        Member[] members = [.. cohort.Rows.Select((row, i) => new Member(row, i * 5 % 7, ""))];
        long concordant = 0, discordant = 0, tied = 0;
        foreach (var first in members.Where(m => m.Observation.End == EndKind.ReEntry))
        {
            foreach (var second in members)
            {
                var later = second.Observation.Time > first.Observation.Time
                    || second.Observation.Time == first.Observation.Time && second.Observation.End != EndKind.ReEntry;
                if (!later || second.Observation.Entry >= first.Observation.Time) continue;
                if (first.X > second.X) concordant++;
                else if (first.X < second.X) discordant++;
                else tied++;
            }
        }

        var result = Concordance.Of(members, m => m.Observation, m => m.X);
        (result.Concordant, result.Discordant, result.TiedScore).ShouldBe((concordant, discordant, tied));
    }

    [Property(MaxTest = 50)]
    public void Copies_within_a_household_do_not_sharpen_the_clustered_error(TieFreeCohort cohort)
    {
        var periods = DiscreteHazard.Expand(Members(cohort.Rows, binary: false), m => m.Observation with { Time = 1 + m.Observation.Time / 12 }).ToList();
        var design = Design<PersonPeriod<Member>>.Empty.With("x", p => p.Source.X);
        var options = new HazardOptions { MinimumEventsPerParameter = 0, LastCycle = 2 };
        var households = periods.Select(p => p.Source).Distinct().Select((m, i) => (m, i)).ToDictionary(pair => pair.m, pair => pair.i);
        Outcome<HazardFit<PersonPeriod<Member>>> Fit(IReadOnlyList<PersonPeriod<Member>> rows)
            => DiscreteHazard.Fit(rows, p => p.Cycle, p => p.ReEntered, design, options, p => households[p.Source]);

        var (once, twice) = (Fit(periods), Fit([.. periods, .. periods]));
        once.Reason.ShouldBe(twice.Reason);
        if (!once.IsEstimable) return;
        foreach (var (a, b) in once.Value.Coefficients.Zip(twice.Value.Coefficients))
        {
            b.Value.ShouldBe(a.Value, 1e-6);
            b.RobustError.Value.ShouldBe(a.RobustError.Value, 1e-6);
            b.StandardError.ShouldBe(a.StandardError / Math.Sqrt(2), 1e-6);
        }
    }
}
