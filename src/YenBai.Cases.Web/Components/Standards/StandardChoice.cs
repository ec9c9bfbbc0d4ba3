using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using YenBai.Cases.Households;
using YenBai.Cases.Registering;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Web.Components.Standards;

/// <summary>A version of a standard as an address names it: <c>2022-2025</c> is the present one, <c>2022-2025.1</c> the first.</summary>
public sealed record StandardChoice(string Code, int? Version)
{
    public override string ToString() => Version is { } v ? $"{Code}.{v.ToString(CultureInfo.InvariantCulture)}" : Code;

    /// <summary>None for what names no version that there is.</summary>
    public static StandardChoice? Of(string? text, IReadOnlyList<StandardCorrection> corrections)
    {
        var parts = (text ?? "").Split('.');
        if (PovertyStandards.Find(parts[0]) is not { } standard || parts.Length > 2) return null;
        if (parts.Length == 1) return new(standard.Code, null);
        var newest = 1 + corrections.Count(c => c.Standard == standard.Code);
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var version) || version < 1 || version > newest) return null;
        return new(standard.Code, version == newest ? null : version);
    }

    public StandardRules Rules(IReadOnlyList<StandardCorrection> corrections) =>
        corrections.Where(c => c.Standard == Code && (Version is null || c.Version <= Version)).Aggregate(StandardRules.Of(Code)!, (r, c) => r.With(c.After));
}

/// <summary>The page of the standards as its address has it.</summary>
/// <param name="Edit">The key of the value that is being corrected.</param>
public sealed record StandardPageView(StandardChoice Shown, StandardChoice? With = null, string? Edit = null)
{
    public const string Path = "/chuan-ngheo";

    public string Url()
    {
        var query = new QueryBuilder { { "standard", Shown.ToString() } };
        if (With is not null) query.Add("with", With.ToString());
        if (Edit is not null) query.Add("edit", Edit);
        return Path + query.ToQueryString().ToUriComponent();
    }
}
