using System.Globalization;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Outcomes;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Outcomes;

/// <summary>Figures of outcomes as people read them: a missing one in words, an interval rounded outward, never a nought for nothing.</summary>
public sealed class OutcomeFigures(IStringLocalizer<OutcomeTexts> texts, Wording words)
{
    public string Value(Outcome o) => o.Value is { } value ? Figure(value, o.Unit) : Missing(o);

    public string Missing(Outcome o) => texts[$"missing.{Wording.Code(o.Reason ?? Lacking.NoData)}"];

    public string? Range(OutcomeRange? range, OutcomeUnit unit) =>
        range is { Lower: { } lower, Upper: { } upper } ? texts["range", Number(lower, unit, Math.Floor), Figure(upper, unit, Math.Ceiling)].Value : null;

    public string Share(double share) => Figure(share, OutcomeUnit.Share);

    private string Figure(double value, OutcomeUnit unit, Func<double, double>? round = null)
    {
        var number = Number(value, unit, round);
        return unit switch { OutcomeUnit.Share => number + " %", OutcomeUnit.Points => texts["points", number], OutcomeUnit.Years => texts["years", number], _ => number };
    }

    private string Number(double value, OutcomeUnit unit, Func<double, double>? round = null)
    {
        if (unit == OutcomeUnit.Households) return words.Number((long)value);
        var (scale, digits) = unit == OutcomeUnit.Share ? (100.0, 1) : (1.0, 2);
        var tens = Math.Pow(10, digits);
        // What is a whole tenth but for the last bit is one.
        var rounded = round is null ? Math.Round(value * scale, digits, MidpointRounding.AwayFromZero) : round(Math.Round(value * scale * tens, 9)) / tens;
        return rounded.ToString(digits == 1 ? "0.0" : "0.00", CultureInfo.CurrentUICulture);
    }
}
