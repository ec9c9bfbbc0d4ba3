namespace YenBai.Cases.Durability.Tests;

/// <summary>The hand-written stream, one rule a household, under its four readings.</summary>
public class HouseholdStoryTests
{
    static readonly string[] Runs = ["A", "B", "C", "D"];

    public static TheoryData<string> AllRuns => [.. Runs];

    static readonly ReviewCalendar Reviews = new(Csv.Read("domain_small/reviews.csv").Select(row => row.Date("review")));

    public static readonly SpellFact[] Facts = [.. Csv.Read("domain_small/events.csv").Select(row => new SpellFact(
        row.Int("event_id"), row["household"], row.Int("seq"), row.Date("effective"), Instant(row.Date("recorded")),
        Enum.Parse<FactKind>(row["type"].Replace("_", ""), ignoreCase: true), row["district"], row["standard"], row["voluntary"] == "1",
        row["support"],
        row["cause"] == "" ? default : Enum.Parse<EnterCause>(row["cause"].Replace("_", ""), ignoreCase: true),
        row["history"] == "survivors_only" ? ImportHistory.SurvivorsOnly : ImportHistory.Complete,
        row["reference"] == "" ? null : row.Int("reference")))];

    static DateTimeOffset Instant(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    public static SpellQuery Query(string run)
    {
        var row = Csv.Read("domain_small/runs.csv").Single(r => r["run"] == run);
        return new SpellQuery(row.Date("as_of"), Instant(row.Date("known_at")),
            row["censoring"] == "as_of" ? CensoringRule.AsOf : CensoringRule.LastConfirmed,
            row["standard_change"] == "event" ? StandardChangeRule.Event : StandardChangeRule.Censor);
    }

    public static SpellSet Build(string run) => SpellBuilder.Build(Facts, Reviews, Query(run));

    [Theory, MemberData(nameof(AllRuns))]
    public void Spells_agree(string run)
    {
        var expected = Csv.Read($"domain_small/{run}_spells.csv");
        var spells = Build(run).Spells;
        spells.Length.ShouldBe(expected.Count);
        foreach (var (spell, row) in spells.Zip(expected))
        {
            var where = row.ToString();
            spell.Household.ShouldBe(row["household"], where);
            spell.Number.ShouldBe(row.Int("spell_no"), where);
            spell.ExitDate.ShouldBe(row.Date("exit_date"), where);
            spell.Cohort.ShouldBe(row.Int("cohort"), where);
            spell.District.ShouldBe(row["district"], where);
            spell.Voluntary.ShouldBe(row["voluntary"] == "1", where);
            spell.Support.ShouldBe(row["support"], where);
            spell.Standard.ShouldBe(row["standard"], where);
            spell.Entry.ShouldBe(row.Int("entry"), where);
            spell.Time.ShouldBe(row.Int("time"), where);
            spell.End.ShouldBe((EndKind)row.Int("event"), where);
            spell.EndReason.ToString().ShouldBe(row["end_reason"].Replace("_", ""), where, StringCompareShould.IgnoreCase);
            spell.EndDate.ShouldBe(row.Date("end_date"), where);
            spell.Cycle.ShouldBe(row.Int("period"), where);
            spell.EntryCycle.ShouldBe(row.Int("entry_period"), where);
        }
    }

    [Theory, MemberData(nameof(AllRuns))]
    public void Exclusions_agree(string run)
    {
        var expected = Csv.Read($"domain_small/{run}_exclusions.csv").ToDictionary(row => row["rule"], row => row.Int("count"));
        Build(run).Exclusions.ShouldBe(new Exclusions(
            expected["duplicate_exit"], expected["exit_after_gone"], expected["duplicate_enter"], expected["zero_length_event"],
            expected["zero_length_censored"], expected["never_at_risk"], expected["exit_annulled_by_correction"], expected["confirm_ignored"]));
    }

    [Theory, MemberData(nameof(AllRuns))]
    public void Movement_agrees(string run)
    {
        var expected = Csv.Read($"domain_small/{run}_movement.csv");
        var periods = expected.Select(row => row.Int("year")).Distinct().Select(ReportPeriod.Year).ToList();
        var query = Query(run);
        var rows = MovementTable.Build(Facts, periods, query.AsOf, query.KnownAt);
        rows.Length.ShouldBe(expected.Count);
        foreach (var (row, cells) in rows.Zip(expected))
        {
            var where = cells.ToString();
            (row.District ?? "all").ShouldBe(cells["district"], where);
            row.Period.From.Year.ShouldBe(cells.Int("year"), where);
            new[] { row.Opening, row.Exits, row.ReEntries, row.ReEntriesByStandard, row.ReEntriesAfterAbsence, row.NewlyPoor, row.OtherIn, row.OtherOut, row.Closing }
                .ShouldBe(new[] { "opening", "exits", "reentries", "reentries_standard_change", "reentries_after_absence", "newly_poor", "other_in", "other_out", "closing" }
                    .Select(cells.Int), where);
            row.FlowRatio.ShouldAgree(cells.Number("reentry_over_exits_same_year"), where);
            row.ExitRate.ShouldAgree(cells.Number("exit_rate"), where);
        }
    }

    static Observation[] In(IEnumerable<Spell> spells, string stratum) => [.. spells.Where(spell =>
        stratum == "all" || stratum == $"voluntary={(spell.Voluntary ? 1 : 0)}" || stratum == $"district={spell.District.Replace(" ", "")}"
        || stratum == $"cohort={spell.Cohort}").Select(spell => spell.Observation)];

    [Theory, MemberData(nameof(AllRuns))]
    public void Curves_agree(string run)
    {
        var spells = Build(run).Spells;
        foreach (var part in Csv.Read($"domain_small/{run}_km_greenwood.csv").GroupBy(row => row["stratum"]))
            CurveChecks.Survfit([.. part], In(spells, part.Key));
        foreach (var part in Csv.Read($"domain_small/{run}_km_cluster_robust.csv").GroupBy(row => row["stratum"]))
            CurveChecks.Survfit([.. part], In(spells, part.Key), VarianceKind.ClusterRobust);
        foreach (var part in Csv.Read($"domain_small/{run}_quantiles.csv").GroupBy(row => row["stratum"]))
            CurveChecks.Quantiles([.. part], In(spells, part.Key));
        foreach (var part in Csv.Read($"domain_small/{run}_horizons.csv").GroupBy(row => row["stratum"]))
            CurveChecks.Horizons([.. part], In(spells, part.Key));
    }

    [Theory, MemberData(nameof(AllRuns))]
    public void Competing_ends_agree(string run)
    {
        var rows = In(Build(run).Spells, "all");
        foreach (var part in Csv.Read($"domain_small/{run}_aalen_johansen.csv").GroupBy(row => row.Int("cause")))
            CompetingEndChecks.Compare(AalenJohansen.Fit(rows).Single(c => c.Cause == (EndKind)part.Key), [.. part]);

        var causes = new Dictionary<int, EndKind> { [1] = EndKind.ReEntry, [2] = EndKind.Dissolved };
        foreach (var part in Csv.Read($"domain_small/{run}_aalen_johansen_moveout_censored.csv").GroupBy(row => row.Int("cause")))
            CompetingEndChecks.Compare(AalenJohansen.Fit(rows, MoveOut.Censor).Single(c => c.Cause == causes[part.Key]), [.. part]);
    }

    [Theory, MemberData(nameof(AllRuns))]
    public void Log_rank_agrees(string run)
    {
        var groups = Csv.Read($"domain_small/{run}_logrank_groups.csv");
        foreach (var test in Csv.Read($"domain_small/{run}_logrank_tests.csv"))
        {
            var name = test["test"];
            Spell[] spells = [.. Build(run).Spells.Where(spell => !name.StartsWith("first_spell") || spell.Number == 1)];
            Func<Spell, string> by = name.Contains("voluntary") ? s => s.Voluntary ? "1" : "0" : name.Contains("support") ? s => s.Support : s => s.District;
            Func<Spell, string> stratum = name.EndsWith("strata_district") ? s => s.District : name.EndsWith("strata_cohort") ? s => $"{s.Cohort}" : _ => "";
            CurveChecks.LogRank(LogRank.Compare(spells, s => s.Observation, by, stratum), [.. groups.Where(row => row["test"] == name)], test);
        }
    }
}
