using System.Globalization;
using YenBai.Cases.Support;

namespace YenBai.Cases.Web.Words;

/// <summary>Instruments and conditions by the names that their data give them, in the reader's language.</summary>
public sealed class SupportWords
{
    private static bool English => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>The instrument's name; one that is no longer listed is called by its code.</summary>
    public string Instrument(string code) => Instruments.Find(code) is { } i ? English ? i.NameEn : i.NameVi : code;

    public string Condition(string kind) => Instruments.FindCondition(kind) is { } c ? English ? c.NameEn : c.NameVi : kind;

    /// <summary>A condition's own words, else those of its kind.</summary>
    public string Title(ConditionItem condition) => condition.Title ?? Condition(condition.Kind);
}
