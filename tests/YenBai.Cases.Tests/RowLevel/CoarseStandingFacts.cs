using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;
using YenBai.Cases.RowLevel;

namespace YenBai.Cases.Tests.RowLevel;

/// <summary>How a household stands on the published list, from its facts of the list.</summary>
public sealed class CoarseStandingFacts
{
    private const string MauA = "04375@2020-02-01", Today = "04375@2025-07-01";

    private static readonly HashSet<string> Units = [.. PlaceCatalog.Default.Units.Select(u => u.Id)];

    [Fact]
    public void Who_is_on_the_list_is_poor_since_the_year_of_the_entry() =>
        Of(Fact(FactKind.Enter, 2018, "2016-2020", PovertyClass.Poor)).ShouldBe(new CoarseStanding("136@2020-02-01", PovertyClass.Poor, "2016-2020", 2018));

    [Fact]
    public void Who_left_has_the_class_of_the_exit() =>
        Of(Fact(FactKind.Enter, 2018, "2016-2020", PovertyClass.Poor), Fact(FactKind.Exit, 2020, "2016-2020", PovertyClass.NearPoor), Fact(FactKind.Confirm, 2021, "2016-2020"))
            .ShouldBe(new CoarseStanding("136@2020-02-01", PovertyClass.NearPoor, "2016-2020", 2020));

    [Fact]
    public void A_new_commune_of_one_old_district_still_lies_in_it() =>
        Of(Fact(FactKind.Enter, 2025, "2022-2025", PovertyClass.Poor, Today)).ShouldNotBeNull().District.ShouldBe(
            PlaceCatalog.Default.OldDistrictsOf(Today) is [var only] ? only.Id : null);

    [Fact]
    public void Who_moved_out_or_lives_elsewhere_or_was_never_on_the_list_is_not_published()
    {
        Of(Fact(FactKind.Enter, 2018, "2016-2020", PovertyClass.Poor), Fact(FactKind.MoveOut, 2019, null)).ShouldBeNull();
        Of(Fact(FactKind.TakeOver, 2018, "2016-2020")).ShouldBeNull();
        CoarseStanding.Of([Fact(FactKind.Enter, 2018, "2016-2020", PovertyClass.Poor)], new HashSet<string>(), PlaceCatalog.Default).ShouldBeNull();
    }

    private static CoarseStanding? Of(params ListFact[] facts) => CoarseStanding.Of(facts, Units, PlaceCatalog.Default);

    private static ListFact Fact(FactKind kind, int year, string? standard, PovertyClass? @class = null, string unit = MauA) => new(
        Guid.Empty, year, year, new(year, 12, 15), DateTimeOffset.UnixEpoch, null, kind, unit, standard, @class, null, null, null, null, null, null, null, null, null, null);
}
