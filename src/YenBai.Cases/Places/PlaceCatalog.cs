using System.Globalization;

namespace YenBai.Cases.Places;

/// <summary>All units of the province, of every period, and what lies within what. Immutable.</summary>
public sealed class PlaceCatalog
{
    static readonly Lazy<PlaceCatalog> Embedded = new(PlaceData.LoadCatalog);

    static readonly HashSet<string> Nothing = [];

    readonly Dictionary<string, Unit> units;
    readonly Dictionary<string, Unit[]> byCode;
    readonly Dictionary<string, HashSet<string>> places = [];
    readonly Dictionary<string, HashSet<string>> within = [];
    readonly Dictionary<string, Unit> districts = [];
    readonly Dictionary<string, Unit> provinces = [];
    readonly Dictionary<string, List<Unit>> oldDistricts = [];
    readonly Dictionary<string, List<Unit>> predecessors = [];
    readonly Dictionary<string, List<Unit>> children = [];
    readonly ILookup<string, string> aliases;
    readonly Dictionary<string, Tile> tiles;
    readonly DateOnly firstDay;
    readonly PlaceNames names;

    /// <summary>The catalogue that ships with the program.</summary>
    public static PlaceCatalog Default => Embedded.Value;

    /// <exception cref="ArgumentException">The units contradict each other; the message names the one.</exception>
    public PlaceCatalog(
        IEnumerable<Unit> units,
        IEnumerable<UnitAlias>? aliases = null,
        IEnumerable<UnitKind>? kinds = null,
        IEnumerable<Tile>? tiles = null)
    {
        Units = [.. units];
        Tiles = [.. tiles ?? []];
        UnitAlias[] spellings = [.. aliases ?? []];

        this.units = Units.ToDictionary(u => u.Id);
        byCode = Units.GroupBy(u => u.Code).ToDictionary(g => g.Key, g => g.OrderBy(u => u.From).ToArray());
        Check(spellings);

        this.aliases = spellings.ToLookup(a => a.UnitId, a => a.Alias);
        this.tiles = Tiles.ToDictionary(t => t.UnitId);
        firstDay = Units.Count == 0 ? DateOnly.MinValue : Units.Min(u => u.From);
        foreach (var unit in Units)
        {
            if (unit.ParentId is not null)
                Into(children, unit.ParentId).Add(unit);
            foreach (var successor in unit.Successors)
                Into(predecessors, successor).Add(unit);
        }

        foreach (var unit in Units)
        {
            PlacesOf(unit);
            for (var u = unit; u is not null; u = u.ParentId is null ? null : this.units[u.ParentId])
            {
                if (u.Level == Level.District)
                    districts[unit.Id] = u;
                if (u.Level == Level.Province)
                    provinces[unit.Id] = u;
            }
        }

        foreach (var unit in Units)
            foreach (var place in places[unit.Id])
            {
                Into(within, place).Add(unit.Id);
                if (DistrictOf(unit.Id) is { } district && !Into(oldDistricts, place).Contains(district))
                    oldDistricts[place].Add(district);
            }
        names = new PlaceNames(this, spellings, [.. kinds ?? []]);
    }

    /// <summary>Every unit of every period.</summary>
    public IReadOnlyList<Unit> Units { get; }

    /// <summary>The districts in their schematic map.</summary>
    public IReadOnlyList<Tile> Tiles { get; }

    public Unit? Get(string id) => units.GetValueOrDefault(id);

    /// <summary>The units of a level that stand on a day; those known first stood before, too.</summary>
    public IReadOnlyList<Unit> In(Level level, DateOnly on) =>
        [.. Units.Where(u => u.Level == level && HasBegunBy(u, on) && !u.HasEndedBy(on))];

    /// <summary>
    /// A place in the public notation: <c>CODE</c>, the unit of that code on the given day, or
    /// <c>CODE@yyyy-MM-dd</c>, the unit of that code on the day in the text. Before a code is known, the first unit that
    /// bore it; after its end, unless the code was given to another, the last.
    /// </summary>
    public Unit? Resolve(string text, DateOnly on)
    {
        text = text.Trim();
        var at = text.IndexOf('@');
        if (at >= 0)
        {
            if (!DateOnly.TryParseExact(text[(at + 1)..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out on))
                return null;
            text = text[..at];
        }
        return byCode.TryGetValue(text, out var bearers)
            ? bearers.LastOrDefault(u => u.From <= on) ?? bearers[0]
            : null;
    }

    /// <summary>
    /// A place as a register or a history file names it: a code, or a name with whatever spelling, marks and words for
    /// its kind. Null when unknown or ambiguous. A name that a district bears means the district.
    /// </summary>
    /// <param name="on">The date of the row. A name never means a unit that began later.</param>
    /// <param name="expected">The level that the column is for; null for any.</param>
    /// <param name="within">The place in which the unit must lie, or, for a commune of today, from which a part of it came.</param>
    public Unit? ResolveInFile(string text, DateOnly on, Level? expected = null, string? within = null) =>
        names.Resolve(text, on, expected, within);

    /// <summary>
    /// Whether all of the unit belongs to the place: it is the place, lies below it, or has ended and was taken over,
    /// through however many hands, by the place or a unit below it. Of a unit whose successor is open, what holds for
    /// every candidate holds.
    /// </summary>
    public bool IsWithin(string unitId, string placeId) => Within(placeId).Contains(unitId);

    /// <summary>The ids of all units, of any period, that are within the place; none for an unknown place.</summary>
    public IReadOnlySet<string> Within(string placeId) =>
        within.TryGetValue(placeId, out var ids) ? ids : Nothing;

    /// <summary>
    /// The unit of a level that stands on a day and to which the unit belongs: by it a report is cut by the places of any
    /// date. Null when there is none, as of a new commune among the old districts.
    /// </summary>
    public Unit? At(string unitId, Level level, DateOnly on)
    {
        if (!places.TryGetValue(unitId, out var above))
            return null;
        foreach (var id in above)
        {
            var place = units[id];
            if (place.Level == level && HasBegunBy(place, on) && !place.HasEndedBy(on))
                return place;
        }
        return null;
    }

    /// <summary>
    /// The unit of the same level that stands on a day where this one stood; the unit itself where it stands, or where it is not
    /// known for sure which one took it over, as of districts. Null for an unknown unit.
    /// </summary>
    public Unit? StandingOn(string unitId, DateOnly on) => Get(unitId) is not { } unit ? null : unit.HasEndedBy(on) ? At(unitId, unit.Level, on) ?? unit : unit;

    /// <summary>The district that the unit is or lies in; null for a province and for every unit since districts ended.</summary>
    public Unit? DistrictOf(string unitId) => districts.GetValueOrDefault(unitId);

    /// <summary>The province that the unit is or lay in during its own life.</summary>
    /// <exception cref="KeyNotFoundException">No such unit.</exception>
    public Unit ProvinceOf(string unitId) => provinces[unitId];

    /// <summary>
    /// The districts from which the parts of the unit came. More than one: the unit straddles, and says nothing about
    /// the district in which a household of it once lived.
    /// </summary>
    public IReadOnlyList<Unit> OldDistrictsOf(string unitId) => oldDistricts.GetValueOrDefault(unitId) ?? [];

    /// <summary>The units that ended in this one, candidates (<see cref="Unit.SuccessorOpen"/>) included.</summary>
    public IReadOnlyList<Unit> PredecessorsOf(string unitId) => predecessors.GetValueOrDefault(unitId) ?? [];

    /// <summary>The units directly below this one in its own life.</summary>
    public IReadOnlyList<Unit> ChildrenOf(string unitId) => children.GetValueOrDefault(unitId) ?? [];

    /// <summary>Other spellings of the unit's short name.</summary>
    public IEnumerable<string> AliasesOf(string unitId) => aliases[unitId];

    public Tile? TileOf(string unitId) => tiles.GetValueOrDefault(unitId);

    /// <summary>The first list that is known is taken to have held before it.</summary>
    internal bool HasBegunBy(Unit unit, DateOnly day) => unit.From <= day || unit.From == firstDay;

    static T Into<T>(Dictionary<string, T> groups, string key) where T : class, new()
    {
        if (!groups.TryGetValue(key, out var group))
            groups[key] = group = new T();
        return group;
    }

    HashSet<string> PlacesOf(Unit unit)
    {
        if (places.TryGetValue(unit.Id, out var known))
            return known;

        var all = new HashSet<string> { unit.Id };
        if (unit.ParentId is not null)
            all.UnionWith(PlacesOf(units[unit.ParentId]));
        if (unit.Successors.Count > 0)
        {
            var ofEverySuccessor = new HashSet<string>(PlacesOf(units[unit.Successors[0]]));
            foreach (var successor in unit.Successors)
                ofEverySuccessor.IntersectWith(PlacesOf(units[successor]));
            all.UnionWith(ofEverySuccessor);
        }
        return places[unit.Id] = all;
    }

    /// <summary>With these, going up and going on never leads back to where one started.</summary>
    void Check(IEnumerable<UnitAlias> spellings)
    {
        foreach (var unit in Units)
        {
            Demand(unit.Id == Unit.IdOf(unit.Code, unit.From), unit, "its id is not its code and first day");
            Demand(unit.Until is null || unit.Until >= unit.From, unit, "it ends before it begins");
            Demand((unit.Level == Level.Province) == (unit.ParentId is null), unit, "all units but a province have a parent");
            if (unit.ParentId is not null)
            {
                Demand(units.TryGetValue(unit.ParentId, out var parent), unit, $"its parent {unit.ParentId} is unknown");
                Demand(parent!.Level < unit.Level, unit, "its parent is not of a higher level");
                Demand(parent.From <= unit.From && (parent.Until ?? DateOnly.MaxValue) >= (unit.Until ?? DateOnly.MaxValue),
                    unit, "its parent does not stand as long as it does");
            }
            foreach (var id in unit.Successors)
            {
                Demand(units.TryGetValue(id, out var successor), unit, $"its successor {id} is unknown");
                Demand(unit.Until < successor!.From, unit, $"its successor {id} begins before it ends");
            }
        }
        foreach (var bearers in byCode.Values)
            for (var i = 1; i < bearers.Length; i++)
                Demand(bearers[i - 1].Until < bearers[i].From, bearers[i], "another unit still has its code");
        foreach (var id in spellings.Select(a => a.UnitId).Concat(Tiles.Select(t => t.UnitId)))
            if (!units.ContainsKey(id))
                throw new ArgumentException($"{id}: an alias or a tile names it, but there is no such unit");
    }

    static void Demand(bool holds, Unit unit, string otherwise)
    {
        if (!holds)
            throw new ArgumentException($"{unit.Id} {unit.Name}: {otherwise}");
    }
}
