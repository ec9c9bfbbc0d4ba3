using System.Text.Json.Serialization;

namespace YenBai.Cases.Households;

/// <summary>One event of a household as it stands in its stream.</summary>
/// <param name="Version">Its place in the stream, from 1.</param>
/// <param name="Import">The import that brought it; none for what people entered.</param>
[JsonConverter(typeof(FactConverter))]
public sealed record Fact(int Version, Guid Id, HouseholdEvent Event, string? Import)
{
    /// <summary>The order of telling (contract R3): by day, then as the register tells it, then as it was written down.</summary>
    public static readonly Comparison<Fact> Order = (a, b) =>
        a.Event.On.CompareTo(b.Event.On) is not 0 and var day ? day
        : (a.Event.Row?.Seq ?? long.MaxValue).CompareTo(b.Event.Row?.Seq ?? long.MaxValue) is not 0 and var seq ? seq
        : a.Version.CompareTo(b.Version);
}

/// <summary>
/// A household is the list of its facts; what it is on a day, as known on another, is folded from them and never
/// stored. Late and annulled facts are therefore nothing special.
/// </summary>
public sealed record Household(Guid Id, string Code, IReadOnlyList<Fact> Facts)
{
    /// <summary>The facts, without the free text that an erasure took with it.</summary>
    public IReadOnlyList<Fact> Facts
    {
        get;
        init
        {
            field = ErasedText.Without(value);
            latest = new();
        }
    } = ErasedText.Without(Facts);

    /// <summary>Replaced with the facts: a copy with other facts must not remember the state of these.</summary>
    private readonly Remembered latest = new();

    /// <summary>The stream's version: filled by Marten, and the token of optimistic concurrency outside.</summary>
    public int Version { get; init; }

    [JsonIgnore]
    public bool Exists => Facts.Count > 0;

    public static Household Nobody(Guid id) => new(id, "", []);

    public Household With(Fact fact) => this with
    {
        Facts = [.. Facts, fact],
        Version = fact.Version,
        Code = fact.Event is HouseholdRegistered r ? r.Code : Code,
    };

    public Household With(IEnumerable<Fact> facts)
    {
        Fact[] all = [.. Facts, .. facts];
        return this with
        {
            Facts = all,
            Version = all.Length == 0 ? 0 : all[^1].Version,
            Code = all.Select(f => f.Event).OfType<HouseholdRegistered>().FirstOrDefault()?.Code ?? Code,
        };
    }

    /// <summary>Whether the record of the present head was erased. An erasure is never undone, so no annulment counts here.</summary>
    public bool HeadIsErased() =>
        Facts.Any(f => f.Event is PersonalDataErased) && Latest().HeadId is { } head && Facts.Any(f => f.Event is PersonalDataErased e && e.PersonIds.Contains(head));

    /// <summary>What the household was on a day, as known at an instant.</summary>
    public HouseholdState StateAt(DateOnly asOf, DateTimeOffset knownAt)
    {
        var visible = Visible(knownAt);
        visible.RemoveAll(f => f.Event.On > asOf);
        visible.Sort(Fact.Order);
        return HouseholdState.Fold(visible);
    }

    /// <summary>What the household was when a fact came, as it is told now.</summary>
    public HouseholdState StateBefore(Fact fact)
    {
        var visible = Visible(DateTimeOffset.MaxValue);
        visible.RemoveAll(f => Fact.Order(f, fact) >= 0);
        visible.Sort(Fact.Order);
        return HouseholdState.Fold(visible);
    }

    /// <summary>What is known now of the household, whatever its day.</summary>
    /// <remarks>Folded once: a command, a page and a read model ask for it many times.</remarks>
    public HouseholdState Latest() => latest.State ??= StateAt(DateOnly.MaxValue, DateTimeOffset.MaxValue);

    /// <summary>The facts known at an instant that are neither annulled nor withdrawn by then (contract R1, R2).</summary>
    public List<Fact> Visible(DateTimeOffset knownAt)
    {
        HashSet<int>? annulled = null;
        HashSet<string>? withdrawn = null;
        foreach (var fact in Facts)
        {
            if (fact.Event.Recorded > knownAt) continue;
            if (fact.Event is FactAnnulled a) (annulled ??= []).Add(a.Fact);
            else if (fact.Event is ImportWithdrawn w) (withdrawn ??= []).Add(w.Import);
        }
        var visible = new List<Fact>(Facts.Count);
        foreach (var fact in Facts)
        {
            if (fact.Event.Recorded > knownAt || fact.Event is FactAnnulled or ImportWithdrawn) continue;
            if (annulled?.Contains(fact.Version) == true) continue;
            if (fact.Import is { } import && withdrawn?.Contains(import) == true) continue;
            visible.Add(fact);
        }
        return visible;
    }

    /// <summary>Equal to any other: what was remembered is no part of what a household is.</summary>
    private sealed class Remembered
    {
        public HouseholdState? State { get; set; }

        public override bool Equals(object? other) => other is Remembered;

        public override int GetHashCode() => 0;
    }
}
