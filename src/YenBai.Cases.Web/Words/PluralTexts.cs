using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;

namespace YenBai.Cases.Web.Words;

/// <summary>
/// Texts that count: <c>{0} {0|household|households}</c> has the first form where argument 0 is shown as 1, else the second.
/// Vietnamese does not need it; English does.
/// </summary>
public sealed partial class PluralTexts(IStringLocalizer texts) : IStringLocalizer
{
    public LocalizedString this[string name] => texts[name];

    public LocalizedString this[string name, params object[] arguments] =>
        texts[name] is { ResourceNotFound: false } found && found.Value.Contains('|', StringComparison.Ordinal)
            ? new(name, string.Format(CultureInfo.CurrentCulture, Chosen(found.Value, arguments), arguments), false, found.SearchedLocation)
            : texts[name, arguments];

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => texts.GetAllStrings(includeParentCultures);

    /// <summary>The text with one of the two forms at each place.</summary>
    public static string Chosen(string text, IReadOnlyList<object> arguments) => Forms().Replace(text, m =>
        int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is var i && i < arguments.Count && IsOne(arguments[i]) ? m.Groups[2].Value : m.Groups[3].Value);

    private static bool IsOne(object? argument) => Convert.ToString(argument, CultureInfo.InvariantCulture) == "1";

    [GeneratedRegex(@"\{(\d)\|([^|{}]*)\|([^|{}]*)\}")]
    private static partial Regex Forms();
}

/// <summary>
/// Every file of texts can count. All of them are in the folder of resources under the name of their class alone, so that the class can
/// stand with its feature and the name of the embedded resource stays.
/// </summary>
public sealed class PluralTextsFactory(IStringLocalizerFactory files) : IStringLocalizerFactory
{
    public IStringLocalizer Create(Type resourceSource) => resourceSource.Assembly == typeof(Texts).Assembly
        ? Create(resourceSource.Name, resourceSource.Assembly.GetName().Name!)
        : new PluralTexts(files.Create(resourceSource));

    public IStringLocalizer Create(string baseName, string location) => new PluralTexts(files.Create(baseName, location));

    public static void Add(IServiceCollection services)
    {
        services.AddLocalization(o => o.ResourcesPath = "Resources");
        services.AddSingleton<ResourceManagerStringLocalizerFactory>();
        services.AddSingleton<IStringLocalizerFactory>(s => new PluralTextsFactory(s.GetRequiredService<ResourceManagerStringLocalizerFactory>()));
    }
}
