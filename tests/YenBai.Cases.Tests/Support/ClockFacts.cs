using YenBai.Cases.Households;
using YenBai.Cases.Support;
using YenBai.Cases.Tests.Households;
using static YenBai.Cases.Tests.Households.AHousehold;
using static YenBai.Cases.Tests.Support.AnAgreement;

namespace YenBai.Cases.Tests.Support;

/// <summary>What the passing of time comes to, and that it comes to the same whenever it is asked.</summary>
public sealed class ClockFacts
{
    [Fact]
    public void A_condition_is_missed_the_day_after_its_due_day_and_not_before()
    {
        WithABuffalo.Strikes(On(2024, 3, 31)).ShouldBeEmpty();
        WithABuffalo.Strikes(On(2024, 4, 1)).ShouldBe([new ConditionMissed(On(2024, 4, 1), Noon(On(2024, 4, 1)), Id, Shelter, On(2024, 3, 31))]);
    }

    [Fact]
    public void A_backlog_is_told_in_the_order_in_which_it_happened()
    {
        var told = WithABuffalo.Strikes(On(2025, 3, 1));

        told.Select(e => e.On).ShouldBe([On(2024, 4, 1), On(2024, 7, 1), On(2025, 1, 1), On(2025, 1, 15)]);
        told[^1].ShouldBe(new SupportEnded(On(2025, 1, 15), Noon(On(2025, 3, 1)), Id, SupportOutcome.Lapsed, null));
    }

    [Fact]
    public void Asked_again_the_clock_tells_nothing_however_it_runs()
    {
        var told = WithABuffalo.Struck(On(2024, 7, 1));

        told.Strikes(On(2024, 7, 1)).ShouldBeEmpty();
        told.Strikes(On(2024, 4, 10)).ShouldBeEmpty();
        // The clock ran ahead by an hour, told, and was put right.
        Clock.Strike(told.Folded, On(2024, 7, 1), Noon(On(2024, 7, 1)).AddHours(-1)).ShouldBeEmpty();
    }

    [Fact]
    public void What_was_missed_is_met_late()
    {
        var late = WithABuffalo.Struck(On(2024, 4, 1)).After(On(2024, 4, 20), new MeetCondition(On(2024, 4, 18), Shelter, [Photo], null), Photo);

        late.StateOf(Shelter).ShouldBe(ConditionState.MetLate);
        late.Strikes(On(2024, 4, 21)).ShouldBeEmpty();
    }

    [Fact]
    public void What_was_met_in_time_and_learnt_late_was_never_missed() =>
        WithABuffalo.Struck(On(2024, 4, 1)).After(On(2024, 4, 20), new MeetCondition(On(2024, 3, 30), Shelter, [Photo], null), Photo).StateOf(Shelter).ShouldBe(ConditionState.Met);

    [Fact]
    public void A_suspension_that_is_learnt_late_undoes_a_miss_until_the_moved_day_is_past_too()
    {
        var missed = WithABuffalo.Struck(On(2024, 4, 1));
        missed.StateOf(Shelter).ShouldBe(ConditionState.Missed);

        var suspended = missed.After(On(2024, 4, 5), new SuspendSupport(On(2024, 3, 20), Id, "Dịch tả")).After(On(2024, 4, 9), new ResumeSupport(On(2024, 4, 9), Id));

        suspended.StateOf(Shelter).ShouldBe(ConditionState.Due);
        suspended.DueOf(Shelter, On(2024, 5, 1)).ShouldBe(On(2024, 4, 20));
        suspended.Strikes(On(2024, 4, 20)).ShouldBeEmpty();
        suspended.Strikes(On(2024, 4, 21)).ShouldHaveSingleItem().ShouldBe(new ConditionMissed(On(2024, 4, 21), Noon(On(2024, 4, 21)), Id, Shelter, On(2024, 4, 20)));
        suspended.Struck(On(2024, 4, 21)).StateOf(Shelter).ShouldBe(ConditionState.Missed);
        suspended.Struck(On(2024, 4, 21)).Strikes(On(2024, 4, 22)).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_missed_and_nothing_lapses_while_the_clock_stands_still()
    {
        var suspended = WithABuffalo.After(On(2024, 3, 31), new SuspendSupport(On(2024, 3, 31), Id, "Lũ"));

        suspended.Strikes(On(2026, 1, 1)).ShouldBeEmpty();
        suspended.TheAgreement().StateOn(On(2026, 1, 1)).ShouldBe(SupportState.Suspended);
    }

    [Fact]
    public void What_was_past_when_the_clock_stopped_is_missed_all_the_same() =>
        WithABuffalo.After(On(2024, 4, 2), new SuspendSupport(On(2024, 4, 2), Id, "Lũ")).Strikes(On(2024, 8, 1)).ShouldHaveSingleItem().ShouldBeOfType<ConditionMissed>().On.ShouldBe(On(2024, 4, 1));

    [Fact]
    public void Support_lapses_the_day_after_its_last_day()
    {
        WithABuffalo.Strikes(On(2025, 1, 14)).OfType<SupportEnded>().ShouldBeEmpty();
        var lapsed = WithABuffalo.Struck(On(2025, 1, 15));
        (lapsed.TheAgreement().Ended!.On, lapsed.TheAgreement().StateOn(On(2025, 1, 15))).ShouldBe((On(2025, 1, 15), SupportState.Lapsed));
    }

    [Fact]
    public void Support_whose_conditions_are_all_met_or_waived_is_completed()
    {
        var done = WithABuffalo
            .After(On(2024, 3, 1), new MeetCondition(On(2024, 3, 1), Shelter, [Photo], null), Photo)
            .After(On(2024, 7, 5), new MeetCondition(On(2024, 7, 2), Vaccination, null, "Thẻ tiêm"))
            .After(On(2024, 12, 1), new WaiveCondition(On(2024, 12, 1), Report, "Đã xem tại chỗ"));

        done.Strikes(On(2025, 2, 1)).ShouldBe([new SupportEnded(On(2025, 1, 15), Noon(On(2025, 2, 1)), Id, SupportOutcome.Completed, null)]);
    }

    [Fact]
    public void Support_without_conditions_lapses()
    {
        var plain = Poor.Told(Terms with { Conditions = [] });

        plain.Strikes(On(2025, 1, 15)).ShouldHaveSingleItem().ShouldBeOfType<SupportEnded>().Outcome.ShouldBe(SupportOutcome.Lapsed);
    }

    [Fact]
    public void An_extension_that_is_learnt_after_the_lapse_undoes_it()
    {
        var lapsed = WithABuffalo.Struck(On(2025, 1, 20));

        var extended = lapsed.After(On(2025, 1, 25), new ExtendSupport(On(2025, 1, 10), Id, On(2025, 3, 31), "Biên bản gửi muộn"));

        (extended.TheAgreement().Ended, extended.TheAgreement().EndOn(On(2025, 1, 25))).ShouldBe((null, On(2025, 3, 31)));
        extended.Strikes(On(2025, 3, 31)).ShouldBeEmpty();
        var again = extended.Struck(On(2025, 4, 1));
        again.TheAgreement().Ended!.On.ShouldBe(On(2025, 4, 1));
        again.Strikes(On(2025, 4, 2)).ShouldBeEmpty();
        // From the last day on a lapse stands.
        lapsed.OnDay(On(2025, 1, 25), new ExtendSupport(On(2025, 1, 15), Id, On(2025, 3, 31), "Quá muộn")).IsRefused("support_over", "support");
    }

    [Fact]
    public void Support_that_lapsed_was_completed_when_all_was_done_in_time_and_learnt_late()
    {
        var lapsed = WithABuffalo.After(Today, new WaiveCondition(Today, Shelter, "Có sẵn")).After(Today, new WaiveCondition(Today, Vaccination, "Thú y")).Struck(On(2025, 1, 15));
        lapsed.TheAgreement().StateOn(On(2025, 1, 15)).ShouldBe(SupportState.Lapsed);

        var learnt = lapsed.After(On(2025, 1, 20), new MeetCondition(On(2025, 1, 14), Report, null, null)).Struck(On(2025, 1, 21));

        (learnt.TheAgreement().Ended!.Outcome, learnt.TheAgreement().Ended!.On).ShouldBe((SupportOutcome.Completed, On(2025, 1, 15)));
        lapsed.After(On(2025, 1, 20), new MeetCondition(On(2025, 1, 15), Report, null, null)).Struck(On(2025, 1, 21)).TheAgreement().Ended!.Outcome.ShouldBe(SupportOutcome.Lapsed);
    }

    [Fact]
    public void A_suspension_that_is_annulled_after_the_lapse_moves_the_lapse_back()
    {
        var suspended = WithABuffalo.After(On(2024, 3, 1), new SuspendSupport(On(2024, 3, 1), Id, "Nhầm hộ")).After(On(2024, 4, 10), new ResumeSupport(On(2024, 4, 10), Id));
        var lapsed = suspended.Struck(On(2025, 3, 1));
        lapsed.TheAgreement().Ended!.On.ShouldBe(On(2025, 2, 24));

        var corrected = lapsed.Told(new FactAnnulled(On(2024, 3, 1), Noon(On(2025, 3, 2)), suspended.Folded.Version - 1, null)).Struck(On(2025, 3, 3));

        corrected.TheAgreement().Ended!.On.ShouldBe(On(2025, 1, 15));
        corrected.Strikes(On(2025, 3, 4)).ShouldBeEmpty();
    }

    [Fact]
    public void A_household_that_left_answers_for_nothing_that_falls_due_afterwards()
    {
        var gone = WithABuffalo.Told(new MovedOut(On(2024, 5, 10), Learnt(2024, 5, 10), MauA, null));

        gone.Strikes(On(2025, 3, 1)).ShouldBe([
            new ConditionMissed(On(2024, 4, 1), Noon(On(2025, 3, 1)), Id, Shelter, On(2024, 3, 31)),
            new SupportEnded(On(2025, 1, 15), Noon(On(2025, 3, 1)), Id, SupportOutcome.Lapsed, null),
        ]);
    }

    [Fact]
    public void What_fell_due_before_support_was_broken_off_is_missed_though_the_clock_was_asked_later()
    {
        var broken = WithABuffalo.After(On(2024, 5, 1), new EndSupport(On(2024, 5, 1), Id, SupportOutcome.EndedEarly, "Hộ bán trâu"));

        broken.Strikes(On(2025, 3, 1)).ShouldHaveSingleItem().ShouldBeOfType<ConditionMissed>().ConditionId.ShouldBe(Shelter);
        broken.Struck(On(2025, 3, 1)).Strikes(On(2025, 3, 1)).ShouldBeEmpty();
    }

    [Fact]
    public void An_agreement_that_was_written_down_late_is_caught_up_with_once_and_after_it_was_made()
    {
        var late = Poor.Told(Terms with { On = On(2025, 2, 10) });

        var told = late.Strikes(On(2025, 2, 11));

        told.Count.ShouldBe(4);
        told.ShouldAllBe(e => e.On == On(2025, 2, 10));
        late.Struck(On(2025, 2, 11)).Strikes(On(2025, 2, 12)).ShouldBeEmpty();
        late.Struck(On(2025, 2, 11)).StateOf(Shelter).ShouldBe(ConditionState.Missed);
    }
}
