using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Sponsors;

/// <summary>What was promised reached the household.</summary>
/// <param name="Amount">VND; may be less than was promised, or more.</param>
[Command("deliver-pledge", Operation.RecordWork, RestrictionGround.Entitlement)]
public sealed record DeliverPledge(DateOnly On, Guid Pledge, decimal Amount) : HouseholdCommand(On)
{
    protected override bool ForTheGone => true;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (household.Latest().Pledges.GetValueOrDefault(Pledge) is not { } pledge) return new Refusal("unknown_pledge", "pledge");
        if (pledge.Delivered is { } delivered) return new Refusal("already_delivered", "pledge", delivered.On);
        if (On < pledge.Made.On) return new Refusal("before_pledge", "on", pledge.Made.On);
        return Amount is <= 0 or > 10_000_000_000m ? new Refusal("out_of_range", "amount", 1, 10_000_000_000m) : Decision.Accept(new PledgeDelivered(On, occasion.Now, Pledge, Amount));
    }
}

/// <summary>Somebody of the locality saw that it was delivered.</summary>
[Command("verify-pledge", Operation.AgreeOnSupport, RestrictionGround.Entitlement)]
public sealed record VerifyPledge(DateOnly On, Guid Pledge, string? Note) : HouseholdCommand(On)
{
    protected override bool ForTheGone => true;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (household.Latest().Pledges.GetValueOrDefault(Pledge) is not { } pledge) return new Refusal("unknown_pledge", "pledge");
        if (pledge.Delivered is not { } delivered) return new Refusal("not_delivered", "pledge");
        if (pledge.Verified is { } verified) return new Refusal("already_verified", "pledge", verified.On);
        if (On < delivered.On) return new Refusal("before_delivery", "on", delivered.On);
        if (TooLong(Note, "note") is { } tooLong) return tooLong;
        var note = NoteFor(Note, "note", household, occasion);
        return Decision.Accept(new PledgeVerified(On, occasion.Now, Pledge, note?.Id)).Keeping(note);
    }
}
