using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Localization;
using Radzen;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Hosting;

/// <summary>The texts inside Radzen's components, from the same resources as all others; where there is none, Radzen's own English.</summary>
public sealed class RadzenTexts(IStringLocalizer<Texts> texts) : ILocalizer
{
    /// <summary>Keys that a Vietnamese reader met in English.</summary>
    public ConcurrentDictionary<string, byte> Missing { get; } = new();

    public string? Get(string key, CultureInfo culture)
    {
        if (culture.TwoLetterISOLanguageName != "vi") return null;
        var text = texts[$"radzen.{key}"];
        if (!text.ResourceNotFound) return text.Value;
        Missing.TryAdd(key, 0);
        return null;
    }
}
