using YenBai.Cases.Decisions;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;
using YenBai.Cases.Standards;
using YenBai.Cases.Tests.Households;
using static YenBai.Cases.Tests.Households.AHousehold;

namespace YenBai.Cases.Tests.Decisions;

public sealed class ReviewFacts
{
    private static readonly ReviewQuestion Question = new(MauA, null, NewStandard, Today);

    private static Assessed Form(decimal a, decimal b, int day = 3) => new(On(2024, 6, day), Learnt(2024, 6, day), NewStandard, "B", Area.Urban, a, b, [], [], []);

    private static MeetingHeld Met(PovertyClass proposed, int agreed = 30, int day = 8) => new(On(2024, 6, day), Learnt(2024, 6, day), NewStandard, proposed, 40, agreed, null);

    private static AHousehold NearPoor => Registered.Told(new ClassDecided(On(2023, 12, 15), Learnt(2023, 12, 15), NewStandard, PovertyClass.NearPoor, "9"));

    private static ReviewLine? Line(AHousehold given, ReviewQuestion? question = null) =>
        ReviewLine.Of(new(given.Folded, "Lò Thị Mai", false), question ?? Question, StandardBook.Shipped, PlaceCatalog.Default, Now);

    private static (PovertyClass?, ListEffect?, ReviewProblem?) Says(AHousehold given) => Line(given).ShouldNotBeNull() is var l ? (l.Class, l.Effect, l.Problem) : default;

    [Fact]
    public void The_list_has_the_poor_the_near_poor_those_surveyed_and_those_who_ask()
    {
        Line(Poor).ShouldNotBeNull();
        Line(NearPoor).ShouldNotBeNull();
        Line(Registered.Told(Form(120, 40))).ShouldNotBeNull();
        Line(ThatAskedToExit).ShouldNotBeNull();
        Line(Registered).ShouldBeNull();
        Line(ThatExited).ShouldBeNull();
        Line(ThatMovedOut).ShouldBeNull();
        Line(Poor, Question with { On = On(2019, 1, 1) }).ShouldBeNull("it was not registered yet");
    }

    [Fact]
    public void What_a_decision_would_do_is_what_the_meeting_consented_to()
    {
        Says(Poor.Told(Form(180, 10), Met(PovertyClass.NotPoor))).ShouldBe((PovertyClass.NotPoor, ListEffect.ExitsFully, null));
        Says(Poor.Told(Form(120, 10), Met(PovertyClass.NearPoor))).ShouldBe((PovertyClass.NearPoor, ListEffect.ExitsToNearPoor, null));
        Says(Poor.Told(Form(120, 40), Met(PovertyClass.Poor))).ShouldBe((PovertyClass.Poor, ListEffect.Stays, null));
        Says(ThatExited.Told(Form(120, 40), Met(PovertyClass.Poor))).ShouldBe((PovertyClass.Poor, ListEffect.ReEnters, null));
        Says(NearPoor.Told(Form(180, 10), Met(PovertyClass.NotPoor))).ShouldBe((PovertyClass.NotPoor, ListEffect.LeavesNearPoor, null));
        // It may consent to another class than the scores propose: that stands beside it.
        Says(Poor.Told(Form(120, 40), Met(PovertyClass.NotPoor))).ShouldBe((PovertyClass.NotPoor, ListEffect.ExitsFully, null));
    }

    [Fact]
    public void Without_its_grounds_there_is_nothing_to_decide()
    {
        Says(Poor).ShouldBe((null, null, ReviewProblem.NoAssessment));
        Says(Poor.Told(Form(180, 10))).ShouldBe((null, null, ReviewProblem.NoMeeting));
        Says(Poor.Told(Form(180, 10), Met(PovertyClass.NotPoor, agreed: 19))).ShouldBe((null, null, ReviewProblem.MeetingDidNotConsent));
        Line(Poor.Told(Form(180, 10), Met(PovertyClass.NotPoor), new ClassDecided(On(2024, 6, 14), Learnt(2024, 6, 14), NewStandard, PovertyClass.Poor, "2")), Question with { On = On(2024, 6, 10) })!
            .Problem.ShouldBe(ReviewProblem.DecidedSince);
        Line(Poor.Told(Form(180, 10), Met(PovertyClass.NotPoor)), Question with { Standard = "2027-2030" })!.Problem.ShouldBe(ReviewProblem.NoAssessment);
    }

    [Theory]
    [InlineData("2026-11-23", "2026-12-15", "2026-09-01", "2027-08-31")]
    [InlineData("2026-08-31", "2025-12-15", "2025-09-01", "2026-08-31")]
    [InlineData("2026-09-01", "2026-12-15", "2026-09-01", "2027-08-31")]
    [InlineData("2024-06-15", "2023-11-30", "2023-08-17", "2024-08-31")]
    public void A_review_has_its_time(string day, string review, string from, string through) =>
        ReviewCycle.At([On(2023, 11, 30)], DateOnly.Parse(day)).ShouldBe(new ReviewCycle(DateOnly.Parse(review), DateOnly.Parse(from), DateOnly.Parse(through)));

    [Theory]
    [InlineData("2023-12-14", false)]
    [InlineData("2023-12-15", true)]
    [InlineData("2026-08-31", true)]
    [InlineData("2026-09-01", false)]
    public void After_an_exit_a_household_is_confirmed_for_36_months(string exit, bool confirmed) => ReviewCycle.Of([], 2026).Confirms(DateOnly.Parse(exit)).ShouldBe(confirmed);

    [Fact]
    public void Requests_that_pile_up_before_the_last_day_are_told()
    {
        var (from, through) = (On(2021, 1, 1), On(2021, 12, 31));
        DateOnly[] even = [.. Enumerable.Range(0, 52).Select(w => from.AddDays(7 * w))];
        DateOnly[] late = [.. Enumerable.Range(0, 10).Select(w => from.AddDays(20 * w)), .. Enumerable.Range(0, 12).Select(d => On(2021, 12, 1).AddDays(d))];

        var bunched = Bunching.Of(late, from, through, On(2022, 3, 1));
        (bunched.LastWeeksFrom, bunched.Before, bunched.Within, bunched.IsConspicuous).ShouldBe((On(2021, 11, 2), 10, 12, true));
        bunched.Weeks.Sum(w => w.Count).ShouldBe(bunched.Within);
        Bunching.Of(even, from, through, On(2022, 3, 1)).IsConspicuous.ShouldBeFalse();
        Bunching.Of([On(2021, 12, 1), On(2021, 12, 2)], from, through, On(2022, 3, 1)).IsConspicuous.ShouldBeFalse("of two nothing is said");
        var early = Bunching.Of(even, from, through, On(2021, 6, 1));
        (early.Within, early.PerWeekWithin, early.IsConspicuous).ShouldBe((0, null, false));
        // 152 days.
        early.PerWeekBefore.ShouldBe(early.Before * 7m / 152);
    }

    [Fact]
    public void A_letter_says_what_the_decision_rests_on_and_what_it_changes()
    {
        var given = Poor.Told(Form(180, 10), Met(PovertyClass.NotPoor));
        var decided = given.When(new YenBai.Cases.Listing.DecideClass(Today, NewStandard, PovertyClass.NotPoor, "5", null, null)).Then;

        var letter = Letter.Of(decided.Folded, given.Folded.Version + 1, StandardBook.Shipped, PlaceCatalog.Default).ShouldNotBeNull();

        (letter.Kind, letter.OwnRequest, letter.ClassBefore, letter.Grounds.ScoresSay, letter.Grounds.Consented, letter.Area)
            .ShouldBe((LetterKind.Exit, false, PovertyClass.Poor, PovertyClass.NotPoor, PovertyClass.NotPoor, Area.Urban));
        letter.Ends.Select(i => i.Code).ShouldContain("vbsp_loan_poor");
        letter.Stays.Select(i => i.Code).ShouldContain("vocational_training");
        letter.Opens.Select(i => i.Code).ShouldBe(["vbsp_loan_newly_escaped"]);
        letter.NewlyEscapedUntil.ShouldBe(Today.AddMonths(36));
    }

    [Fact]
    public void A_letter_names_what_happened()
    {
        LetterKind? Kind(AHousehold given, PovertyClass @class) =>
            Letter.Of(given.When(new YenBai.Cases.Listing.DecideClass(Today, NewStandard, @class, null, null, null)).Then.Folded, given.Folded.Version + 1, StandardBook.Shipped, PlaceCatalog.Default)?.Kind;

        Kind(Poor, PovertyClass.NearPoor).ShouldBe(LetterKind.Exit);
        Kind(ThatAskedToExit, PovertyClass.Poor).ShouldBe(LetterKind.RequestRefused);
        Kind(NearPoor, PovertyClass.NotPoor).ShouldBe(LetterKind.LosesClass);
        Kind(Registered, PovertyClass.Poor).ShouldBe(LetterKind.NewlyPoor);
        Kind(ThatExited, PovertyClass.Poor).ShouldBe(LetterKind.ReEntry);
        Kind(Registered, PovertyClass.NearPoor).ShouldBe(LetterKind.BecomesNearPoor);
        Kind(Poor, PovertyClass.Poor).ShouldBe(LetterKind.Stays);
    }

    [Fact]
    public void Support_under_way_stays_with_the_household_until_its_end()
    {
        var agreed = new SupportAgreed(On(2024, 2, 1), Learnt(2024, 2, 1), Training, "livestock", 1, [], On(2024, 2, 1), On(2025, 1, 31), null, null, []);
        var given = Poor.Told(agreed, new SupportExtended(On(2024, 3, 1), Learnt(2024, 3, 1), Training, 10, null));

        var letter = Letter.Of(given.When(new YenBai.Cases.Listing.DecideClass(Today, NewStandard, PovertyClass.NearPoor, null, null, null)).Then.Folded, given.Folded.Version + 1, StandardBook.Shipped, PlaceCatalog.Default)!;

        letter.Agreements.ShouldHaveSingleItem().Until.ShouldBe(On(2025, 2, 10));
        letter.NewlyEscapedUntil.ShouldBeNull("near-poor is not yet escaped");
    }

    [Fact]
    public void Only_a_decision_that_stands_has_a_letter()
    {
        var decided = Poor.Told(new ClassDecided(On(2024, 6, 1), Learnt(2024, 6, 1), NewStandard, PovertyClass.Poor, "1"));
        Letter? Of(AHousehold given, int version) => Letter.Of(given.Folded, version, StandardBook.Shipped, PlaceCatalog.Default);

        Of(decided, 3).ShouldNotBeNull();
        Of(decided, 1).ShouldBeNull();
        Of(decided, 99).ShouldBeNull();
        Of(decided.Told(new FactAnnulled(Today, Now, 3, null)), 3).ShouldBeNull();
    }

    [Fact]
    public void Every_way_to_contest_has_its_source()
    {
        Remedies.All.Select(r => r.Code).ShouldBe(["recheck", "complaint", "in_year_review"]);
        Remedies.All.ShouldAllBe(r => r.Source.Length > 0 && r.WhatVi.Length > 0 && r.WhereEn.Length > 0 && (r.Certainty == "V" || r.Certainty == "M"));
    }

    private static readonly AnnualPlan Plan = Plans.Find(2021)! with { Standard = NewStandard, From = On(2024, 1, 1), Through = On(2024, 12, 31) };

    private static Pending? InPipeline(AHousehold given, DateTimeOffset? knownAt = null) => Pending.Of(given.Folded, Plan, Today, knownAt ?? Now);

    [Fact]
    public void In_the_pipeline_is_what_was_scored_and_met_over_and_not_decided()
    {
        var ready = Poor.Told(Form(180, 10), Met(PovertyClass.NotPoor));

        InPipeline(ready).ShouldBe(new Pending(ready.Folded.Id, 4, On(2024, 6, 8), MauA, true, PovertyClass.NotPoor, false, false));
        InPipeline(ready, Days.EndOf(On(2024, 6, 7))).ShouldBeNull("the meeting was not known yet");
        InPipeline(ready.Told(new ClassDecided(On(2024, 6, 12), Learnt(2024, 6, 12), NewStandard, PovertyClass.NotPoor, "1"), Exits(2024, 6, 12))).ShouldBeNull();
        InPipeline(Poor.Told(Form(180, 10), Met(PovertyClass.NotPoor, agreed: 5))).ShouldBeNull();
        InPipeline(Poor.Told(Met(PovertyClass.NotPoor))).ShouldBeNull("not scored");
        InPipeline(Poor.Told(Form(120, 40), Met(PovertyClass.Poor))).ShouldBeNull("it stays: nothing would count");
        InPipeline(Registered.Told(Form(120, 40), Met(PovertyClass.Poor)))!.Comes.ShouldBeTrue();
        InPipeline(ThatAskedToExit.Told(Form(180, 10), Met(PovertyClass.NotPoor)))!.OwnRequest.ShouldBeTrue();
    }

    [Fact]
    public void What_waits_stands_beside_what_was_decided_and_is_added_to_nothing()
    {
        var vanYen = Plan.Targets.First(t => t.Measure == Measure.NetReductionHouseholds && t.UnitId.StartsWith("136", StringComparison.Ordinal)).UnitId;
        var province = Plan.Targets.First(t => t.Measure == Measure.NetReductionHouseholds && t.UnitId.StartsWith("15", StringComparison.Ordinal)).UnitId;
        Pending P(bool onList, PovertyClass to, bool own, bool merit) => new(Guid.NewGuid(), 1, Today, MauA, onList, to, own, merit);

        var progress = PlanProgress.Of(Plan, [], PlaceCatalog.Default, [], Today, Now, null,
            [P(true, PovertyClass.NotPoor, true, true), P(true, PovertyClass.NearPoor, false, false), P(false, PovertyClass.Poor, false, false)]);

        foreach (var unit in new[] { vanYen, province })
        {
            progress.Row(unit, Measure.NetReductionHouseholds)!.Pipeline.ShouldBe(1, "two leave, one comes");
            progress.Row(unit, Measure.VoluntaryExits)!.Pipeline.ShouldBe(1);
            progress.Row(unit, Measure.NetReductionHouseholds)!.Actual.Value.ShouldBe(0);
            progress.HouseholdsBehind(Component.Pending, unit).Count.ShouldBe(3);
        }
        progress.Row(vanYen, Measure.NetReductionPoints)?.Pipeline.ShouldBeNull("a rate has no households");
        progress.Published().Rows.ShouldAllBe(r => r.Pipeline == null);
    }
}
