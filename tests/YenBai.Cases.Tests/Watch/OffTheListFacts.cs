using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Records;
using YenBai.Cases.Tests.Households;
using YenBai.Cases.Watch;
using static YenBai.Cases.Tests.Households.AHousehold;

namespace YenBai.Cases.Tests.Watch;

/// <summary>How a household came to be off the list, and what is said when it need not be visited.</summary>
public sealed class OffTheListFacts
{
    private static OffTheList? Of(AHousehold household) =>
        OffTheList.Of(ListWalk.Visible(household.Folded.Facts.Select(f => ListFact.Of(household.Folded.Id, f.Version, f)).OfType<ListFact>().ToArray(), Today, Now));

    [Fact]
    public void Who_left_the_list_and_is_not_back_is_off_it()
    {
        Of(ThatExited).ShouldNotBeNull().ShouldBe(new OffTheList(On(2023, 12, 15), PovertyClass.NotPoor, false, true, On(2023, 12, 15), null));
        Of(Registered).ShouldBeNull();
        Of(Poor).ShouldBeNull();
        Of(ThatReEntered).ShouldBeNull();
        Of(ThatExited.Told(new MovedOut(On(2024, 5, 10), Learnt(2024, 5, 10), MauA, null))).ShouldBeNull();
    }

    [Fact]
    public void Who_had_come_back_before_is_known_unless_only_the_standard_changed_or_the_exit_was_an_error()
    {
        ReEntered Back(EntryCause cause) => new(On(2024, 1, 10), Learnt(2024, 1, 10), MauA, NewStandard, cause);

        Of(ThatExited.Told(Back(EntryCause.Deterioration), Exits(2024, 6, 1)))!.Value.ReturnedBefore.ShouldBeTrue();
        Of(ThatExited.Told(Back(EntryCause.Unknown), Exits(2024, 6, 1)))!.Value.ReturnedBefore.ShouldBeTrue();
        Of(ThatExited.Told(Back(EntryCause.StandardChange), Exits(2024, 6, 1)))!.Value.ReturnedBefore.ShouldBeFalse();
        var corrected = Of(ThatExited.Told(Back(EntryCause.Correction), Exits(2024, 6, 1)))!.Value;
        (corrected.Since, corrected.ReturnedBefore).ShouldBe((On(2024, 6, 1), false));
    }

    [Fact]
    public void A_history_that_begins_with_survivors_or_with_the_exit_is_not_whole()
    {
        Of(Registered.Told(Exits(2023, 12, 15)))!.Value.HistoryIsWhole.ShouldBeFalse();
        Of(Registered.Told(new HouseholdTakenOver(On(2022, 1, 1), Learnt(2022, 1, 1), MauA, NewStandard, TakenOverHistory.SurvivorsOnly), Enters(2022, 1, 1), Exits(2023, 12, 15)))!.Value.HistoryIsWhole.ShouldBeFalse();
        Of(Registered.Told(new HouseholdTakenOver(On(2022, 1, 1), Learnt(2022, 1, 1), MauA, NewStandard, TakenOverHistory.Complete), Enters(2022, 1, 1), Exits(2023, 12, 15)))!.Value.HistoryIsWhole.ShouldBeTrue();
    }

    [Fact]
    public void A_confirmation_is_the_last_that_was_heard_and_tells_of_the_children()
    {
        var confirmed = Of(ThatExited.Told(new ExitConfirmed(On(2024, 4, 1), Learnt(2024, 4, 1), MauA, NewStandard) { Then = AWomanAndTwoChildren }))!.Value;

        (confirmed.Since, confirmed.Heard, confirmed.Children).ShouldBe((On(2023, 12, 15), On(2024, 4, 1), (2, On(2024, 4, 1))));
    }

    [Fact]
    public void A_suggestion_is_declined_with_a_ground_and_its_reason_is_kept_beside_the_event()
    {
        var reason = Ids.Named(Key, "reason");

        ThatExited.When(new DeclineVisitSuggestion(Today, DeclineGround.InTouch, null)).Tells(new VisitSuggestionDeclined(Today, Now, DeclineGround.InTouch, null));
        ThatExited.When(new DeclineVisitSuggestion(Today, DeclineGround.Other, " Đã gặp ở chợ ")).Tells(new VisitSuggestionDeclined(Today, Now, DeclineGround.Other, reason))
            .Keeps(new Note(reason, Ids.Household(Code), "Đã gặp ở chợ", Now));
    }

    [Fact]
    public void What_was_not_suggested_cannot_be_declined()
    {
        ThatExited.When(new DeclineVisitSuggestion(Today, null, null)).IsRefused("required", "ground");
        ThatExited.When(new DeclineVisitSuggestion(Today, DeclineGround.Other, " ")).IsRefused("required", "reason");
        ThatExited.When(new DeclineVisitSuggestion(Today, DeclineGround.Away, new('x', HouseholdCommand.LongestText + 1))).IsRefused("text_too_long", "reason");
        Poor.When(new DeclineVisitSuggestion(Today, DeclineGround.Away, null)).IsRefused("not_watched", "on");
        ThatExited.When(new DeclineVisitSuggestion(On(2023, 12, 14), DeclineGround.Away, null)).IsRefused("not_watched", "on");
    }

    [Fact]
    public void A_declined_suggestion_changes_nothing_else_of_the_household()
    {
        var after = ThatExited.Told(new VisitSuggestionDeclined(Today, Now, DeclineGround.DoingWell, null)).Folded.Latest();

        (after.Status, after.StatusSince, after.LastConfirmed, after.LastVisit, after.PlannedVisit).ShouldBe((ListStatus.Out, On(2023, 12, 15), On(2023, 12, 15), null, null));
    }
}
