using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Listing;

/// <summary>The decision by which a household that had left the list is poor again.</summary>
[Command("record-re-entry", Operation.Decide, RestrictionGround.StatutoryReview)]
public sealed record RecordReEntry(DateOnly On, EntryCause? Cause, string? Standard, string? DecisionNumber, Signatory? Signatory = null) : HouseholdCommand(On)
{
    protected override bool ForTheGone => true;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        var standard = PovertyStandards.InForce(On).Code;
        if (Standard is not null && Standard != standard) return new Refusal("standard_not_in_force", "standard", Standard, standard, On);
        if (then.Status == ListStatus.Poor) return new Refusal("already_poor", "on", then.StatusSince);
        if (then.Exits == 0) return new Refusal("never_exited", "on", On);

        if (TooLong(DecisionNumber, "decisionNumber", 60) is { } tooLong) return tooLong;

        return Decision.Accept(new DecideClass(On, standard, PovertyClass.Poor, DecisionNumber, Cause, null, Signatory).Events(then, household, occasion));
    }
}
