using System.Collections.Concurrent;
using YenBai.Cases.Households;
using YenBai.Cases.Places;

namespace YenBai.Cases.Access;

/// <summary>What of a household the policy looks at.</summary>
/// <param name="Shared">The household's consent to sharing with sponsors is in force.</param>
/// <param name="Restricted">The processing of its data is restricted at the person's request.</param>
public readonly record struct Subject(Guid Id, string Unit, string? Hamlet, bool Shared, bool Restricted);

/// <summary>
/// Somebody who asks, with the grants that hold at that moment. Everything that reads or changes something takes one,
/// and asks it: this is the one place where it is decided who sees and does what.
/// </summary>
public sealed class Actor
{
    private readonly PlaceCatalog places;
    private readonly DateOnly today;
    private readonly ConcurrentDictionary<Operation, Reach> reaches = [];

    public Actor(string name, IEnumerable<Grant> grants, DateTimeOffset now, PlaceCatalog places)
    {
        (Name, this.places, today) = (name, places, Days.DayOf(now));
        var held = grants.Where(g => g.HoldsAt(now)).ToList();
        // An emergency opening ends with the work that justified it.
        var mayOpenInEmergency = held.Exists(g => Permissions.Allow(g, Operation.BreakGlass));
        Grants = [.. held.Where(g => !g.Emergency || mayOpenInEmergency)];
    }

    private Actor(string name) : this(name, [], DateTimeOffset.UnixEpoch, PlaceCatalog.Default) => IsOperator = true;

    /// <summary>Who may read the data directory uses the command line without signing in.</summary>
    public static Actor Operator { get; } = new("operator");

    /// <summary>The staff code.</summary>
    public string Name { get; }

    public bool IsOperator { get; }

    /// <summary>From where they ask: an address.</summary>
    public string? From { get; init; }

    /// <summary>A page that asks twice for what it shows once, on the server and again when it comes alive: the same answer is recorded once.</summary>
    public Guid? Look { get; set; }

    /// <summary>Those that hold now.</summary>
    public IReadOnlyList<Grant> Grants { get; }

    /// <summary>Row-level data released to them, those releases that hold now.</summary>
    public IReadOnlyList<Release> Releases { get; init; } = [];

    /// <summary>Whether any grant allows it at all, wherever.</summary>
    public bool May(Operation operation) => IsOperator || Grants.Any(g => Permissions.Allow(g, operation));

    public bool Has(Role role) => IsOperator || Grants.Any(g => g.Role == role && !g.Emergency);

    /// <summary>Which households an operation reaches, with how much sight.</summary>
    public Reach ReachOf(Operation operation) => IsOperator ? Reach.Everything : reaches.GetOrAdd(operation, Build);

    /// <summary>How much is shown of a household where the operation is allowed on it; none where it is not.</summary>
    public Sight SightOf(Operation operation, Subject subject) => ReachOf(operation).SightOf(subject);

    public bool May(Operation operation, Subject subject) => SightOf(operation, subject) != Sight.None;

    /// <summary>Whether the operation is allowed in all of a unit, for a household that is not there yet.</summary>
    public bool MayAt(Operation operation, string unitId, string? hamlet) => ReachOf(operation).CoversPlace(unitId, hamlet);

    /// <summary>Whether they opened a household in an emergency: that allows reading it, and nothing else.</summary>
    public bool ReadsOnly(Guid household) => Grants.Any(g => g.Emergency && g.Households.Contains(household));

    public bool MayRegister(string unitId, string? hamlet) => MayAt(Operation.RecordWork, unitId, hamlet);

    /// <summary>The places for which the operation is granted, as granted; none for the operator, who has all.</summary>
    public IReadOnlyList<Grant> GrantsFor(Operation operation) => [.. Grants.Where(g => Permissions.Allow(g, operation))];

    /// <summary>Whether the operation is granted for the whole province that stands today.</summary>
    public bool MayInProvince(Operation operation) =>
        places.In(Level.Province, today).All(p => ReachOf(operation).CoversPlace(p.Id, null));

    private Reach Build(Operation operation)
    {
        var granted = new List<Extent>();
        foreach (var grant in Grants)
        {
            if (!Permissions.Allow(grant, operation)) continue;
            var units = grant is { Emergency: false, Place: { } place } ? GrantedPlaces.Of(place, today, places) : new HashSet<string>();
            granted.Add(new Extent(grant.Emergency ? Sight.Full : Permissions.SightOf(grant.Role), units, grant.Hamlet, grant.Households.ToHashSet()));
        }
        return new Reach(granted);
    }
}

/// <summary>The part of the register that one grant opens.</summary>
public sealed record Extent(Sight Sight, IReadOnlySet<string> Units, string? Hamlet, IReadOnlySet<Guid> Households)
{
    public bool Covers(Subject s)
    {
        // Consent is what a sponsor sees by; and what is restricted is left to those whose duty the case is.
        if (Sight == Sight.Sponsor && !s.Shared) return false;
        if (Sight != Sight.Full && s.Restricted) return false;
        return Households.Contains(s.Id) || CoversPlace(s.Unit, s.Hamlet);
    }

    public bool CoversPlace(string unit, string? hamlet) => Units.Contains(unit) && (Hamlet is null || Hamlet == hamlet);
}

/// <summary>What an operation reaches.</summary>
public sealed class Reach(IReadOnlyList<Extent> extents)
{
    public static readonly Reach Everything = new([]) { IsEverything = true };

    public bool IsEverything { get; private init; }

    public IReadOnlyList<Extent> Extents { get; } = extents;

    public bool IsNothing => !IsEverything && Extents.Count == 0;

    /// <summary>Whether somebody is shown as who they are.</summary>
    public bool Identifies => IsEverything || Extents.Any(a => a.Sight > Sight.DeIdentified);

    /// <summary>The most that is shown of anybody.</summary>
    public Sight Most => IsEverything ? Sight.Full : Extents.Count == 0 ? Sight.None : Extents.Max(a => a.Sight);

    public Sight SightOf(Subject subject)
    {
        if (IsEverything) return Sight.Full;
        var best = Sight.None;
        foreach (var extent in Extents)
            if (extent.Sight > best && extent.Covers(subject)) best = extent.Sight;
        return best;
    }

    public bool CoversPlace(string unit, string? hamlet) => IsEverything || Extents.Any(a => a.CoversPlace(unit, hamlet));
}
