using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;
using YenBai.Cases.Support;
using YenBai.Cases.Visits;
using YenBai.Cases.Web.Tests.Store;
using static YenBai.Cases.Web.Tests.Supports.SupportStory;

namespace YenBai.Cases.Web.Tests.Supports;

/// <summary>The indicators of conditional support, each reckoned by hand.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class IndicatorFacts(IndicatorFacts.Supports store) : IClassFixture<IndicatorFacts.Supports>
{
    private static readonly DateOnly From = new(2024, 1, 1);

    public sealed class Supports : TestStore
    {
        protected override async Task FillAsync()
        {
            // In time, late, missed, waived; and one that is not due yet.
            var mixed = await this.AgreedAsync("mixed", [Vaccinate(new(2024, 3, 1)), Vaccinate(new(2024, 4, 1)), Vaccinate(new(2024, 5, 1)), Vaccinate(new(2024, 5, 20)), Vaccinate(Today.AddDays(10))]);
            var conditions = mixed.Conditions.Select(c => c.Id).ToList();
            await this.TakenAsync("mixed", new MeetCondition(new(2024, 2, 20), conditions[0], null, null));
            await this.TakenAsync("mixed", new MeetCondition(new(2024, 4, 9), conditions[1], null, null));
            await this.TakenAsync("mixed", new WaiveCondition(new(2024, 5, 19), conditions[3], "Vật nuôi chết vì dịch"));
            var good = await this.AgreedAsync("good", [Vaccinate(new(2024, 3, 1))], place: "04375", end: new(2024, 6, 1));
            await this.TakenAsync("good", new MeetCondition(new(2024, 3, 1), good.Conditions.Single().Id, null, null));
            var broken = await this.AgreedAsync("broken", [Vaccinate(new(2024, 5, 5))], end: new(2024, 6, 5));
            await this.TakenAsync("broken", new EndSupport(new(2024, 4, 1), broken.Id, SupportOutcome.EndedEarly, "Chuyển đi"));
            await this.AgreedAsync("lapsed", [], end: new(2024, 5, 30));
            var stands = await this.AgreedAsync("stands", [Vaccinate(new(2024, 4, 1))], end: new(2024, 6, 3));
            await this.TakenAsync("stands", new SuspendSupport(new(2024, 3, 1), stands.Id, "Lũ"));
            await CatchUpAsync();
            await Get<ClockWork>().RunAsync(null, default);

            await this.ToldAsync("mixed", new VisitPlanned(new(2024, 3, 1), Clock.Now, new(2024, 3, 10), null, VisitPurpose.FollowUp));
            await this.TakenAsync("mixed", new RecordVisit(new(2024, 3, 11), null));
            await this.ToldAsync("good", new VisitPlanned(new(2024, 4, 1), Clock.Now, new(2024, 4, 10), null, VisitPurpose.FollowUp));
            await this.ToldAsync("broken", new VisitPlanned(new(2024, 4, 1), Clock.Now, new(2024, 4, 10), null, VisitPurpose.FollowUp));
            await this.TakenAsync("broken", new Annul((await CaseAsync("broken")).Facts[^1].Id, "Hẹn nhầm hộ"));

            foreach (var (code, balance, overdue, days) in new[] { ("mixed", 40m, 10m, 100), ("good", 50m, 2m, 45), ("lapsed", 10m, 0m, 0) })
            {
                var loan = Guid.NewGuid();
                await this.ToldAsync(code, new LoanStatusReported(new(2024, 4, 30), Clock.Now, loan, balance * 2, balance, 365), new LoanStatusReported(new(2024, 5, 31), Clock.Now, loan, balance, overdue, days));
            }
            await CatchUpAsync();
        }
    }

    private async Task<(decimal? Numerator, decimal? Denominator, NoFigure? Missing)> AskAsync(SupportIndicator indicator, Actor? who = null, string? place = null, DateOnly? from = null, DateOnly? to = null)
    {
        var report = await store.Get<SupportIndicators>().AskAsync(who ?? store.Clerk, place is null ? null : PlaceCatalog.Default.Resolve(place, Today)!.Id, from ?? From, to ?? Today, default);
        report.Figures.Select(f => f.Indicator).ShouldBe(Enum.GetValues<SupportIndicator>());
        var figure = report.Figures.Single(f => f.Indicator == indicator);
        return (figure.Numerator, figure.Denominator, figure.Missing);
    }

    [Fact]
    public async Task Each_is_what_its_definition_says()
    {
        (await AskAsync(SupportIndicator.ComplianceByCondition)).ShouldBe((2, 4, null), "in time, late, missed, and the good one; waived, suspended and ended ones are not asked");
        (await AskAsync(SupportIndicator.ComplianceByHousehold)).ShouldBe((1, 2, null));
        (await AskAsync(SupportIndicator.MetLate)).ShouldBe((1, 4, null));
        (await AskAsync(SupportIndicator.MilestonesOnTime)).ShouldBe((2, 5, null));
        (await AskAsync(SupportIndicator.EndedOnTime)).ShouldBe((2, 3, null), "all met and broken off in time; lapsed is neither");
        (await AskAsync(SupportIndicator.PlannedContacts)).ShouldBe((1, 2, null), "an annulled plan is none");
        (await AskAsync(SupportIndicator.PortfolioAtRisk30)).ShouldBe((90, 100, null));
        (await AskAsync(SupportIndicator.PortfolioAtRisk90)).ShouldBe((40, 100, null));
        (await AskAsync(SupportIndicator.OverdueShare)).ShouldBe((12, 100, null));
        (await AskAsync(SupportIndicator.CurrentRecovery)).Missing.ShouldBe(NoFigure.NotRecorded);
    }

    [Fact]
    public async Task Place_and_period_cut_and_nothing_is_said_of_nothing()
    {
        (await AskAsync(SupportIndicator.ComplianceByCondition, place: "04375")).ShouldBe((1, 1, null));
        (await AskAsync(SupportIndicator.ComplianceByCondition, to: new(2024, 3, 31))).ShouldBe((2, 2, null));
        (await AskAsync(SupportIndicator.ComplianceByCondition, from: new(2023, 1, 1), to: new(2023, 12, 31))).Missing.ShouldBe(NoFigure.NoData);
        (await AskAsync(SupportIndicator.PortfolioAtRisk90, to: new(2024, 5, 1))).ShouldBe((200, 200, null), "by the report that stood then");
    }

    [Fact]
    public async Task Everybody_is_answered_for_their_own()
    {
        (await AskAsync(SupportIndicator.ComplianceByCondition, store.Somebody("ong-binh", Role.Manager, "04375"))).ShouldBe((1, 1, null));
        (await AskAsync(SupportIndicator.ComplianceByCondition, store.Somebody("quan-tri", Role.Administrator, "15"))).Missing.ShouldBe(NoFigure.NoData);
    }

    [Fact]
    public async Task An_evaluator_is_told_no_small_number_and_cannot_cut_finer_than_a_year()
    {
        var evaluator = store.Somebody("danh-gia", Role.Evaluator, "15");
        foreach (var indicator in new[] { SupportIndicator.ComplianceByCondition, SupportIndicator.MetLate, SupportIndicator.EndedOnTime, SupportIndicator.PlannedContacts, SupportIndicator.PortfolioAtRisk30 })
            (await AskAsync(indicator, evaluator)).ShouldSatisfyAllConditions(
                figure => (figure.Numerator is > 0 and < 5).ShouldBeFalse($"{indicator}"), figure => (figure.Missing is NoFigure.Withheld or NoFigure.NoData).ShouldBeTrue($"{indicator}"));

        // The year is not over: what is published is of the last one that is.
        var report = await store.Get<SupportIndicators>().AskAsync(evaluator, PlaceCatalog.Default.Resolve("04375", Today)!.Id, new(2024, 3, 1), new(2024, 3, 2), default);
        (report.Place, report.From, report.To).ShouldBe((null, new DateOnly(2023, 1, 1), new DateOnly(2023, 12, 31)));
    }

    [Fact]
    public async Task The_api_tells_them_with_their_definitions()
    {
        var report = JsonNode.Parse(await store.Http.GetStringAsync("/api/supports/indicators?from=2024-01-01&to=2024-06-15"))!;

        var first = report["indicators"]![0]!;
        (first["indicator"]!.GetValue<string>(), first["n"]!.GetValue<int>(), first["percent"]!.GetValue<decimal>()).ShouldBe(("compliance_by_condition", 4, 50m));
        first["definition"]!.GetValue<string>().ShouldContain("đúng hạn");
        report["indicators"]![9]!["missing"]!.GetValue<string>().ShouldBe("not_recorded");
        using var wrong = await store.Http.GetAsync("/api/supports/indicators?from=2024-13-01");
        wrong.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
    }
}
