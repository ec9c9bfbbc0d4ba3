using System.Globalization;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Households;
using YenBai.Cases.Support;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Support;

/// <summary>Agreements and what is due under them, as an officer says it.</summary>
public sealed class SupportScreenWords(IStringLocalizer<SupportScreenTexts> texts, Wording words)
{
    public string State(SupportState state) => texts[$"state.{Wording.Code(state)}"];

    public string State(ConditionState state) => texts[$"condition.{Wording.Code(state)}"];

    public string After(AfterMiss after) => texts[$"after.{Wording.Code(after)}"];

    public string Evidence(Evidence evidence) => texts[$"evidence.{Wording.Code(evidence)}"];

    /// <summary>“quá hạn 3 ngày”, “hôm nay”, “còn 5 ngày”.</summary>
    public string DueIn(int days) => days switch
    {
        < 0 => texts["days.overdue", words.Number((long)-days)],
        0 => texts["days.today"],
        _ => texts["days.left", words.Number((long)days)],
    };

    /// <summary>When it ends or how it ended.</summary>
    public string End(SupportItem s) => s switch
    {
        { EndedOn: { } ended } => texts["end.ended", words.Day(ended)],
        { State: SupportState.Suspended, Suspensions: [.., { From: var since }] } => texts["end.suspended", words.Day(since)],
        { DaysLeft: < 0 and var past } => texts["end.past", words.Number((long)-past)],
        { DaysLeft: 0 } => texts["end.today"],
        _ => texts["end.left", words.Day(s.End), words.Number((long)s.DaysLeft!.Value)],
    };

    public string Instrument(string code) => words.Instrument(code);

    public string Title(ConditionItem condition) => words.Title(condition);

    public string Title(string? title, string kind) => title ?? words.ConditionKind(kind);

    public string Name(SupportItem s) => s.HeadName ?? texts["name.none"];

    public string Where(string unit, string? hamlet) => hamlet is { Length: > 0 } ? $"{hamlet}, {words.PlaceToday(unit)}" : words.PlaceToday(unit);

    /// <summary>All that a bar with its marks shows, in one sentence.</summary>
    public string Sentence(SupportItem s)
    {
        var sentence = new System.Text.StringBuilder(texts["sentence", Name(s), Instrument(s.Instrument), words.PlaceToday(s.Unit), State(s.State), words.Day(s.Start), words.Day(s.EndedOn ?? s.End)]);
        sentence.Append(' ').Append(End(s)).Append('.');
        var counts = s.Conditions.CountBy(c => c.State).OrderBy(c => c.Key).Select(c => $"{c.Value.ToString(CultureInfo.InvariantCulture)} {State(c.Key)}").ToList();
        sentence.Append(' ').Append(counts.Count == 0 ? texts["sentence.no_conditions"].Value : texts["sentence.conditions", string.Join(", ", counts)].Value);
        if (s.Conditions.FirstOrDefault(c => c is { State: ConditionState.Due or ConditionState.HandedIn, DaysLeft: not null }) is { } next)
            sentence.Append(' ').Append(texts["sentence.next", Title(next), DueIn(next.DaysLeft!.Value)].Value);
        return sentence.ToString();
    }
}
