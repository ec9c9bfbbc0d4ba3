using System.Text;
namespace YenBai.Cases
{
    public static class VietnameseText { public static string Fold(string s) => new([.. s.ToLowerInvariant().Replace('đ','d').Normalize(NormalizationForm.FormD).Where(c => System.Globalization.CharUnicodeInfo.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.NonSpacingMark)]); }
}
namespace YenBai.Cases.Places
{
    public sealed record Unit(string Id, string Code, string Name);
    public sealed class PlaceCatalog { public static PlaceCatalog Default = new(); public Unit? Resolve(string t, DateOnly on) => t.Length == 0 ? null : new(t + "@2020-02-01", t, t); public IReadOnlySet<string> Within(string id) => new HashSet<string> { id }; public Unit? Get(string id) => new(id, id, id); }
}
