using YenBai.Cases.Access;
using YenBai.Cases.Places;

namespace YenBai.Cases.Tests.Access;

/// <summary>Which communes and hamlets are somebody's own, under the names of the day.</summary>
public class OwnPlacesFacts
{
    private static readonly DateOnly Before = new(2025, 6, 30), After = new(2025, 7, 1);

    private static string[] Of(DateOnly today, params (Role Role, string Place, string? Hamlet)[] grants)
    {
        var places = PlaceCatalog.Default;
        var now = new DateTimeOffset(today, new(12, 0), TimeSpan.FromHours(7));
        var who = new Actor("x", grants.Select(g => new Grant(Guid.NewGuid(), g.Role, places.Resolve(g.Place, Before)!.Id, g.Hamlet, [], DateTimeOffset.MinValue, null)), now, places);
        return [.. OwnPlaces.Of(who, Operation.FindHouseholds, places, today).Select(o => $"{o.Commune.Id} {o.Hamlet}".Trim())];
    }

    [Fact]
    public void A_commune_is_ones_own_and_goes_on_as_the_one_that_took_it_over()
    {
        Of(Before, (Role.Caseworker, "04471", null)).ShouldBe(["04471@2020-02-01"]);
        Of(After, (Role.Caseworker, "04471", null)).ShouldBe(["04456@2025-07-01"]);
    }

    [Fact]
    public void One_hamlet_of_a_commune_is_not_the_commune()
    {
        Of(Before, (Role.Caseworker, "04471", "Bản A")).ShouldBe(["04471@2020-02-01 Bản A"]);
        Of(Before, (Role.Caseworker, "04471", "Bản A"), (Role.Caseworker, "04471", null)).ShouldBe(["04471@2020-02-01"]);
    }

    [Fact]
    public void A_district_is_its_communes_while_it_stands_and_a_province_is_nobodys_own()
    {
        Of(Before, (Role.Manager, "137", null)).ShouldContain("04471@2020-02-01");
        Of(After, (Role.Manager, "137", null)).ShouldBeEmpty();
        Of(Before, (Role.Manager, "15", null)).ShouldBeEmpty();
    }

    [Fact]
    public void A_merged_commune_is_called_by_the_one_of_today_and_a_district_by_itself()
    {
        string? Standing(string id, DateOnly on) => PlaceCatalog.Default.StandingOn(id, on)?.Name;

        Standing("04471@2020-02-01", Before).ShouldBe("Xã Chế Cu Nha");
        Standing("04471@2020-02-01", After).ShouldBe("Xã Mù Cang Chải");
        Standing("137@2020-02-01", After).ShouldBe("Huyện Mù Cang Chải");
        Standing("999@2020-02-01", After).ShouldBeNull();
    }
}
