using System.Text.Json.Serialization;
using YenBai.Cases.Commands;

namespace YenBai.Cases.Standards;

/// <summary>The two scores of a form: income points (A, B1) and deprivation points (B, B2).</summary>
[JsonConverter(typeof(SnakeCase<FormScore>))]
public enum FormScore { A, B }

/// <summary>What one option under one item of a form counts for.</summary>
public sealed record PointOption(FormScore Score, string Item, string Option, decimal Points);

/// <summary>The points of a form, as far as somebody had them: they do not ship with the program.</summary>
public sealed record PointTable(string Standard, string Form, IReadOnlyList<PointOption> Options)
{
    /// <summary>What is wrong with a choice of options: an item or an option that is not on the form, or an item left out.</summary>
    public Refusal? Refuses(IReadOnlyDictionary<string, string> chosen)
    {
        foreach (var (item, option) in chosen)
        {
            if (!Options.Any(o => o.Item == item)) return new("unknown_item", "answers", item, Form);
            if (!Options.Any(o => o.Item == item && o.Option == option)) return new("unknown_option", "answers", option, item);
        }
        return Options.FirstOrDefault(o => !chosen.ContainsKey(o.Item)) is { } missing ? new("item_missing", "answers", missing.Item) : null;
    }

    /// <summary>The sum of what was chosen; none where the table has no item of this score.</summary>
    public decimal? Total(FormScore score, IReadOnlyDictionary<string, string> chosen) =>
        Options.Any(o => o.Score == score)
            ? Options.Where(o => o.Score == score && chosen.TryGetValue(o.Item, out var option) && o.Option == option).Sum(o => o.Points)
            : null;
}
