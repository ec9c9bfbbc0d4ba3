using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Places;
using YenBai.Cases.Records;
using YenBai.Cases.Standards;
using YenBai.Cases.Tests.Households;
using static YenBai.Cases.Tests.Households.AHousehold;

namespace YenBai.Cases.Tests.Listing;

public sealed class GroundsFacts
{
    private static readonly HoldMeeting Meeting = new(Today, NewStandard, PovertyClass.NotPoor, 40, 20, " 03/BB ");

    private static readonly DecideClass Out = new(Today, NewStandard, PovertyClass.NotPoor, "12/QĐ-UBND", null, null, Signatory.ViceChairman);

    /// <summary>In towns, 175 points part the poor from the others.</summary>
    private static Assessed Form(int day, decimal a, decimal b, string standard = NewStandard) =>
        new(On(2024, 6, day), Learnt(2024, 6, day), standard, "B1", Area.Urban, a, b, [], [], []);

    private static MeetingHeld Met(int day, PovertyClass proposed, int present = 40, int agreed = 30) =>
        new(On(2024, 6, day), Learnt(2024, 6, day), NewStandard, proposed, present, agreed, null);

    private static AHousehold PoorAndScoredOut => Poor.Told(Form(3, 180, 20));

    private static AHousehold PoorAndMetOver => PoorAndScoredOut.Told(Met(8, PovertyClass.NotPoor));

    [Fact]
    public void A_meeting_is_a_fact_and_decides_nothing()
    {
        var held = PoorAndScoredOut.When(Meeting).Tells(new MeetingHeld(Today, Now, NewStandard, PovertyClass.NotPoor, 40, 20, "03/BB")).Warns();

        (held.Then.Latest.Status, held.Then.Latest.Classes[NewStandard].Class).ShouldBe((ListStatus.Poor, PovertyClass.Poor));
    }

    [Fact]
    public void A_meeting_is_refused()
    {
        Poor.When(Meeting with { Standard = "1993" }).IsRefused("unknown_standard", "standard");
        Poor.When(Meeting with { Present = 0, Agreed = 0 }).IsRefused("out_of_range", "present");
        Poor.When(Meeting with { Agreed = 41 }).IsRefused("out_of_range", "agreed");
        Poor.When(Meeting with { Agreed = -1 }).IsRefused("out_of_range", "agreed");
        Poor.When(Meeting with { Minutes = new('1', 61) }).IsRefused("text_too_long", "minutes");
        ThatMovedOut.When(Meeting).IsRefused("household_gone");
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(1, 0, false)]
    [InlineData(40, 20, true)]
    [InlineData(40, 19, false)]
    [InlineData(41, 20, false)]
    [InlineData(41, 21, true)]
    public void Half_of_those_present_is_consent(int present, int agreed, bool consents) => Met(8, PovertyClass.NotPoor, present, agreed).Consents().ShouldBe(consents);

    [Fact]
    public void A_meeting_over_nothing_or_over_another_class_than_the_scores_propose_is_odd()
    {
        Poor.When(Meeting).Warns("no_assessment");
        PoorAndScoredOut.When(Meeting with { Proposed = PovertyClass.NearPoor }).Warns("against_scores");
    }

    [Fact]
    public void Where_scores_meeting_and_decision_agree_there_is_nothing_to_say()
    {
        var decided = PoorAndMetOver.When(Out).Warns();

        decided.Decision.Events[0].ShouldBe(new ClassDecided(Today, Now, NewStandard, PovertyClass.NotPoor, "12/QĐ-UBND") { Signatory = Signatory.ViceChairman });
        decided.Decision.Events[1].ShouldBeOfType<Exited>().ScoresSaid.ShouldBe(PovertyClass.NotPoor);
    }

    [Fact]
    public void A_decision_without_its_grounds_counts_and_is_said_to_be_odd()
    {
        Poor.When(Out).Warns("no_assessment", "no_meeting").Then.Latest.Status.ShouldBe(ListStatus.Out);
        PoorAndScoredOut.When(Out).Warns("no_meeting");
        PoorAndScoredOut.Told(Met(8, PovertyClass.NotPoor, 40, 19)).When(Out).Warns("meeting_did_not_consent");
        PoorAndScoredOut.Told(Met(8, PovertyClass.NearPoor)).When(Out).Warns("meeting_did_not_consent");
        Poor.Told(Form(3, 120, 40), Met(8, PovertyClass.NotPoor)).When(Out).Warns("against_scores");
    }

    [Fact]
    public void A_decision_without_a_number_or_a_signatory_counts_with_a_warning()
    {
        PoorAndMetOver.When(Out with { DecisionNumber = " " }).Warns("no_decision_number").Then.Latest.Status.ShouldBe(ListStatus.Out);
        PoorAndMetOver.When(Out with { Signatory = null }).Warns("no_signatory").Then.Latest.Status.ShouldBe(ListStatus.Out);
    }

    /// <summary>Decisions and lists are judged by the standards of their context, never by the shipped ones.</summary>
    [Fact]
    public void The_scores_propose_by_the_corrected_standard()
    {
        // 180 points are above the shipped line of 175 in an urban area; corrected to 185 they are not.
        var corrected = new StandardBook(StandardBook.Shipped.All.Select(r => r.Code == NewStandard ? r.With(r["points/income/urban"] with { Value = "185" }) : r));
        Decision By(StandardBook standards) => Out.Decide(PoorAndMetOver.Folded, new Occasion(Key, Now, PlaceCatalog.Default, standards));

        By(StandardBook.Shipped).Warnings.ShouldBeEmpty();
        By(StandardBook.Shipped).Events.OfType<Exited>().Single().ScoresSaid.ShouldBe(PovertyClass.NotPoor);
        By(corrected).Warnings.ShouldBe(["against_scores"]);
        By(corrected).Events.OfType<Exited>().Single().ScoresSaid.ShouldBe(PovertyClass.NearPoor);
    }

    [Fact]
    public void What_was_decided_upon_carries_no_second_decision() =>
        PoorAndMetOver.Told(new ClassDecided(On(2024, 6, 10), Learnt(2024, 6, 10), NewStandard, PovertyClass.Poor, "1")).When(Out).Warns("no_assessment", "no_meeting");

    [Fact]
    public void Surveyed_again_it_must_be_met_over_again() => PoorAndMetOver.Told(Form(9, 190, 10)).When(Out).Warns("no_meeting");

    [Fact]
    public void A_form_of_another_standard_is_no_ground() => Poor.Told(Form(3, 180, 20, OldStandard)).When(Out).Warns("no_assessment", "no_meeting");

    [Fact]
    public void The_scores_of_the_day_are_frozen_on_request_and_exit()
    {
        PovertyClass? OnRequest(AHousehold given) => given.When(new RequestExit(Today, null)).TellsOne<ExitRequested>().ScoresSaid;
        PovertyClass? OnExit(AHousehold given) =>
            given.When(new RecordExit(Today, PovertyClass.NotPoor, null, null, null)).Decision.Events.OfType<Exited>().Single().ScoresSaid;

        foreach (var said in new Func<AHousehold, PovertyClass?>[] { OnRequest, OnExit })
        {
            said(Poor).ShouldBeNull();
            said(Poor.Told(Form(3, 120, 40))).ShouldBe(PovertyClass.Poor);
            said(Poor.Told(Form(3, 120, 20))).ShouldBe(PovertyClass.NearPoor);
            said(Poor.Told(Form(3, 120, 40), Form(4, 180, 0))).ShouldBe(PovertyClass.NotPoor);
            said(Poor.Told(Form(3, 120, 40, OldStandard))).ShouldBeNull("the list is of another standard");
            said(Poor.Told(Form(3, 120, 40) with { ScoreB = null })).ShouldBeNull("the deprivations decide, and nobody knows them");
            said(PoorAndMetOver.Told(new ClassDecided(On(2024, 6, 10), Learnt(2024, 6, 10), NewStandard, PovertyClass.Poor, "1"))).ShouldBe(PovertyClass.NotPoor, "decided upon, they still say so");
        }
    }

    [Fact]
    public void A_request_keeps_its_wording_its_witness_and_the_help_beside_the_fact()
    {
        Guid Named(string purpose) => Ids.Named(Key, purpose);

        Poor.When(new RequestExit(Today, "Nhà đã đủ ăn", "Giàng A Páo", "20 triệu làm nhà"))
            .Tells(new ExitRequested(Today, Now, Named("wording")) { WitnessId = Named("witness"), HelpId = Named("help") })
            .Keeps(
                new Note(Named("wording"), Ids.Household(Code), "Nhà đã đủ ăn", Now), new Note(Named("witness"), Ids.Household(Code), "Giàng A Páo", Now),
                new Note(Named("help"), Ids.Household(Code), "20 triệu làm nhà", Now));
        Poor.When(new RequestExit(Today, null, new('x', 201))).IsRefused("text_too_long", "witness");
        Poor.When(new RequestExit(Today, null, null, new('x', HouseholdCommand.LongestText + 1))).IsRefused("text_too_long", "helpReceived");
    }

    [Fact]
    public void A_request_decided_otherwise_stands_no_more()
    {
        var decided = ThatAskedToExit.When(Out with { Class = PovertyClass.Poor }).Then;

        (decided.Latest.Status, decided.Latest.ExitRequest).ShouldBe((ListStatus.Poor, null));
        ThatAskedToExit.When(Out with { Standard = "2027-2030", Class = PovertyClass.Poor }).Then.Latest.ExitRequest.ShouldNotBeNull("that standard is not the list's yet");
    }
}
