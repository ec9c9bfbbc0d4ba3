using Microsoft.Extensions.Localization;

namespace YenBai.Cases.Web.Words;

/// <summary>
/// The common texts, and behind them those of the capabilities: a form, a refusal or a choice is looked for under one name,
/// wherever its words stand.
/// </summary>
public sealed class AllTexts(IStringLocalizerFactory factory, IEnumerable<TextSource> sources) : IStringLocalizer<Texts>
{
    private readonly IStringLocalizer[] all = [factory.Create(typeof(Texts)), .. sources.Select(s => factory.Create(s.Type))];

    public LocalizedString this[string name] => In(name)[name];

    public LocalizedString this[string name, params object[] arguments] => In(name)[name, arguments];

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => all.SelectMany(t => t.GetAllStrings(includeParentCultures));

    private IStringLocalizer In(string name) => Array.Find(all, t => !t[name].ResourceNotFound) ?? all[0];
}

/// <summary>Texts of a feature that are found under the common texts too, in the order of registration.</summary>
public sealed record TextSource(Type Type);

public static class TextSources
{
    public static IServiceCollection AddTexts<T>(this IServiceCollection services) => services.AddSingleton(new TextSource(typeof(T)));
}
