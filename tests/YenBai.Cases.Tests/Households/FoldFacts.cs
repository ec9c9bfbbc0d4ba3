using YenBai.Cases.Households;
using static YenBai.Cases.Tests.Households.AHousehold;

namespace YenBai.Cases.Tests.Households;

/// <summary>What a household is, told by its facts: the rules R1 to R8 of the durability contract.</summary>
public sealed class FoldFacts
{
    private const string Import = "0197f0";

    [Fact]
    public void A_household_is_on_each_day_what_it_was()
    {
        var household = ThatReEntered;

        household.At(2020, 1, 4).Known.ShouldBeFalse();
        household.At(2021, 12, 31).Status.ShouldBe(ListStatus.Unknown);
        household.At(2022, 1, 1).Status.ShouldBe(ListStatus.Poor);
        household.At(2023, 12, 14).Status.ShouldBe(ListStatus.Poor);
        household.At(2023, 12, 15).Status.ShouldBe(ListStatus.Out);
        household.At(2024, 2, 29).Status.ShouldBe(ListStatus.Out);
        household.At(2024, 3, 1).Status.ShouldBe(ListStatus.Poor);
        (household.Latest.Exits, household.Latest.LastExit, household.Latest.StatusSince).ShouldBe((1, On(2023, 12, 15), On(2024, 3, 1)));
    }

    [Fact]
    public void The_latest_state_is_folded_once_and_a_copy_with_other_facts_does_not_share_it()
    {
        var poor = Poor.Folded;
        var before = poor.Latest();

        poor.Latest().ShouldBeSameAs(before);
        var exited = poor.With(new Fact(poor.Version + 1, Guid.Empty, Exits(2023, 12, 15), null));
        (exited.Latest().Status, poor.Latest().Status).ShouldBe((ListStatus.Out, ListStatus.Poor));
        (poor with { Facts = poor.Facts }).ShouldBe(poor);
    }

    [Fact]
    public void A_late_fact_changes_what_was_and_not_what_was_known_then()
    {
        var late = Poor.Told(Exits(2023, 12, 15) with { Recorded = Learnt(2024, 4, 2) });

        late.At(2024, 1, 1).Status.ShouldBe(ListStatus.Out);
        late.Folded.StateAt(On(2024, 1, 1), Days.EndOf(On(2024, 4, 1))).Status.ShouldBe(ListStatus.Poor);
        late.Folded.StateAt(On(2024, 1, 1), Days.EndOf(On(2024, 4, 2))).Status.ShouldBe(ListStatus.Out);
    }

    [Fact]
    public void A_fact_told_later_takes_its_place_by_its_day()
    {
        var outOfOrder = Registered.Told(Confirms(2023, 12, 15), Exits(2022, 12, 15), Enters(2022, 1, 1)).Latest;

        (outOfOrder.Status, outOfOrder.LastConfirmed, outOfOrder.IgnoredFacts.Count).ShouldBe((ListStatus.Out, On(2023, 12, 15), 0));
    }

    [Fact]
    public void An_annulled_fact_counts_until_its_annulment_is_known()
    {
        var annulled = ThatExited.Told(new FactAnnulled(On(2023, 12, 15), Learnt(2024, 5, 1), 3, null));

        (annulled.Latest.Status, annulled.Latest.Exits, annulled.Latest.LastExit).ShouldBe((ListStatus.Poor, 0, null));
        annulled.Folded.StateAt(Today, Days.EndOf(On(2024, 4, 30))).Status.ShouldBe(ListStatus.Out);
    }

    [Fact]
    public void The_day_of_an_annulment_does_not_matter()
    {
        var annulled = ThatExited.Told(new FactAnnulled(On(2024, 6, 1), Learnt(2024, 5, 1), 3, null));

        annulled.At(2024, 1, 1).Status.ShouldBe(ListStatus.Poor);
    }

    [Fact]
    public void What_an_import_told_is_withdrawn_with_it()
    {
        var imported = Poor.ToldBy(Import, Exits(2022, 12, 15), Confirms(2023, 12, 15)).ToldBy("another", Confirms(2024, 1, 10));
        imported.Latest.LastConfirmed.ShouldBe(On(2024, 1, 10));

        var withdrawn = imported.Told(new ImportWithdrawn(Today, Learnt(2024, 6, 1), Import));

        withdrawn.Latest.Status.ShouldBe(ListStatus.Poor);
        withdrawn.Latest.IgnoredFacts.Values.ShouldBe([Ignored.ConfirmIgnored]);
        withdrawn.Folded.StateAt(Today, Days.EndOf(On(2024, 5, 31))).Status.ShouldBe(ListStatus.Out);
    }

    [Fact]
    public void A_household_whose_registration_is_withdrawn_is_not_known() =>
        Unknown.ToldBy(Import, [.. Poor.Folded.Facts.Select(f => f.Event)]).Told(new ImportWithdrawn(Today, Now, Import)).Latest.Known.ShouldBeFalse();

    [Fact]
    public void Facts_of_one_day_are_told_as_the_register_has_them()
    {
        var enter = Enters(2023, 12, 15, EntryCause.Deterioration) with { Row = new("8", 8, "x") };
        var exit = Exits(2023, 12, 15) with { Row = new("7", 7, "x") };

        Poor.Told(enter, exit).Latest.Status.ShouldBe(ListStatus.Poor);
        Poor.Told(enter with { Row = new("6", 6, "x") }, exit).Latest.Status.ShouldBe(ListStatus.Out);
        // What people entered comes after what the register had, and as it was written down.
        Poor.Told(exit with { Row = null }, enter).Latest.Status.ShouldBe(ListStatus.Out);
        Poor.Told(exit with { Row = null }, enter with { Row = null }).Latest.Status.ShouldBe(ListStatus.Poor);
    }

    [Fact]
    public void R5_an_exit_out_of_nowhere_counts_and_a_second_one_does_not()
    {
        Registered.Told(Exits(2020, 12, 15)).Latest.Status.ShouldBe(ListStatus.Out);

        var twice = ThatExited.Told(Exits(2024, 1, 5)).Latest;
        (twice.Status, twice.Exits, twice.LastExit).ShouldBe((ListStatus.Out, 1, On(2023, 12, 15)));
        twice.IgnoredFacts.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create(4, Ignored.DuplicateExit));

        var gone = ThatMovedOut.Told(Exits(2024, 6, 1)).Latest;
        (gone.Status, gone.Exits).ShouldBe((ListStatus.Gone, 0));
        gone.IgnoredFacts.Values.ShouldBe([Ignored.ExitAfterGone]);
    }

    [Fact]
    public void R6_an_entry_of_a_poor_household_is_no_movement_but_a_class_under_its_standard()
    {
        var listed = Registered.Told(Enters(2017, 1, 1, standard: OldStandard), Enters(2022, 1, 1)).Latest;

        (listed.Status, listed.StatusSince).ShouldBe((ListStatus.Poor, On(2017, 1, 1)));
        listed.IgnoredFacts.Values.ShouldBe([Ignored.DuplicateEnter]);
        listed.Classes[NewStandard].ShouldBe(new ClassUnder(PovertyClass.Poor, On(2022, 1, 1), null));
    }

    [Fact]
    public void R6_a_correction_takes_the_exit_back()
    {
        var corrected = ThatExited.Told(Enters(2024, 2, 1, EntryCause.Correction));
        (corrected.Latest.Status, corrected.Latest.Exits, corrected.Latest.LastExit).ShouldBe((ListStatus.Poor, 0, null));

        var again = corrected.Told(Exits(2024, 5, 1)).Latest;
        (again.Status, again.Exits, again.LastExit).ShouldBe((ListStatus.Out, 1, On(2024, 5, 1)));
    }

    [Theory]
    [InlineData(EntryCause.Deterioration)]
    [InlineData(EntryCause.StandardChange)]
    [InlineData(EntryCause.Unknown)]
    public void R6_any_other_entry_leaves_the_exit_standing(EntryCause cause)
    {
        var state = ThatExited.Told(Enters(2024, 2, 1, cause)).Latest;

        (state.Status, state.Exits, state.LastExit).ShouldBe((ListStatus.Poor, 1, On(2023, 12, 15)));
    }

    [Fact]
    public void R6_a_household_that_was_gone_is_poor_when_it_is_listed()
    {
        var back = ThatMovedOut.Told(Enters(2024, 6, 1)).Latest;

        (back.Status, back.GoneBy, back.IgnoredFacts.Count).ShouldBe((ListStatus.Poor, null, 0));
    }

    [Fact]
    public void R7_who_leaves_is_gone_by_the_first_fact_that_says_so()
    {
        var gone = ThatMovedOut.Told(new Dissolved(On(2024, 6, 1), Learnt(2024, 6, 1), MauA, null)).Latest;

        (gone.Status, gone.StatusSince).ShouldBe((ListStatus.Gone, On(2024, 5, 10)));
        gone.GoneBy.ShouldBeOfType<MovedOut>();
    }

    [Fact]
    public void R8_only_who_is_out_is_confirmed()
    {
        ThatExited.Told(Confirms(2024, 6, 1)).Latest.LastConfirmed.ShouldBe(On(2024, 6, 1));
        Poor.Told(Confirms(2024, 6, 1)).Latest.IgnoredFacts.Values.ShouldBe([Ignored.ConfirmIgnored]);
        ThatMovedOut.Told(Confirms(2024, 6, 1)).Latest.IgnoredFacts.Values.ShouldBe([Ignored.ConfirmIgnored]);
    }

    [Fact]
    public void R8_a_take_over_confirms_too()
    {
        var taken = Registered.Told(Exits(2020, 12, 15), new HouseholdTakenOver(On(2022, 1, 1), Learnt(2022, 1, 1), MauA, null, TakenOverHistory.Complete)).Latest;
        (taken.Status, taken.LastConfirmed, taken.TakenOver).ShouldBe((ListStatus.Out, On(2022, 1, 1), TakenOverHistory.Complete));

        var poor = Poor.Told(new HouseholdTakenOver(On(2023, 1, 1), Learnt(2023, 1, 1), MauA, null, TakenOverHistory.SurvivorsOnly)).Latest;
        (poor.Status, poor.LastConfirmed, poor.IgnoredFacts.Count).ShouldBe((ListStatus.Poor, null, 0));
    }

    [Fact]
    public void The_class_that_counts_is_that_of_the_list_and_else_the_last_one_judged()
    {
        var judged = Registered.Told(
            new ClassDecided(On(2020, 12, 1), Learnt(2020, 12, 1), OldStandard, PovertyClass.Poor, "1"),
            new ClassDecided(On(2023, 12, 1), Learnt(2023, 12, 1), NewStandard, PovertyClass.NearPoor, "2"),
            new ClassDecided(On(2024, 5, 1), Learnt(2024, 5, 1), "2027-2030", PovertyClass.NotPoor, "3")).Latest;

        judged.ClassOn(On(2021, 6, 1))!.Value.Class.Class.ShouldBe(PovertyClass.Poor);
        judged.ClassOn(On(2024, 6, 1))!.Value.Class.Class.ShouldBe(PovertyClass.NearPoor);
        judged.ClassOn(On(2028, 6, 1))!.Value.Class.Class.ShouldBe(PovertyClass.NotPoor);
        Registered.Told(new ClassDecided(On(2020, 12, 1), Learnt(2020, 12, 1), OldStandard, PovertyClass.Poor, "1")).Latest.ClassOn(Today)!.Value.Standard.ShouldBe(OldStandard);
        Registered.Latest.ClassOn(Today).ShouldBeNull();
    }

    [Fact]
    public void The_same_class_again_keeps_its_first_day_and_takes_the_newer_decision()
    {
        var again = Poor.Told(new ClassDecided(On(2022, 12, 1), Learnt(2022, 12, 1), NewStandard, PovertyClass.Poor, "7/QĐ")).Latest;

        again.Classes[NewStandard].ShouldBe(new ClassUnder(PovertyClass.Poor, On(2022, 1, 1), "7/QĐ"));
    }

    [Fact]
    public void Members_are_counted_where_they_are_known()
    {
        var counted = Registered.Told(
            new MembersJoined(On(2021, 1, 1), Learnt(2021, 1, 1), 2, 1, MemberChange.Birth), new MembersLeft(On(2022, 1, 1), Learnt(2022, 1, 1), 9, 5, MemberChange.Other, null)).Latest;
        (counted.Members, counted.Then.Under16).ShouldBe((0, 0));

        var unknown = Unknown.Told(
            new HouseholdRegistered(On(2020, 1, 5), Learnt(2020, 1, 5), Code, MauA, null, null, null, null),
            new MembersJoined(On(2021, 1, 1), Learnt(2021, 1, 1), 2, 1, MemberChange.Birth)).Latest;
        (unknown.Members, unknown.Then.Under16).ShouldBe((null, null));
    }
}
