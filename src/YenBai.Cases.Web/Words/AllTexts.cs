using Microsoft.Extensions.Localization;

namespace YenBai.Cases.Web.Words;

/// <summary>The texts of the case with those of support, which stand in files of their own: whoever asks for one need not know in which.</summary>
public sealed class AllTexts(IStringLocalizerFactory factory) : IStringLocalizer<Texts>
{
    private readonly IStringLocalizer texts = factory.Create(typeof(Texts)), support = factory.Create(typeof(SupportTexts));

    public LocalizedString this[string name] => texts[name] is { ResourceNotFound: false } text ? text : support[name];

    public LocalizedString this[string name, params object[] arguments] =>
        texts[name, arguments] is { ResourceNotFound: false } text ? text : support[name, arguments];

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) =>
        texts.GetAllStrings(includeParentCultures).Concat(support.GetAllStrings(includeParentCultures));
}
