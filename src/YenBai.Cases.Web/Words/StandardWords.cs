using System.Globalization;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Web.Words;

/// <summary>What a standard says, and how it reasons, in words.</summary>
public sealed class StandardWords(IStringLocalizer<StandardTexts> texts, Wording words, StandardShelf standards)
{
    private static bool InEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    public string Say(Step step) => texts[$"step.{step.Code}", [.. step.Data.Select(Show)]];

    /// <summary>How certain a threshold is concerns those who correct it, not the officers who apply it.</summary>
    public static bool IsSaid(Step step) => step.Code != "unverified";

    public string Problem(Refusal refusal) => texts[$"refusal.{refusal.Code}", [.. refusal.Data.Select(Show)]];

    public string Certainty(Certainty certainty) => texts[$"certainty.{Wording.Code(certainty)}"];

    /// <summary>The name in the reader's language; Vietnamese is the text of the law.</summary>
    public string Text(StandardValue value) => InEnglish && value.English is { } english ? english : value.Value;

    public string NameOf(PovertyStandard standard) => InEnglish ? standard.NameEn : standard.NameVi;

    public string Value(StandardValue value) => value.Part(0) switch
    {
        "line" => words.Money(value.Number),
        "points" or "rule" when value.Key != "rule/kind" => words.Number(value.Number),
        "form" when value.Part(2) is { } part and ("from" or "through") => texts[$"value.{part}", words.Day(DateOnly.ParseExact(value.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture))],
        "indicator" when value.Part(2) == "same_as" && value.Value.Split('/') is [var standard, var code] => texts["value.same_as", words.Standard(standard), code],
        _ => Text(value),
    };

    /// <summary>What a value is, by its key.</summary>
    public string Label(string key) => key.Split('/') switch
    {
        ["line" or "points", var name, var area] => $"{texts[$"{key.Split('/')[0]}.{name}"]}, {texts[$"area.{area}"]}",
        ["points" or "rule" or "score", var name] => texts[$"{key.Split('/')[0]}.{name}"],
        ["indicator" or "cause" or "need" or "dimension" or "form", var code] => texts[$"label.{key.Split('/')[0]}", code],
        [var group, var code, var part] => texts[$"label.{group}.{part}", code],
        _ => key,
    };

    /// <summary>Codes of a standard in words; a code that it does not know, of an old register, stands as it is.</summary>
    public string Deprivations(string standard, IEnumerable<string> codes) => Named(standard, "indicator", codes);

    public string Causes(string standard, IEnumerable<string> codes) => Named(standard, "cause", codes);

    public string Needs(string standard, IEnumerable<string> codes) => Named(standard, "need", codes);

    private string Named(string standard, string group, IEnumerable<string> codes) =>
        string.Join(", ", codes.Select(c => standards.Newest.Find(standard)?.Find($"{group}/{c}") is { } value ? Text(value) : c));

    private object Show(object? data) => data switch
    {
        null => "–",
        PovertyStandard standard => words.Standard(standard.Code),
        Area area => texts[$"area.{Wording.Code(area)}"].Value,
        PovertyClass @class => words.Choice(@class),
        DateOnly day => words.Day(day),
        decimal number => words.Number(number),
        StandardValue value => Text(value),
        IReadOnlyList<StandardValue> { Count: 0 } => texts["step.none"].Value,
        IReadOnlyList<StandardValue> values => string.Join(", ", values.Select(Text)),
        _ => data,
    };
}
