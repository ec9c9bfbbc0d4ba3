using System.Globalization;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Households;
using YenBai.Cases.Registering;
using YenBai.Cases.Support;

namespace YenBai.Cases.Web.Words;

/// <summary>Why a household may have an instrument or may not, as an officer would say it.</summary>
public sealed class EligibilityWords(IStringLocalizer<NeedTexts> texts)
{
    public string Ground(EligibilityGround ground) => Ground(ground.Written, ground.Speaks);

    /// <summary>A ground as a refusal names it: its code and what its words need, between strokes.</summary>
    public string Ground(string written, bool speaks = false)
    {
        var parts = written.Split('|');
        var text = texts[$"ground.{parts[0]}.{(speaks ? "for" : "against")}", [.. parts.Skip(1).Select(p => (object)Shown(p))]];
        return text.ResourceNotFound ? parts[0] : text.Value;
    }

    /// <summary>A refusal to agree, with all that speaks against.</summary>
    /// <param name="data">The instrument, then the grounds.</param>
    public string Refusal(IReadOnlyList<string> data) => texts["not_eligible", Instrument(data[0]), string.Join("; ", data.Skip(1).Select(g => Ground(g)))];

    public string? Terms(GrantTerms? terms) => terms is null ? null : string.Join(" · ", new[]
    {
        terms.Ceiling is { } ceiling ? texts["terms.ceiling", ceiling.ToString("#,0", CultureInfo.CurrentUICulture)].Value : null,
        terms.StatePercent is { } percent ? texts["terms.state_percent", percent.ToString("0.##", CultureInfo.CurrentUICulture)].Value : null,
    }.OfType<string>());

    public static string Instrument(string code) => Instruments.Find(code)?.Name ?? code;

    public string Standing(string standing) => texts[$"standing.{standing}"];

    private string Shown(string part) =>
        DateOnly.TryParseExact(part, "yyyy-MM-dd", out var day) ? day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)
        : string.Join(texts["standing.or"], part.Split(';').Select(p => texts[$"standing.{p}"] is { ResourceNotFound: false } standing ? standing.Value
            : texts[$"group.{p}"] is { ResourceNotFound: false } group ? group.Value : Instrument(p)));
}
