using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Listing;

/// <summary>The decision by which a poor household leaves the list, to near-poor or fully.</summary>
[Command("record-exit", Operation.Decide, RestrictionGround.StatutoryReview)]
public sealed record RecordExit(DateOnly On, PovertyClass To, string? Standard, bool? Voluntary, string? DecisionNumber, Signatory? Signatory = null) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (To == PovertyClass.Poor) return new Refusal("exit_to_poor", "to");
        var standard = PovertyStandards.InForce(On).Code;
        if (Standard is not null && Standard != standard) return new Refusal("standard_not_in_force", "standard", Standard, standard, On);
        if (then.Status == ListStatus.Out) return new Refusal("already_exited", "on", then.LastExit);
        if (then.Status != ListStatus.Poor) return new Refusal("not_on_list", "on", On);
        if (TooLong(DecisionNumber, "decisionNumber", 60) is { } tooLong) return tooLong;

        return Decision.Accept(
            new ClassDecided(On, occasion.Now, standard, To, DecisionNumber?.Trim()) { Signatory = Signatory },
            Exits.Leave(then, UnitOn(then, household), On, standard, To, Voluntary, occasion));
    }
}
