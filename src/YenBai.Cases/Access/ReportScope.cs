using YenBai.Cases.Places;

namespace YenBai.Cases.Access;

/// <summary>
/// The part of the register that a report to somebody is about, and on which surface: with figures as they are, or fit for
/// those who may not learn who anybody is.
/// </summary>
public sealed class ReportScope
{
    private readonly IReadOnlyList<Extent>? extents;
    private readonly IReadOnlySet<string>? within;

    private ReportScope(bool identifies, IReadOnlyList<Extent>? extents, IReadOnlySet<string>? within) => (Identifies, this.extents, this.within) = (identifies, extents, within);

    /// <summary>Whether households are told by their codes and figures are not withheld.</summary>
    public bool Identifies { get; }

    /// <summary>Whether what a household did at a place is in the report.</summary>
    public bool Covers(Guid household, string? unit) =>
        (within is null || (unit is not null && within.Contains(unit)))
        && (extents is null || extents.Any(e => e.Households.Contains(household) || (unit is not null && e.CoversPlace(unit, null))));

    /// <returns>None where there is nothing of the place that they may read.</returns>
    /// <exception cref="NotPermittedException">They may read no such report.</exception>
    public static ReportScope? Of(Actor who, Operation operation, Unit? place, PlaceCatalog places, DateOnly today)
    {
        if (!who.May(operation)) throw new NotPermittedException();
        var within = place is null ? null : places.Within(place.Id);
        var reach = who.ReachOf(operation);
        if (reach.IsEverything) return new(true, null, within);

        // Who sees some by name and all without sees a place of the first kind as it is, everything as the second.
        var named = reach.Extents.Where(e => e.Sight == Sight.Full).ToList();
        var others = reach.Extents.Where(e => e.Sight == Sight.DeIdentified).ToList();
        foreach (var (some, identifies) in new[] { (named, true), (others, false) })
            if (place is null ? places.In(Level.Province, today).All(p => Reaches(some, p)) : Reaches(some, place))
                return new(identifies, null, within);
        if (place is not null && !named.Concat(others).Any(e => e.Units.Overlaps(within!))) return null;
        return named.Count > 0 ? new(true, named, within) : others.Count > 0 ? new(false, others, within) : throw new NotPermittedException();
    }

    private static bool Reaches(List<Extent> extents, Unit unit) => extents.Any(e => e.CoversPlace(unit.Id, null));
}
