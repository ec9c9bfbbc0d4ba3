using System.IO.Compression;
using System.Runtime.Versioning;
using System.Text;
using YenBai.Cases.Import;

namespace YenBai.Cases.Web.Tests.Dangers;

/// <summary>Files that somebody made to trouble whoever opens them.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ForeignFileFacts(WatchedStore store) : IClassFixture<WatchedStore>
{
    private const string Register = "household_code,commune_code,head_name,class";
    private const string On = "2023-12-31";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private static int files;

    private string FileOf(byte[] bytes, string ending) => store.Write($"foreign {Interlocked.Increment(ref files)}{ending}", bytes);

    private string CsvOf(string text) => FileOf(Encoding.UTF8.GetBytes(text), ".csv");

    private static string? WhyNot(string path)
    {
        try
        {
            foreach (var row in new SourceFile(path).Rows()) row.Values.ShouldNotBeEmpty();
            return null;
        }
        catch (UnreadableFileException e)
        {
            foreach (var language in new[] { "vi", "en" })
            {
                System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo(language);
                new Reasons().Text(e.Code, e.Details).ShouldSatisfyAllConditions(t => t.ShouldNotContain(e.Code), t => t.ShouldNotContain("{0}"), t => t.Length.ShouldBeLessThan(700));
            }
            return e.Code;
        }
    }

    // Workbooks

    private static string Cell(string place, string text) => $"""<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>""";

    private static string Row(int number, params string[] texts) =>
        $"""<row r="{number}">{string.Concat(texts.Select((t, i) => Cell($"{(char)('A' + i)}{number}", t)))}</row>""";

    private static readonly string HeaderRow = Row(1, "household_code", "commune_code", "head_name", "class");

    /// <summary>A workbook with this inside its sheet, and whatever else is to lie in the archive.</summary>
    private string Workbook(string sheet, string prolog = "", Action<ZipArchive>? also = null)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>""");
            Add(zip, "xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>""");
            Add(zip, "xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""");
            Add(zip, "xl/worksheets/sheet1.xml", $"""{prolog}<worksheet xmlns="{Main}">{sheet}</worksheet>""");
            also?.Invoke(zip);
        }
        return FileOf(memory.ToArray(), ".xlsx");
    }

    private static void Add(ZipArchive zip, string name, string text)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(text);
    }

    private static void AddZeros(ZipArchive zip, string name, long length)
    {
        using var content = zip.CreateEntry(name).Open();
        var some = new byte[1 << 20];
        for (; length > 0; length -= some.Length) content.Write(some, 0, (int)Math.Min(length, some.Length));
    }

    [Fact]
    public async Task A_plain_workbook_is_read()
    {
        var code = Store.TestStore.NewCode();
        var file = Workbook($"<sheetData>{HeaderRow}{Row(2, code, "04375", "Lò Thị Mai", "poor")}</sheetData>");

        (await store.ImportAsync(file, On)).Summary.ShouldBe("taken 1, unchanged 0, ignored 0, refused 0");

        (await store.CaseAsync(code)).Facts.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_small_archive_that_unpacks_to_much_is_refused_by_what_it_says_of_itself()
    {
        var bomb = Workbook($"<sheetData>{HeaderRow}</sheetData>", also: zip => AddZeros(zip, "xl/media/image1.png", 60 << 20));
        new FileInfo(bomb).Length.ShouldBeLessThan(1 << 20);

        WhyNot(bomb).ShouldBe("workbook_too_large");
    }

    [Fact]
    public void Many_parts_that_are_small_each_count_together()
    {
        var bomb = Workbook($"<sheetData>{HeaderRow}</sheetData>", also: zip => { for (var i = 0; i < 12; i++) AddZeros(zip, $"xl/worksheets/sheet{i + 2}.xml", 2 << 20); });

        WhyNot(bomb).ShouldBe("workbook_too_large");
    }

    [Fact]
    public void An_archive_of_thousands_of_parts_is_refused()
    {
        var crowd = Workbook($"<sheetData>{HeaderRow}</sheetData>", also: zip => { for (var i = 0; i < WorkbookParts; i++) Add(zip, $"xl/x{i}", ""); });

        WhyNot(crowd).ShouldBe("workbook_too_large");
    }

    private const int WorkbookParts = 1000;

    /// <summary>The archive's directory says two thousand bytes; fifty million are packed.</summary>
    [Fact]
    public void An_archive_that_lies_about_its_size_yields_no_more_than_it_said()
    {
        var file = Workbook($"<sheetData>{HeaderRow}{Row(2, "H", "04375", new string('x', 50_000_000), "poor")}</sheetData>");
        var bytes = File.ReadAllBytes(file);
        var name = "xl/worksheets/sheet1.xml"u8;
        var directory = bytes.AsSpan().LastIndexOf(name) - 46;
        BitConverter.TryWriteBytes(bytes.AsSpan(directory + 24), 2000).ShouldBeTrue();
        var lie = FileOf(bytes, ".xlsx");

        using (var zip = ZipFile.OpenRead(lie)) zip.GetEntry("xl/worksheets/sheet1.xml")!.Length.ShouldBe(2000);
        WhyNot(lie).ShouldBe("workbook_damaged");
    }

    public static TheoryData<string> Entities => new()
    {
        """<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/passwd">]>""",
        """<!DOCTYPE worksheet SYSTEM "http://127.0.0.1:1/evil.dtd">""",
        """<!DOCTYPE worksheet [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>""",
        """<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>""",
        "<!DOCTYPE worksheet>",
    };

    [Theory]
    [MemberData(nameof(Entities))]
    public void A_workbook_that_defines_entities_is_refused_in_every_part_that_is_read(string prolog)
    {
        var sheet = $"<sheetData>{HeaderRow}{Row(2, "H", "04375", prolog.Contains("ENTITY d") ? "&d;" : prolog.Contains("ENTITY a") ? "&a;" : "x", "poor")}</sheetData>";
        WhyNot(Workbook(sheet, prolog)).ShouldBe("workbook_damaged");

        var shared = $"""<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>""";
        WhyNot(Workbook(shared, also: zip => Add(zip, "xl/sharedStrings.xml", $"""{prolog}<sst xmlns="{Main}"><si><t>review</t></si></sst>"""))).ShouldBe("workbook_damaged");

        var styled = $"""<sheetData><row r="1"><c r="A1" t="inlineStr" s="1"><is><t>review</t></is></c></row></sheetData>""";
        WhyNot(Workbook(styled, also: zip => Add(zip, "xl/styles.xml", $"""{prolog}<styleSheet xmlns="{Main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"""))).ShouldBe("workbook_damaged");
    }

    [Fact]
    public void A_sheet_that_says_it_is_wide_and_high_is_read_as_far_as_its_header_goes()
    {
        var wide = $"""<dimension ref="A1:XFD1048576"/><sheetData>{HeaderRow}{string.Concat(Enumerable.Range(2, 200).Select(i => Row(i, "H", "04375", "x", "poor")))}<row r="300"><c r="XFD300" t="inlineStr"><is><t>far</t></is></c></row></sheetData>""";

        var file = new SourceFile(Workbook(wide));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var rows = file.Rows().ToList();

        rows.Count.ShouldBe(200);
        rows[0].Values.ShouldBe(["H", "04375", "x", "poor"]);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(20 << 20);
    }

    [Fact]
    public void Rows_that_jump_to_and_fro_are_not_filled_in_for_ever()
    {
        var jumps = string.Concat(Enumerable.Range(0, 300).Select(i => i % 2 == 0 ? """<row r="1000000"><c r="A1000000"><v>1</v></c></row>""" : """<row r="2"><c r="A2"><v>1</v></c></row>"""));

        WhyNot(Workbook($"<sheetData>{HeaderRow}{jumps}</sheetData>")).ShouldBe("too_many_rows");
    }

    [Fact]
    public void A_cell_that_never_ends_is_refused_before_it_is_held()
    {
        var random = new Random(1);
        var text = string.Create(9 << 20, random, (chars, r) => { foreach (ref var c in chars) c = (char)('a' + r.Next(26)); });

        WhyNot(Workbook($"<sheetData>{HeaderRow}{Row(2, "H", "04375", text, "poor")}</sheetData>")).ShouldBe("workbook_text_too_long");
    }

    [Fact]
    public void A_cell_that_names_another_part_of_the_archive_stays_text()
    {
        var file = Workbook($"<sheetData>{HeaderRow}{Row(2, "H", "04375", "@@@fileid@@@,xl/workbook.xml", "poor")}{Row(3, "I", "04375", "@@@fileid@@@,no/such", "poor")}</sheetData>");

        new SourceFile(file).Rows().Select(r => r.Values[2]).ShouldBe(["@@@fileid@@@,xl/workbook.xml", "@@@fileid@@@,no/such"]);
    }

    [Theory]
    [InlineData("PK\u0003\u0004")]
    [InlineData("PK\u0003\u0004 not an archive at all")]
    public void What_only_begins_like_a_workbook_is_damaged(string text) => WhyNot(FileOf(Encoding.Latin1.GetBytes(text), ".xlsx")).ShouldBe("workbook_damaged");

    [Fact]
    public void A_workbook_without_its_parts_is_damaged_and_no_failure()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true)) Add(zip, "word/document.xml", "<w/>");

        WhyNot(FileOf(memory.ToArray(), ".xlsx")).ShouldBe("workbook_other_kind");
    }

    // Text files

    [Fact]
    public void A_line_without_end_is_refused_and_not_held()
    {
        var path = CsvOf(Register + "\n");
        using (var file = new FileStream(path, FileMode.Append))
        {
            var some = new byte[1 << 20];
            Array.Fill(some, (byte)'x');
            for (var i = 0; i < 100; i++) file.Write(some);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();

        WhyNot(path).ShouldBe("line_too_long");

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(40 << 20);
    }

    [Theory]
    [InlineData(',')]
    [InlineData('"')]
    [InlineData('\0')]
    [InlineData(' ')]
    public void A_file_of_one_endless_line_is_refused_whatever_it_is_made_of(char of) => WhyNot(CsvOf(new string(of, 3 << 20))).ShouldBeOneOf("line_too_long", "unknown_kind");

    [Fact]
    public void A_header_of_very_many_columns_is_refused()
    {
        WhyNot(CsvOf(Register + string.Concat(Enumerable.Repeat(",x", 10_000)) + "\n")).ShouldBe("too_many_columns");
        WhyNot(CsvOf(Register + string.Concat(Enumerable.Range(0, SourceFile.MostColumns - 4).Select(i => $",x{i}")) + "\n")).ShouldBeNull();
        WhyNot(CsvOf(Register + new string(',', 10_000_000) + "\n")).ShouldBe("line_too_long");
        var header = string.Concat(Enumerable.Range(0, 300).Select(i => Cell($"{(i >= 26 ? ((char)('A' + i / 26 - 1)).ToString() : "")}{(char)('A' + i % 26)}1", "c" + i)));
        WhyNot(Workbook($"""<sheetData><row r="1">{header}</row></sheetData>""")).ShouldBe("too_many_columns");
    }

    [Fact]
    public void A_row_of_more_cells_than_the_header_has_is_read_as_far_as_that()
    {
        var rows = new SourceFile(CsvOf($"{Register}\nH,04375,x,poor{new string(',', 900_000)}\n")).Rows();

        rows.ShouldHaveSingleItem().Values.Length.ShouldBe(4);
    }

    [Fact]
    public void What_a_foreign_header_says_is_shown_short_and_plain()
    {
        var e = Should.Throw<UnreadableFileException>(() => new SourceFile(CsvOf("\u001b[2J\u001b]0;evil\u0007\u202e" + new string('x', 10_000) + "\n")));

        e.Code.ShouldBe("unknown_kind");
        var shown = (string)e.Details[0]!;
        shown.Length.ShouldBeLessThanOrEqualTo(300);
        shown.ShouldAllBe(c => !char.IsControl(c));
    }

    [Fact]
    public async Task Characters_that_no_store_keeps_cost_their_household_and_not_the_import()
    {
        var good = Store.TestStore.NewCode();
        var file = CsvOf($"{Register}\nA\0B,04375,x,poor\nC\u0007D,04375,x,poor\nN-{good},04375,Lò\0Mai,poor\n{good},04375,Lò Thị Mai,poor\n");

        var result = await store.ImportAsync(file, On);

        result.Summary.ShouldBe("taken 1, unchanged 0, ignored 0, refused 3");
        result.Problems.Select(p => p.Reason).Distinct().ShouldBe(["text_has_control_characters"]);
        result.Problems.ShouldAllBe(p => p.Value == null || !p.Value.Any(char.IsControl));
        (await store.CaseAsync(good)).Facts.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_same_holds_of_a_history()
    {
        var good = Store.TestStore.NewCode();
        var file = CsvOf($"event_id,household,seq,effective,recorded,type,district,head_name\n1,A\0B,1,2020-01-01,2020-01-01,ENTER,136,x\n2,{good},1,2020-01-01,2020-01-01,ENTER,136,x\n3\0,C,1,2020-01-01,2020-01-01,ENTER,136,x\n");

        (await store.ImportAsync(file)).Summary.ShouldBe("taken 1, unchanged 0, ignored 0, refused 2");
    }

    [Fact]
    public async Task Names_that_are_not_in_UTF_8_are_refused_rather_than_kept_mutilated()
    {
        var code = Store.TestStore.NewCode();
        byte[] latin = [.. Encoding.UTF8.GetBytes($"{Register}\n{code},04375,L"), 0xF2, .. Encoding.UTF8.GetBytes(" Mai,poor\n")];

        var result = await store.ImportAsync(FileOf(latin, ".csv"), On);

        (result.Summary, result.Problems.Single().Reason).ShouldBe(("taken 0, unchanged 0, ignored 0, refused 1", "text_not_utf8"));
    }

    [Fact]
    public void Two_bytes_a_character_are_read_where_the_file_says_so_and_refused_where_it_does_not()
    {
        var text = $"{Register}\nH,04375,Lò Thị Mai,poor\n";

        new SourceFile(FileOf([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)], ".csv")).Rows().Single().Values[2].ShouldBe("Lò Thị Mai");
        WhyNot(FileOf(Encoding.Unicode.GetBytes(text), ".csv")).ShouldBe("text_utf16");
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_to_its_end_is_on_record_as_failed_and_nothing_of_it_is_kept_secret_from_whoever_waits()
    {
        // Beyond the rows in which headings are looked for: what cannot be read there is no list yet.
        var households = string.Concat(Enumerable.Range(0, 20).Select(_ => $"{Store.TestStore.NewCode()},04375,x,poor\n"));
        var file = CsvOf($"{Register}\n{households}{new string('x', 3 << 20)}\n");

        var e = await Should.ThrowAsync<UnreadableFileException>(() => store.ImportAsync(file, On));

        e.Code.ShouldBe("line_too_long");
        (await store.AskAsync<string>($"select data ->> 'state' from cases.mt_doc_import_run where data ->> 'file' = '{Path.GetFileName(file)}'")).ShouldBe("failed");
    }
}
