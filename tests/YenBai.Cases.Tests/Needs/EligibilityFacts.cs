using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;
using YenBai.Cases.Support;
using YenBai.Cases.Tests.Households;
using static YenBai.Cases.Tests.Households.AHousehold;

namespace YenBai.Cases.Tests.Needs;

public sealed class EligibilityFacts
{
    private static readonly AHousehold InAGroup = Poor.Told(new GroupJoined(On(2023, 1, 10), Learnt(2023, 1, 10), GroupKind.SavingsAndCredit, "TK-07"));

    private static Eligibility Of(string instrument, AHousehold household, DateOnly day, bool disabled = false) =>
        Eligibility.Of(Instruments.Find(instrument)!, household.Folded.StateAt(day, DateTimeOffset.MaxValue), day, disabled);

    private static string[] Against(string instrument, AHousehold household, DateOnly day) => [.. Of(instrument, household, day).Against.Select(g => g.Code)];

    private static ClassDecided Decided(DateOnly on, PovertyClass @class, string standard = NewStandard) => new(on, Learnt(on.Year, on.Month, on.Day), standard, @class, null);

    [Fact]
    public void The_banks_loan_is_for_the_poor_who_are_in_a_group()
    {
        Of("vbsp_loan_poor", InAGroup, Today).Eligible.ShouldBeTrue();
        Against("vbsp_loan_poor", Poor, Today).ShouldBe(["group_member"]);
        Against("vbsp_loan_poor", Registered, Today).ShouldBe(["class_is", "group_member"]);
    }

    [Fact]
    public void Who_is_in_no_group_yet_is_entitled_and_not_eligible()
    {
        Of("vbsp_loan_poor", Poor, Today).ShouldSatisfyAllConditions(e => e.Entitled.ShouldBeTrue(), e => e.Eligible.ShouldBeFalse());
        Of("vbsp_loan_poor", Registered, Today).Entitled.ShouldBeFalse();
    }

    [Fact]
    public void The_ceiling_of_the_loan_rose_on_1_March_2019()
    {
        var poor = Registered.Told(Decided(On(2018, 1, 1), PovertyClass.Poor, OldStandard));

        Of("vbsp_loan_poor", poor, On(2019, 2, 28)).Terms!.Ceiling.ShouldBe(50_000_000);
        Of("vbsp_loan_poor", poor, On(2019, 3, 1)).Terms!.Ceiling.ShouldBe(100_000_000);
    }

    [Fact]
    public void The_newly_escaped_have_three_years_from_the_day_on_which_they_left()
    {
        Of("vbsp_loan_newly_escaped", ThatExited, On(2026, 12, 15)).Grounds.ShouldContain(g => g.Code == "newly_escaped_until" && g.Speaks);
        Against("vbsp_loan_newly_escaped", ThatExited, On(2026, 12, 15)).ShouldBe(["group_member"]);
        Against("vbsp_loan_newly_escaped", ThatExited, On(2026, 12, 16)).ShouldBe(["class_is", "escaped_too_long_ago", "group_member"]);
    }

    [Fact]
    public void Who_went_from_poor_to_near_poor_is_near_poor_and_the_clock_starts_above_the_line_of_the_near_poor()
    {
        var near = Poor.Told(Exits(2022, 12, 15, PovertyClass.NearPoor));
        Eligibility.StandingOn(near.Latest, Today).ShouldBe("near_poor");

        var above = near.Told(Decided(On(2023, 12, 15), PovertyClass.NotPoor));
        Eligibility.StandingOn(above.Latest, Today).ShouldBe("newly_escaped");
        Eligibility.StandingOn(above.Latest, On(2026, 12, 15)).ShouldBe("newly_escaped");
        Eligibility.StandingOn(above.Latest, On(2026, 12, 16)).ShouldBe("not_poor");
    }

    [Fact]
    public void Who_was_near_poor_alone_is_newly_escaped_too_and_who_was_neither_is_not()
    {
        Eligibility.StandingOn(Registered.Told(Decided(On(2022, 12, 15), PovertyClass.NearPoor), Decided(On(2023, 12, 15), PovertyClass.NotPoor)).Latest, Today).ShouldBe("newly_escaped");
        Eligibility.StandingOn(Registered.Told(Decided(On(2023, 12, 15), PovertyClass.NotPoor)).Latest, Today).ShouldBe("not_poor");
        Eligibility.StandingOn(Registered.Latest, Today).ShouldBe("unknown");
        Eligibility.StandingOn(ThatReEntered.Latest, Today).ShouldBe("poor");
    }

    [Theory]
    [InlineData("2020-12-31", false)]
    [InlineData("2021-01-01", true)]
    [InlineData("2021-03-29", true)]
    [InlineData("2021-03-30", false)]
    public void Between_the_two_decisions_nothing_allowed_a_loan_to_the_newly_escaped(string day, bool gap)
    {
        var out2020 = Registered.Told(Decided(On(2019, 1, 1), PovertyClass.Poor, OldStandard), Exits(2020, 6, 15, PovertyClass.NotPoor, OldStandard));

        Of("vbsp_loan_newly_escaped", out2020, DateOnly.Parse(day)).Against.Any(g => g.Code == "no_legal_basis").ShouldBe(gap);
    }

    [Fact]
    public void Of_the_caps_of_a_course_the_highest_that_applies()
    {
        var kinh = Poor with { Folded = Poor.Folded with { Facts = [.. Poor.Folded.Facts.Select(f => f.Event is HouseholdRegistered r ? f with { Event = r with { Then = new Coarse(EthnicMinority: false) } } : f)] } };

        Of("vocational_training", Poor, Today).Terms!.Ceiling.ShouldBe(4_000_000);
        Of("vocational_training", kinh, Today).Terms!.Ceiling.ShouldBe(3_000_000);
        Of("vocational_training", Poor, Today, disabled: true).Terms!.Ceiling.ShouldBe(6_000_000);
        Of("vocational_training", ThatExited, Today).Terms!.Ceiling.ShouldBe(2_000_000);
        Of("vocational_training", Registered.Told(Decided(On(2022, 12, 15), PovertyClass.NearPoor)), Today).Terms!.Ceiling.ShouldBe(2_500_000);
    }

    [Fact]
    public void Health_insurance_is_paid_by_class()
    {
        Of("health_insurance", Poor, Today).Terms!.StatePercent.ShouldBe(100);
        Of("health_insurance", Registered.Told(Decided(On(2022, 12, 15), PovertyClass.NearPoor)), Today).Terms!.StatePercent.ShouldBe(70);
        Of("health_insurance", ThatExited, Today).ShouldSatisfyAllConditions(e => e.Eligible.ShouldBeFalse(), e => e.Terms.ShouldBeNull());
    }

    [Fact]
    public void Special_assistance_is_for_poor_households_whose_form_says_that_they_have_no_labour()
    {
        AHousehold Assessed(params string[] causes) => Poor.Told(new Assessed(On(2023, 10, 1), Learnt(2023, 10, 1), NewStandard, null, null, 100, 40, [], causes, []));

        Of("special_assistance", Assessed("2", "3"), Today).Eligible.ShouldBeTrue();
        Against("special_assistance", Assessed("2"), Today).ShouldBe(["cause_recorded"]);
        Against("special_assistance", Poor, Today).ShouldBe(["cause_recorded"]);
        Against("special_assistance", Assessed("3"), On(2026, 1, 1)).ShouldBe(["instrument_no_more"]);
        Against("special_assistance", Assessed("3"), On(2020, 12, 31)).ShouldBe(["instrument_not_yet", "class_is", "cause_recorded"]);
    }

    [Fact]
    public void Who_left_the_place_gets_nothing_any_more() => Against("livestock", ThatMovedOut, Today).ShouldBe(["household_gone"]);

    [Fact]
    public void Every_instrument_has_names_terms_and_wants_that_lead_to_it()
    {
        Instruments.All.ShouldAllBe(i => i.NameVi.Length > 0 && i.NameEn.Length > 0 && i.ForClasses.Count > 0 && i.LongestMonths > 0 && i.Source.Length > 0 && (i.Certainty == "V" || i.Certainty == "M"));
        Instruments.Terms.ShouldAllBe(t => Instruments.Find(t.Instrument) != null && t.Source.Length > 0);
        Instruments.Wants.ShouldAllBe(w => Instruments.Find(w.Instrument) != null);
        Instruments.Terms.ShouldAllBe(t => t.Group == "disabled" || t.Group == "poor_minority" || Instruments.Find(t.Instrument)!.ForClasses.Contains(t.Group));
    }

    [Fact]
    public void A_refusal_to_agree_names_all_that_speaks_against()
    {
        var agree = new AgreeSupport(Today, "vbsp_loan_newly_escaped", 10_000_000, [new(FundingSource.PolicyBank, 10_000_000)], Today, Today.AddMonths(12), null, null, null);

        var refusal = Registered.When(agree).Decision.Refusal.ShouldNotBeNull();

        (refusal.Code, refusal.Field).ShouldBe(("not_eligible", "instrument"));
        refusal.Data.ShouldBe(["vbsp_loan_newly_escaped", "class_is|unknown|newly_escaped", "group_member|savings_and_credit"]);
    }

    [Fact]
    public void More_than_the_ceiling_is_agreed_with_the_disabled_alone()
    {
        var person = new Records.Person(Guid.NewGuid(), Ids.Household(Code), "Lò Thị Mai", null, null, null, null, null);
        Decision When(AgreeSupport agree) => agree.Decide(Poor.Folded, new Occasion(Key, Now, PlaceCatalog.Default, StandardBook.Shipped) { People = [person] });
        var course = new AgreeSupport(Today, "vocational_training", 5_000_000, [new(FundingSource.State, 5_000_000)], Today, Today.AddMonths(6), null, person.Id, null);

        When(course).Refusal!.Code.ShouldBe("over_ceiling");
        When(course with { ForDisabled = true }).Refusal.ShouldBeNull();
    }
}
