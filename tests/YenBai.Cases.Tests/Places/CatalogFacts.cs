using System.Text;
using YenBai.Cases.Places;

namespace YenBai.Cases.Tests.Places;

public class CatalogFacts
{
    static readonly PlaceCatalog Places = PlaceCatalog.Default;
    static readonly DateOnly In2021 = new(2021, 6, 1);
    static readonly DateOnly In2026 = new(2026, 1, 15);
    const string YenBai = "15@2020-02-01";
    const string LaoCai = "15@2025-07-01";

    static IEnumerable<Unit> OldCommunes => Places.In(Level.Commune, In2021);
    static IEnumerable<Unit> NewCommunes => Places.In(Level.Commune, In2026);

    static Unit Old(string code) => Places.Get($"{code}@2020-02-01")!;
    static Unit New(string code) => Places.Get($"{code}@2025-07-01")!;

    [Theory]
    [InlineData("132", "Thành phố Yên Bái", "Yen Bai city", 9, 6, 0)]
    [InlineData("133", "Thị xã Nghĩa Lộ", "Nghia Lo", 4, 10, 0)]
    [InlineData("135", "Huyện Lục Yên", "Luc Yen", 0, 23, 1)]
    [InlineData("136", "Huyện Văn Yên", "Van Yen", 0, 24, 1)]
    [InlineData("137", "Huyện Mù Cang Chải", "Mu Cang Chai", 0, 13, 1)]
    [InlineData("138", "Huyện Trấn Yên", "Tran Yen", 0, 20, 1)]
    [InlineData("139", "Huyện Trạm Tấu", "Tram Tau", 0, 11, 1)]
    [InlineData("140", "Huyện Văn Chấn", "Van Chan", 0, 21, 3)]
    [InlineData("141", "Huyện Yên Bình", "Yen Binh", 0, 22, 2)]
    public void Nine_districts_with_their_communes(string code, string name, string ascii, int wards, int communes, int townships)
    {
        var district = Old(code);
        district.Name.ShouldBe(name);
        district.AsciiName.ShouldBe(ascii);
        var kinds = Places.ChildrenOf(district.Id).ToLookup(u => u.Name[..2]);
        (kinds["Ph"].Count(), kinds["Xã"].Count(), kinds["Th"].Count()).ShouldBe((wards, communes, townships));
        Places.ChildrenOf(district.Id).ShouldAllBe(u => Places.DistrictOf(u.Id) == district);
    }

    [Fact]
    public void Until_June_2025_there_are_9_districts_and_173_communes()
    {
        Places.In(Level.District, In2021).Count.ShouldBe(9);
        OldCommunes.Count().ShouldBe(173);
        OldCommunes.ShouldAllBe(u => u.From == new DateOnly(2020, 2, 1) && u.Until == new DateOnly(2025, 6, 30));
        OldCommunes.ShouldAllBe(u => Places.ProvinceOf(u.Id).Id == YenBai);
    }

    [Fact]
    public void Since_July_2025_there_are_99_communes_10_of_them_wards_and_51_from_Yen_Bai()
    {
        Places.In(Level.District, In2026).ShouldBeEmpty();
        NewCommunes.Count().ShouldBe(99);
        NewCommunes.Count(u => u.Area == Area.Urban).ShouldBe(10);
        NewCommunes.Count(u => Places.OldDistrictsOf(u.Id).Count > 0).ShouldBe(51);
        NewCommunes.ShouldAllBe(u => Places.DistrictOf(u.Id) == null && Places.ProvinceOf(u.Id).Id == LaoCai);
    }

    [Fact]
    public void Every_old_commune_has_one_successor_but_Bao_Hung_of_which_it_is_open()
    {
        OldCommunes.Where(u => u.Successors.Count != 1).ShouldHaveSingleItem().ShouldBe(Old("04561"));
        var open = Places.Units.Where(u => u.SuccessorOpen).ShouldHaveSingleItem();
        open.ShortName.ShouldBe("Bảo Hưng");
        open.Successors.Select(s => Places.Get(s)!.Name).ShouldBe(["Phường Âu Lâu", "Xã Trấn Yên"]);
        open.Note.ShouldNotBeNull();
        OldCommunes.SelectMany(u => u.Successors).Distinct().Count().ShouldBe(51);
        Places.PredecessorsOf("04663@2025-07-01").Select(u => u.Code).ShouldBe(["04285", "04294", "04624", "04663"]);
    }

    [Theory]
    [InlineData("15", "Tỉnh Yên Bái", "Tỉnh Lào Cai")]
    [InlineData("04606", "Xã Pá Hu", "Xã Trạm Tấu")]
    [InlineData("04345", "Xã Vĩnh Lạc", "Xã Mường Lai")]
    [InlineData("04429", "Xã Đại Sơn", "Xã Tân Hợp")]
    [InlineData("04663", "Xã Phù Nham", "Phường Trung Tâm")]
    public void A_code_means_another_place_from_July_2025(string code, string before, string after)
    {
        Places.Resolve(code, new(2025, 6, 30))!.Name.ShouldBe(before);
        Places.Resolve(code, new(2025, 7, 1))!.Name.ShouldBe(after);
        Places.Resolve(code + "@2021-06-01", In2026)!.Name.ShouldBe(before);
        Places.Resolve(code + "@2025-07-01", In2021)!.Name.ShouldBe(after);
    }

    [Fact]
    public void Of_the_51_codes_used_again_22_bear_another_name() =>
        // 23 in the spelling of the statistics office; Mù Cang Chải is written here as the province writes it.
        NewCommunes.Count(u => Old(u.Code) is { } old && old.ShortName != u.ShortName).ShouldBe(22);

    [Fact]
    public void Codes_hold_backwards_and_an_ended_unit_keeps_its_code()
    {
        Places.Resolve("04600", new(2011, 1, 1)).ShouldBe(Old("04600"));
        Places.Resolve("15@1999-01-01", In2026)!.Id.ShouldBe(YenBai);
        Places.Resolve("138", In2026).ShouldBe(Old("138"));
        Places.Resolve("04600", In2026).ShouldBe(Old("04600"));
        Places.In(Level.Commune, new(2011, 1, 1)).Count.ShouldBe(173);
    }

    [Theory]
    [InlineData("134")]
    [InlineData("")]
    [InlineData("15@")]
    [InlineData("15@2021-6-1")]
    [InlineData("Yên Bái")]
    public void What_is_no_code_names_no_place(string text) => Places.Resolve(text, In2021).ShouldBeNull();

    [Theory]
    [InlineData("04630", "137,140")]
    [InlineData("04450", "136,140")]
    [InlineData("04660", "133,140")]
    [InlineData("04288", "133,140")]
    [InlineData("04279", "132,141")]
    [InlineData("04273", "132,138")]
    [InlineData("04543", "132,138")]
    public void Seven_new_communes_straddle_old_districts(string code, string districts)
    {
        string.Join(',', Places.OldDistrictsOf(New(code).Id).Select(d => d.Code)).ShouldBe(districts);
        NewCommunes.Count(u => Places.OldDistrictsOf(u.Id).Count > 1).ShouldBe(7);
    }

    [Fact]
    public void Ten_townships_turned_rural_and_nineteen_communes_urban()
    {
        var certain = OldCommunes.Where(u => !u.SuccessorOpen).Select(u => (u.Area, After: Places.Get(u.Successors[0])!.Area)).ToList();
        certain.Count(x => x is (Area.Urban, Area.Rural)).ShouldBe(10);
        certain.Count(x => x is (Area.Rural, Area.Urban)).ShouldBe(19);
        Places.Units.ShouldAllBe(u => u.Level == Level.Commune == u.Area.HasValue);
    }

    [Fact]
    public void What_ended_belongs_to_what_took_it_over()
    {
        Places.Within(LaoCai).Count.ShouldBe(Places.Units.Count);
        Places.IsWithin(YenBai, LaoCai).ShouldBeTrue();
        Places.IsWithin("04600@2020-02-01", "04606@2025-07-01").ShouldBeTrue();
        Places.IsWithin("04600@2020-02-01", "139@2020-02-01").ShouldBeTrue();
        Places.IsWithin("139@2020-02-01", LaoCai).ShouldBeTrue();
        NewCommunes.ShouldAllBe(u => !Places.IsWithin("139@2020-02-01", u.Id));
    }

    [Fact]
    public void What_came_later_does_not_belong_to_what_ended()
    {
        Places.Within(YenBai).Count.ShouldBe(1 + 9 + 173);
        Places.IsWithin("04606@2025-07-01", "139@2020-02-01").ShouldBeFalse();
        Places.IsWithin(LaoCai, YenBai).ShouldBeFalse();
        Places.IsWithin("nowhere", LaoCai).ShouldBeFalse();
        Places.Within("nowhere").ShouldBeEmpty();
    }

    [Fact]
    public void Of_an_open_successor_holds_what_holds_for_every_candidate()
    {
        Places.IsWithin("04561@2020-02-01", LaoCai).ShouldBeTrue();
        NewCommunes.ShouldAllBe(u => !Places.IsWithin("04561@2020-02-01", u.Id));
        Places.PredecessorsOf("04543@2025-07-01").ShouldContain(Old("04561"));
    }

    [Fact]
    public void A_report_can_be_cut_by_the_places_of_any_date()
    {
        Places.At("04600@2020-02-01", Level.Commune, In2026).ShouldBe(New("04606"));
        Places.At("04600@2020-02-01", Level.District, In2021).ShouldBe(Old("139"));
        Places.At("04606@2025-07-01", Level.District, In2021).ShouldBeNull();
        Places.At("139@2020-02-01", Level.Province, In2026)!.Id.ShouldBe(LaoCai);
        Places.At("04561@2020-02-01", Level.Commune, In2026).ShouldBeNull();
    }

    [Fact]
    public void The_map_has_nine_tiles_no_two_in_one_place()
    {
        Places.Tiles.Select(t => t.UnitId).ShouldBe(Places.In(Level.District, In2021).Select(u => u.Id), ignoreOrder: true);
        Places.Tiles.Select(t => (t.Column, t.Row)).ShouldBeUnique();
        Places.Tiles.MinBy(t => t.Column)!.UnitId.ShouldBe("137@2020-02-01");
    }

    [Fact]
    public void All_text_is_composed() =>
        Places.Units.ShouldAllBe(u => (u.Name + u.Note + u.Source).IsNormalized(NormalizationForm.FormC));

    [Fact]
    public void Units_that_contradict_each_other_are_refused()
    {
        var units = Places.Units.ToList();
        Should.Throw<ArgumentException>(() => new PlaceCatalog(units.Where(u => u.Id != LaoCai)));
        Should.Throw<ArgumentException>(() => new PlaceCatalog(units.Select(u => u.Code == "15" ? u with { Until = null } : u)));
        Should.Throw<ArgumentException>(() => new PlaceCatalog(units, [new UnitAlias("nowhere", "x")]));
    }
}
