using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Needs;

/// <summary>The household asks for an instrument. Everybody may ask; whether it is entitled is another question.</summary>
[Command("ask-support", Operation.RecordWork, RestrictionGround.Entitlement)]
public sealed record AskSupport(DateOnly On, string Instrument) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (Missing(Instrument, "instrument") is { } missing) return missing;
        if (Instruments.Find(Instrument) is null) return new Refusal("unknown_instrument", "instrument", Instrument);
        return Wishes.Open(household, Instrument) is { Source: WishSource.Asked } open
            ? new Refusal("already_asked", "instrument", open.Asked)
            : Decision.Accept(new SupportAsked(On, occasion.Now, Instrument));
    }
}
