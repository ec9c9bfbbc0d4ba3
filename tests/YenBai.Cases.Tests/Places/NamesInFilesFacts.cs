using System.Text;
using YenBai.Cases.Places;

namespace YenBai.Cases.Tests.Places;

public class NamesInFilesFacts
{
    static readonly PlaceCatalog Places = PlaceCatalog.Default;
    static readonly DateOnly In2021 = new(2021, 6, 1);
    static readonly DateOnly In2026 = new(2026, 1, 15);

    [Theory]
    [InlineData("Yen Bai", "132")]
    [InlineData("Yen Bai city", "132")]
    [InlineData("TP. Yên Bái", "132")]
    [InlineData("T.P Yên Bái", "132")]
    [InlineData("thành phố yên bái", "132")]
    [InlineData("TX Nghĩa Lộ", "133")]
    [InlineData("nghia-lo", "133")]
    [InlineData("H.Văn Yên", "136")]
    [InlineData("  HUYEN   VAN YEN ", "136")]
    [InlineData("VanYen", "136")]
    [InlineData("Van Yen district", "136")]
    [InlineData("Mù Căng Chải", "137")]
    [InlineData("Mu Cang Chai", "137")]
    [InlineData("Tram Tau", "139")]
    [InlineData("Yen Binh", "141")]
    [InlineData("Huyện Nghĩa Lộ", "133")] // the wrong kind of district
    [InlineData("138", "138")]
    public void A_district_is_found_in_all_its_spellings(string text, string code)
    {
        foreach (var spelling in new[] { text, text.Normalize(NormalizationForm.FormD) })
        {
            Places.ResolveInFile(spelling, In2021)!.Id.ShouldBe(code + "@2020-02-01");
            Places.ResolveInFile(spelling, In2021, Level.District)!.Code.ShouldBe(code);
            Places.ResolveInFile(spelling, new(2012, 1, 1), Level.District)!.Code.ShouldBe(code);
            Places.ResolveInFile(spelling, In2026, Level.District)!.Code.ShouldBe(code);
        }
    }

    [Fact]
    public void Every_full_name_finds_its_unit()
    {
        foreach (var unit in Places.Units.Where(u => u.Level != Level.Province))
            foreach (var text in new[] { unit.Name, unit.Name.Normalize(NormalizationForm.FormD).ToUpperInvariant() })
                Places.ResolveInFile(text, unit.From, unit.Level, Places.DistrictOf(unit.Id)?.Id).ShouldBe(unit);
    }

    [Theory]
    [InlineData("Xà Hồ", "04594")]
    [InlineData("xa Xa Ho", "04594")]
    [InlineData("Hát Lừu", "04618")]
    [InlineData("Xã Tà Xi Láng", "04603")]
    [InlineData("De Xu Phinh", "04486")]
    [InlineData("Khánh Hòa", "04342")]
    [InlineData("TT. Mậu A", "04375")]
    [InlineData("TT Liên Sơn", "04621")]
    [InlineData("P.Yên Ninh", "04252")]
    [InlineData("Xã Minh Quán", "04516")]
    [InlineData("Minh Quân", "04567")]
    [InlineData("Thị trấn Trạm Tấu", "04585")]
    [InlineData("xã Trạm Tấu", "04600")]
    [InlineData("Phường Trung Tâm", "04285")]
    [InlineData("Xã Trung Tâm", "04372")]
    [InlineData("4606", "04606")]
    public void A_commune_is_found_in_all_its_spellings(string text, string code) =>
        Places.ResolveInFile(text, In2021, Level.Commune)!.Id.ShouldBe(code + "@2020-02-01");

    [Fact]
    public void An_ambiguous_name_needs_its_district()
    {
        Places.ResolveInFile("Tân Thịnh", In2021).ShouldBeNull();
        Places.ResolveInFile("Tân Thịnh", In2021, within: "132@2020-02-01")!.Code.ShouldBe("04279");
        Places.ResolveInFile("Tân Thịnh", In2021, within: "140@2020-02-01")!.Code.ShouldBe("04696");
        Places.ResolveInFile("Tân Thịnh", In2021, within: "139@2020-02-01").ShouldBeNull();
        Places.ResolveInFile("Minh Quan", In2021, within: "138@2020-02-01").ShouldBeNull();
        Places.ResolveInFile("Yên Bình", In2021, Level.Commune).ShouldBeNull();
    }

    [Fact]
    public void A_name_is_that_of_its_day()
    {
        Places.ResolveInFile("Xã Trạm Tấu", In2026)!.Id.ShouldBe("04606@2025-07-01");
        Places.ResolveInFile("Thị trấn Trạm Tấu", In2026)!.Id.ShouldBe("04585@2020-02-01");
        Places.ResolveInFile("Túc Đán", In2026)!.Id.ShouldBe("04588@2020-02-01");
        Places.ResolveInFile("Xã Hạnh Phúc", In2021).ShouldBeNull();
        Places.ResolveInFile("Tú Lệ", In2026, Level.Commune, within: "137@2020-02-01")!.Id.ShouldBe("04630@2025-07-01");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Huyện")]
    [InlineData("999")]
    [InlineData("Sa Pa")]
    [InlineData("\uD800")]
    public void What_is_no_place_is_none(string text) => Places.ResolveInFile(text, In2021).ShouldBeNull();

    [Fact]
    public void The_level_expected_is_kept()
    {
        Places.ResolveInFile("04606", In2021, Level.District).ShouldBeNull();
        Places.ResolveInFile("Yên Bái", In2021, Level.Province)!.Code.ShouldBe("15");
        Places.ResolveInFile("tỉnh Yên Bái", In2021)!.Level.ShouldBe(Level.Province);
    }
}
