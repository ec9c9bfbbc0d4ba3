using System.Globalization;
using System.Text.RegularExpressions;
using YenBai.Cases.Plan;

namespace YenBai.Cases.Web.Words;

/// <summary>A target as plans word it, in Vietnamese and in English: <c>59</c>, <c>ít nhất 100</c>, <c>&gt; 6,5</c>, <c>từ 4 đến 5</c>, <c>không còn</c>.</summary>
public static partial class BoundText
{
    public static bool TryRead(string text, out Comparator comparator, out decimal value, out decimal? upper)
    {
        (comparator, value, upper) = (default, 0, null);
        var plain = Blanks().Replace(VietnameseText.Fold(text), " ").Trim();
        if (NoneLeft().IsMatch(plain))
        {
            comparator = Comparator.AtMost;
            return true;
        }
        var match = Written().Match(plain);
        if (!match.Success || !NumberText.TryDecimal(match.Groups["first"].Value, out value)) return false;
        if (match.Groups["second"].Success)
        {
            if (match.Groups["bound"].Value is not ("" or "tu" or "from" or "between") || !NumberText.TryDecimal(match.Groups["second"].Value, out var high)) return false;
            (comparator, upper) = (Comparator.Between, high);
            return true;
        }
        var upwards = match.Groups["upwards"].Success;
        Comparator? found = match.Groups["bound"].Value switch
        {
            "" when upwards => Comparator.AtLeast,
            "" or "=" or "dung" or "exactly" => Comparator.Exactly,
            "tu" or "from" => upwards ? Comparator.AtLeast : null,
            "it nhat" or "toi thieu" or ">=" or "≥" or "at least" => Comparator.AtLeast,
            "tren" or "hon" or ">" or "more than" => Comparator.MoreThan,
            "between" => null,
            _ => Comparator.AtMost,
        };
        if (found is not { } known) return false;
        comparator = known;
        return true;
    }

    /// <summary>A number that is read as the same number again.</summary>
    public static string Number(decimal value)
    {
        var text = value.ToString("#,0.############", CultureInfo.CurrentUICulture);
        var mark = CultureInfo.CurrentUICulture.NumberFormat.NumberDecimalSeparator;
        // Three digits after a mark would be read as thousands.
        return text.LastIndexOf(mark, StringComparison.Ordinal) is > 0 and var at && text.Length - at - mark.Length == 3 ? text + "0" : text;
    }

    [GeneratedRegex(@"^(?:khong con(?: ho nao| ho)?|none(?: left)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex NoneLeft();

    [GeneratedRegex(@"^(?<bound>it nhat|toi thieu|tren|hon|nhieu nhat|toi da|khong qua|tu|dung|at least|more than|at most|from|between|exactly|>=|<=|≥|≤|>|=)? ?(?<first>[0-9][0-9., ]*?)(?: ?(?:-|–|—|den|to|and) ?(?<second>[0-9][0-9., ]*?))? ?(?:%|diem %|% points|ho|households)?(?<upwards> ?(?:tro len|or more))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
