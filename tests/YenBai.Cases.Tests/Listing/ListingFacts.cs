using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Places;
using YenBai.Cases.Records;
using YenBai.Cases.Tests.Households;
using static YenBai.Cases.Tests.Households.AHousehold;

namespace YenBai.Cases.Tests.Listing;

public sealed class ListingFacts
{
    private static readonly string TooLong = new('x', HouseholdCommand.LongestText + 1);

    private static DecideClass Decision(PovertyClass @class, string standard = NewStandard, EntryCause? cause = null, bool? voluntary = null) =>
        new(Today, standard, @class, " 12/QĐ-UBND ", cause, voluntary);

    private static ClassDecided Decided(PovertyClass @class, string standard = NewStandard) => new(Today, Now, standard, @class, "12/QĐ-UBND");

    [Fact]
    public void A_form_proposes_and_decides_nothing()
    {
        var form = new RecordAssessment(Today, NewStandard, "B1", null, 120, 30, ["health_insurance"], ["no_land"], ["loan"]);

        var assessed = Registered.When(form).TellsOne<Assessed>();
        (assessed.On, assessed.Standard, assessed.Form, assessed.Area, assessed.ScoreA, assessed.ScoreB).ShouldBe((Today, NewStandard, "B1", Area.Urban, 120, 30));
        (assessed.Deprivations, assessed.Causes, assessed.Needs).ShouldBe((form.Deprivations!, form.Causes!, form.Needs!));
        var state = Registered.When(form).Then.Latest;
        (state.Status, state.Classes.Count, state.LastAssessment).ShouldBe((ListStatus.Unknown, 0, assessed));
    }

    [Fact]
    public void A_form_with_codes_that_its_standard_does_not_have_is_taken_and_said_to_be_odd()
    {
        var form = new RecordAssessment(Today, NewStandard, null, null, 120, 20, ["4", "12"], ["8"], ["6"]);

        Registered.When(form).Decision.Warnings.ShouldBeEmpty();
        Registered.When(form with { Deprivations = ["4", "health_insurance"] }).Decision.Warnings.ShouldBe(["unknown_code"]);
        Registered.When(form with { Causes = ["9"] }).Decision.Warnings.ShouldBe(["unknown_code"]);
        Registered.When(form with { Needs = ["7"] }).Decision.Warnings.ShouldBe(["unknown_code"]);
        Registered.When(form with { Standard = "2016-2020", Deprivations = ["12"] }).Decision.Warnings.ShouldBe(["unknown_code"]);
    }

    [Fact]
    public void The_deprivation_points_of_a_form_follow_from_its_ticks()
    {
        var form = new RecordAssessment(Today, NewStandard, null, null, 120, 0, ["4", "12", "4"], null, null);

        Registered.When(form).Warns("score_b_counted").TellsOne<Assessed>().ScoreB.ShouldBe(20);
        Registered.When(form with { ScoreB = null }).Warns().TellsOne<Assessed>().ScoreB.ShouldBe(20);
        Registered.When(form with { ScoreB = 20 }).Warns().TellsOne<Assessed>().ScoreB.ShouldBe(20);
        // The sum alone, and codes of another register: the points stay as they are given.
        Registered.When(form with { ScoreB = 30, Deprivations = null }).Warns().TellsOne<Assessed>().ScoreB.ShouldBe(30);
        Registered.When(form with { ScoreB = 30, Deprivations = ["x"] }).Warns("unknown_code").TellsOne<Assessed>().ScoreB.ShouldBe(30);
    }

    [Fact]
    public void A_form_is_refused()
    {
        var form = new RecordAssessment(Today, NewStandard, null, null, null, null, null, null, null);

        Registered.When(form).TellsOne<Assessed>().Deprivations.ShouldBeEmpty();
        Registered.When(form with { Standard = "2011-2015" }).IsRefused("unknown_standard", "standard");
        Registered.When(form with { Standard = null! }).IsRefused("unknown_standard", "standard");
        Registered.When(form with { ScoreA = -1 }).IsRefused("out_of_range", "scoreA");
        Registered.When(form with { ScoreA = 1001 }).IsRefused("out_of_range", "scoreA");
        Registered.When(form with { ScoreB = -0.5m }).IsRefused("out_of_range", "scoreB");
        Registered.When(form with { ScoreB = 201 }).IsRefused("out_of_range", "scoreB");
        Registered.When(form with { Deprivations = [.. Enumerable.Repeat("x", 21)] }).IsRefused("codes_malformed", "deprivations");
        Registered.When(form with { Causes = [" "] }).IsRefused("codes_malformed", "causes");
        Registered.When(form with { Needs = [new('x', 41)] }).IsRefused("codes_malformed", "needs");
    }

    [Fact]
    public void A_decision_brings_exactly_one_fact_of_the_list_where_the_list_changes()
    {
        var then = AWomanAndTwoChildren;

        Registered.When(Decision(PovertyClass.Poor)).Tells(Decided(PovertyClass.Poor), new ListedPoor(Today, Now, MauA, NewStandard, EntryCause.Unknown) { Then = then });
        Registered.When(Decision(PovertyClass.NearPoor)).Tells(Decided(PovertyClass.NearPoor));
        Registered.When(Decision(PovertyClass.NotPoor)).Tells(Decided(PovertyClass.NotPoor));
        Poor.When(Decision(PovertyClass.Poor)).Tells(Decided(PovertyClass.Poor));
        Poor.When(Decision(PovertyClass.NearPoor))
            .Tells(Decided(PovertyClass.NearPoor), new Exited(Today, Now, MauA, NewStandard, PovertyClass.NearPoor, false, "none") { Then = then });
        Poor.When(Decision(PovertyClass.NotPoor, voluntary: true))
            .Tells(Decided(PovertyClass.NotPoor), new Exited(Today, Now, MauA, NewStandard, PovertyClass.NotPoor, true, "none") { Then = then });
        ThatExited.When(Decision(PovertyClass.NearPoor)).Tells(Decided(PovertyClass.NearPoor));
        ThatExited.When(Decision(PovertyClass.Poor, cause: EntryCause.Deterioration))
            .Tells(Decided(PovertyClass.Poor), new ReEntered(Today, Now, MauA, NewStandard, EntryCause.Deterioration) { Then = then });
        ThatExited.When(Decision(PovertyClass.Poor)).Tells(Decided(PovertyClass.Poor), new ReEntered(Today, Now, MauA, NewStandard, EntryCause.Unknown) { Then = then });
    }

    [Theory]
    [InlineData(EntryCause.StandardChange)]
    [InlineData(EntryCause.Correction)]
    public void A_change_of_standard_and_a_correction_are_no_re_entry(EntryCause cause) =>
        ThatExited.When(Decision(PovertyClass.Poor, cause: cause))
            .Tells(Decided(PovertyClass.Poor), new ListedPoor(Today, Now, MauA, NewStandard, cause) { Then = AWomanAndTwoChildren });

    [Fact]
    public void A_class_under_another_standard_lists_nobody()
    {
        Registered.When(Decision(PovertyClass.Poor, "2027-2030")).Tells(Decided(PovertyClass.Poor, "2027-2030")).Then.Latest.Status.ShouldBe(ListStatus.Unknown);
        var stillPoor = Poor.When(Decision(PovertyClass.NotPoor, OldStandard)).Tells(Decided(PovertyClass.NotPoor, OldStandard)).Then.Latest;
        (stillPoor.Status, stillPoor.ClassOn(Today)!.Value.Class.Class, stillPoor.Classes[OldStandard].Class).ShouldBe((ListStatus.Poor, PovertyClass.Poor, PovertyClass.NotPoor));
    }

    [Fact]
    public void A_household_that_moved_away_may_be_listed_again_and_nothing_else()
    {
        ThatMovedOut.When(Decision(PovertyClass.Poor)).Then.Latest.Status.ShouldBe(ListStatus.Poor);
        ThatMovedOut.When(Decision(PovertyClass.NearPoor)).IsRefused("household_gone");
    }

    [Fact]
    public void A_decision_is_refused()
    {
        Registered.When(Decision(PovertyClass.Poor, "2030-2035")).IsRefused("unknown_standard", "standard");
        Registered.When(Decision(PovertyClass.Poor) with { DecisionNumber = new('1', 61) }).IsRefused("text_too_long", "decisionNumber");
    }

    [Fact]
    public void A_household_asks_to_leave_the_list()
    {
        var note = Ids.Named(Key, "wording");

        Poor.When(new RequestExit(Today, "Gia đình đã khá hơn"))
            .Tells(new ExitRequested(Today, Now, note)).Keeps(new Note(note, Ids.Household(Code), "Gia đình đã khá hơn", Now)).Then
            .Latest.ExitRequest.ShouldNotBeNull();
        Poor.When(new RequestExit(Today, TooLong)).IsRefused("text_too_long", "wording");
        ThatExited.When(new RequestExit(Today, null)).IsRefused("not_on_list", "on");
        ThatAskedToExit.When(new RequestExit(Today, null)).IsRefused("request_pending", "on");
    }

    [Fact]
    public void A_request_is_withdrawn()
    {
        var note = Ids.Named(Key, "reason");

        ThatAskedToExit.When(new WithdrawExitRequest(Today, "Ốm nặng"))
            .Tells(new ExitRequestWithdrawn(Today, Now, note)).Keeps(new Note(note, Ids.Household(Code), "Ốm nặng", Now)).Then
            .Latest.ExitRequest.ShouldBeNull();
        ThatAskedToExit.When(new WithdrawExitRequest(Today, TooLong)).IsRefused("text_too_long", "reason");
        Poor.When(new WithdrawExitRequest(Today, null)).IsRefused("no_request", "on");
    }

    [Theory]
    [InlineData(PovertyClass.NearPoor)]
    [InlineData(PovertyClass.NotPoor)]
    public void A_poor_household_leaves_the_list(PovertyClass to) =>
        Poor.When(new RecordExit(Today, to, NewStandard, null, " 12/QĐ-UBND "))
            .Tells(Decided(to), new Exited(Today, Now, MauA, NewStandard, to, false, "none") { Then = AWomanAndTwoChildren })
            .Warns().Then.Latest.ClassOn(Today)!.Value.Class.ShouldBe(new ClassUnder(to, Today, "12/QĐ-UBND"));

    [Fact]
    public void An_exit_is_voluntary_when_the_household_asked_for_it_in_the_same_year()
    {
        VoluntaryAfter(ThatAskedToExit).ShouldBe(true);
        VoluntaryAfter(Poor).ShouldBe(false);
        VoluntaryAfter(Poor.Told(new ExitRequested(On(2023, 12, 31), Learnt(2023, 12, 31), null))).ShouldBe(false);
        VoluntaryAfter(ThatAskedToExit.Told(new ExitRequestWithdrawn(On(2024, 5, 20), Learnt(2024, 5, 20), null))).ShouldBe(false);
        VoluntaryAfter(ThatAskedToExit.Told(new FactAnnulled(On(2024, 5, 2), Learnt(2024, 5, 3), 3, null))).ShouldBe(false);
        VoluntaryAfter(ThatAskedToExit, saysTheDecision: false).ShouldBe(false);
        VoluntaryAfter(Poor, saysTheDecision: true).ShouldBe(true);

        static bool? VoluntaryAfter(AHousehold given, bool? saysTheDecision = null) =>
            given.When(new RecordExit(Today, PovertyClass.NotPoor, null, saysTheDecision, null)).Decision.Events.OfType<Exited>().Single().Voluntary;
    }

    [Fact]
    public void A_request_is_used_up_by_the_exit() =>
        ThatAskedToExit.When(new RecordExit(Today, PovertyClass.NotPoor, null, null, null)).Then.Latest.ExitRequest.ShouldBeNull();

    [Fact]
    public void The_support_received_by_the_day_of_the_exit_is_frozen_on_it()
    {
        var supported = Poor.Told(
            new TrainingJoined(On(2024, 2, 1), Learnt(2024, 2, 1), Training, "Điện dân dụng", null),
            new LoanGranted(On(2024, 1, 10), Learnt(2024, 1, 10), Guid.NewGuid(), 50_000_000, 36, null, null),
            new LoanGranted(On(2024, 3, 10), Learnt(2024, 3, 10), Guid.NewGuid(), 10_000_000, 12, null, null),
            new LivestockSupported(On(2024, 6, 1), Learnt(2024, 6, 1), Guid.NewGuid(), Livestock.Buffalo, 1, null));

        MixOn(Today).ShouldBe("livestock+loan+training");
        MixOn(On(2024, 2, 15)).ShouldBe("loan+training");
        MixOn(On(2024, 1, 10)).ShouldBe("loan");
        MixOn(On(2024, 1, 9)).ShouldBe("none");

        string? MixOn(DateOnly day) => supported.When(new RecordExit(day, PovertyClass.NotPoor, null, null, null)).Decision.Events.OfType<Exited>().Single().Support;
    }

    [Fact]
    public void An_exit_is_refused()
    {
        var exit = new RecordExit(Today, PovertyClass.NotPoor, null, null, null);

        Poor.When(exit with { To = PovertyClass.Poor }).IsRefused("exit_to_poor", "to");
        Poor.When(exit with { Standard = OldStandard }).IsRefused("standard_not_in_force", "standard");
        ThatExited.When(exit).IsRefused("already_exited", "on");
        Registered.When(exit).IsRefused("not_on_list", "on");
        Poor.When(exit with { On = On(2021, 12, 31) }).IsRefused("not_on_list", "on");
        Poor.When(exit with { DecisionNumber = new('1', 61) }).IsRefused("text_too_long", "decisionNumber");
    }

    [Fact]
    public void A_review_confirms_an_exit()
    {
        ThatExited.When(new ConfirmExit(Today)).Tells(new ExitConfirmed(Today, Now, MauA, NewStandard) { Then = AWomanAndTwoChildren }).Then.Latest.LastConfirmed.ShouldBe(Today);
        Poor.When(new ConfirmExit(Today)).IsRefused("not_out_of_poverty", "on");
        ThatExited.When(new ConfirmExit(On(2023, 12, 14))).IsRefused("not_out_of_poverty", "on");
    }

    [Fact]
    public void A_household_that_had_left_is_poor_again()
    {
        ThatExited.When(new RecordReEntry(Today, EntryCause.Deterioration, null, "12/QĐ-UBND"))
            .Tells(Decided(PovertyClass.Poor), new ReEntered(Today, Now, MauA, NewStandard, EntryCause.Deterioration) { Then = AWomanAndTwoChildren })
            .Warns();
        Poor.When(new RecordReEntry(Today, null, null, null)).IsRefused("already_poor", "on");
        Registered.When(new RecordReEntry(Today, null, null, null)).IsRefused("never_exited", "on");
        ThatExited.When(new RecordReEntry(Today, null, OldStandard, null)).IsRefused("standard_not_in_force", "standard");
        ThatExited.When(new RecordReEntry(Today, null, null, new('1', 61))).IsRefused("text_too_long", "decisionNumber");
        ThatExited.Told(new MovedOut(On(2024, 2, 1), Learnt(2024, 2, 1), MauA, null)).When(new RecordReEntry(Today, null, null, null)).Then
            .Latest.Status.ShouldBe(ListStatus.Poor);
    }
}
