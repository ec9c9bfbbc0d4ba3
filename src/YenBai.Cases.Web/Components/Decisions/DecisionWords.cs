using System.Globalization;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Commands;
using YenBai.Cases.Decisions;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Decisions;

/// <summary>What a decision rests on and what it does, in words.</summary>
public sealed class DecisionWords(IStringLocalizer<DecisionTexts> texts, Wording words, PlaceCatalog places, Problems problems)
{
    private static bool English => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    public string Effect(ListEffect effect) => texts[$"effect.{Wording.Code(effect)}"];

    public string Problem(ReviewProblem problem) => texts[$"problem.{Wording.Code(problem)}"];

    public string Class(PovertyClass? @class) => @class is { } c ? words.Choice(c) : texts["class.none"];

    public string InSentence(PovertyClass? @class) => Lower(Class(@class));

    public string Name(Instrument instrument) => English ? instrument.NameEn : instrument.NameVi;

    public string Name(string instrument) => Instruments.Find(instrument) is { } i ? Name(i) : instrument;

    public string Indicator(StandardRules rules, string code) => rules.IndicatorOf(code) is { } i ? English ? i.Name.English ?? i.Name.Value : i.Name.Value : code;

    /// <summary>By which rule, with the limits of the area.</summary>
    public string Rule(StandardRules rules, Area area)
    {
        var (limits, names, where) = (rules.LimitsIn(area), Names(rules), Lower(words.Choice(area)));
        return rules.Kind == RuleKind.TwoTier
            ? texts["rule.two_tier", where, names.A, words.Number(limits.Outright!.Number), words.Number(limits.Upper.Number), names.B, words.Number(limits.Deprived.Number)]
            : texts["rule.single_line", where, names.A, words.Number(limits.Upper.Number), names.B, words.Number(limits.Deprived.Number)];
    }

    /// <summary>The household's own points, each beside the limit it is held to.</summary>
    public IEnumerable<string> Points(Assessed form, StandardRules rules, Area area)
    {
        var (limits, names) = (rules.LimitsIn(area), Names(rules));
        yield return form.ScoreA is { } a
            ? Upper(texts[a > limits.Upper.Number ? "points.a_above" : limits.Outright is { } o && a <= o.Number ? "points.a_outright" : "points.a_under", names.A, words.Number(a), words.Number(limits.Upper.Number), words.Number(limits.Outright?.Number ?? 0)])
            : Upper(texts["points.a_missing", names.A]);
        if ((form.ScoreB ?? (form.Deprivations.Count > 0 ? form.Deprivations.Count * rules.PointsPerIndicator : null)) is { } b)
            yield return Upper(texts[b >= limits.Deprived.Number ? "points.b_enough" : "points.b_less", names.B, words.Number(b), words.Number(limits.Deprived.Number)]);
        if (form.Deprivations.Count > 0) yield return texts["points.lacks", string.Join("; ", form.Deprivations.Select(c => Indicator(rules, c)))];
        if (form.Answers is null) yield return texts["points.entered"];
    }

    public string Meeting(MeetingHeld? meeting) => meeting is null
        ? texts["meeting.none"]
        : texts[meeting.Consents() ? "meeting.consents" : "meeting.does_not", words.Day(meeting.On), words.Number((long)meeting.Agreed), words.Number((long)meeting.Present), InSentence(meeting.Proposed)]
            + (meeting.Minutes is { } m ? texts["meeting.minutes", m].Value : "");

    public string MeetingShort(MeetingHeld meeting) => texts["meeting.short", words.Number((long)meeting.Agreed), words.Number((long)meeting.Present)];

    public string Where(string unit, string? hamlet) => string.IsNullOrEmpty(hamlet) ? words.PlaceToday(unit) : $"{hamlet}, {words.PlaceToday(unit)}";

    /// <summary>Why it was not done.</summary>
    public string Outcome(BatchOutcome outcome) => outcome.Reception switch
    {
        Reception.Refused => problems.Text(outcome.Refusal!),
        Reception.Stale => texts["outcome.stale"],
        Reception.KeyReused => texts["outcome.key_reused"],
        Reception.NotPermitted => texts["outcome.not_permitted"],
        Reception.NoSuchHousehold => texts["outcome.not_there"],
        _ => outcome.Effect is { } e ? Effect(e) : texts["outcome.done"],
    };

    public string Remedy(Remedy remedy, DateOnly decided)
    {
        var (what, where) = English ? (remedy.WhatEn, remedy.WhereEn) : (remedy.WhatVi, remedy.WhereVi);
        return remedy.Days is not { } days
            ? texts["remedy.any", what, where]
            : texts[$"remedy.{remedy.CountedFrom}{(remedy.WorkingDays ? "_working" : "")}", what, where, days, words.Day(decided.AddDays(days))];
    }

    /// <summary>The commune of the decision as it was called on that day.</summary>
    public string Commune(string unit, DateOnly day) => (places.At(unit, Level.Commune, day) ?? places.Get(unit))?.Name ?? unit;

    public string ShortCommune(string unit, DateOnly day) => (places.At(unit, Level.Commune, day) ?? places.Get(unit))?.ShortName ?? unit;

    private (string A, string B) Names(StandardRules rules) => (texts["score.a", rules.ScoreNames.A], texts["score.b", rules.ScoreNames.B]);

    private static string Lower(string text) => text.Length == 0 ? text : char.ToLower(text[0], CultureInfo.CurrentUICulture) + text[1..];

    private static string Upper(string text) => text.Length == 0 ? text : char.ToUpper(text[0], CultureInfo.CurrentUICulture) + text[1..];
}
