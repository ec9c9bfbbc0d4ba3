using System.Globalization;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Calendar;
using YenBai.Cases.Plan;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Planning;

/// <summary>The figures of a plan in words.</summary>
public sealed class PlanWords(IStringLocalizer<PlanTexts> texts, Wording words)
{
    public string Measure(Measure measure) => texts[$"measure.{measure.NameOf()}"];

    public string Part(Component part) => texts[$"part.{Wording.Code(part)}"];

    /// <summary>As the plan bounds it: “ít nhất 100”, “trên 6,5”, “không còn hộ nào”.</summary>
    public string Target(PlanTarget? target) => target switch
    {
        null => texts["target.none"],
        { Comparator: Comparator.AtMost, Value: 0 } => texts["target.none_left"],
        _ => texts[$"target.{Wording.Code(target.Comparator)}", words.Number(target.Value)],
    };

    /// <summary>A rate has two decimals, as on the official form.</summary>
    public string Value(Measure measure, decimal value) =>
        measure.IsRate() ? (value < 0 ? "−" : "") + Math.Abs(value).ToString("#,0.00", CultureInfo.CurrentUICulture) : Signless(value);

    public string Figure(Measure measure, Figure figure) => figure.Value is { } value ? Value(measure, value) : texts[$"missing.{Wording.Code(figure.Reason!.Value)}"];

    /// <summary>With its sign, in front of the number where an officer looks for it.</summary>
    public string Gap(Measure measure, decimal? gap) =>
        gap is not { } g ? "–" : (g > 0 ? "+" : g < 0 ? "−" : "") + Value(measure, Math.Abs(g));

    public string Percent(decimal? percent) => percent is { } p ? p.ToString("#,0.00", CultureInfo.CurrentUICulture) : texts["missing.no_denominator"];

    public string Instant(DateTimeOffset at) => at == Days.EndOf(Days.DayOf(at)) ? words.Day(at) : $"{words.Day(at)} {at.ToOffset(TimeSpan.FromHours(7)):HH:mm}";

    /// <summary>How much of a target to be reached there is; none for what is to vanish.</summary>
    public static decimal? Share(MeasureProgress row) =>
        row.Target is { Value: > 0 } target && row.Measure.MoreIsBetter() && row.Actual.Value is { } actual ? Math.Max(0, actual / target.Value) : null;

    private string Signless(decimal value) => (value < 0 ? "−" : "") + words.Number(Math.Abs(value));
}
