using System.Globalization;
using System.Text.Json.Serialization;
using CsvHelper;
using YenBai.Cases.Access;
using YenBai.Cases.CaseFiles;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Import;
using YenBai.Cases.Places;
using YenBai.Cases.RowLevel;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Api;

/// <summary>
/// A spell as an evaluator reads it, with the columns of <see cref="SpellRow"/>: what is not published is empty, days and
/// what is reckoned in days among it; time is in review cycles.
/// </summary>
/// <param name="Household">A pseudonym; of the spell where the row is k-anonymous, of the household under a release.</param>
public sealed record CoarseSpellRow(
    [property: JsonPropertyName("household")] string Household, [property: JsonPropertyName("spell_no")] int SpellNo, [property: JsonPropertyName("exit_date")] DateOnly? ExitDate,
    [property: JsonPropertyName("cohort")] int? Cohort, [property: JsonPropertyName("district")] string? District, [property: JsonPropertyName("voluntary")] int? Voluntary,
    [property: JsonPropertyName("support")] string? Support, [property: JsonPropertyName("standard")] string Standard, [property: JsonPropertyName("entry")] int? Entry,
    [property: JsonPropertyName("time")] int? Time, [property: JsonPropertyName("event")] int Event, [property: JsonPropertyName("end_reason")] string EndReason,
    [property: JsonPropertyName("end_date")] DateOnly? EndDate, [property: JsonPropertyName("period")] int Period, [property: JsonPropertyName("entry_period")] int EntryPeriod,
    [property: JsonPropertyName("district_code")] string? DistrictCode)
{
    /// <summary>What else was asked for under a release, by its name in a file.</summary>
    [JsonExtensionData]
    public Dictionary<string, object>? More { get; init; }

    public static CoarseSpellRow Of(PublishedSpell row, PlaceCatalog places)
    {
        var (s, district) = (row.Spell, row.Spell.District is { } id ? places.Get(id) : null);
        return new(
            row.Pseudonym, s.Number, null, s.Cohort, district?.AsciiName, s.Voluntary switch { true => 1, false => 0, null => null }, s.Support, s.Standard, null, null, (int)s.End,
            SpellRow.WordOf(s.EndReason), null, s.Period, s.EntryPeriod, district?.Code);
    }

    /// <summary>Of a released household: all of the row, its days to their month.</summary>
    public static CoarseSpellRow Of(ToldSpell identified, ExitAnswer answer, IReadOnlyList<Grouping> more)
    {
        var row = SpellRow.Of(identified, answer, more);
        return new(
            row.Household, row.SpellNo, ReleasedMasking.MonthOf(row.ExitDate), row.Cohort, row.District, row.Voluntary, row.Support, row.Standard, row.Entry, row.Time, row.Event, row.EndReason,
            ReleasedMasking.MonthOf(row.EndDate), row.Period, row.EntryPeriod, row.DistrictCode)
        { More = row.More };
    }

    public static byte[] Csv(IReadOnlyList<CoarseSpellRow> rows, IReadOnlyList<Grouping> more)
    {
        using var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, new CsvWriterOptions(), leaveOpen: true))
        {
            csv.WriteHeader([.. SpellRow.Header, .. more.Select(SpellRow.NameOf)]);
            foreach (var r in rows)
                csv.WriteRecord(
                [
                    SpreadsheetText.Guard(r.Household), Text(r.SpellNo), Day(r.ExitDate), Text(r.Cohort), r.District ?? "", Text(r.Voluntary), SpreadsheetText.Guard(r.Support ?? ""),
                    SpreadsheetText.Guard(r.Standard), Text(r.Entry), Text(r.Time), Text(r.Event), r.EndReason, Day(r.EndDate), Text(r.Period), Text(r.EntryPeriod), r.DistrictCode ?? "",
                    .. more.Select(g => SpreadsheetText.Guard((string)r.More![SpellRow.NameOf(g)])),
                ]);
        }
        return file.ToArray();

        static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
        static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
    }
}

/// <param name="K">Each combination of what is shown occurs at least so often; 1 under a release.</param>
/// <param name="Withheld">Spells of the whole table that are not shown, rounded to a multiple of five.</param>
public sealed record CoarseSpellsView(
    DurabilityQuery Query, long Position, string Version, bool Suppressed, int K, long Withheld, IReadOnlyList<CoarseSpellRow> Rows, IReadOnlyList<ExclusionView> Exclusions);

/// <summary>Spells one by one: by code for those who may know, k-anonymous or under a release for an evaluator.</summary>
public sealed class SpellsEndpoint(ExitDesk desk, CoarseSpells coarse, ReleasedRows released, PlaceCatalog places, Problems problems, TimeProvider clock)
{
    private const string FileName = "spells.csv", FileType = "text/csv; charset=utf-8";

    internal async Task<IResult> AnswerAsync(Actor who, ExitQuestion question, bool csv, IReadOnlyList<Grouping> with, string? release, CancellationToken cancellation)
    {
        var more = with.Where(g => !SpellRow.HasColumn(g)).ToList();
        if (!who.ReachOf(Operation.ReadDurability).Identifies) return await EvaluatorAsync(who, question, csv, more, release, cancellation);
        var answer = await desk.AskAsync(who, question, cancellation);
        var rows = (await desk.TellAsync(who, answer, cancellation)).Select(s => SpellRow.Of(s, answer, more)).ToList();
        return csv ? TypedResults.File(SpellRow.Csv(rows, more), FileType, FileName) : TypedResults.Ok(SpellsView.Of(AnswerView.Of(answer), rows));
    }

    private async Task<IResult> EvaluatorAsync(Actor who, ExitQuestion question, bool csv, List<Grouping> more, string? release, CancellationToken cancellation)
    {
        if (!string.IsNullOrWhiteSpace(release))
        {
            if (QueryValues.ReleaseOf(who, release, released) is not { } given) return problems.Of(403, "release_needed", "release");
            if (more.Cast<Grouping?>().FirstOrDefault(g => g is Grouping.Commune or Grouping.EthnicMinority) is { } withheld)
                return problems.Of(403, "column_withheld", "with", ReportParameters.WordOf(withheld));
            var (asked, spells) = await released.SpellsAsync(who, given, question, cancellation);
            return Answer(asked, [.. spells.Select(s => CoarseSpellRow.Of(s, asked, more))], 1, 0, csv, more);
        }
        // Each column more would be another table of the same households.
        if (more.Count > 0) return problems.Of(403, "column_withheld", "with", ReportParameters.WordOf(more[0]));
        if (!QueryValues.TryDistrict(question.Place, places, clock.Today(), out var district)) return problems.Of(403, "parameter_withheld", "place", "place");
        var (answer, published) = await coarse.ReadAsync(who, district, question.CohortFrom, question.CohortTo, cancellation);
        answer = answer with { Question = answer.Question with { Place = district, CohortFrom = question.CohortFrom, CohortTo = question.CohortTo } };
        return Answer(answer, [.. published.Rows.Select(r => CoarseSpellRow.Of(r, places))], KAnonymity.K, KAnonymity.Rounded(published.Withheld), csv, more);
    }

    private static IResult Answer(ExitAnswer answer, IReadOnlyList<CoarseSpellRow> rows, int k, long withheld, bool csv, IReadOnlyList<Grouping> more) => csv
        ? TypedResults.File(CoarseSpellRow.Csv(rows, more), FileType, FileName)
        : TypedResults.Ok(new CoarseSpellsView(
            // The position would count what is written elsewhere.
            DurabilityQuery.Of(answer), 0, StatisticsVersion.Code, true, k, withheld, rows,
            [.. ExclusionView.Of(answer).Select(x => x with { Count = (int)KAnonymity.Rounded(x.Count) })]));
}
