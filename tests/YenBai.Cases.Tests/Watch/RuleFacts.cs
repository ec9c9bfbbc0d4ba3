using YenBai.Cases.Households;
using YenBai.Cases.Watch;
using static YenBai.Cases.Tests.Households.AHousehold;

namespace YenBai.Cases.Tests.Watch;

/// <summary>What each rule makes of what is known on 15 June 2024, at its borders and where nothing is known.</summary>
public sealed class RuleFacts
{
    /// <summary>Out since 2020, seen a month ago, of whom all is known and nothing speaks for a visit.</summary>
    private static readonly WatchFacts Calm = new(
        Today, On(2020, 12, 15), PovertyClass.NotPoor, ReturnedBefore: false, HistoryIsWhole: true, LastShock: null, LastSeen: On(2024, 5, 15), LastSupportEnd: null, EndsAreRecorded: true,
        MostWorkers: 3, LoanStanding.None, JobTaken: null);

    private static readonly DateOnly LessThanAYearAgo = On(2023, 6, 16), AYearAgo = On(2023, 6, 15);

    public static TheoryData<WatchRule, WatchFacts, Finding> Borders => new()
    {
        { WatchRule.ExitedLately, Calm with { Exit = LessThanAYearAgo }, Finding.Yes },
        { WatchRule.ExitedLately, Calm with { Exit = AYearAgo }, Finding.No },
        { WatchRule.ExitedLately, Calm with { Exit = Today }, Finding.Yes },
        { WatchRule.NearPoorAtExit, Calm with { To = PovertyClass.NearPoor }, Finding.Yes },
        { WatchRule.NearPoorAtExit, Calm, Finding.No },
        { WatchRule.NearPoorAtExit, Calm with { To = null }, Finding.NotRecorded },
        { WatchRule.ReenteredBefore, Calm with { ReturnedBefore = true }, Finding.Yes },
        { WatchRule.ReenteredBefore, Calm, Finding.No },
        { WatchRule.ReenteredBefore, Calm with { HistoryIsWhole = false }, Finding.NotRecorded },
        { WatchRule.ReenteredBefore, Calm with { HistoryIsWhole = false, ReturnedBefore = true }, Finding.Yes },
        { WatchRule.Shock, Calm with { LastShock = LessThanAYearAgo }, Finding.Yes },
        { WatchRule.Shock, Calm with { LastShock = AYearAgo }, Finding.No },
        { WatchRule.Shock, Calm with { LastSeen = AYearAgo }, Finding.NotRecorded },
        { WatchRule.Shock, Calm with { LastShock = AYearAgo, LastSeen = AYearAgo }, Finding.NotRecorded },
        { WatchRule.SupportEnded, Calm with { LastSupportEnd = LessThanAYearAgo }, Finding.Yes },
        { WatchRule.SupportEnded, Calm with { LastSupportEnd = AYearAgo }, Finding.No },
        { WatchRule.SupportEnded, Calm with { EndsAreRecorded = false }, Finding.NotRecorded },
        { WatchRule.SupportEnded, Calm with { EndsAreRecorded = false, LastSupportEnd = LessThanAYearAgo }, Finding.Yes },
        { WatchRule.FewWorkers, Calm with { MostWorkers = 0 }, Finding.Yes },
        { WatchRule.FewWorkers, Calm with { MostWorkers = 1 }, Finding.Yes },
        { WatchRule.FewWorkers, Calm with { MostWorkers = 2 }, Finding.NotRecorded },
        { WatchRule.FewWorkers, Calm with { MostWorkers = null }, Finding.NotRecorded },
        { WatchRule.LoanOverdue, Calm with { Loan = LoanStanding.Overdue }, Finding.Yes },
        { WatchRule.LoanOverdue, Calm with { Loan = LoanStanding.InOrder }, Finding.No },
        { WatchRule.LoanOverdue, Calm, Finding.No },
        { WatchRule.LoanOverdue, Calm with { Loan = LoanStanding.NotReported }, Finding.NotRecorded },
        { WatchRule.WageOrSecondIncome, Calm with { JobTaken = LessThanAYearAgo }, Finding.Yes },
        { WatchRule.WageOrSecondIncome, Calm with { JobTaken = AYearAgo }, Finding.NotRecorded },
        { WatchRule.WageOrSecondIncome, Calm, Finding.NotRecorded },
    };

    [Theory, MemberData(nameof(Borders))]
    public void A_rule_applies_or_not_or_says_that_it_is_not_recorded(WatchRule rule, WatchFacts facts, Finding finding) => WatchRules.Of(rule, facts).ShouldBe(finding);

    [Fact]
    public void The_points_of_the_first_list() =>
        WatchRules.All.ToDictionary(r => r.Rule, r => r.Points).ShouldBe(new Dictionary<WatchRule, int>
        {
            [WatchRule.ExitedLately] = 2,
            [WatchRule.NearPoorAtExit] = 2,
            [WatchRule.ReenteredBefore] = 2,
            [WatchRule.Shock] = 2,
            [WatchRule.SupportEnded] = 1,
            [WatchRule.FewWorkers] = 1,
            [WatchRule.LoanOverdue] = 1,
            [WatchRule.WageOrSecondIncome] = -2,
        });

    [Fact]
    public void The_points_of_the_rules_that_apply_are_added_and_what_is_not_recorded_adds_none()
    {
        WatchRules.Score(Calm).Points.ShouldBe(0);
        WatchRules.Score(Calm with { To = null, HistoryIsWhole = false, LastSeen = AYearAgo, EndsAreRecorded = false, MostWorkers = null, Loan = LoanStanding.NotReported }).Points.ShouldBe(0);
        var all = WatchRules.Score(new(Today, Today, PovertyClass.NearPoor, true, true, Today, Today, Today, true, 1, LoanStanding.Overdue, Today));
        all.Points.ShouldBe(2 + 2 + 2 + 2 + 1 + 1 + 1 - 2);
        all.NotRecorded.ShouldBeEmpty();
    }

    [Fact]
    public void Reasons_stand_in_the_order_of_their_weight()
    {
        var scored = WatchRules.Score(Calm with { MostWorkers = 1, Loan = LoanStanding.Overdue, JobTaken = Today, Exit = Today });

        scored.Reasons.Select(r => r.Rule).ShouldBe([WatchRule.ExitedLately, WatchRule.WageOrSecondIncome, WatchRule.FewWorkers, WatchRule.LoanOverdue]);
        scored.Points.ShouldBe(2);
    }

    [Fact]
    public void Every_rule_names_its_source_and_the_list_its_version()
    {
        WatchRules.All.Select(r => r.Rule).ShouldBe(Enum.GetValues<WatchRule>());
        WatchRules.All.ShouldAllBe(r => r.Source.Length > 10 && r.Version == WatchRules.Version);
    }
}
