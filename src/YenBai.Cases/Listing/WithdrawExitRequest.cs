using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Listing;

/// <summary>The household takes its request back; it may until the decision.</summary>
[Command("withdraw-exit-request", Operation.RecordWork, RestrictionGround.StatutoryReview)]
public sealed record WithdrawExitRequest(DateOnly On, string? Reason) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (TooLong(Reason, "reason") is { } tooLong) return tooLong;
        if (then.ExitRequest is null) return new Refusal("no_request", "on", On);

        var reason = NoteFor(Reason, "reason", household, occasion);
        return Decision.Accept(new ExitRequestWithdrawn(On, occasion.Now, reason?.Id)).Keeping(reason);
    }
}
