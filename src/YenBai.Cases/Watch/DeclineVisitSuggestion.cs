using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Watch;

/// <summary>A visit that was suggested is not needed. Until the next review the household is not suggested again.</summary>
/// <param name="Reason">In words; it may name people, and can be erased.</param>
// Nobody is suggested whose data must not be processed.
[Command("decline-visit-suggestion", Operation.WatchReentry, RestrictionGround.AddsPersonalData)]
public sealed record DeclineVisitSuggestion(DateOnly On, DeclineGround? Ground, string? Reason) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (Ground is not { } ground) return new Refusal("required", "ground");
        if (TooLong(Reason, "reason") is { } tooLong) return tooLong;
        if (ground == DeclineGround.Other && Missing(Reason, "reason") is { } missing) return missing;
        if (then.Status != ListStatus.Out) return new Refusal("not_watched", "on", On);
        var reason = NoteFor(Reason, "reason", household, occasion);
        return Decision.Accept(new VisitSuggestionDeclined(On, occasion.Now, ground, reason?.Id)).Keeping(reason);
    }
}
