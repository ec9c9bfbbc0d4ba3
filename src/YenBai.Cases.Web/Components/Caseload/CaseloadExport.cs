using System.Runtime.CompilerServices;
using CsvHelper;
using Microsoft.Extensions.Localization;
using MiniExcelLibs;
using MiniExcelLibs.Attributes;
using MiniExcelLibs.OpenXml;
using YenBai.Cases.Access;
using YenBai.Cases.Caseload;
using YenBai.Cases.Places;
using YenBai.Cases.Web.Components.RowLevel;
using YenBai.Cases.Web.Components.Shared;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Caseload;

/// <summary>One household as a row of the exported list; the columns stand in this order.</summary>
public sealed record ExportedHousehold(
    string Code, string? Head, string? Hamlet, string Place, string? Class, string? Standard, DateTime? Since, string? Supports, int? Members,
    DateTime? LastVisit, string? LastEvent, DateTime? LastOn)
{
    public static readonly string[] Columns = [.. typeof(ExportedHousehold).GetConstructors()[0].GetParameters().Select(p => p.Name!)];
}

/// <summary>All that a view finds, as a file. Nothing is held but the row that passes.</summary>
public static class CaseloadExport
{
    public static void MapCaseloadExport(this WebApplication app)
    {
        app.MapGet(Addresses.Households + "/xuat.csv", CsvAsync).Needs(Operation.ExportHouseholds).ExcludeFromDescription();
        app.MapGet(Addresses.Households + "/xuat.xlsx", XlsxAsync).Needs(Operation.ExportHouseholds).ExcludeFromDescription();
    }

    private static async Task<IResult> CsvAsync(
        HttpRequest request, CaseloadQuery query, CoarseExport coarse, PlaceCatalog places, Wording words, EventWords events, IStringLocalizer<Texts> texts, TimeProvider clock)
    {
        if (await CoarseAsync(request, "csv", coarse, places, texts, clock) is { } published) return published;
        var rows = Rows(request, "csv", query, places, words, events, clock);
        return TypedResults.Stream(async stream =>
        {
            // Names are foreign text: a spreadsheet must not run one as a formula.
            var options = CsvWriterOptions.Default with { Injection = CsvInjection.Escape, WriteByteOrderMark = true };
            await using var csv = CsvWriter.Create(stream, options, leaveOpen: true);
            await csv.WriteRecordAsync([.. ExportedHousehold.Columns.Select(c => texts[$"export.{c}"].Value)], request.HttpContext.RequestAborted);
            await foreach (var r in rows)
                await csv.WriteRecordAsync(
                    [r.Code, r.Head!, r.Hamlet!, r.Place, r.Class!, r.Standard!, Day(r.Since), r.Supports!, r.Members?.ToString(System.Globalization.CultureInfo.InvariantCulture)!,
                        Day(r.LastVisit), r.LastEvent!, Day(r.LastOn)], request.HttpContext.RequestAborted);
        }, "text/csv; charset=utf-8", FileName(texts, clock, "csv"));
    }

    private static async Task<IResult> XlsxAsync(
        HttpRequest request, CaseloadQuery query, CoarseExport coarse, PlaceCatalog places, Wording words, EventWords events, IStringLocalizer<Texts> texts, TimeProvider clock)
    {
        if (await CoarseAsync(request, "xlsx", coarse, places, texts, clock) is { } published) return published;
        var rows = Rows(request, "xlsx", query, places, words, events, clock);
        // A workbook is a zip archive, written back and forth: through a file that ends with the answer.
        var file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        var columns = ExportedHousehold.Columns.Select((c, i) => new DynamicExcelColumn(c)
        {
            Index = i,
            Name = texts[$"export.{c}"],
            Width = c is "Head" or "Place" or "LastEvent" or "Supports" ? 30 : 14,
            Format = c is "Since" or "LastVisit" or "LastOn" ? "dd/mm/yyyy" : null,
        });
        var configuration = new OpenXmlConfiguration { DynamicColumns = [.. columns], TableStyles = TableStyles.None };
        try
        {
            await file.SaveAsAsync(rows, sheetName: texts["menu.households"], configuration: configuration, cancellationToken: request.HttpContext.RequestAborted);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
        file.Position = 0;
        return TypedResults.Stream(file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", FileName(texts, clock, "xlsx"));
    }

    /// <summary>None for those who may know who the households are.</summary>
    private static async Task<IResult?> CoarseAsync(HttpRequest request, string format, CoarseExport coarse, PlaceCatalog places, IStringLocalizer<Texts> texts, TimeProvider clock)
    {
        var who = request.HttpContext.Actor();
        if (who.ReachOf(Operation.ExportHouseholds).Identifies) return null;
        var today = clock.Today();
        return await coarse.AnswerAsync(who, CaseloadView.Of(request.Query, places, today).Filter(today), today, format, FileName(texts, clock, format), request.HttpContext.RequestAborted);
    }

    private static async IAsyncEnumerable<ExportedHousehold> Rows(
        HttpRequest request, string format, CaseloadQuery query, PlaceCatalog places, Wording words, EventWords events, TimeProvider clock,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var today = clock.Today();
        var filter = CaseloadView.Of(request.Query, places, today).Filter(today);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, request.HttpContext.RequestAborted);
        await foreach (var i in query.ExportAsync(request.HttpContext.Actor(), filter, format, either.Token))
            yield return new(
                i.Code, i.HeadName, i.Hamlet, words.PlaceToday(i.Place), words.ClassOrStatus(i.Class, i.Status), i.Standard, Midnight(i.Since),
                i.Supports == 0 ? null : words.Supports(i.SupportMix), i.Members, Midnight(i.LastVisit), i.LastEvent is { } e ? events.Kind(e) : null, Midnight(i.LastOn));
    }

    private static DateTime? Midnight(DateOnly? day) => day?.ToDateTime(TimeOnly.MinValue);

    private static string Day(DateTime? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "";

    private static string FileName(IStringLocalizer<Texts> texts, TimeProvider clock, string extension) =>
        $"{texts["export.file"]}-{clock.Today():yyyy-MM-dd}.{extension}";
}
