using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Access;
using YenBai.Cases.Registering;
using YenBai.Cases.Web.Components.ExitDurability;
using YenBai.Cases.Web.Components.Movements;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Access;

/// <summary>What was read, and by which question, in words.</summary>
public sealed class ReadingWords(
    IStringLocalizer<AccessTexts> texts, IStringLocalizer<Texts> common, IStringLocalizer<DurabilityPageTexts> durability, IStringLocalizer<MovementTexts> movement, Wording words)
{
    /// <summary>Where the values of a part have words.</summary>
    private static readonly Dictionary<string, string[]> Kinds = new()
    {
        ["class"] = ["poverty_class"],
        ["to"] = ["poverty_class"],
        ["state"] = ["support_state", "wish_state"],
        ["support"] = ["support"],
        ["event"] = ["kind"],
    };

    /// <summary>What was read, of how many households.</summary>
    public string What(ReadEntry entry)
    {
        var question = Question.Parse(entry.Detail ?? "");
        var list = texts[$"list.{question.List}"];
        if (entry.What == ReadKind.Alarm)
        {
            var alarm = ReadingAlarms.Read(entry.At, entry.User, entry.Detail!);
            return texts[$"read.alarm_{Wording.Code(alarm.Window)}", words.Number(alarm.Households), words.Number(alarm.Limit)];
        }
        if (entry.What == ReadKind.Asked) return texts["read.asked", Figures(question).Report];
        return (entry.What, list.ResourceNotFound) switch
        {
            (ReadKind.Listed, false) => texts["read.listed", list.Value, words.Number(entry.Named)],
            (ReadKind.Exported, false) => texts["read.exported_list", list.Value, words.Number(entry.Named)],
            (ReadKind.SearchedByIdNumber, false) => texts["read.searched_list", list.Value, words.Number(entry.Named)],
            (ReadKind.ListedBehind, false) => texts["read.behind", list.Value, words.Number(entry.Named)],
            _ => Before(entry.What, entry.Detail),
        };
    }

    /// <summary>The question, part by part; empty for what is asked without one.</summary>
    public string Asked(ReadEntry entry)
    {
        if (entry.What == ReadKind.Alarm) return "";
        var question = Question.Parse(entry.Detail ?? "");
        return string.Join("; ", (entry.What == ReadKind.Asked ? Figures(question).Parts : question.Parts).Select(Part));
    }

    /// <summary>A question about figures is stored as one text: the report, its years, and what was chosen as name=value.</summary>
    private (string Report, IReadOnlyList<QuestionPart> Parts) Figures(Question question)
    {
        if (question.Parts is not [var text, ..] || text.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var report, .. var chosen]) return ("–", []);
        var named = texts[$"figures.{report.Split('/')[0]}"];
        var parts = chosen.Select(c => c.Split('=', 2)).Select(c => c.Length == 2 ? new QuestionPart(c[0], c[1], false) : new QuestionPart("year", c[0].Replace(",", ", ", StringComparison.Ordinal), false));
        return (named.ResourceNotFound ? report : named.Value, [.. parts.Where(p => p.Value.Length > 0)]);
    }

    /// <summary>As it was written before questions were recorded.</summary>
    private string Before(ReadKind what, string? detail) => what switch
    {
        ReadKind.Exported when detail == "audit" => texts["read.exported_audit"],
        ReadKind.Exported when detail?.Split(", ", 2) is [var format, var place] => texts["read.exported", format, place],
        ReadKind.Exported => texts["read.exported", detail ?? "–", texts["read.everything"].Value],
        ReadKind.SearchedByIdNumber when detail?.Split(": ") is [var digits, var found] => texts["read.searched", digits, found],
        ReadKind.ListedBehind => texts["read.listed_behind", detail ?? "–"],
        _ => texts[$"read.{Wording.Code(what)}"],
    };

    private string Part(QuestionPart part)
    {
        var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(part.Name);
        var label = texts[$"asked.{name}"];
        var said = label.ResourceNotFound ? name : label.Value;
        return part.Value == "true" || Guid.TryParse(part.Value, out _) ? said : texts["asked", said, Value(name, part.Value)];
    }

    private string Value(string name, string value)
    {
        // The digest of what was typed: how long it was is all that can be said.
        if (value.StartsWith('#')) return texts["asked.hidden", value.Split('(', ')')[1]];
        if (name is "place" or "unit") return words.PlaceInFull(value);
        if (name == "standard") return words.Standard(value);
        if (name == "instrument") return words.Instrument(value);
        if (texts[$"asked.{name}.{value}"] is { ResourceNotFound: false } order) return order;
        if (name is "group_by" or "strata") return string.Join(", ", value.Split(',').Select(v => Or(durability[$"by.{JsonNamingPolicy.SnakeCaseLower.ConvertName(v)}"], v)));
        if (name == "by") return Or(movement[$"form.by.{JsonNamingPolicy.SnakeCaseLower.ConvertName(value)}"], value);
        if (durability[$"choice.{Camel(name)}.{Camel(value)}"] is { ResourceNotFound: false } choice) return choice;
        if (name is "total" or "size" or "most" or "skip" or "spells" && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return words.Number(number);
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return words.Day(day);
        foreach (var kind in Kinds.GetValueOrDefault(name) ?? [])
            if (common[$"{kind}.{value}"] is { ResourceNotFound: false } word) return word;
        return value.Replace('_', ' ');
    }

    private static string Or(LocalizedString word, string code) => word.ResourceNotFound ? code : word.Value;

    /// <summary>Enumerations are stored as last_confirmed in lists and as LastConfirmed in questions about figures; their words are under lastConfirmed.</summary>
    private static string Camel(string code) => JsonNamingPolicy.CamelCase.ConvertName(string.Concat(code.Split('_').Select(w => w.Length == 0 ? w : char.ToUpperInvariant(w[0]) + w[1..])));
}
