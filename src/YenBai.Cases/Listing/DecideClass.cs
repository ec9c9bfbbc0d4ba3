using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Listing;

/// <summary>
/// The chairman's decision on the class. Where the list of the day is of this standard and changes, it brings exactly
/// one fact of the list with it; a class under another standard is recorded and lists nobody.
/// </summary>
public sealed record DecideClass(
    DateOnly On, string Standard, PovertyClass Class, string? DecisionNumber, EntryCause? Cause, bool? Voluntary) : HouseholdCommand(On)
{
    protected override bool ForTheGone => Class == PovertyClass.Poor;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (PovertyStandards.Find(Standard) is null) return new Refusal("unknown_standard", "standard", Standard);
        if (TooLong(DecisionNumber, "decisionNumber", 60) is { } tooLong) return tooLong;

        var decided = new ClassDecided(On, occasion.Now, Standard, Class, DecisionNumber?.Trim());
        if (PovertyStandards.InForce(On).Code != Standard) return Decision.Accept(decided);

        return ListChange(then, UnitOn(then, household), occasion) is { } change ? Decision.Accept(decided, change) : Decision.Accept(decided);
    }

    private ListEvent? ListChange(HouseholdState then, string unit, Occasion occasion)
    {
        var cause = Cause ?? EntryCause.Unknown;
        return (then.Status, Class) switch
        {
            (ListStatus.Poor, PovertyClass.Poor) => null,
            (_, PovertyClass.Poor) when then.Exits > 0 && cause is (EntryCause.Deterioration or EntryCause.Unknown)
                => new ReEntered(On, occasion.Now, unit, Standard, cause) { Then = then.Then },
            (_, PovertyClass.Poor) => new ListedPoor(On, occasion.Now, unit, Standard, cause) { Then = then.Then },
            (ListStatus.Poor, _) => Exits.Leave(then, unit, On, Standard, Class, Voluntary, occasion.Now),
            _ => null,
        };
    }
}
