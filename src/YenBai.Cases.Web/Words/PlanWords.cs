using System.Globalization;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Commands;
using YenBai.Cases.Plan;
using YenBai.Cases.Web.Components.Plan;

namespace YenBai.Cases.Web.Words;

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
        { Comparator: Comparator.Between, Upper: { } upper } => texts["target.between", words.Number(target.Value), words.Number(upper)],
        _ => texts[$"target.{Wording.Code(target.Comparator)}", words.Number(target.Value)],
    };

    /// <summary>As in <see cref="Target"/>, with every digit: what is read again is the same target.</summary>
    public string Exact(PlanTarget target) => target switch
    {
        { Comparator: Comparator.AtMost, Value: 0 } => texts["target.none_left"],
        { Comparator: Comparator.Between, Upper: { } upper } => texts["target.between", BoundText.Number(target.Value), BoundText.Number(upper)],
        _ => texts[$"target.{Wording.Code(target.Comparator)}", BoundText.Number(target.Value)],
    };

    /// <summary>Why a plan cannot be entered.</summary>
    public string Problem(Refusal refusal) => texts[$"refusal.{refusal.Code}", [.. refusal.Data.Select(d => d switch { null => "–", DateOnly day => words.Day(day), decimal number => BoundText.Number(number), int number => number.ToString(CultureInfo.InvariantCulture), _ => d })]];

    /// <summary>Why a line of a plan's file cannot be read.</summary>
    public string Reason(string code) => texts[$"reason.{code}"];

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
        row.Target is { Aim: > 0 } target && row.Measure.MoreIsBetter() && row.Actual.Value is { } actual ? Math.Max(0, actual / target.Aim) : null;

    private string Signless(decimal value) => (value < 0 ? "−" : "") + words.Number(Math.Abs(value));
}
