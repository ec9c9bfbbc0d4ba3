using System.Text;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Places;

namespace YenBai.Cases.Tests.Import;

/// <summary>Cells and headings as offices write them, each read in one way or refused.</summary>
public sealed class OfficeCellFacts : IDisposable
{
    private const string Header = "Mã hộ,Mã xã,\"Thôn, bản\",Họ và tên chủ hộ,Năm sinh,Số CCCD,Số điện thoại,Dân tộc,Số khẩu,Phân loại hộ,Từ ngày,Điểm A";

    private readonly string directory = Directory.CreateTempSubdirectory("cells-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(directory, $"{Guid.NewGuid():N}.csv");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private string Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    private List<HouseholdChange> Read(string text)
    {
        var file = new SourceFile(Write(text));
        IHouseholdFile rows = new RegisterFile(file, PlaceCatalog.Default, new(2023, 12, 31), new(2024, 6, 15));
        using var groups = new HouseholdGroups(file, rows.KeyColumn, default);
        return [.. groups.Read().Select(g => rows.Decide(g, Household.Nobody(Ids.Household(g.Code)), DateTimeOffset.UnixEpoch))];
    }

    private HouseholdChange One(string name = "Lò Văn Thử", string year = "1980", string number = "", string phone = "", string people = "Tày", string members = "4", string since = "", string score = "") =>
        Read($"{Header}\nH1,04375,Bản Một,{name},{year},{number},{phone},{people},{members},Hộ nghèo,{since},{score}\n").ShouldHaveSingleItem();

    private UnreadableFileException Wrong(byte[] bytes) => Should.Throw<UnreadableFileException>(() => new SourceFile(Write(bytes)));

    [Theory]
    [InlineData("15/12/2022 14:30"), InlineData("15/12/2022 2:30:00 PM"), InlineData("2022-12-15T14:30:00"), InlineData("44910.604"), InlineData("44910"), InlineData("'15/12/2022"), InlineData("15.12.2022")]
    [InlineData("Ngày 15 tháng 12 năm 2022"), InlineData("15 tháng 12 năm 2022"), InlineData("１５/１２/２０２２")]
    public void A_day_is_read_with_the_time_that_a_spreadsheet_shows_beside_it(string written)
    {
        var change = One(since: written);

        change.Problems.ShouldBeEmpty();
        change.Events.OfType<ListedPoor>().Single().On.ShouldBe(new(2022, 12, 15));
    }

    [Theory]
    [InlineData("31/02/2022"), InlineData("29/02/2021"), InlineData("1/3/21"), InlineData("12/15/2022"), InlineData("12/2022"), InlineData("2022"), InlineData("15/12/2022 25:30"), InlineData("15-Dec-2022")]
    public void What_is_no_day_is_refused(string written) => One(since: written).Problems.Select(p => p.Reason).ShouldBe(["not_a_date"]);

    [Theory]
    [InlineData("1980", 1980), InlineData("12/3/1981", 1981), InlineData("29657", 1981), InlineData("1983.0", 1983), InlineData("3/1985", 1985), InlineData("tháng 3/1985", 1985), InlineData("'1987", 1987)]
    [InlineData("12/03/1981 00:00:00", 1981)]
    public void A_year_of_birth_is_taken_out_of_what_a_list_has(string written, int year) => One(year: written).Head!.BirthYear.ShouldBe(year);

    [Theory, InlineData("80"), InlineData("12/3/81"), InlineData("1.986"), InlineData("khoảng 1989"), InlineData("13/1985")]
    public void A_year_that_is_none_is_refused(string written) => One(year: written).Problems.Select(p => p.Reason).ShouldBe(["not_a_year"]);

    [Theory]
    [InlineData("15075000133.0", "015075000133", "zero_restored")]
    [InlineData("015075000133.00", "015075000133", null)]
    [InlineData("60123458", "060123458", "zero_restored")]
    [InlineData("CCCD 015075000130", "015075000130", null)]
    [InlineData("Số CMND: 060123457", "060123457", null)]
    [InlineData("không có", null, "id_number_none")]
    [InlineData("015\u00A0075\u00A0000\u00A0131", "015075000131", null)]
    public void An_identity_number_has_no_digit_that_was_not_written(string written, string? kept, string? remark)
    {
        var change = One(number: written);

        change.Problems.ShouldBeEmpty();
        change.Head!.IdNumber.ShouldBe(kept);
        change.Remarks.Select(r => r.Reason).ShouldBe(remark is null ? [] : [remark]);
    }

    [Fact]
    public void An_identity_number_with_a_fraction_is_refused() => One(number: "0.15").Problems.Select(p => p.Reason).ShouldBe(["digits_lost"]);

    [Theory]
    [InlineData("912345678.0", "0912345678", "zero_restored")]
    [InlineData("0912.345.678", "0912345678", null)]
    [InlineData("không", null, "phone_none")]
    [InlineData("-", null, "phone_none")]
    [InlineData("0912345678 (con)", "0912345678 (con)", null)]
    public void A_phone_number_is_kept_as_its_digits(string written, string? kept, string? remark)
    {
        var change = One(phone: written);

        change.Head!.Phone.ShouldBe(kept);
        change.Remarks.Select(r => r.Reason).ShouldBe(remark is null ? [] : [remark]);
    }

    [Fact]
    public void A_break_of_lines_in_a_cell_is_a_blank_and_costs_no_row()
    {
        var changes = Read($"{Header}\r\nH1,04375,\"Bản\r\nMột\",\"Giàng \"\"A\"\"\nMẫu\",1980,,,,4,Hộ nghèo,,\r\nH2,04375,Bản Hai,Lò Văn Thử,1980,,,,4,Hộ nghèo,,\r\n");

        changes.ShouldAllBe(c => c.Problems.Count == 0);
        changes.Select(c => (c.Events.OfType<HouseholdRegistered>().Single().Hamlet, c.Head!.Name)).ShouldBe([("Bản Một", "Giàng \"A\" Mẫu"), ("Bản Hai", "Lò Văn Thử")]);
    }

    [Theory]
    [InlineData("H1,04375,\"Bản Một,Lò Văn Thử,1980,,,,4,Hộ nghèo,,")]
    [InlineData("H1,04375,\"Bản\nMột\" cũ,Lò Văn Thử,1980,,,,4,Hộ nghèo,,")]
    public void A_mark_that_is_not_closed_costs_its_own_line(string row)
    {
        var changes = Read($"{Header}\n{row}\nH2,04375,Bản Hai,Lò Văn Thử,1980,,,,4,Hộ nghèo,,\n");

        changes.Where(c => c.Problems.Count == 0).ShouldHaveSingleItem().Events.OfType<HouseholdRegistered>().Single().Code.ShouldBe("H2");
    }

    [Fact]
    public void Of_a_row_that_cannot_be_read_for_sure_that_alone_is_said() =>
        Read($"{Header}\nH1,04375,Bản Một, cụm 2,Giàng A Mẫu,1980,,,,4,Hộ nghèo,,\n").ShouldHaveSingleItem().Problems.Select(p => p.Reason).ShouldBe(["more_fields_than_headings"]);

    [Fact]
    public void A_heading_that_is_not_read_may_stand_twice()
    {
        var change = Read($"{Header},Ghi chú,Ghi chú,Lương,Lương\nH1,04375,Bản Một,Lò Văn Thử,1980,,,,4,Hộ nghèo,,,a,b,1,2\n").ShouldHaveSingleItem();

        change.Problems.ShouldBeEmpty();
        change.Head!.Name.ShouldBe("Lò Văn Thử");
        foreach (var twice in new[] { "Số khẩu", "members", "Họ tên chủ hộ" })
            Wrong(Encoding.UTF8.GetBytes($"{Header},{twice}\n")).Code.ShouldBe("heading_twice");
        Wrong(Encoding.UTF8.GetBytes("Mã hộ,Mã xã,Hộ nghèo,Hộ nghèo\n")).Code.ShouldBe("heading_twice");
        Wrong(Encoding.UTF8.GetBytes("Mã hộ,Mã thoả thuận,Số điều kiện,Kết quả,Ngày,Ghi chú,Ghi chú\n")).Code.ShouldBe("heading_twice");
    }

    [Theory]
    [InlineData("Mã hộ,Mã xã,Phân loại hộ\nH1,04375,Hộ nghèo\n", "file_not_utf8")]
    [InlineData("household_code,commune_code,class,Họ tên\nH1,04375,poor,A\n", "file_not_utf8")]
    public void Bytes_of_another_code_page_are_never_shown_as_headings(string text, string reason) => Wrong(Encoding.Latin1.GetBytes(text.Replace('ã', '\u00E3').Replace('ọ', '\u00F6').Replace('ộ', '\u00F6'))).Code.ShouldBe(reason);

    [Fact]
    public void Bytes_that_are_no_text_are_never_shown()
    {
        var dice = new Random(7);
        for (var i = 0; i < 50; i++)
        {
            var bytes = new byte[5000];
            dice.NextBytes(bytes);
            var wrong = Wrong(bytes);
            new Reasons().Text(wrong.Code, wrong.Details).ShouldNotContain('\uFFFD');
        }
    }

    [Theory]
    [InlineData("M· hé,M· x·,Ph©n lo¹i hé\nH1,04375,x\n", "letters_tcvn3")]
    [InlineData("ID;PWXL;N;E\nC;Y1;X1;K\"Mã hộ\"\nE\n", "file_is_no_table")]
    [InlineData("TABLE\r\n0,1\r\n\"EXCEL\"\r\n", "file_is_no_table")]
    public void Files_of_another_kind_are_called_what_they_are(string text, string reason) => Wrong(Encoding.UTF8.GetBytes(text)).Code.ShouldBe(reason);

    [Fact]
    public void An_unknown_kind_says_which_line_was_looked_at_and_how_far()
    {
        var wrong = Wrong(Encoding.UTF8.GetBytes("\n\nBẢNG LƯƠNG,,\nTT,Họ,Lương\n"));

        wrong.Code.ShouldBe("unknown_kind");
        wrong.Details.ShouldBe(["bảng lương", 3, 15]);
    }

    [Theory, InlineData(15, true), InlineData(16, false)]
    public void Titles_of_fifteen_rows_may_stand_above_the_headings(int rows, bool read)
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, rows).Select(i => $"dòng {i}\n")) + Header + "\n");

        if (read) new SourceFile(Write(text)).Kind.ShouldBe(FileKind.Register);
        else Wrong(text).Code.ShouldBe("unknown_kind");
    }

    [Theory, InlineData("{0}"), InlineData("sep=|\n{0}")]
    public void Columns_may_be_parted_by_upright_strokes(string shape) =>
        Read(string.Format(shape, "Mã hộ|Mã xã|Phân loại hộ\nH1|04375|Hộ nghèo\n")).ShouldHaveSingleItem().Problems.ShouldBeEmpty();

    [Fact]
    public void A_register_of_a_former_standard_is_taken()
    {
        var change = Read("Mã hộ,Mã xã,Phân loại hộ,Chuẩn nghèo,Từ ngày\nH1,04375,Hộ nghèo,2011 – 2015,15/12/2012\nH2,04375,Hộ nghèo,1993,\n");

        change[0].Events.OfType<ListedPoor>().Single().ShouldSatisfyAllConditions(l => l.Standard.ShouldBe("2011-2015"), l => l.On.ShouldBe(new(2012, 12, 15)));
        change[1].Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Reason.ShouldBe("unknown_standard"), p => ((string)p.Data[0]!).ShouldStartWith("2011-2015, 2016-2020"));
    }
}
