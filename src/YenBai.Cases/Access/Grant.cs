using System.Text.Json.Serialization;
using YenBai.Cases.Places;

namespace YenBai.Cases.Access;

/// <summary>A role at a place, or for households agreed by name, for a time.</summary>
/// <param name="Place">The id of a unit; none where households are named instead.</param>
/// <param name="Hamlet">For a caseworker of one hamlet of the commune.</param>
/// <param name="Households">The streams of the households agreed by name.</param>
/// <param name="Until">The instant from which it holds no more; none for one without an end.</param>
public sealed record Grant(
    Guid Id, Role Role, string? Place, string? Hamlet, IReadOnlyList<Guid> Households, DateTimeOffset From, DateTimeOffset? Until)
{
    /// <summary>
    /// Taken by the holder in an emergency (see <see cref="EmergencyAccess"/>). It opens its household to read and nothing
    /// else, whatever role is stored with it: earlier stores wrote the role of a caseworker.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Emergency { get; init; }

    /// <summary>Given by a manager for a review season; the days of such grants are limited together.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Seasonal { get; init; }

    public bool HoldsAt(DateTimeOffset instant) => From <= instant && (Until is null || instant < Until);
}

/// <summary>Where a grant reaches as places come and go.</summary>
public static class GrantedPlaces
{
    /// <summary>
    /// The ids of all units, of any period, in which a grant on a unit holds on a day: the unit and what lies within it,
    /// and, once it has been merged, all of what took it over. A district ended without a heir of its kind: what was
    /// granted on it ends with it.
    /// </summary>
    public static IReadOnlySet<string> Of(string unitId, DateOnly on, PlaceCatalog places)
    {
        if (places.Get(unitId) is not { } unit) return new HashSet<string>();
        if (unit.Until is not { } last || last >= on) return places.Within(unitId);
        if (unit.Level == Level.District) return new HashSet<string>();

        var reached = new HashSet<string>(places.Within(unitId));
        // Of candidates it is not known which took the unit over: nothing more is granted.
        if (!unit.SuccessorOpen)
            foreach (var successor in unit.Successors)
                if (places.Get(successor)?.Level == unit.Level) reached.UnionWith(Of(successor, on, places));
        return reached;
    }
}
