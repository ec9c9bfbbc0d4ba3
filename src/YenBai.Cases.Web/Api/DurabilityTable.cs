using System.Globalization;
using CsvHelper;
using Microsoft.Extensions.Localization;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Import;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Api;

/// <summary>
/// The shares at the horizons as a file: a CSV for programs, whose columns have stable names; a workbook for people, with the
/// steps of the curves and what the figures are about on sheets of their own.
/// </summary>
public static class DurabilityTable
{
    private static readonly string[] Columns =
    [
        "group", "horizon", "at_risk", "survival", "std_err", "lower", "upper", "beyond_follow_up", "reason", "returns_at_most",
        "standard_change_censored", "standard_change_counted", "if_all_unconfirmed_returned", "if_all_unconfirmed_stayed",
    ];

    private static readonly string[] StepColumns = ["group", "time", "at_risk", "events", "censored", "survival", "std_err", "cum_hazard", "lower", "upper"];

    internal static async Task<IResult> AnswerAsync(AnswerView view, ExitAnswer answer, bool xlsx, IStringLocalizer<DurabilityTexts> texts, CancellationToken cancellation)
    {
        var curves = ExitCurves.Curves(answer);
        var rows = curves.SelectMany(RowsOf);
        if (!xlsx) return TypedResults.File(Csv(rows), "text/csv; charset=utf-8", "exit-durability.csv");

        var file = new MemoryStream();
        var sheets = new Dictionary<string, object>
        {
            [texts["table.sheet.horizons"]] = rows.Select(r => Named(Columns, r, texts)).ToList(),
            [texts["table.sheet.steps"]] = curves.SelectMany(StepsOf).Select(r => Named(StepColumns, r, texts)).ToList(),
            [texts["table.sheet.about"]] = About(view, texts).Select(a => new Dictionary<string, object?> { [texts["table.about.what"]] = a.What, [texts["table.about.value"]] = a.Value }).ToList(),
        };
        await file.SaveAsAsync(sheets, configuration: new OpenXmlConfiguration { TableStyles = TableStyles.None }, cancellationToken: cancellation);
        return TypedResults.File(file.ToArray(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "exit-durability.xlsx");
    }

    private static IEnumerable<object?[]> RowsOf(GroupCurve g) =>
        g.Horizons.Select(h =>
        {
            var standard = g.Bounds.FirstOrDefault(b => b.Horizon == h.Horizon);
            var confirmed = g.Confirmation?.Bounds.FirstOrDefault(b => b.Horizon == h.Horizon);
            return new object?[]
            {
                SpreadsheetText.Guard(g.Group), h.Horizon, h.AtRisk, h.Survival, h.StdErr, h.Lower, h.Upper, h.BeyondFollowUp ? 1 : 0,
                h.Reason is { } reason ? System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()) : null, h.ReturnsAtMost,
                standard?.StandardChangeCensored, standard?.StandardChangeCounted, confirmed?.IfAllReturned, confirmed?.IfAllStayed,
            };
        });

    private static IEnumerable<object?[]> StepsOf(GroupCurve g) =>
        g.Steps.Select(s => new object?[] { SpreadsheetText.Guard(g.Group), s.Time, s.AtRisk, s.Events, s.Censored, s.Survival, s.StdErr, s.CumHazard, s.Lower, s.Upper });

    private static Dictionary<string, object?> Named(string[] columns, object?[] row, IStringLocalizer texts) =>
        columns.Zip(row).ToDictionary(c => texts[$"table.{c.First}"].Value, c => c.Second);

    private static IEnumerable<(string What, object? Value)> About(AnswerView view, IStringLocalizer texts)
    {
        var q = view.Query;
        yield return (texts["table.about.as_of"], q.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        yield return (texts["table.about.known_at"], q.KnownAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        yield return (texts["table.about.position"], view.Position);
        yield return (texts["table.about.version"], view.Version);
        yield return (texts["table.about.surface"], texts[view.Suppressed ? "table.about.publishable" : "table.about.internal"].Value);
        yield return (texts["table.about.question"], q.Link(view.Position).Value);
        foreach (var x in view.Exclusions) yield return (texts["table.about.excluded", texts[$"excluded.{x.Rule}"]], x.Count);
    }

    private static byte[] Csv(IEnumerable<object?[]> rows)
    {
        using var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, new CsvWriterOptions(), leaveOpen: true))
        {
            csv.WriteHeader(Columns);
            foreach (var row in rows) csv.WriteRecord([.. row.Select(v => v switch { null => "", double d => d.ToString("R", CultureInfo.InvariantCulture), IFormattable f => f.ToString(null, CultureInfo.InvariantCulture), _ => v.ToString()! })]);
        }
        return file.ToArray();
    }
}
