using System.Text.Json.Serialization;
using YenBai.Cases.Households;

namespace YenBai.Cases.Decisions;

/// <summary>What a decision on a class does to a household.</summary>
[JsonConverter(typeof(SnakeCase<ListEffect>))]
public enum ListEffect
{
    Stays, ExitsToNearPoor, ExitsFully, NewlyPoor, ReEnters, BecomesNearPoor, LeavesNearPoor,

    /// <summary>A class under a standard that the list is not of: nobody comes or goes.</summary>
    RecordedOnly,
}

public static class ListEffects
{
    /// <param name="before">The household as it was before the decision.</param>
    /// <param name="decided">The decision with the fact of the list that it brings, if it brings one.</param>
    public static ListEffect Of(HouseholdState before, IEnumerable<HouseholdEvent> decided)
    {
        ClassDecided? decision = null;
        foreach (var e in decided)
            switch (e)
            {
                case Exited { To: PovertyClass.NearPoor }: return ListEffect.ExitsToNearPoor;
                case Exited: return ListEffect.ExitsFully;
                case ReEntered: return ListEffect.ReEnters;
                case ListedPoor: return ListEffect.NewlyPoor;
                case ClassDecided d: decision = d; break;
            }
        if (decision is null) return ListEffect.Stays;
        if (PovertyStandards.InForce(decision.On).Code != decision.Standard) return ListEffect.RecordedOnly;
        return (before.ClassOn(decision.On)?.Class.Class, decision.Class) switch
        {
            (PovertyClass.NearPoor, PovertyClass.NotPoor) => ListEffect.LeavesNearPoor,
            (null or PovertyClass.NotPoor, PovertyClass.NearPoor) => ListEffect.BecomesNearPoor,
            _ => ListEffect.Stays,
        };
    }
}
