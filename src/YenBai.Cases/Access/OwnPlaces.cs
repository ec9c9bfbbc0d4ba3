using YenBai.Cases.Places;

namespace YenBai.Cases.Access;

/// <param name="Hamlet">None where the whole commune is theirs.</param>
public sealed record OwnPlace(Unit Commune, string? Hamlet);

/// <summary>The communes and hamlets that somebody works in, as they stand on a day; none for the whole province.</summary>
public static class OwnPlaces
{
    public static IReadOnlyList<OwnPlace> Of(Actor who, Operation operation, PlaceCatalog places, DateOnly today)
    {
        var communes = places.In(Level.Commune, today);
        var own = new HashSet<OwnPlace>();
        foreach (var grant in who.GrantsFor(operation))
        {
            if (grant.Emergency || grant.Place is not { } place || places.Get(place) is not { Level: not Level.Province }) continue;
            var granted = GrantedPlaces.Of(place, today, places);
            own.UnionWith(communes.Where(c => granted.Contains(c.Id)).Select(c => new OwnPlace(c, grant.Hamlet)));
        }
        // Who has a commune has its hamlets.
        return [.. own.Where(o => o.Hamlet is null || !own.Contains(o with { Hamlet = null }))];
    }
}
