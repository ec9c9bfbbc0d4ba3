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
        var state = household.StateAt(today, now);
        List<HouseholdEvent> told = [];
        foreach (var agreement in state.Agreements.Values.Where(a => a is { Ended: null, SuspendedSince: null }))
        {
            var (end, missed) = (agreement.EndOn(today), 0);
            foreach (var condition in agreement.Conditions)
            {
                if (agreement.StateOf(condition) is not (ConditionState.Due or ConditionState.HandedIn)) continue;
                var due = agreement.DueOn(condition, today);
                // Whoever left the place answers for nothing that falls due afterwards.
                if (due >= today || (state.Status == ListStatus.Gone && due >= state.StatusSince)) continue;
                told.Add(new ConditionMissed(due.AddDays(1), now, agreement.Id, condition.Id, due));
                missed++;
            }
            if (end >= today) continue;
            var done = missed == 0 && agreement.Conditions.Count > 0 && agreement.Conditions.All(agreement.IsSettled);
            told.Add(new SupportEnded(end.AddDays(1), now, agreement.Id, done ? SupportOutcome.Completed : SupportOutcome.Lapsed, null));
        }
        return [.. told.OrderBy(e => e.On)];
    }
}
