using System.Globalization;
using CsvHelper;
using Microsoft.Extensions.Localization;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;
using YenBai.Cases.Access;
using YenBai.Cases.Caseload;
using YenBai.Cases.Places;
using YenBai.Cases.RowLevel;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.RowLevel;

/// <summary>The published list as a file, for those who may not learn who anybody is.</summary>
public sealed class CoarseExport(CoarseHouseholds coarse, PlaceCatalog places, Wording words, IStringLocalizer<Texts> texts, IStringLocalizer<RowLevelTexts> own)
{
    public async Task<IResult> AnswerAsync(Actor who, CaseloadFilter filter, DateOnly today, string format, string fileName, CancellationToken cancellation)
    {
        if (!QueryValues.TryDistrict(filter.Place, places, today, out var district)) district = null;
        var rows = await coarse.ExportAsync(who, new(district, filter.Class, filter.Standard), format, cancellation);
        string[] columns = [own["col.pseudonym"], texts["export.Place"], texts["export.Class"], texts["export.Standard"], own["col.since_year"]];
        var file = new MemoryStream();
        if (format == "csv")
        {
            var options = CsvWriterOptions.Default with { Injection = CsvInjection.Escape, WriteByteOrderMark = true };
            using (var csv = CsvWriter.Create(file, options, leaveOpen: true))
            {
                csv.WriteHeader(columns);
                foreach (var row in rows) csv.WriteRecord([.. Cells(row)]);
            }
            return TypedResults.File(file.ToArray(), "text/csv; charset=utf-8", fileName);
        }
        var sheet = rows.Select(r => columns.Zip(Cells(r)).ToDictionary(c => c.First, object (c) => c.Second)).ToList();
        await file.SaveAsAsync(sheet, sheetName: texts["menu.households"], configuration: new OpenXmlConfiguration { TableStyles = TableStyles.None }, cancellationToken: cancellation);
        return TypedResults.File(file.ToArray(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", fileName);
    }

    private string[] Cells(CoarseHousehold r) =>
    [
        r.Pseudonym, r.Standing.District is { } d ? words.Place(d) : own["place.province"], r.Standing.Class is { } c ? words.Choice(c) : "", r.Standing.Standard ?? "",
        r.Standing.SinceYear?.ToString(CultureInfo.InvariantCulture) ?? "",
    ];
}
