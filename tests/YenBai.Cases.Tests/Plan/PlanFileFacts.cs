using System.Text;
using YenBai.Cases.Plan;

namespace YenBai.Cases.Tests.Plan;

public class PlanFileFacts
{
    private const string Header = "year,number,date,standard,from,through,plan_source,unit_code,measure,comparator,value,head,source\n";
    private const string Plan2022 = "2022,31-KH/TU,2022-01-20,2022-2025,2022-01-01,2022-12-31,Kế hoạch 31,";

    private static PlanRead Read(string text) => PlanFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static (int, string, string) Problem(string rows) =>
        Read(Header + rows).Problems.ShouldHaveSingleItem() is var p ? (p.Line, p.Column, p.Reason) : default;

    [Fact]
    public void A_plan_of_any_year_is_read_from_the_same_columns()
    {
        var plan = Read(Header + Plan2022 + "15,voluntary_exits,more_than,300,Bí thư Tỉnh uỷ,Điều 1\n,,,,,,,04375@2021-06-01,end_rate_percent,at_most,2.5,Chủ tịch UBND,Điều 2\n").Plan!;

        (plan.Year, plan.Standard).ShouldBe((2022, "2022-2025"));
        plan.Targets.ShouldBe([
            new("15@2020-02-01", Measure.VoluntaryExits, Comparator.MoreThan, 300, "Bí thư Tỉnh uỷ", "Điều 1"),
            new("04375@2020-02-01", Measure.EndRatePercent, Comparator.AtMost, 2.5m, "Chủ tịch UBND", "Điều 2"),
        ]);
    }

    [Fact]
    public void A_unit_is_the_one_of_that_code_on_the_last_day_of_the_plan() =>
        Read(Header + "2026,1,2026-01-02,2022-2025,2026-01-01,2026-12-31,x,15,voluntary_exits,at_least,1,h,s\n")
            .Plan!.Targets[0].UnitId.ShouldBe("15@2025-07-01");

    [Theory]
    [InlineData("999,voluntary_exits,at_least,1,h,s", "unit_code", "unknown_unit")]
    [InlineData("15,exits,at_least,1,h,s", "measure", "unknown_measure")]
    [InlineData("15,voluntary_exits,=,1,h,s", "comparator", "unknown_comparator")]
    [InlineData("15,voluntary_exits,at_least,1.5,h,s", "value", "not_whole")]
    [InlineData("15,voluntary_exits,at_least,-1,h,s", "value", "not_a_number")]
    [InlineData("15,net_reduction_points,at_least,205,h,s", "value", "out_of_range")]
    [InlineData("15,net_reduction_points,at_least,\"2,0,5\",h,s", "value", "not_a_number")]
    [InlineData("15,voluntary_exits,at_least,1,,s", "head", "missing")]
    [InlineData("15,voluntary_exits,at_least,,h,s", "value", "missing")]
    public void What_is_wrong_is_told_with_line_column_and_reason(string row, string column, string reason) =>
        Problem(Plan2022 + row + "\n").ShouldBe((2, column, reason));

    [Theory]
    [InlineData("22,a,2022-01-20,2022-2025,2022-01-01,2022-12-31,x", "year", "not_a_year")]
    [InlineData("2022,a,20/13/2022,2022-2025,2022-01-01,2022-12-31,x", "date", "not_a_date")]
    [InlineData("2022,a,2022-01-20,2021-2025,2022-01-01,2022-12-31,x", "standard", "unknown_standard")]
    [InlineData("2022,a,2022-01-20,2022-2025,2022-01-01,2021-12-31,x", "through", "ends_before_it_begins")]
    [InlineData("2022,,2022-01-20,2022-2025,2022-01-01,2022-12-31,x", "number", "missing")]
    public void So_are_the_columns_of_the_plan(string plan, string column, string reason) =>
        Problem(plan + ",15,voluntary_exits,at_least,1,h,s\n").ShouldBe((2, column, reason));

    [Fact]
    public void One_target_stands_once() =>
        Problem(Plan2022 + "15,voluntary_exits,at_least,1,h,s\n,,,,,,,15,voluntary_exits,at_least,2,h,s\n").ShouldBe((3, "measure", "duplicate"));

    [Fact]
    public void One_file_holds_one_plan() =>
        Problem(Plan2022 + "15,voluntary_exits,at_least,1,h,s\n2023,,,,,,,132,voluntary_exits,at_least,2,h,s\n").ShouldBe((3, "year", "plan_differs"));

    [Fact]
    public void A_plan_with_a_problem_is_not_taken_in_part() =>
        Read(Header + Plan2022 + "15,voluntary_exits,at_least,1,h,s\n,,,,,,,999,voluntary_exits,at_least,2,h,s\n").Plan.ShouldBeNull();

    [Fact]
    public void An_empty_file_and_a_file_of_something_else_are_refused()
    {
        Read(Header).Problems.ShouldBe([new(1, "", null, "no_rows")]);
        Read("unit_code,on,households\n").Problems.Select(p => p.Reason).Distinct().ShouldBe(["missing_column"]);
        Read("").Plan.ShouldBeNull();
    }

    [Fact]
    public void A_workbook_is_read_like_a_text_file_and_lines_are_counted_as_in_the_sheet()
    {
        var directory = Directory.CreateTempSubdirectory("plan-");
        try
        {
            var path = Path.Combine(directory.FullName, "plan.xlsx");
            MiniExcelLibs.MiniExcel.SaveAs(path, new[]
            {
                Target(15, "voluntary_exits", 300, new DateTime(2022, 1, 20)),
                Target(136, "end_rate_percent", 2.5, null),
                Target(999, "end_rate_percent", 2.5, null),
            });

            ReadFile(path).Problems.ShouldBe([new(4, "unit_code", "999", "unknown_unit")]);
            File.Delete(path);
            MiniExcelLibs.MiniExcel.SaveAs(path, new[] { Target(15, "voluntary_exits", 12000, new DateTime(2022, 1, 20)), Target(136, "end_rate_percent", 2.5, null) });
            var plan = ReadFile(path).Plan!;
            plan.Date.ShouldBe(new(2022, 1, 20));
            plan.Targets.Select(t => (t.Measure, t.Value, t.Head)).ShouldBe([(Measure.VoluntaryExits, 12000, "Bí thư; \"Tỉnh\" uỷ"), (Measure.EndRatePercent, 2.5m, "Bí thư; \"Tỉnh\" uỷ")]);

            File.WriteAllBytes(path, [0xD0, 0xCF, 0x11, 0xE0, .. new byte[600]]);
            Should.Throw<Cases.Import.UnreadableFileException>(() => ReadFile(path)).Code.ShouldBe("workbook_old_or_locked");
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        static PlanRead ReadFile(string path)
        {
            using var text = Cases.Import.WorkbookText.Open(path);
            return PlanFile.Read(text);
        }

        static object Target(int unit, string measure, double value, DateTime? date) => new
        {
            year = date is null ? "" : "2022",
            number = date is null ? "" : "31-KH/TU",
            date,
            standard = date is null ? "" : "2022-2025",
            from = date is null ? "" : "01/01/2022",
            through = date is null ? "" : "31/12/2022",
            plan_source = date is null ? "" : "x",
            unit_code = unit,
            measure,
            comparator = "at_least",
            value,
            head = "Bí thư; \"Tỉnh\" uỷ",
            source = "Điều 1",
        };
    }

    [Theory, InlineData(';'), InlineData('\t')]
    public void Columns_may_be_parted_as_a_spreadsheet_does(char separator) =>
        Read((Header + Plan2022 + "15,end_rate_percent,at_least,2.5,h,s\n").Replace("2.5", "2;5").Replace(',', separator).Replace("2;5", "2,5")).Plan!.Targets.ShouldHaveSingleItem().Value.ShouldBe(2.5m);
}
