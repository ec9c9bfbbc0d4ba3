using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;
using YenBai.Cases.Support;
using YenBai.Cases.Tests.Households;
using static YenBai.Cases.Tests.Households.AHousehold;

namespace YenBai.Cases.Tests.Support;

/// <summary>What a register tells happened already: a rule of ours that it broke can be excused, a contradiction cannot.</summary>
public sealed class ToldByARegisterFacts
{
    private static readonly AgreeSupport Loan =
        new(Today, "vbsp_loan_poor", 150_000_000, [new(FundingSource.PolicyBank, 150_000_000)], Today, Today.AddYears(3), null, null, []);

    private static Decision Excusing(AHousehold given, HouseholdCommand command, params string[] excused) =>
        command.Decide(given.Folded, new Occasion(Key, Now, PlaceCatalog.Default, StandardBook.Shipped) { Excused = excused });

    [Fact]
    public void A_rule_that_was_broken_refuses_until_it_is_excused_and_then_that_rule_alone()
    {
        var member = Poor.Told(new GroupJoined(On(2024, 1, 2), Learnt(2024, 1, 2), GroupKind.SavingsAndCredit, "TK-1"));

        member.When(Loan).IsRefused("over_ceiling", "amount");
        Excusing(member, Loan, "over_ceiling").Events.ShouldHaveSingleItem().ShouldBeOfType<SupportAgreed>().Amount.ShouldBe(150_000_000);
        Excusing(Registered, Loan, "over_ceiling").Refusal!.Code.ShouldBe("not_eligible");
        Excusing(Registered, Loan, "over_ceiling", "not_eligible").Refusal.ShouldBeNull();
        Excusing(member, Loan with { End = Today.AddYears(30) }, "over_ceiling").Refusal!.Code.ShouldBe("longer_than_allowed");
    }

    [Fact]
    public void What_contradicts_itself_is_not_excused()
    {
        Excusing(Poor, Loan with { Amount = 1 }, "over_ceiling", "funding_does_not_add_up").Refusal!.Code.ShouldBe("funding_does_not_add_up");
        Excusing(Poor, Loan with { End = Today.AddDays(-1) }, "over_ceiling", "longer_than_allowed").Refusal!.Code.ShouldBe("ends_before_it_starts");
    }

    [Fact]
    public void Facts_of_one_day_that_a_register_keeps_in_no_order_are_told_as_they_came()
    {
        var support = Ids.Named(Key, "support");
        SupportAgreed agreed = new(Today, Now, support, "livestock", 0, [], Today, Today.AddYears(1), null, null, [new(Ids.Named(support, "condition-1"), "vaccinate", null, null, Today, Evidence.None, AfterMiss.Remind)]);
        ConditionMet met = new(Today, Now, support, agreed.Conditions[0].Id, [], null) { Row = new("condition:A1/1/met", null, "") };

        var agreement = Poor.Told(agreed, met).Latest.Agreements[support];

        agreement.StateOf(agreement.Conditions.Single()).ShouldBe(ConditionState.Met);
    }
}
