using YenBai.Cases.Places;

namespace YenBai.Cases.Plan;

/// <summary>
/// The units of a report and which lies in which. Each place of a household belongs to the innermost unit that holds all
/// of it: what a district counts and what the province alone can count (known only as "of Yên Bái", or of a new commune
/// that straddles two districts) are kept apart, so that the units add up to the province.
/// </summary>
internal sealed class PlanUnits
{
    public const int Outside = -1;

    private readonly PlaceCatalog places;
    private readonly Dictionary<string, int> innermost = [];
    private readonly int[] depth;

    private PlanUnits(PlaceCatalog places, List<Unit> units)
    {
        this.places = places;
        All = units;
        depth = [.. units.Select(u => units.Count(other => Holds(other, u)))];
        Parent = [.. units.Select(u => Innermost(other => Holds(units[other], u)))];
    }

    public IReadOnlyList<Unit> All { get; }

    /// <summary>For each unit the one that it lies in, or <see cref="Outside"/>.</summary>
    public IReadOnlyList<int> Parent { get; }

    /// <param name="place">A place in the public notation; none for all units of the plan.</param>
    /// <exception cref="ArgumentException">There is no such place.</exception>
    public static PlanUnits Of(AnnualPlan plan, PlaceCatalog places, string? place)
    {
        var units = plan.Targets.Select(t => t.UnitId).Distinct().Select(id => places.Get(id)!).ToList();
        if (place is null) return new(places, units);

        var wanted = places.Resolve(place, plan.Through) ?? throw new ArgumentException("There is no such place.", nameof(place));
        var within = units.FindAll(u => places.IsWithin(u.Id, wanted.Id));
        // A place smaller than any unit of the plan has no targets, but has figures.
        return new(places, within.Count > 0 ? within : [wanted]);
    }

    public int IndexOf(string placeId)
    {
        if (!innermost.TryGetValue(placeId, out var index))
            innermost[placeId] = index = Innermost(i => places.IsWithin(placeId, All[i].Id));
        return index;
    }

    public IEnumerable<int> ChildrenOf(int unit) => Enumerable.Range(0, All.Count).Where(i => Parent[i] == unit);

    /// <summary>Whether a unit is the other or lies in it.</summary>
    public bool IsIn(int unit, int other)
    {
        for (; unit != Outside; unit = Parent[unit])
            if (unit == other) return true;
        return false;
    }

    private bool Holds(Unit outer, Unit inner) => outer.Id != inner.Id && places.IsWithin(inner.Id, outer.Id);

    private int Innermost(Func<int, bool> holds)
    {
        var found = Outside;
        for (var i = 0; i < All.Count; i++)
            if (holds(i) && (found == Outside || depth[i] > depth[found])) found = i;
        return found;
    }
}
