using System.Globalization;
using CsvHelper;
using Microsoft.Extensions.Localization;
using MiniExcelLibs;
using MiniExcelLibs.Attributes;
using MiniExcelLibs.OpenXml;
using YenBai.Cases.Movements;
using YenBai.Cases.Registering;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Movements;

/// <summary>The sheet as a file: the rows of the page, and with them what they are about.</summary>
public sealed class MovementFile(MovementWords words, Wording common, IStringLocalizer<MovementTexts> texts)
{
    /// <summary>What the file says of itself before its rows, then the rows.</summary>
    public byte[] Csv(MovementTable table, MovementPageView view, string address)
    {
        var sheet = MovementSheet.Of(table, view.Layout, view.Split);
        using var stream = new MemoryStream();
        using (var csv = CsvWriter.Create(stream, CsvWriterOptions.Default with { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true))
        {
            var heads = Heads(sheet, view.Layout);
            // Every record is as long as the longest; a number is written as one, so that no minus is taken for a formula.
            void Write(IReadOnlyList<object?> cells)
            {
                for (var i = 0; i < heads.Count; i++) csv.WriteField(i < cells.Count ? cells[i] : "");
                csv.EndRecord();
            }
            foreach (var (name, text) in About(table, view, address)) Write([name, text]);
            Write([]);
            Write(heads);
            foreach (var row in Rows(table, sheet)) Write(row);
        }
        return stream.ToArray();
    }

    /// <summary>One sheet with the rows alone, to be reckoned with; another with what they are about.</summary>
    public byte[] Xlsx(MovementTable table, MovementPageView view, string address)
    {
        var sheet = MovementSheet.Of(table, view.Layout, view.Split);
        var heads = Heads(sheet, view.Layout);
        using var stream = new MemoryStream();
        stream.SaveAs(
            new Dictionary<string, object>
            {
                [texts["sheet.table"]] = Rows(table, sheet).Select(row => Named(heads, row)).ToList(),
                [texts["sheet.about"]] = About(table, view, address).Select(line => Named(["1", "2"], [line.Name, line.Text])).ToList(),
            },
            configuration: new OpenXmlConfiguration
            {
                TableStyles = TableStyles.None,
                DynamicColumns = [.. heads.Select((h, i) => new DynamicExcelColumn(h) { Index = i, Width = i == 0 ? 28 : 16 })],
            });
        return stream.ToArray();
    }

    private static Dictionary<string, object?> Named(IReadOnlyList<string> heads, IReadOnlyList<object?> cells) =>
        heads.Zip(cells).ToDictionary(p => p.First, p => p.Second);

    private List<string> Heads(MovementSheet sheet, MovementLayout layout) =>
        [texts["col.unit"], texts["col.year"], .. HasMarks(sheet) ? [texts["col.part"].Value] : Array.Empty<string>(), .. sheet.Columns.Select(c => words.Column(c, layout))];

    private IEnumerable<IReadOnlyList<object?>> Rows(MovementTable table, MovementSheet sheet)
    {
        var marks = HasMarks(sheet);
        foreach (var line in sheet.Lines)
            yield return
            [
                words.Unit(line.Of, table), line.Year, .. marks ? [words.Mark(line.Mark)] : Array.Empty<object?>(),
                .. sheet.Columns.Zip(line.Cells, (column, cell) => Cell(column, cell)),
            ];
    }

    private object? Cell(SheetColumn column, SheetCell cell) =>
        cell.Value is not { } value ? texts["no_denominator"].Value
        : column.Figure == SheetFigure.Percent ? Math.Round(value, 2, MidpointRounding.AwayFromZero) : (long)value;

    private static bool HasMarks(MovementSheet sheet) => sheet.Lines.Any(l => l.Mark != EthnicMark.All);

    private IEnumerable<(string Name, string Text)> About(MovementTable table, MovementPageView view, string address)
    {
        var question = table.Question;
        yield return (texts["about.title"], words.Title(table));
        yield return (texts["about.place"], words.Whole(question.Place));
        yield return (texts["about.by"], texts[$"form.by.{Wording.Code(question.By)}"]);
        yield return (texts["about.layout"], texts[$"layout.{Wording.Code(view.Layout)}"]);
        yield return (texts["about.list"], words.List(question.Standard));
        yield return (texts["about.years"], string.Join("; ", table.Years.Select(y => texts["until", MovementWords.Year(y), common.Day(table.Through(y))].Value)));
        yield return (texts["about.as_of"], common.Day(question.AsOf!.Value));
        yield return (texts["about.known_at"], words.Instant(question.KnownAt!.Value));
        yield return (texts["about.position"], question.Position!.Value.ToString(CultureInfo.InvariantCulture));
        yield return (texts["about.check"], words.Check(table, view.Layout));
        if (words.Follows(table) is { } follows) yield return (texts["about.check"], follows);
        if (!table.Identifies) yield return (texts["about.means"], texts["suppressed.means"]);
        foreach (var note in words.Notes(table, view.Layout, view.Split)) yield return (texts["about.means"], note);
        yield return (texts["about.address"], address);
    }
}
