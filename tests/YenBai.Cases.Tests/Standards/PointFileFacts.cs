using System.Text;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Tests.Standards;

public sealed class PointFileFacts
{
    private const string Header = "standard,form,score,item,option,points\n", Form = "2022-2025,TT07-2021 PL3-PL4";

    private static PointsRead Read(string rows, string header = Header) => PointFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(header + rows)));

    [Fact]
    public void Given_the_points_of_a_form_then_its_table_prices_the_answers()
    {
        var read = Read($"{Form},a,nhà ở,kiên cố,40\n{Form},a,nhà ở,đơn sơ,10.5\n{Form},b,nước,không có,10\n{Form},b,nước,có,0\n");

        read.Problems.ShouldBeEmpty();
        var table = read.Tables.ShouldHaveSingleItem();
        var chosen = new Dictionary<string, string> { ["nhà ở"] = "đơn sơ", ["nước"] = "không có" };
        (table.Total(FormScore.A, chosen), table.Total(FormScore.B, chosen)).ShouldBe((10.5m, 10m));
    }

    [Theory]
    [InlineData(",F,a,x,y,1\n", "standard", "missing")]
    [InlineData("1999,F,a,x,y,1\n", "standard", "unknown_standard")]
    [InlineData("2022-2025,F,a,x,y,1\n", "form", "unknown_form")]
    [InlineData(Form + ",c,x,y,1\n", "score", "unknown_score")]
    [InlineData(Form + ",a,x,y,nhiều\n", "points", "not_a_number")]
    [InlineData(Form + ",a,x,y,1\n" + Form + ",a,x,y,2\n", "option", "duplicate")]
    [InlineData(Form + ",a,x,y,1\n" + Form + ",b,x,z,2\n", "score", "two_scores")]
    [InlineData("", "", "no_rows")]
    public void Given_a_row_that_cannot_be_taken_then_nothing_of_the_file_is(string rows, string column, string reason)
    {
        var read = Read(Form + ",a,tốt,có,5\n" + rows);
        if (rows == "") read = Read("");

        read.Tables.ShouldBeEmpty();
        (read.Problems[^1].Column, read.Problems[^1].Reason).ShouldBe((column, reason));
    }

    [Fact]
    public void Given_a_file_without_a_column_then_it_is_named() =>
        Read("2022-2025,F,x,y,1\n", "standard,form,item,option,points\n").Problems.ShouldBe([new PointProblem(1, "score", null, "missing_column")]);

    [Fact]
    public void Given_a_standard_without_a_published_form_then_any_form_may_come_with_its_points() =>
        Read("2027-2030,Phiếu mới,a,x,y,1\n").Tables.ShouldHaveSingleItem().Form.ShouldBe("Phiếu mới");
}
