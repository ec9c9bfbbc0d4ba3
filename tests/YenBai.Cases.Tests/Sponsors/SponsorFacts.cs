using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Records;
using YenBai.Cases.Sponsors;
using YenBai.Cases.Standards;
using YenBai.Cases.Tests.Households;
using static YenBai.Cases.Tests.Households.AHousehold;

namespace YenBai.Cases.Tests.Sponsors;

public sealed class SponsorFacts
{
    private static readonly string TooLong = new('x', HouseholdCommand.LongestText + 1);
    private static readonly Sponsor Department = new("DV-01", "Sở Minh hoạ", SponsorKind.Agency, "Văn phòng Sở"), School = new("DV-02", "Trường Minh hoạ", SponsorKind.School, null);
    private static readonly Guid Pledge = new("cccccccc-0000-0000-0000-000000000001");

    private static readonly AHousehold ThatShares = Poor.Told(new ConsentGiven(On(2024, 1, 5), Learnt(2024, 1, 5), ConsentScope.SponsorSharing, ConsentForm.Written, null));
    private static readonly AHousehold Sponsored = ThatShares.Told(new SponsorAssigned(On(2024, 2, 1), Learnt(2024, 2, 1), Department.Id, null));
    private static readonly AHousehold WithAPledge = Sponsored.Told(new PledgeMade(On(2024, 3, 1), Learnt(2024, 3, 1), Pledge, Department.Id, "livestock", 18_000_000, On(2024, 8, 1), null));
    private static readonly AHousehold WithADelivery = WithAPledge.Told(new PledgeDelivered(On(2024, 5, 1), Learnt(2024, 5, 1), Pledge, 15_000_000));

    private static Outcome When(AHousehold given, HouseholdCommand command, Sponsor? sponsor) =>
        new(given, command.Decide(given.Folded, new Occasion(Key, Now, PlaceCatalog.Default, StandardBook.Shipped) { Sponsor = sponsor }));

    [Fact]
    public void An_agency_stands_by_a_household_that_consents()
    {
        When(ThatShares, new AssignSponsor(Today, Department.Id), Department).Tells(new SponsorAssigned(Today, Now, "DV-01", null)).Then.Latest.Sponsor!.Sponsor.ShouldBe("DV-01");
    }

    [Fact]
    public void No_agency_is_assigned_without_consent_twice_or_unknown()
    {
        When(Poor, new AssignSponsor(Today, Department.Id), Department).IsRefused("no_consent", "sponsor");
        When(ThatShares, new AssignSponsor(On(2024, 1, 4), Department.Id), Department).IsRefused("no_consent", "sponsor");
        When(ThatShares.Told(new ConsentWithdrawn(On(2024, 3, 1), Learnt(2024, 3, 1), ConsentScope.SponsorSharing)), new AssignSponsor(Today, Department.Id), Department).IsRefused("no_consent", "sponsor");
        When(ThatShares, new AssignSponsor(Today, "DV-99"), null).IsRefused("unknown_sponsor", "sponsor");
        When(ThatShares, new AssignSponsor(Today, " "), null).IsRefused("required", "sponsor");
        When(Sponsored, new AssignSponsor(Today, Department.Id), Department).IsRefused("has_sponsor", "sponsor");
        When(Sponsored, new AssignSponsor(Today, School.Id), School).IsRefused("has_sponsor", "sponsor");
    }

    [Fact]
    public void A_household_is_handed_over_from_one_agency_to_another()
    {
        var handed = When(Sponsored, new AssignSponsor(Today, School.Id, Department.Id), School).Tells(new SponsorAssigned(Today, Now, "DV-02", "DV-01")).Then;

        handed.Latest.Sponsor!.Sponsor.ShouldBe("DV-02");
        Sponsorships.Of(handed.Folded).Select(s => (s.Sponsor, s.Since, s.Until, s.From, s.To)).ShouldBe([
            ("DV-01", On(2024, 2, 1), Today, null, "DV-02"), ("DV-02", Today, null, "DV-01", null)]);
        When(Sponsored, new AssignSponsor(Today, School.Id, "DV-03"), School).IsRefused("not_its_sponsor", "from");
        When(ThatShares, new AssignSponsor(Today, School.Id, "DV-01"), School).IsRefused("not_its_sponsor", "from");
        When(Sponsored, new AssignSponsor(Today, Department.Id, Department.Id), Department).IsRefused("has_sponsor", "sponsor");
    }

    [Fact]
    public void An_agency_is_released_with_a_reason()
    {
        var reason = Ids.Named(Key, "reason");

        Sponsored.When(new ReleaseSponsor(Today, "DV-01", "Hộ đã thoát nghèo")).Tells(new SponsorReleased(Today, Now, "DV-01", reason)).Keeps(new Note(reason, Ids.Household(Code), "Hộ đã thoát nghèo", Now));
        Sponsored.When(new ReleaseSponsor(Today, "DV-02", "x")).IsRefused("not_its_sponsor", "sponsor");
        Sponsored.When(new ReleaseSponsor(On(2024, 1, 31), "DV-01", "x")).IsRefused("not_its_sponsor", "sponsor");
        Sponsored.When(new ReleaseSponsor(Today, "DV-01", " ")).IsRefused("required", "reason");
        Sponsored.When(new ReleaseSponsor(Today, "DV-01", TooLong)).IsRefused("text_too_long", "reason");
        Sponsored.When(new ReleaseSponsor(Today, "", "x")).IsRefused("required", "sponsor");
    }

    [Fact]
    public void The_sponsor_promises_something()
    {
        var what = Ids.Named(Key, "what");

        Sponsored.When(new MakePledge(Today, null, "livestock", 18_000_000, On(2024, 9, 1), "Một con trâu"))
            .Tells(new PledgeMade(Today, Now, Ids.Named(Key, "pledge"), "DV-01", "livestock", 18_000_000, On(2024, 9, 1), what)).Keeps(new Note(what, Ids.Household(Code), "Một con trâu", Now));
    }

    [Fact]
    public void A_promise_is_refused()
    {
        var pledge = new MakePledge(Today, null, "livestock", 18_000_000, Today, null);

        ThatShares.When(pledge).IsRefused("no_sponsor", "sponsor");
        Sponsored.When(pledge with { Sponsor = "DV-02" }).IsRefused("not_its_sponsor", "sponsor");
        Sponsored.When(pledge with { Instrument = "a_car" }).IsRefused("unknown_instrument", "instrument");
        Sponsored.When(pledge with { Instrument = "" }).IsRefused("required", "instrument");
        Sponsored.When(pledge with { Amount = 0 }).IsRefused("out_of_range", "amount");
        Sponsored.When(pledge with { Amount = 10_000_000_001 }).IsRefused("out_of_range", "amount");
        Sponsored.When(pledge with { By = Today.AddDays(-1) }).IsRefused("due_before_it_begins", "by");
        Sponsored.When(pledge with { What = TooLong }).IsRefused("text_too_long", "what");
    }

    [Fact]
    public void A_promise_is_delivered_once_and_then_verified_once()
    {
        WithAPledge.When(new DeliverPledge(Today, Pledge, 18_000_000)).Tells(new PledgeDelivered(Today, Now, Pledge, 18_000_000));
        WithADelivery.When(new VerifyPledge(Today, Pledge, null)).Tells(new PledgeVerified(Today, Now, Pledge, null));

        Sponsored.When(new DeliverPledge(Today, Pledge, 1)).IsRefused("unknown_pledge", "pledge");
        WithADelivery.When(new DeliverPledge(Today, Pledge, 1)).IsRefused("already_delivered", "pledge");
        WithAPledge.When(new DeliverPledge(On(2024, 2, 29), Pledge, 1)).IsRefused("before_pledge", "on");
        WithAPledge.When(new DeliverPledge(Today, Pledge, 0)).IsRefused("out_of_range", "amount");
        Sponsored.When(new VerifyPledge(Today, Pledge, null)).IsRefused("unknown_pledge", "pledge");
        WithAPledge.When(new VerifyPledge(Today, Pledge, null)).IsRefused("not_delivered", "pledge");
        WithADelivery.When(new VerifyPledge(On(2024, 4, 30), Pledge, null)).IsRefused("before_delivery", "on");
        WithADelivery.When(new VerifyPledge(Today, Pledge, TooLong)).IsRefused("text_too_long", "note");
        WithADelivery.When(new VerifyPledge(Today, Pledge, null)).Then.When(new VerifyPledge(Today, Pledge, null)).IsRefused("already_verified", "pledge");
    }

    [Fact]
    public void A_promise_belongs_to_who_made_it_though_another_stands_by_the_household_now()
    {
        var handed = WithADelivery.Told(
            new VisitRecorded(On(2024, 4, 1), Learnt(2024, 4, 1), null), new PledgeVerified(On(2024, 6, 2), Learnt(2024, 6, 2), Pledge, null),
            new SponsorAssigned(On(2024, 6, 1), Learnt(2024, 6, 1), School.Id, Department.Id), Exits(2024, 6, 10), new VisitRecorded(On(2024, 6, 11), Learnt(2024, 6, 11), null));

        Sponsorships.Of(handed.Folded).Select(s => (s.Sponsor, s.Pledged, s.Delivered, s.Verified, s.Visits.Count, s.Exits.Count)).ShouldBe([
            ("DV-01", 18_000_000m, 15_000_000m, 15_000_000m, 1, 0), ("DV-02", 0m, 0m, 0m, 1, 1)]);
    }

    [Fact]
    public void Nobody_stands_by_who_left_the_place()
    {
        Sponsorships.Of(Sponsored.Told(new MovedOut(On(2024, 5, 10), Learnt(2024, 5, 10), MauA, null)).Folded).Single().Until.ShouldBe(On(2024, 5, 10));
        Sponsorships.Of(Poor.Folded).ShouldBeEmpty();
    }
}
