using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;
using CsvHelper;
using YenBai.Cases.Durability;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Import;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Api;

/// <summary>The question as it was understood, defaults included. Asked again with these and the position, it is answered the same.</summary>
public sealed record DurabilityQuery(
    DateOnly AsOf, DateTime KnownAt, string? GroupBy, IReadOnlyList<string> Strata, int? CohortFrom, int? CohortTo, string? Place, string Scope, string Depth,
    string Censoring, string StandardChange, string MoveOut, string Interval, string Variance, double Level, string TimeScale)
{
    public static DurabilityQuery Of(ExitAnswer answer)
    {
        var q = answer.Question;
        return new(
            answer.AsOf, ReportParameters.InAddress(answer.KnownAt), q.GroupBy is { } g ? ReportParameters.WordOf(g) : null, [.. q.Strata.Select(ReportParameters.WordOf)],
            q.CohortFrom, q.CohortTo, q.Place, ReportParameters.WordOf(q.Scope), ReportParameters.WordOf(q.Depth), ReportParameters.WordOf(q.Censoring),
            ReportParameters.WordOf(q.StandardChange), ReportParameters.WordOf(q.MoveOut), ReportParameters.WordOf(q.Interval),
            q.Variance == VarianceKind.ClusterRobust ? "cluster" : "greenwood", q.Level, ReportParameters.WordOf(q.TimeScale));
    }

    /// <summary>What asks the same again, and is answered the same.</summary>
    public QueryString Link(long position)
    {
        var invariant = CultureInfo.InvariantCulture;
        (string Name, string? Value)[] all =
        [
            ("asOf", AsOf.ToString("yyyy-MM-dd", invariant)), ("knownAt", KnownAt.ToString("O", invariant)), ("position", position.ToString(invariant)), ("groupBy", GroupBy),
            ("strata", Strata.Count == 0 ? null : string.Join(',', Strata)), ("cohortFrom", CohortFrom?.ToString(invariant)), ("cohortTo", CohortTo?.ToString(invariant)), ("place", Place),
            ("scope", Scope), ("depth", Depth), ("censoring", Censoring), ("standardChange", StandardChange), ("moveOut", MoveOut), ("interval", Interval), ("variance", Variance),
            ("level", Level.ToString("R", invariant)), ("timeScale", TimeScale),
        ];
        return all.Where(p => p.Value is not null).Aggregate(QueryString.Empty, (link, p) => link.Add(p.Name, p.Value!));
    }
}

/// <summary>What every answer has.</summary>
/// <param name="Suppressed">The figures are those of the published register: rounded to five, as of the end of a year.</param>
public sealed record AnswerView(DurabilityQuery Query, long Position, string Version, bool Suppressed, IReadOnlyList<ExclusionView> Exclusions)
{
    public static AnswerView Of(ExitAnswer answer) => new(DurabilityQuery.Of(answer), answer.Position, StatisticsVersion.Code, !answer.Identifies, ExclusionView.Of(answer));
}

public interface IDurabilityView<T>
{
    static abstract T Of(AnswerView view, ExitAnswer answer);
}

public sealed record CurveView(DurabilityQuery Query, long Position, string Version, bool Suppressed, IReadOnlyList<GroupCurve> Groups, IReadOnlyList<ExclusionView> Exclusions)
    : IDurabilityView<CurveView>
{
    public static CurveView Of(AnswerView view, ExitAnswer answer) => new(view.Query, view.Position, view.Version, view.Suppressed, ExitCurves.Curves(answer), view.Exclusions);
}

public sealed record HazardView(DurabilityQuery Query, long Position, string Version, bool Suppressed, IReadOnlyList<GroupHazard> Groups, IReadOnlyList<ExclusionView> Exclusions)
    : IDurabilityView<HazardView>
{
    public static HazardView Of(AnswerView view, ExitAnswer answer) => new(view.Query, view.Position, view.Version, view.Suppressed, ExitCurves.Hazards(answer), view.Exclusions);
}

public sealed record IncidenceView(DurabilityQuery Query, long Position, string Version, bool Suppressed, IReadOnlyList<GroupIncidence> Groups, IReadOnlyList<ExclusionView> Exclusions)
    : IDurabilityView<IncidenceView>
{
    public static IncidenceView Of(AnswerView view, ExitAnswer answer) => new(view.Query, view.Position, view.Version, view.Suppressed, ExitCurves.Incidences(answer), view.Exclusions);
}

public sealed record LogRankView(
    DurabilityQuery Query, long Position, string Version, bool Suppressed, double? ChiSquare, int Df, double? P, IReadOnlyList<ComparedGroup> Groups, double? DetectableRatio,
    [property: JsonConverter(typeof(SnakeCase<Reason>))] Reason? Reason, int? Unknown, RepeatSpells RepeatSpells, IReadOnlyList<ExclusionView> Exclusions) : IDurabilityView<LogRankView>
{
    public static LogRankView Of(AnswerView view, ExitAnswer answer)
    {
        var c = ExitComparisons.LogRank(answer);
        return new(view.Query, view.Position, view.Version, view.Suppressed, c.ChiSquare, c.Df, c.P, c.Groups, c.DetectableRatio, c.Reason, c.Unknown, c.RepeatSpells, view.Exclusions);
    }
}

public sealed record MeanView(
    DurabilityQuery Query, long Position, string Version, bool Suppressed, int Tau, IReadOnlyList<GroupMean> Groups, IReadOnlyList<ExclusionView> Exclusions)
{
    public static MeanView Of(AnswerView view, int tau, ExitAnswer answer) =>
        new(view.Query, view.Position, view.Version, view.Suppressed, tau, ExitCurves.Means(answer, tau), view.Exclusions);
}

public sealed record RegressionView(
    DurabilityQuery Query, long Position, string Version, bool Suppressed, IReadOnlyList<RegressionTerm> Terms, double? LogLikelihood, int? N, int? Events, int? Missing, bool FewEvents,
    [property: JsonConverter(typeof(SnakeCase<Reason>))] Reason? Reason, IReadOnlyList<ReferenceLevel> References, IReadOnlyList<ExclusionView> Exclusions)
{
    public static RegressionView Of(AnswerView view, Regression r) =>
        new(view.Query, view.Position, view.Version, view.Suppressed, r.Terms, r.LogLikelihood, r.N, r.Events, r.Missing, r.FewEvents, r.Reason, r.References, view.Exclusions);
}

/// <summary>How a spell differs, and what was learnt of its household in between. Those that change the past come first.</summary>
/// <param name="Facts">The kind of each fact, the day it happened and the instant it was recorded.</param>
public sealed record ChangeRow(
    string? Household, string? District, DateOnly ExitDate, ExitChangeKind Change, bool Late, string? EndThen, DateOnly? EndDateThen, string EndNow, DateOnly EndDateNow,
    IReadOnlyList<ChangeFact> Facts)
{
    public static ChangeRow Of(ExitChange c, PlaceNamer places) => new(
        c.Household, places.District(c.Spell.Exit.Unit)?.ShortName, c.Spell.Spell.ExitDate, c.Kind, c.IsLate,
        c.Then is null ? null : SpellRow.WordOf(c.Then.Spell.EndReason), c.Then is null ? null : End(c.Then.Spell), SpellRow.WordOf(c.Spell.Spell.EndReason), End(c.Spell.Spell),
        [.. c.Facts.Select(f => new ChangeFact(f.Kind, f.On, ReportParameters.InAddress(f.Recorded)))]);

    /// <summary>What is still out was last known to be out on that day.</summary>
    private static DateOnly End(Spell spell) => spell.LastConfirmed ?? spell.EndDate;
}

public sealed record ChangeFact(Households.FactKind Kind, DateOnly On, DateTime Recorded);

public sealed record ChangesView(
    DurabilityQuery Query, long Position, string Version, bool Suppressed, DateTime Since, IReadOnlyList<ExitChangeCount> Changes, IReadOnlyList<ChangedFactCount> Facts,
    IReadOnlyList<ChangeRow> Rows, IReadOnlyList<ExclusionView> Exclusions)
{
    public static ChangesView Of(AnswerView view, ExitChanges changes) => new(
        view.Query, view.Position, view.Version, view.Suppressed, ReportParameters.InAddress(changes.Then.KnownAt), changes.Counts, changes.Facts,
        [.. changes.Rows.Select(r => ChangeRow.Of(r, changes.Now.Places))], view.Exclusions);
}

public sealed record SpellsView(DurabilityQuery Query, long Position, string Version, bool Suppressed, IReadOnlyList<SpellRow> Rows, IReadOnlyList<ExclusionView> Exclusions)
{
    public static SpellsView Of(AnswerView view, IReadOnlyList<SpellRow> rows) => new(view.Query, view.Position, view.Version, view.Suppressed, rows, view.Exclusions);
}

/// <summary>A spell as it stands in a file.</summary>
/// <param name="Event">0 censored, 1 re-entry, 2 moved, 3 dissolved.</param>
public sealed record SpellRow(
    [property: JsonPropertyName("household")] string Household, [property: JsonPropertyName("spell_no")] int SpellNo, [property: JsonPropertyName("exit_date")] DateOnly ExitDate,
    [property: JsonPropertyName("cohort")] int Cohort, [property: JsonPropertyName("district")] string? District, [property: JsonPropertyName("voluntary")] int? Voluntary,
    [property: JsonPropertyName("support")] string Support, [property: JsonPropertyName("standard")] string Standard, [property: JsonPropertyName("entry")] int Entry,
    [property: JsonPropertyName("time")] int Time, [property: JsonPropertyName("event")] int Event, [property: JsonPropertyName("end_reason")] string EndReason,
    [property: JsonPropertyName("end_date")] DateOnly EndDate, [property: JsonPropertyName("period")] int Period, [property: JsonPropertyName("entry_period")] int EntryPeriod,
    [property: JsonPropertyName("district_code")] string? DistrictCode)
{
    /// <summary>What else was asked for, by its name in a file.</summary>
    [JsonExtensionData]
    public Dictionary<string, object>? More { get; init; }

    internal static readonly string[] Header =
        [.. typeof(SpellRow).GetProperties().Select(p => p.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name).OfType<string>()];

    /// <param name="more">What has no column of its own.</param>
    public static SpellRow Of(ToldSpell told, ExitAnswer answer, IReadOnlyList<Grouping> more)
    {
        var (spell, district) = (told.Spell.Spell, answer.Places.District(told.Spell.Exit.Unit));
        return new SpellRow(
            told.Household, spell.Number, spell.ExitDate, spell.Cohort, district?.AsciiName, told.Spell.Exit.Voluntary switch { true => 1, false => 0, null => null },
            told.Spell.Support, spell.Standard, spell.Entry, spell.Time, (int)spell.End,
            WordOf(spell.EndReason), spell.EndDate, spell.Cycle, spell.EntryCycle, district?.Code)
        { More = more.Count == 0 ? null : more.ToDictionary(NameOf, object (g) => answer.ValueOf(told.Spell, g)) };
    }

    public static string NameOf(Grouping column) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(column.ToString());

    /// <summary>What stands in every file.</summary>
    public static bool HasColumn(Grouping grouping) => Header.Contains(NameOf(grouping));

    public static string WordOf(EndReason reason) => reason switch
    {
        Durability.EndReason.ReEntry => "reentry",
        Durability.EndReason.StandardChange => "standard_change",
        Durability.EndReason.MoveOut => "move_out",
        Durability.EndReason.Dissolve => "dissolve",
        _ => "censored",
    };

    public static byte[] Csv(IReadOnlyList<SpellRow> rows, IReadOnlyList<Grouping> more)
    {
        using var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, new CsvWriterOptions(), leaveOpen: true))
        {
            csv.WriteHeader([.. Header, .. more.Select(NameOf)]);
            foreach (var r in rows)
                csv.WriteRecord(
                [
                    SpreadsheetText.Guard(r.Household), Text(r.SpellNo), Day(r.ExitDate), Text(r.Cohort), r.District ?? "", Text(r.Voluntary), SpreadsheetText.Guard(r.Support),
                    SpreadsheetText.Guard(r.Standard), Text(r.Entry), Text(r.Time), Text(r.Event), r.EndReason, Day(r.EndDate), Text(r.Period), Text(r.EntryPeriod), r.DistrictCode ?? "",
                    .. more.Select(g => SpreadsheetText.Guard((string)r.More![NameOf(g)])),
                ]);
        }
        return file.ToArray();

        static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
        static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
