using YenBai.Cases.Places;

namespace YenBai.Cases.Tests.Places;

public class PlaceMarkFacts
{
    const string Header = "unit_code,mark,from,until,source\n";

    static PlaceMarksRead Read(string text) => PlaceMarks.Read(new StringReader(text));

    [Fact]
    public void Two_districts_are_known_to_be_poor()
    {
        PlaceMarks.Default.Select(m => m.UnitId).ShouldBe(["139@2020-02-01", "137@2020-02-01"]);
        PlaceMarks.Default.ShouldAllBe(m => m.Kind == MarkKind.PoorDistrict && m.HoldsOn(new(2021, 6, 1)) && m.Source != "");
    }

    [Fact]
    public void A_file_of_marks_is_read()
    {
        var read = Read("\uFEFF" + Header + "04606 , especially_difficult,2021-01-01,2025-12-31,\"QĐ 861\"\n04606@2025-07-01,especially_difficult_hamlets,2021-01-01,,QĐ\n");
        read.Problems.ShouldBeEmpty();
        read.Marks.ShouldBe([
            new("04606@2020-02-01", MarkKind.EspeciallyDifficult, new(2021, 1, 1), new(2025, 12, 31), "QĐ 861"),
            new("04606@2025-07-01", MarkKind.EspeciallyDifficultHamlets, new(2021, 1, 1), null, "QĐ"),
        ]);
    }

    [Theory]
    [InlineData("99999,especially_difficult,2021-01-01,,x", "unit_code", "unknown_unit")]
    [InlineData("04606,nice,2021-01-01,,x", "mark", "unknown_mark")]
    [InlineData("04606,poor_district,2021-01-01,,x", "unit_code", "wrong_level")]
    [InlineData("04606,especially_difficult,1/13/2021,,x", "from", "not_a_date")]
    [InlineData("04606,especially_difficult,2021-01-01,2020-01-01,x", "until", "ends_before_it_begins")]
    [InlineData("04606,especially_difficult,2021-01-01,,", "source", "missing")]
    [InlineData("04606,especially_difficult", "from", "missing")]
    [InlineData("04606,especially_difficult,2021-01-01,,\"x", "", "unreadable")]
    public void What_is_wrong_with_a_line_is_said_and_the_others_are_taken(string line, string column, string reason)
    {
        var read = Read($"{Header}139,poor_district,2021-01-01,,x\n{line}\n137,poor_district,2021-01-01,,x\n");
        read.Marks.Count.ShouldBe(2);
        read.Problems.ShouldContain(p => p.Line == 3 && p.Column == column && p.Reason == reason);
    }

    [Fact]
    public void A_file_without_its_columns_says_which() =>
        Read("unit_code,mark\n139,poor_district\n").Problems.Select(p => p.Column).ShouldBe(["from", "until", "source"]);
}
