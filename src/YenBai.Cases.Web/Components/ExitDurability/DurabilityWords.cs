using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Durability;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Places;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.ExitDurability;

/// <summary>Groups, shares, intervals and reasons in words. Intervals are rounded outward, so that they hold what they held.</summary>
public sealed class DurabilityWords(IStringLocalizer<DurabilityPageTexts> texts, Wording words, PlaceCatalog places)
{
    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    public string Share(double share) => $"{OneDecimal(share * 100)} %";

    public string Interval(double lower, double upper) => $"{OneDecimal(Down(lower * 100, 1))}–{OneDecimal(Up(upper * 100, 1))} %";

    /// <summary>The difference of two shares.</summary>
    public string Points(double difference) => texts["points", OneDecimal(Math.Abs(difference) * 100)];

    /// <summary>A difference with its sign, in percentage points.</summary>
    public string SignedPoints(double difference) => texts["points", Signed(difference)];

    public string Signed(double difference) => $"{(difference > 0 ? "+" : difference < 0 ? "−" : "")}{OneDecimal(Math.Abs(difference) * 100)}";

    public string Ratio(double ratio) => ratio.ToString(ratio < 0.1 ? "0.000" : "0.00", Culture);

    public string Ratios(double lower, double upper) => $"{Down(lower, 2).ToString("0.00", Culture)}–{Up(upper, 2).ToString("#,0.00", Culture)}";

    public string P(double p) => p < 0.001 ? texts["p.tiny", 0.001.ToString("0.000", Culture)] : texts["p.is", p.ToString("0.000", Culture)];

    public string Number(double number, string format = "#,0.00") => number.ToString(format, Culture);

    public string Confidence(double level) => $"{(level * 100).ToString("0.##", Culture)} %";

    private static string OneDecimal(double number) => number.ToString("#,0.0", Culture);

    /// <summary>A last bit too much or too little is no digit.</summary>
    private static double Down(double number, int decimals) => Math.Floor(number * Math.Pow(10, decimals) + 1e-9) / Math.Pow(10, decimals);

    private static double Up(double number, int decimals) => Math.Ceiling(number * Math.Pow(10, decimals) - 1e-9) / Math.Pow(10, decimals);

    public string Why(Reason? reason) => texts[$"reason.{Wording.Code(reason ?? Reason.NoData)}"];

    public string Grouping(Grouping grouping) => texts[$"by.{Wording.Code(grouping)}"];

    public string Rule(string rule) => texts[$"rule.{rule}"];

    /// <summary>A review, or a year in months.</summary>
    public string Horizon(TimeScale scale, int horizon) =>
        scale == TimeScale.Reviews ? texts["horizon.review", horizon] : texts["horizon.months", Months(horizon)];

    /// <summary>On the scale of days a year has 365.25 of them.</summary>
    public static int Months(int days) => (int)Math.Round(days / 365.25 * 12);

    /// <summary>The mean in the unit in which people count: reviews, or years.</summary>
    public (double Value, double Lower, double Upper, int Of) Mean(GroupMean mean, TimeScale scale, int tau)
    {
        var unit = scale == TimeScale.Reviews ? 1 : tau / Math.Round(tau / 365.25);
        return (mean.Value!.Value / unit, Down((mean.Lower ?? mean.Value.Value) / unit, 2), Up((mean.Upper ?? mean.Value.Value) / unit, 2), (int)Math.Round(tau / unit));
    }

    /// <summary>A value of a grouping as it stands in files, as a person says it.</summary>
    public string Group(Grouping? grouping, string value, DateOnly asOf)
    {
        if (grouping is not { } by) return texts["group.all"];
        if (value == ExitSpell.Unknown) return texts["group.unknown"];
        return by switch
        {
            Cases.ExitDurability.Grouping.District => places.Units.FirstOrDefault(u => u.Level == Level.District && u.AsciiName == value)?.ShortName ?? value,
            Cases.ExitDurability.Grouping.Commune => places.Resolve(value, asOf)?.Name ?? value,
            Cases.ExitDurability.Grouping.Cohort => texts["group.cohort", value],
            Cases.ExitDurability.Grouping.Support => words.Supports(value),
            Cases.ExitDurability.Grouping.Standard => words.Standard(value),
            _ => texts[$"group.{Wording.Code(by)}.{value}"],
        };
    }

    public string Group(ExitAnswer answer, string value) => Group(answer.Question.GroupBy, value, answer.AsOf);

    /// <summary>A term of a regression: which value of what, against which other; none for the terms of the baseline.</summary>
    public (Grouping By, string Value, string Against)? Term(string term, ExitAnswer answer, IReadOnlyList<Grouping> covariates)
    {
        var parts = term.Split('=', 2);
        foreach (var by in covariates.Where(c => JsonNamingPolicy.CamelCase.ConvertName(c.ToString()) == parts[0]))
        {
            var against = ExitComparisons.ReferenceOf(answer, by)?.Level ?? "";
            return (by, Group(by, parts.Length == 1 ? "1" : parts[1], answer.AsOf), Group(by, against, answer.AsOf));
        }
        return null;
    }

    /// <summary>The question in a sentence.</summary>
    public string Question(ExitAnswer answer)
    {
        var q = answer.Question;
        var cohorts = (q.CohortFrom, q.CohortTo) switch
        {
            (null, null) => texts["asked.cohorts.all"],
            ({ } from, null) => texts["asked.cohorts.from", Year(from)],
            (null, { } to) => texts["asked.cohorts.to", Year(to)],
            ({ } from, { } to) when from == to => texts["asked.cohorts.one", Year(from)],
            ({ } from, { } to) => texts["asked.cohorts.between", Year(from), Year(to)],
        };
        return texts[q.GroupBy is null ? "asked" : "asked.by", cohorts.Value, q.Place is { } place ? words.PlaceInFull(place) : texts["asked.everywhere"].Value, q.GroupBy is { } by ? Grouping(by) : ""];
    }

    /// <summary>The finer choices that are not those of everybody.</summary>
    public IReadOnlyList<string> Unusual(ExitQuestion q)
    {
        var told = new List<string>();
        void Tell(bool unusual, string key) { if (unusual) told.Add(texts[key]); }
        Tell(q.Scope == SpellScope.First, "unusual.scope");
        Tell(q.Depth == ReturnDepth.Broad, "unusual.depth");
        Tell(q.Censoring == CensoringRule.AsOf, "unusual.censoring");
        Tell(q.StandardChange == StandardChangeRule.Event, "unusual.standard_change");
        Tell(q.MoveOut == MoveOut.Censor, "unusual.move_out");
        Tell(q.Interval != IntervalKind.LogLog, q.Interval == IntervalKind.Log ? "unusual.interval_log" : "unusual.interval_plain");
        Tell(q.Variance == VarianceKind.Greenwood, "unusual.variance");
        return told;
    }

    /// <summary>As of when, known until when, and the number of the last record.</summary>
    public string Dates(ExitAnswer answer) => texts["dates", words.Day(answer.AsOf), Instant(answer.KnownAt), words.Number(answer.Position)];

    public string Instant(DateTimeOffset at) => at == Days.EndOf(Days.DayOf(at)) ? words.Day(at) : words.Moment(at);

    public static string Year(int year) => year.ToString(CultureInfo.InvariantCulture);

    /// <summary>Several names as one says them.</summary>
    public string Several(IEnumerable<string> names) => string.Join(", ", names);

    /// <summary>Text in lines of no more than so many letters.</summary>
    public static IEnumerable<string> Wrapped(string text, int letters)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > letters)
            {
                yield return line;
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        if (line.Length > 0) yield return line;
    }
}
