using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Registering;

/// <summary>The household moves within the province, or to another hamlet of its commune.</summary>
[Command("move", Operation.RecordWork, RestrictionGround.TrueRegister)]
public sealed record Move(DateOnly On, string Place, string? Hamlet) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (occasion.Places.Resolve(Place ?? "", On) is not { } unit) return new Refusal("unknown_place", "place", Place);
        if ((TooLong(Hamlet, "hamlet", 200) ?? Records.TypedPerson.Letters(Hamlet, "hamlet")) is { } wrong) return wrong;
        var from = UnitOn(then, household);
        var hamlet = string.IsNullOrWhiteSpace(Hamlet) ? null : Hamlet.Trim().Normalize();
        if (unit.Id == from && hamlet == then.Hamlet) return new Refusal("same_place", "place", unit.Name);

        return Decision.Accept(new MovedWithin(On, occasion.Now, unit.Id, from, hamlet) { Then = then.Then });
    }
}
