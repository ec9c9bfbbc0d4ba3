using System.IO.Compression;
using System.Text;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Places;

namespace YenBai.Cases.Tests.Import;

/// <summary>Registers as offices send them: what can be read is read, and what would be lost is refused.</summary>
public sealed class OfficeFileFacts : IDisposable
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Header = "household_code,commune_code,hamlet,head_name,head_id_number,phone,ethnicity,members,class,since,score_a";

    private readonly string directory = Directory.CreateTempSubdirectory("office-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private string Write(string text, Encoding? encoding = null)
    {
        var path = Path.Combine(directory, $"{Guid.NewGuid():N}.csv");
        File.WriteAllText(path, text, encoding ?? new UTF8Encoding(true));
        return path;
    }

    private string Workbook(string sheet, string properties = "", string firstState = "", string? hidden = null)
    {
        var path = Path.Combine(directory, $"{Guid.NewGuid():N}.xlsx");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Add("[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>""");
        Add("_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        Add("xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{properties}<sheets><sheet name="A" sheetId="1" {firstState} r:id="rId1"/><sheet name="B" sheetId="2" r:id="rId2"/></sheets></workbook>""");
        Add("xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>""");
        Add("xl/styles.xml", $"""<styleSheet xmlns="{Main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>""");
        Add("xl/worksheets/sheet1.xml", $"""<worksheet xmlns="{Main}">{hidden ?? sheet}</worksheet>""");
        Add("xl/worksheets/sheet2.xml", $"""<worksheet xmlns="{Main}">{(hidden is null ? "" : sheet)}</worksheet>""");
        return path;

        void Add(string name, string content)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(content);
        }
    }

    private static string Row(int row, params string?[] cells) =>
        $"""<row r="{row}">{string.Concat(cells.Select((c, i) => c is null ? "" : c[0] == '<' ? c.Replace("@", $"{(char)('A' + i)}{row}") : $"""<c r="{(char)('A' + i)}{row}" t="inlineStr"><is><t>{c}</t></is></c>"""))}</row>""";

    private static string Number(string value, int style = 0) => $"""<c r="@" s="{style}"><v>{value}</v></c>""";

    private static readonly string ShortHeader = Row(1, "household_code", "commune_code", "hamlet", "class", "since", "score_a");

    private List<HouseholdChange> Read(string path)
    {
        var file = new SourceFile(path);
        IHouseholdFile rows = new RegisterFile(file, PlaceCatalog.Default, new(2023, 12, 31), new(2024, 6, 15));
        using var groups = new HouseholdGroups(file, rows.KeyColumn, default);
        return [.. groups.Read().Select(g => rows.Decide(g, Household.Nobody(Ids.Household(g.Code)), DateTimeOffset.UnixEpoch))];
    }

    private static HouseholdRegistered Registered(HouseholdChange change)
    {
        change.Problems.ShouldBeEmpty();
        return change.Events.OfType<HouseholdRegistered>().Single();
    }

    private string WhyNot(string path) => Should.Throw<UnreadableFileException>(() => Read(path)).Code;

    [Theory]
    [InlineData("H1,04375,#N/A,,,,,4,poor,,", "cell_error")]
    [InlineData("H1,04375,,#REF!,,,,4,poor,,", "cell_error")]
    [InlineData("H1,04375,,Lò Văn Thử,1.5075E+10,,,4,poor,,", "digits_lost")]
    [InlineData("H1,04375,,Lò Văn Thử,,9.12E+08,,4,poor,,", "digits_lost")]
    [InlineData("1.5137E+16,04375,,Lò Văn Thử,,,,4,poor,,", "digits_lost")]
    [InlineData("H1,04375,Bản Một, cụm 2,Giàng A Mẫu,,,,4,poor,,", "more_fields_than_headings")]
    [InlineData("H1,04375,B¶n N­íc M¸t,NguyÔn V¨n MÉu,,,,4,poor,,", "letters_tcvn3")]
    public void What_would_be_kept_wrongly_is_refused(string row, string reason) =>
        Read(Write($"{Header}\n{row}\n")).ShouldHaveSingleItem().Problems.Select(p => p.Reason).ShouldContain(reason);

    [Theory]
    [InlineData("15075000123", "015075000123", "zero_restored")]
    [InlineData("015 175 000 456", "015175000456", null)]
    [InlineData("'015175000457", "015175000457", null)]
    [InlineData("060.123.456", "060123456", null)]
    [InlineData("99075000123", "99075000123", "id_number_unusual")]
    public void An_identity_number_is_kept_as_its_digits(string written, string kept, string? remark)
    {
        var change = Read(Write($"{Header}\nH1,04375,,Lò Văn Thử,{written},,,4,poor,,\n")).ShouldHaveSingleItem();

        change.Head!.IdNumber.ShouldBe(kept);
        change.Remarks.Select(r => r.Reason).ShouldBe(remark is null ? [] : [remark]);
    }

    [Fact]
    public void A_row_without_a_name_keeps_its_number()
    {
        var head = Read(Write($"{Header}\nH1,04375,,,015075000123,,,4,poor,,\n")).ShouldHaveSingleItem().Head.ShouldNotBeNull();

        (head.Name, head.IdNumber).ShouldBe((null, "015075000123"));
    }

    [Fact]
    public void One_household_is_one_however_its_code_is_written()
    {
        string[] written = ["YB-013", "yb-013", "YB–013", "YB\u2011013", "YB - 013", "YB-013\u200B", "ＹＢ-013"];

        written.Select(Ids.Household).Distinct().ShouldHaveSingleItem();
        Read(Write($"{Header}\n{string.Join('\n', written.Select(c => c + ",04375,,,,,,4,poor,,"))}\n")).ShouldHaveSingleItem()
            .Problems.Select(p => p.Reason).Distinct().ShouldBe(["household_claimed_twice"]);
    }

    [Theory]
    [InlineData("Kinh (Việt)", false, null)]
    [InlineData("Việt (Kinh)", false, null)]
    [InlineData("Dân tộc Kinh", false, null)]
    [InlineData("01", false, null)]
    [InlineData("1", false, null)]
    [InlineData("K", null, "ethnicity_unknown")]
    [InlineData("X", null, "ethnicity_unknown")]
    [InlineData("-", null, "ethnicity_unknown")]
    [InlineData("không", null, "ethnicity_unknown")]
    [InlineData("Không rõ", null, "ethnicity_unknown")]
    [InlineData("Mông trắng", true, null)]
    [InlineData("08", true, null)]
    public void An_ethnicity_is_read_as_lists_write_it(string written, bool? minority, string? remark)
    {
        var change = Read(Write($"{Header}\nH1,04375,,Lò Văn Thử,,,{written},4,poor,,\n")).ShouldHaveSingleItem();

        (Registered(change).Then?.EthnicMinority).ShouldBe(minority);
        change.Remarks.Select(r => r.Reason).ShouldBe(remark is null ? [] : [remark]);
    }

    [Theory]
    [InlineData("{0}\n{1}\n", ',')]
    [InlineData("SỔ HỘ NGHÈO\nNăm 2023\n\n{0}\n{1}\n", ',')]
    [InlineData("{0}\n{1}\n", ';')]
    [InlineData("sep=;\n{0}\n{1}\n", ';')]
    [InlineData("{0}\n{1}\n", '\t')]
    public void Vietnamese_headings_titles_and_separators_are_read(string shape, char separator)
    {
        string[] heading = ["Mã hộ", "Mã xã", "Thôn/bản", "Họ và tên chủ hộ", "Giới tính", "Số CCCD", "Số khẩu", "Phân loại hộ", "Điểm A"];
        string[] row = ["T11-1", "04375", "Bản Một", "Giàng A Mẫu", "Nam", "015075000123", "6", "Hộ nghèo", "95"];
        foreach (var encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode })
        {
            var change = Read(Write(string.Format(shape, string.Join(separator, heading), string.Join(separator, row)), encoding)).ShouldHaveSingleItem();
            (Registered(change).Members, Registered(change).Hamlet, change.Head!.Name).ShouldBe((6, "Bản Một", "Giàng A Mẫu"));
        }
    }

    [Fact]
    public void A_heading_twice_is_refused_and_an_unknown_one_is_named()
    {
        WhyNot(Write("household_code,commune_code,class,members,head_name,members\nT28-1,04375,poor,,Lò Văn Thử,5\n")).ShouldBe("heading_twice");
        WhyNot(Write("household_code,Mã hộ,commune_code,class\nT28-1,X,04375,poor\n")).ShouldBe("heading_twice");

        var file = new SourceFile(Write("household_code,commune_code,class,head name,since_date\nT28-2,04375,poor,Lò Văn Thử,2022-12-15\n"));
        _ = new RegisterFile(file, PlaceCatalog.Default, new(2023, 12, 31), new(2024, 6, 15));
        file.UnreadHeadings.ShouldBe(["head name", "since_date"]);
    }

    [Fact]
    public void Days_of_a_workbook_that_counts_from_1904_are_not_four_years_off()
    {
        // 15 December 2022 is day 44910 of the usual count.
        var rows = $"<sheetData>{ShortHeader}{Row(2, "H1", "04375", "Bản Một", "poor", Number("43448", 1))}{Row(3, "H2", "04375", "Bản Một", "poor", Number("43448"))}</sheetData>";

        Read(Workbook(rows, """<workbookPr date1904="1"/>""")).Select(c => Registered(c).On).ShouldBe([new(2022, 12, 15), new(2022, 12, 15)]);
    }

    [Fact]
    public void A_number_with_three_decimals_is_not_thousands()
    {
        var change = Read(Workbook($"<sheetData>{ShortHeader}{Row(2, "H1", "04375", "Bản Một", "poor", null, Number("12.345"))}</sheetData>")).ShouldHaveSingleItem();

        change.Problems.ShouldBeEmpty();
        change.Events.OfType<Assessed>().Single().ScoreA.ShouldBe(12.345m);
    }

    [Fact]
    public void Cells_merged_downwards_fill_the_hamlet_and_are_refused_elsewhere()
    {
        var rows = $"<sheetData>{ShortHeader}{Row(2, "H1", "04375", "Bản Một", "poor")}{Row(3, "H2", null, null, "poor")}{Row(4, "H3", null, null, "poor")}{Row(5, "H4", "04375", null, "poor")}</sheetData>";

        Read(Workbook(rows + """<mergeCells><mergeCell ref="B2:B4"/><mergeCell ref="C2:C4"/></mergeCells>""")).Select(c => Registered(c).Hamlet).ShouldBe(["Bản Một", "Bản Một", "Bản Một", null]);
        WhyNot(Workbook(rows + """<mergeCells><mergeCell ref="D2:D4"/></mergeCells>""")).ShouldBe("merged_cells");
    }

    [Fact]
    public void A_hidden_sheet_is_left_out_and_a_formula_without_its_value_is_refused()
    {
        var rows = $"<sheetData>{ShortHeader}{Row(2, "H1", "04375", "Bản Một", "poor")}</sheetData>";
        Read(Workbook(rows, "", "state=\"hidden\"", $"<sheetData>{Row(1, "Danh mục")}</sheetData>")).Select(c => Registered(c).Hamlet).ShouldBe(["Bản Một"]);

        WhyNot(Workbook($"""<sheetData>{ShortHeader}{Row(2, "H1", "04375", """<c r="@"><f>A1</f></c>""", "poor")}</sheetData>""")).ShouldBe("formula_without_value");
    }

    [Fact]
    public void A_list_with_two_heading_rows_sections_totals_and_signatures_is_read()
    {
        var changes = Read(Write("""
            UBND XÃ THỬ,,,,,,,,
            DANH SÁCH HỘ NGHÈO NĂM 2023,,,,,,,,
            TT,Mã hộ,Mã xã,Họ và tên chủ hộ,Năm sinh,,Số khẩu,Phân loại,
            ,,,,Nam,Nữ,,Hộ nghèo,Hộ cận nghèo
            1,2,3,4,5,6,7,8,9
            I,,,Bản Một,,,,,
            1,H1,04375,GIÀNG A MẪU,1975,,6,x,
            2,H2,04375,LÒ THỊ THỬ,,12/3/1981,3,,x
            II,,,Thôn Hai,,,,,
            3,H3,04375,SÙNG A THỬ,1990,,4,X,
            ,Tổng cộng,,3 hộ,,,13,2,1
            ,,,,"Xã Thử, ngày 31 tháng 12 năm 2023",,,,

            """));

        changes.Select(c => (Registered(c).Code, Registered(c).Members, c.Head!.BirthYear, c.Head.Sex)).ShouldBe(
            [("H1", 6, 1975, Sex.Male), ("H2", 3, 1981, Sex.Female), ("H3", 4, 1990, Sex.Male)]);
        changes.Select(c => c.Events[^1] is ListedPoor).ShouldBe([true, false, true]);
        changes[1].Events[^1].ShouldBeOfType<ClassDecided>().Class.ShouldBe(PovertyClass.NearPoor);
    }

    [Fact]
    public void Households_stand_in_the_hamlet_above_them_and_what_is_no_household_is_counted()
    {
        var file = new SourceFile(Write("Mã hộ,Mã xã,Thôn bản,Phân loại\nI. Bản Một,,,\nH1,04375,,Hộ nghèo\nH2,04375,Bản Ba,Hộ nghèo\nTổng cộng,,,2\nH3,,,\n"));

        file.Rows().Select(r => (r.Line, r.Values[2])).ShouldBe([(3, "Bản Một"), (4, "Bản Ba"), (6, null)]);
        file.LinesLeftOut.ShouldBe([2, 5]);
    }

    [Fact]
    public void Of_a_list_with_a_row_a_person_the_head_is_read_and_the_others_are_counted()
    {
        var change = Read(Write("STT,Mã hộ,Mã xã,Họ và tên,Quan hệ với chủ hộ,Năm sinh,Phân loại hộ\n1,H1,04375,Giàng A Mẫu,Chủ hộ,1975,Hộ nghèo\n1.1,H1,04375,Vàng Thị Mẫu,Vợ,1977,Hộ nghèo\n1.2,H1,04375,Giàng A Con,Con,2010,Hộ nghèo\n")).ShouldHaveSingleItem();

        (Registered(change).Members, change.Head!.Name, change.Head.BirthYear, change.Taken).ShouldBe((3, "Giàng A Mẫu", 1975, 3));
        Read(Write("Mã hộ,Mã xã,Họ và tên,Quan hệ với chủ hộ,Phân loại hộ\nH1,04375,A,Vợ,Hộ nghèo\nH1,04375,B,Con,Hộ nghèo\n")).ShouldHaveSingleItem()
            .Problems.Select(p => p.Reason).ShouldBe(["one_head_needed", "one_head_needed"]);
    }

    [Theory]
    [InlineData("TT,Họ và tên chủ hộ,Năm sinh,Thôn\n1,Lò Văn Thử,1980,Bản Một\n", "list_without_codes")]
    [InlineData("STT;Họ và tên;Quan hệ với chủ hộ\n1;Lò Văn Thử;Chủ hộ\n", "list_of_people")]
    [InlineData("a,b\n1,2\n", "unknown_kind")]
    public void What_cannot_be_told_from_a_list_is_said(string text, string reason) => WhyNot(Write(text)).ShouldBe(reason);

    [Fact]
    public void Codes_that_a_workbook_keeps_as_long_numbers_are_refused()
    {
        var rows = $"<sheetData>{ShortHeader}{Row(2, Number("1.513700000123457e+16"), "04375", "Bản Một", "poor")}{Row(3, Number("1234567"), "04375", "Bản Một", "poor")}</sheetData>";

        var changes = Read(Workbook(rows));

        changes[0].Problems.Select(p => p.Reason).ShouldBe(["digits_lost"]);
        Registered(changes[1]).Code.ShouldBe("1234567");
    }

    [Fact]
    public void Filtered_rows_are_read_and_counted()
    {
        var rows = $"<sheetData>{ShortHeader}{Row(2, "H1", "04375", "Bản Một", "poor").Replace("<row ", "<row hidden=\"1\" ")}{Row(3, "H2", "04375", "Bản Một", "poor")}</sheetData>";

        new SourceFile(Workbook(rows)).HiddenRows.ShouldBe((2, 1));
        Read(Workbook(rows)).Count.ShouldBe(2);
    }

    [Fact]
    public void The_sheet_with_the_list_is_found_behind_a_cover_and_two_lists_are_refused()
    {
        var list = $"<sheetData>{ShortHeader}{Row(2, "H1", "04375", "Bản Một", "poor")}</sheetData>";

        Read(Workbook(list, "", "", $"<sheetData>{Row(1, "Bìa")}</sheetData>")).Select(c => Registered(c).Hamlet).ShouldBe(["Bản Một"]);
        WhyNot(Workbook(list, "", "", list)).ShouldBe("several_sheets");
    }

    [Fact]
    public void Cells_merged_around_the_signatures_hide_nothing()
    {
        var rows = $"<sheetData>{ShortHeader}{Row(2, "H1", "04375", "Bản Một", "poor")}{Row(4, null, null, "Người lập")}</sheetData><mergeCells><mergeCell ref=\"C4:E6\"/></mergeCells>";

        Read(Workbook(rows)).Select(c => Registered(c).Code).ShouldBe(["H1"]);
    }

    [Fact]
    public void An_archive_that_is_no_workbook_is_called_so()
    {
        var path = Path.Combine(directory, "x.xlsx");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create)) zip.CreateEntry("content.xml");

        WhyNot(path).ShouldBe("workbook_other_kind");
    }

    [Theory]
    [CombinatorialTemplates]
    public void A_template_is_of_its_kind_and_all_its_headings_are_known(FileKind kind, bool vietnamese)
    {
        var path = Path.Combine(directory, "template.xlsx");
        File.WriteAllBytes(path, ImportTemplates.Of(kind, vietnamese));

        var file = new SourceFile(path);

        file.Kind.ShouldBe(kind);
        file.Rows().ShouldBeEmpty();
        if (vietnamese) file.Header.Where(h => Headings.Meaning(h) is null).ShouldBeEmpty();
    }

    private sealed class CombinatorialTemplatesAttribute : Xunit.Sdk.DataAttribute
    {
        public override IEnumerable<object[]> GetData(System.Reflection.MethodInfo method) => Enum.GetValues<FileKind>().SelectMany(k => new[] { new object[] { k, true }, [k, false] });
    }
}
