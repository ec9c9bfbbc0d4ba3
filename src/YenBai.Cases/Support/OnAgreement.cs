using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>A command about an agreement that stands.</summary>
public abstract record OnAgreement(DateOnly On, Guid Support) : HouseholdCommand(On)
{
    protected override bool ForTheGone => true;

    protected sealed override Decision Decide(HouseholdState then, Household household, Occasion occasion) =>
        household.Latest().Agreements.GetValueOrDefault(Support) is not { } agreement ? new Refusal("unknown_support", "support")
        : On < agreement.Terms.On ? new Refusal("before_agreement", "on", agreement.Terms.On)
        // What the clock told is open to what is learnt later of the time before.
        : agreement.Ended is { } ended && (ended.Outcome != SupportOutcome.Lapsed || On >= ended.On) ? new Refusal("support_over", "support", ended.On)
        : Decide(agreement, household, occasion);

    /// <param name="agreement">As it is known now, whatever the command's day.</param>
    protected abstract Decision Decide(Agreement agreement, Household household, Occasion occasion);
}

/// <summary>A command about one condition of an agreement.</summary>
public abstract record OnCondition(DateOnly On, Guid Condition) : HouseholdCommand(On)
{
    protected override bool ForTheGone => true;

    protected sealed override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        var found = household.Latest().Agreements.Values.Select(a => (Agreement: a, Condition: a.Find(Condition))).FirstOrDefault(f => f.Condition is not null);
        if (found.Condition is not { } condition) return new Refusal("unknown_condition", "condition");
        if (On < found.Agreement.Terms.On) return new Refusal("before_agreement", "on", found.Agreement.Terms.On);
        if (found.Agreement.Ended is { Outcome: SupportOutcome.EndedEarly } ended && On >= ended.On) return new Refusal("support_over", "condition", ended.On);
        if (found.Agreement.IsSettled(condition)) return new Refusal("condition_settled", "condition", (condition.Met as HouseholdEvent ?? condition.Waived)!.On);
        return Decide(found.Agreement, condition, household, occasion);
    }

    protected abstract Decision Decide(Agreement agreement, AgreedCondition condition, Household household, Occasion occasion);
}
