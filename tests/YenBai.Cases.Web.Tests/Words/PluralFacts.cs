using System.Globalization;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Decisions;
using YenBai.Cases.Privacy;
using YenBai.Cases.Standards;
using YenBai.Cases.Web.Tests.Store;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Tests.Words;

/// <summary>The page of the standards says how certain a value is, to those who correct it; nothing else does. All texts together: English counts one and many, and none has a note of the developers.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class PluralFacts(TestStore store) : IClassFixture<TestStore>
{
    private IEnumerable<(string File, string Key, string Text)> All(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = new(language);
        foreach (var anchor in typeof(Texts).Assembly.GetTypes().Where(t => t.Namespace == "YenBai.Cases.Web" && t.Name.EndsWith("Texts", StringComparison.Ordinal)))
            foreach (var text in store.Get<IStringLocalizerFactory>().Create(anchor).GetAllStrings(true)) yield return (anchor.Name, text.Name, text.Value);
    }

    [Theory]
    [InlineData("{0} {0|household|households} found", "1", "1 household found")]
    [InlineData("{0} {0|household|households} found", "0", "0 households found")]
    [InlineData("{0} {0|household|households} found", "1,001", "1,001 households found")]
    [InlineData("{0} {0|request waits|requests wait}", 1, "1 request waits")]
    [InlineData("no number", 1, "no number")]
    public void A_text_that_counts_has_the_form_of_its_number(string text, object count, string says) =>
        string.Format(CultureInfo.InvariantCulture, PluralTexts.Chosen(text, [count]), count).ShouldBe(says);

    [Fact]
    public void One_is_never_counted_as_many_in_English()
    {
        object[] ones = [.. Enumerable.Repeat((object)"1", 10)];

        var texts = store.Get<IStringLocalizerFactory>();
        var wrong = All("en").Where(t => t.Text.Contains('{')).Select(t => (t.File, t.Key, Says: texts.Create(typeof(Texts).Assembly.GetType($"YenBai.Cases.Web.{t.File}")!)[t.Key, ones].Value))
            .Where(t => CountedAsMany().IsMatch(t.Says) || t.Says.Contains('|')).ToList();

        wrong.ShouldBeEmpty();
    }

    [Theory, InlineData("vi"), InlineData("en")]
    public void No_text_names_a_command_a_file_or_a_doubt_of_its_authors(string language) =>
        All(language).Where(t => OurNotes().IsMatch(t.Text) && !(t is { File: "StandardTexts", Key: "certainty.unverified" or "certainty.unverified.means" or "marks" or "step.unverified" })).ShouldBeEmpty();

    /// <summary>How certain a source is has a column of its own; what is printed of it names the source alone.</summary>
    [Fact]
    public void No_source_of_the_shipped_data_has_a_doubt_of_its_authors()
    {
        var sources = Remedies.All.Select(r => r.Source)
            .Concat(StandardBook.Shipped.All.SelectMany(r => r.Values.Select(v => v.Source).Append(r.Standard.Source)))
            .Concat(RetentionSchedule.All.SelectMany(r => new[] { r.BasisVi, r.BasisEn, r.KeptVi, r.ThenVi }));

        sources.Where(s => OurNotes().IsMatch(s)).ShouldBeEmpty();
    }

    [GeneratedRegex(@"\b1 (?:more |different |working |poor |recovery |percentage |voluntary )*(?:households|days|rows|agreements|conditions|requests|letters|months|members|spells|animals|trainings|characters|facts|items|indicators|seconds|minutes|places|steps|units|codes|words|complaints|rules|agencies|people|times,|photographs|points|exits|kinds)\b")]
    private static partial Regex CountedAsMany();

    [GeneratedRegex(@"ops/cases|\.csv\b|unit_code|household_code|[Cc]hưa đối chiếu|[Gg]iả thiết|chưa tìm thấy|[Dd]ự án tự|text not verified|hypothesis|project's|bộ quy tắc|biết đến ngày", RegexOptions.CultureInvariant)]
    private static partial Regex OurNotes();
}
