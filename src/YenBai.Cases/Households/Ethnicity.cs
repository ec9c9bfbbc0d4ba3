using YenBai.Cases.Registering;

namespace YenBai.Cases.Households;

/// <summary>What lists write for a people: its name, its number in the official list, or a mark for "not known".</summary>
public static class Ethnicity
{
    private const int Peoples = 54;

    private static readonly HashSet<string> Kinh = ["kinh", "viet", "kinh viet", "viet kinh", "nguoi kinh"];

    private static readonly HashSet<string> Unknown = ["k", "x", "khong", "khong ro", "khong co", "chua ro", "k ro", "ko", "ko ro", "kxd", "khong xac dinh"];

    /// <summary>Whether the text names no people at all.</summary>
    public static bool IsUnknown(string? text)
    {
        var plain = Plain(text);
        return plain.Length == 0 || Unknown.Contains(plain) || (plain.All(char.IsAsciiDigit) && (!int.TryParse(plain, out var number) || number is < 1 or > Peoples));
    }

    /// <summary>The text as it is kept: none for "not known", the name for the number of the Kinh.</summary>
    public static string? Kept(string? text) =>
        text is null || IsUnknown(text) ? null : text.All(char.IsAsciiDigit) && IsMinority(text) == false ? "Kinh" : text;

    /// <summary>All peoples of Vietnam but the Kinh count as ethnic minorities (Decree 05/2011, Art. 4).</summary>
    public static bool? IsMinority(string? text) => IsUnknown(text) ? null : Plain(text) is var plain && !Kinh.Contains(plain) && plain.TrimStart('0') != "1";

    private static string Plain(string? text)
    {
        var letters = string.Concat(VietnameseText.Fold(text ?? "").Select(c => char.IsLetterOrDigit(c) ? c : ' '));
        var plain = string.Join(' ', letters.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return plain.StartsWith("dan toc ", StringComparison.Ordinal) ? plain["dan toc ".Length..] : plain;
    }
}
