using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>
/// What the passing of time comes to. It is decided from the household's own facts: once a miss or a lapse is told, asking
/// again tells nothing, so that neither a restart nor a second node nor a clock that jumps does anything twice.
/// </summary>
public static class Clock
{
    /// <summary>What is to be told of a household on a day, in the order in which it happened.</summary>
    public static IReadOnlyList<HouseholdEvent> Strike(Household household, DateOnly today, DateTimeOffset now)
    {
        // What a clock that ran ahead has told is told, whatever the time is now.
        var state = household.StateAt(today, DateTimeOffset.MaxValue);
        List<HouseholdEvent> told = [];
        foreach (var agreement in state.Agreements.Values)
        {
            foreach (var condition in agreement.Conditions)
            {
                if (agreement.StateOf(condition) is not (ConditionState.Due or ConditionState.HandedIn)) continue;
                var due = agreement.DueOn(condition, today);
                // Whoever left the place answers for nothing that falls due afterwards, nor does anybody once the support is over.
                if (due >= today || due >= agreement.Ended?.On || (state.Status == ListStatus.Gone && due >= state.StatusSince)) continue;
                told.Add(new ConditionMissed(agreement.DayAfter(due), now, agreement.Id, condition.Id, due));
            }
            // While the clock of an agreement stands still, its end moves along and is never past.
            if (agreement.Ended is null && agreement.EndOn(today) is var end && end < today)
                told.Add(new SupportEnded(agreement.DayAfter(end), now, agreement.Id, agreement.IsDoneBy(end) ? SupportOutcome.Completed : SupportOutcome.Lapsed, null));
        }
        return [.. told.OrderBy(e => e.On)];
    }
}
