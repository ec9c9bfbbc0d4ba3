using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Support;

namespace YenBai.Cases.Needs;

/// <summary>A household that asked is told no, and why.</summary>
[Command("refuse-support", Operation.AgreeOnSupport, RestrictionGround.Entitlement)]
public sealed record RefuseSupport(DateOnly On, string Instrument, RefusalGround? Ground, string? Reason) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if ((Missing(Instrument, "instrument") ?? TooLong(Reason, "reason")) is { } wrong) return wrong;
        if (Instruments.Find(Instrument) is not { } instrument) return new Refusal("unknown_instrument", "instrument", Instrument);
        if (Ground is not { } ground) return new Refusal("required", "ground");
        if (ground == RefusalGround.Other && Missing(Reason, "reason") is { } missing) return missing;
        if (Wishes.Open(household, Instrument) is not { } open || On < open.Asked) return new Refusal("not_asked", "instrument");
        if (ground == RefusalGround.NotEligible && Eligibility.Of(instrument, then, On).Eligible) return new Refusal("nothing_speaks_against", "ground");

        var reason = NoteFor(Reason, "reason", household, occasion);
        return Decision.Accept(new SupportRefused(On, occasion.Now, Instrument, ground, reason?.Id)).Keeping(reason);
    }
}
