using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Needs;
using YenBai.Cases.Records;
using YenBai.Cases.Tests.Households;
using YenBai.Cases.Visits;
using static YenBai.Cases.Tests.Households.AHousehold;

namespace YenBai.Cases.Tests.Needs;

public sealed class NeedCommandFacts
{
    private static readonly string TooLong = new('x', HouseholdCommand.LongestText + 1);
    private static readonly AHousehold ThatAsked = Poor.Told(new SupportAsked(On(2024, 2, 1), Learnt(2024, 2, 1), "livestock"));

    [Fact]
    public void A_household_asks_for_an_instrument_and_nobody_keeps_it_from_asking()
    {
        Poor.When(new AskSupport(Today, "livestock")).Tells(new SupportAsked(Today, Now, "livestock"));
        Registered.When(new AskSupport(Today, "livestock")).Tells(new SupportAsked(Today, Now, "livestock"));
        Poor.When(new AskSupport(Today, "a_car")).IsRefused("unknown_instrument", "instrument");
        Poor.When(new AskSupport(Today, " ")).IsRefused("required", "instrument");
        ThatAsked.When(new AskSupport(Today, "livestock")).IsRefused("already_asked", "instrument");
        ThatAsked.When(new AskSupport(Today, "housing")).TellsOne<SupportAsked>();
        ThatMovedOut.When(new AskSupport(Today, "livestock")).IsRefused("household_gone");
    }

    [Fact]
    public void Who_asked_is_told_no_with_a_ground()
    {
        var reason = Ids.Named(Key, "reason");

        ThatAsked.When(new RefuseSupport(Today, "livestock", RefusalGround.NoFunds, " Hết vốn năm nay ")).Tells(new SupportRefused(Today, Now, "livestock", RefusalGround.NoFunds, reason))
            .Keeps(new Note(reason, Ids.Household(Code), "Hết vốn năm nay", Now));
        ThatAsked.When(new RefuseSupport(Today, "livestock", RefusalGround.NotNeeded, null)).Tells(new SupportRefused(Today, Now, "livestock", RefusalGround.NotNeeded, null));
    }

    [Fact]
    public void A_refusal_is_refused()
    {
        var no = new RefuseSupport(Today, "livestock", RefusalGround.NoFunds, null);

        ThatAsked.When(no with { Ground = null }).IsRefused("required", "ground");
        ThatAsked.When(no with { Ground = RefusalGround.Other }).IsRefused("required", "reason");
        ThatAsked.When(no with { Ground = RefusalGround.NotEligible }).IsRefused("nothing_speaks_against", "ground");
        ThatAsked.When(no with { Reason = TooLong }).IsRefused("text_too_long", "reason");
        ThatAsked.When(no with { Instrument = "a_car" }).IsRefused("unknown_instrument", "instrument");
        ThatAsked.When(no with { Instrument = "housing" }).IsRefused("not_asked", "instrument");
        ThatAsked.When(no with { On = On(2024, 1, 31) }).IsRefused("not_asked", "instrument");
        ThatAsked.When(no).Then.When(no).IsRefused("not_asked", "instrument");
    }

    [Fact]
    public void A_need_of_the_last_form_can_be_refused_like_a_wish()
    {
        var form = Poor.Told(new Assessed(On(2024, 3, 1), Learnt(2024, 3, 1), NewStandard, null, null, 100, 40, [], [], ["5"]));

        form.When(new RefuseSupport(Today, "housing", RefusalGround.NoFunds, null)).TellsOne<SupportRefused>();
        form.When(new AskSupport(Today, "housing")).TellsOne<SupportAsked>();
    }

    [Fact]
    public void A_plan_has_steps_with_what_shall_be_reached_beside_the_event()
    {
        var goal = Ids.Named(Key, "goal-1");

        Poor.When(new SetPlan(Today, [new("2", null, "livestock", " can-bo ", On(2024, 9, 1)), new(null, " Chị Mai học may ", null, null, Today)]))
            .Tells(1).ShouldBeOfType<HouseholdPlanSet>().Steps.ShouldBe([new PlanStep("2", "livestock", "can-bo", On(2024, 9, 1), null), new PlanStep(null, null, null, Today, goal)]);
    }

    [Fact]
    public void A_plan_is_refused()
    {
        var step = new AskedStep("2", "Có việc làm", "livestock", null, Today);

        Poor.When(new SetPlan(Today, null)).IsRefused("required", "steps");
        Poor.When(new SetPlan(Today, [])).IsRefused("required", "steps");
        Poor.When(new SetPlan(Today, [null!])).IsRefused("required", "steps[0].goal");
        Poor.When(new SetPlan(Today, [.. Enumerable.Repeat(step, 21)])).IsRefused("out_of_range", "steps");
        Poor.When(new SetPlan(Today, [step, step with { Goal = " ", Instrument = null }])).IsRefused("required", "steps[1].goal");
        Poor.When(new SetPlan(Today, [step with { Goal = TooLong }])).IsRefused("text_too_long", "steps[0].goal");
        Poor.When(new SetPlan(Today, [step with { Cause = new('x', 41) }])).IsRefused("text_too_long", "steps[0].cause");
        Poor.When(new SetPlan(Today, [step with { Owner = new('x', 61) }])).IsRefused("text_too_long", "steps[0].owner");
        Poor.When(new SetPlan(Today, [step with { Instrument = "a_car" }])).IsRefused("unknown_instrument", "steps[0].instrument");
        Poor.When(new SetPlan(Today, [step with { By = null }])).IsRefused("required", "steps[0].by");
        Poor.When(new SetPlan(Today, [step with { By = Today.AddDays(-1) }])).IsRefused("due_before_it_begins", "steps[0].by");
    }

    [Fact]
    public void Somebody_stands_by_the_household()
    {
        var followed = Poor.When(new AssignWorker(Today, " can-bo-2 ")).Tells(new WorkerAssigned(Today, Now, "can-bo-2")).Then;

        followed.When(new AssignWorker(Today, "can-bo-2")).IsRefused("already_assigned", "worker");
        Poor.When(new AssignWorker(Today, " ")).IsRefused("required", "worker");
        Poor.When(new AssignWorker(Today, new('x', 61))).IsRefused("text_too_long", "worker");
    }

    [Fact]
    public void A_group_is_joined_and_left()
    {
        var member = Poor.When(new JoinGroup(Today, GroupKind.Production, " T-1 ")).Tells(new GroupJoined(Today, Now, GroupKind.Production, "T-1")).Then;

        member.When(new JoinGroup(Today, GroupKind.Production, "T-1")).IsRefused("already_a_member", "group");
        member.When(new LeaveGroup(Today, GroupKind.Production, "T-1")).Tells(new GroupLeft(Today, Now, GroupKind.Production, "T-1"));
        member.When(new LeaveGroup(Today, GroupKind.SavingsAndCredit, "T-1")).IsRefused("not_a_member", "group");
        Poor.When(new JoinGroup(Today, null, "T-1")).IsRefused("required", "kind");
        Poor.When(new JoinGroup(Today, GroupKind.Production, " ")).IsRefused("required", "group");
        Poor.When(new JoinGroup(Today, GroupKind.Production, new('x', 61))).IsRefused("text_too_long", "group");
        Poor.When(new LeaveGroup(Today, null, "T-1")).IsRefused("required", "kind");
        Poor.When(new LeaveGroup(Today, GroupKind.Production, "")).IsRefused("required", "group");
    }

    [Fact]
    public void What_befell_the_household_is_reported()
    {
        Poor.When(new ReportShock(Today, ShockKind.Illness, null)).Tells(new ShockReported(Today, Now, ShockKind.Illness, null));
        Poor.When(new ReportShock(Today, null, null)).IsRefused("required", "kind");
        Poor.When(new ReportShock(Today, ShockKind.Other, " ")).IsRefused("required", "note");
        Poor.When(new ReportShock(Today, ShockKind.Illness, TooLong)).IsRefused("text_too_long", "note");
    }

    [Fact]
    public void A_visit_is_planned()
    {
        Poor.When(new PlanVisit(Today, On(2024, 7, 1), " ", null)).Tells(new VisitPlanned(Today, Now, On(2024, 7, 1), null, VisitPurpose.FollowUp));
        Poor.When(new PlanVisit(Today, Today, "can-bo", VisitPurpose.Condition)).Tells(new VisitPlanned(Today, Now, Today, "can-bo", VisitPurpose.Condition));
        Poor.When(new PlanVisit(Today, Today.AddDays(-1), null, null)).IsRefused("visit_day_odd", "day");
        Poor.When(new PlanVisit(Today, Today.AddYears(1).AddDays(1), null, null)).IsRefused("visit_day_odd", "day");
        Poor.When(new PlanVisit(Today, Today, new('x', 61), null)).IsRefused("text_too_long", "owner");
    }
}

file static class Outcomes
{
    /// <summary>Accepted; the only event, with so many notes beside it.</summary>
    public static HouseholdEvent Tells(this Outcome outcome, int notes)
    {
        outcome.Decision.Refusal.ShouldBeNull();
        outcome.Decision.Records.OfType<Note>().Count().ShouldBe(notes);
        return outcome.Decision.Events.ShouldHaveSingleItem();
    }
}
