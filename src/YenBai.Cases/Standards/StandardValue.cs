using System.Globalization;
using System.Text.Json.Serialization;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Standards;

/// <summary>How certain a value is.</summary>
[JsonConverter(typeof(SnakeCase<Certainty>))]
public enum Certainty
{
    /// <summary>The text of the law, or a page that quotes it, was read.</summary>
    Verified,

    /// <summary>From a source that is no law.</summary>
    Secondary,

    /// <summary>Nobody has read the text yet: a hypothesis.</summary>
    Unverified,

    /// <summary>Follows from other values.</summary>
    Computed,
}

/// <summary>One value of a standard, with what it rests on.</summary>
/// <param name="Key">What it is, from the general to the particular: <c>line/income/rural</c>, <c>indicator/4/deprived</c>.</param>
/// <param name="Value">A number, a code, or Vietnamese words.</param>
/// <param name="English">The words in English; none for what is no words.</param>
public sealed record StandardValue(string Key, string Value, string? English, Certainty Certainty, string Source)
{
    [JsonIgnore]
    public decimal Number => decimal.Parse(Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    /// <summary>The part of the key at a place: of <c>indicator/4/deprived</c>, 4 is at 1.</summary>
    public string? Part(int place) => Key.Split('/') is var parts && place < parts.Length ? parts[place] : null;
}
