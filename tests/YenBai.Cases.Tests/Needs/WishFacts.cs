using YenBai.Cases.Households;
using YenBai.Cases.Needs;
using YenBai.Cases.Tests.Households;
using static YenBai.Cases.Tests.Households.AHousehold;

namespace YenBai.Cases.Tests.Needs;

public sealed class WishFacts
{
    private static SupportAsked Asks(string instrument, int month) => new(On(2024, month, 1), Learnt(2024, month, 1), instrument);

    private static SupportAgreed Agrees(string instrument, int month) => new(
        On(2024, month, 1), Learnt(2024, month, 1), Guid.NewGuid(), instrument, 0, [], On(2024, month, 1), On(2025, 1, 31), null, null, []);

    private static SupportRefused Refuses(string instrument, int month) => new(On(2024, month, 1), Learnt(2024, month, 1), instrument, RefusalGround.NoFunds, null);

    private static Assessed Form(int month, params string[] needs) => new(On(2024, month, 1), Learnt(2024, month, 1), NewStandard, null, null, 100, 40, [], [], needs);

    private static IReadOnlyList<Wished> Of(AHousehold household) => Wishes.Of(household.Folded);

    [Fact]
    public void A_wish_waits_until_it_is_agreed()
    {
        Of(Poor.Told(Asks("livestock", 2))).ShouldBe([new("livestock", On(2024, 2, 1), WishSource.Asked, WishState.Waiting, null, null)]);
        Of(Poor.Told(Asks("livestock", 2), Agrees("livestock", 4))).ShouldBe([new("livestock", On(2024, 2, 1), WishSource.Asked, WishState.Served, On(2024, 4, 1), null)]);
        Of(Poor.Told(Asks("livestock", 2), Agrees("housing", 4))).Single().State.ShouldBe(WishState.Waiting);
    }

    [Fact]
    public void Or_refused_after_which_it_can_be_said_again()
    {
        Of(Poor.Told(Asks("livestock", 2), Refuses("livestock", 3), Asks("livestock", 5))).ShouldBe([
            new("livestock", On(2024, 2, 1), WishSource.Asked, WishState.Refused, On(2024, 3, 1), RefusalGround.NoFunds),
            new("livestock", On(2024, 5, 1), WishSource.Asked, WishState.Waiting, null, null)]);
    }

    [Fact]
    public void What_is_given_without_an_agreement_serves_it_too()
    {
        var id = Guid.NewGuid();

        Of(Poor.Told(Asks("vbsp_loan_poor", 2), new LoanGranted(Today, Now, id, 1, null, null, null))).Single().State.ShouldBe(WishState.Served);
        Of(Poor.Told(Asks("housing", 2), new ServiceProvided(Today, Now, id, BasicService.Housing, null))).Single().State.ShouldBe(WishState.Served);
        Of(Poor.Told(Asks("housing", 2), new ServiceProvided(Today, Now, id, BasicService.Education, null))).Single().State.ShouldBe(WishState.Waiting);
        Of(Poor.Told(Asks("labour_export", 2), new JobPlaced(Today, Now, id, JobKind.Abroad))).Single().State.ShouldBe(WishState.Served);
        Of(Poor.Told(Asks("livestock", 2), new LivestockSupported(Today, Now, id, Livestock.Pig, 1, null))).Single().State.ShouldBe(WishState.Served);
        Of(Poor.Told(Asks("vocational_training", 2), new TrainingJoined(Today, Now, id, "May", null))).Single().State.ShouldBe(WishState.Served);
    }

    [Fact]
    public void A_need_of_the_form_is_a_wish_for_what_meets_it()
    {
        Of(Poor.Told(Form(3, "1", "4"))).Select(w => (w.Instrument, w.Source, w.State)).ShouldBe([
            ("health_insurance", WishSource.Assessment, WishState.Waiting), ("vbsp_loan_poor", WishSource.Assessment, WishState.Waiting)]);
        Of(ThatExited.Told(Form(3, "4"))).Select(w => w.Instrument).ShouldBe(["vbsp_loan_newly_escaped"]);
    }

    [Fact]
    public void Of_the_forms_the_last_one_counts_and_who_says_it_again_has_waited_since_the_first()
    {
        Of(Poor.Told(Form(2, "1", "5"), Form(4, "5"))).ShouldBe([new("housing", On(2024, 2, 1), WishSource.Assessment, WishState.Waiting, null, null)]);
        Of(Poor.Told(Form(2, "5"), Asks("housing", 3), Form(4))).ShouldBe([new("housing", On(2024, 2, 1), WishSource.Asked, WishState.Waiting, null, null)]);
    }

    [Fact]
    public void Who_asks_without_being_entitled_is_no_unmet_need()
    {
        Of(Registered.Told(Asks("livestock", 2))).Single().State.ShouldBe(WishState.NotEntitled);
        Of(Registered.Told(Asks("livestock", 2), Refuses("livestock", 3))).Single().State.ShouldBe(WishState.Refused);
        Of(Poor.Told(Asks("vbsp_loan_poor", 2))).Single().State.ShouldBe(WishState.Waiting, "to join a group is part of the help");
    }

    [Fact]
    public void Who_left_poverty_waits_no_longer_for_what_is_for_the_poor_and_who_became_poor_waits_since_it_asked()
    {
        Of(Poor.Told(Asks("vbsp_loan_poor", 2), Asks("livestock", 2), Exits(2024, 5, 15))).Select(w => (w.Instrument, w.State)).ShouldBe([
            ("vbsp_loan_poor", WishState.NotEntitled), ("livestock", WishState.Waiting)]);
        Of(Registered.Told(Asks("livestock", 2), Enters(2024, 5, 1))).ShouldBe([new("livestock", On(2024, 2, 1), WishSource.Asked, WishState.Waiting, null, null)]);
    }

    [Fact]
    public void Nobody_waits_who_left_the_place()
    {
        Of(Poor.Told(Asks("livestock", 2), Asks("housing", 2), Refuses("housing", 3), new MovedOut(On(2024, 5, 10), Learnt(2024, 5, 10), MauA, null))).Select(w => w.Instrument).ShouldBe(["housing"]);
    }

    [Fact]
    public void An_annulled_wish_was_never_said()
    {
        var asked = Poor.Told(Asks("livestock", 2));

        Of(asked.Told(new FactAnnulled(On(2024, 2, 1), Now, asked.Folded.Version, null))).ShouldBeEmpty();
    }

    [Fact]
    public void A_late_learnt_class_makes_a_wish_an_entitled_one()
    {
        Of(Registered.Told(Asks("livestock", 2), new ClassDecided(On(2024, 1, 15), Learnt(2024, 5, 1), NewStandard, PovertyClass.Poor, null))).Single().State.ShouldBe(WishState.Waiting);
    }
}
