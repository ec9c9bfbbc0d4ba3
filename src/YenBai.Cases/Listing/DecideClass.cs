using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Listing;

/// <summary>
/// The chairman's decision on the class. Where the list of the day is of this standard and changes, it brings exactly
/// one fact of the list with it; a class under another standard is recorded and lists nobody. Where scores, meeting and
/// decision do not agree it counts, and is said to be odd.
/// </summary>
[Command("decide-class", Operation.Decide, RestrictionGround.StatutoryReview)]
public sealed record DecideClass(
    DateOnly On, string Standard, PovertyClass Class, string? DecisionNumber, EntryCause? Cause, bool? Voluntary,
    Signatory? Signatory = null) : HouseholdCommand(On)
{
    protected override bool ForTheGone => Class == PovertyClass.Poor;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (PovertyStandards.Find(Standard) is null) return new Refusal("unknown_standard", "standard", Standard);
        if (TooLong(DecisionNumber, "decisionNumber", 60) is { } tooLong) return tooLong;

        return Decision.Accept(Events(then, household, occasion)).Warning([.. Grounds.Of(then, Standard, occasion.Standards, occasion.Places).Against(Class), .. Unsigned()]);
    }

    /// <summary>A decision has a number and a signatory (Decision 24/2021, Art. 3). Registers have some without.</summary>
    private IEnumerable<string> Unsigned()
    {
        if (string.IsNullOrWhiteSpace(DecisionNumber)) yield return "no_decision_number";
        if (Signatory is null) yield return "no_signatory";
    }

    /// <summary>The decision, and where the list changes the fact of the list.</summary>
    internal IReadOnlyList<HouseholdEvent> Events(HouseholdState then, Household household, Occasion occasion)
    {
        var decided = new ClassDecided(On, occasion.Now, Standard, Class, DecisionNumber?.Trim()) { Signatory = Signatory };
        var change = PovertyStandards.InForce(On).Code == Standard ? ListChange(then, UnitOn(then, household), occasion) : null;
        return change is null ? [decided] : [decided, change];
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
            (ListStatus.Poor, _) => Exits.Leave(then, unit, On, Standard, Class, Voluntary, occasion),
            _ => null,
        };
    }
}
