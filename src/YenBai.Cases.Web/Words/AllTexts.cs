using Microsoft.Extensions.Localization;

namespace YenBai.Cases.Web.Words;

/// <summary>
/// The common texts, and behind them those of the capabilities: a form, a refusal or a choice is looked for under one name,
/// wherever its words stand.
/// </summary>
public sealed class AllTexts(IStringLocalizerFactory factory) : IStringLocalizer<Texts>
{
    private readonly IStringLocalizer[] all = [factory.Create(typeof(Texts)), factory.Create(typeof(SupportTexts)), factory.Create(typeof(NeedTexts)), factory.Create(typeof(SponsorTexts)), factory.Create(typeof(WatchTexts)), factory.Create(typeof(OutcomeTexts))];

    public LocalizedString this[string name] => In(name)[name];

    public LocalizedString this[string name, params object[] arguments] => In(name)[name, arguments];

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => all.SelectMany(t => t.GetAllStrings(includeParentCultures));

    private IStringLocalizer In(string name) => Array.Find(all, t => !t[name].ResourceNotFound) ?? all[0];
}
