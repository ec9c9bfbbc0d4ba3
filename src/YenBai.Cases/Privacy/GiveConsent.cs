using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Privacy;

/// <summary>The household agrees to one use of its data. Scope and form are said, never supposed.</summary>
/// <param name="Person">Who said so, where it is known.</param>
[Command("give-consent", Operation.RecordWork, RestrictionGround.Shares)]
public sealed record GiveConsent(DateOnly On, ConsentScope? Scope, ConsentForm? Form, Guid? Person) : HouseholdCommand(On)
{
    internal override bool NeedsPeople => Person is not null;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (Scope is not { } scope) return new Refusal("required", "scope");
        if (Form is not { } form) return new Refusal("required", "form");
        if (Person is { } id && OfThisHousehold(id, occasion) is { Refusal: { } refusal }) return refusal;
        if (then.Consents.TryGetValue(scope, out var given)) return new Refusal("consent_in_force", "scope", given.Since);

        return Decision.Accept(new ConsentGiven(On, occasion.Now, scope, form, Person));
    }
}
