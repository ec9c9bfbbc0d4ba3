using System.Collections.Concurrent;
using YenBai.Cases.Demonstration;
using YenBai.Cases.Households;
using YenBai.Cases.Places;

namespace YenBai.Cases.Tests.Demonstration;

/// <summary>A tenth of the demonstration province, made once for all tests.</summary>
[CollectionDefinition(Shared)]
public sealed class SmallProvince : ICollectionFixture<SmallProvince>
{
    public const string Shared = "small province";
    public const int Count = 9000;
    public const double Scale = Count / 90_000.0;

    public static readonly string[] Districts = ["132", "133", "135", "136", "137", "138", "139", "140", "141"];

    /// <summary>Three communes a district, one of them a town: to the generator their ids are opaque.</summary>
    public static readonly IReadOnlyList<Commune> Communes =
        [.. Districts.SelectMany(d => Enumerable.Range(1, 3).Select(i => new Commune($"{d}0{i}@2020-02-01", d, i == 1 ? Area.Urban : Area.Rural)))];

    private readonly ConcurrentDictionary<int, IReadOnlyList<HouseholdState>> yearEnds = [];

    public DemonstrationProvince Province { get; } = Make(Count, 1);

    public IReadOnlyList<(GeneratedHousehold Made, Household Folded)> Households { get; }

    public SmallProvince() => Households = [.. Province.Households().Select(h => (h, Fold(h)))];

    public static DemonstrationProvince Make(int households, int seed) => new(households, seed, Communes);

    public static string DistrictOf(string unit) => unit[..3];

    public static Household Fold(GeneratedHousehold made)
    {
        var version = 0;
        return Household.Nobody(made.Id).With(made.Events.Select(e => new Fact(++version, Guid.Empty, e, null)));
    }

    /// <summary>The state of every household that was known at a year's end, whenever it was learnt.</summary>
    public IReadOnlyList<HouseholdState> AtEndOf(int year) => yearEnds.GetOrAdd(year, y => [.. On(new DateOnly(y, 12, 31))]);

    public IEnumerable<HouseholdState> On(DateOnly day) => Households.Select(h => h.Folded.StateAt(day, DateTimeOffset.MaxValue)).Where(s => s.Known);

    /// <summary>What stands: neither annulments nor what they annul.</summary>
    public IEnumerable<(GeneratedHousehold Made, T Event)> Standing<T>() where T : HouseholdEvent =>
        from h in Households
        from fact in h.Folded.Visible(DateTimeOffset.MaxValue)
        where fact.Event is T
        select (h.Made, (T)fact.Event);
}
