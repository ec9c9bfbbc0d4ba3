using System.Text.RegularExpressions;

namespace YenBai.Cases.Import;

/// <summary>
/// The rows of a list of households that are of none: the hamlet or commune above its households, totals, place and signature
/// below. They are left out and counted; the households below the name of a hamlet stand in it where their rows name none.
/// </summary>
internal sealed partial class Sections(int code, int commune, int @class, int hamlet)
{
    private readonly SortedSet<int> lines = [];

    /// <summary>The lines left out.</summary>
    public IReadOnlyCollection<int> Lines => lines;

    public IEnumerable<SourceRow> Households(IEnumerable<SourceRow> rows)
    {
        string? section = null;
        foreach (var row in rows)
        {
            if (IsHousehold(row))
            {
                if (hamlet >= 0) row.Values[hamlet] ??= section;
                yield return row;
                continue;
            }
            lines.Add(row.Line);
            section = row.Values.OfType<string>().Select(v => Number().Replace(v, "")).FirstOrDefault(v => Hamlet().IsMatch(VietnameseText.Fold(v)));
        }
    }

    private bool IsHousehold(SourceRow row)
    {
        var said = row.Values.OfType<string>().Select(VietnameseText.Fold).ToList();
        if (row.Values[code] is { } text && !Title().IsMatch(VietnameseText.Fold(text))) return true;
        // In a row of totals numbers stand below every heading. A people is called "Cống": only the first cells count.
        if (said.Take(2).Any(Total().IsMatch)) return false;
        return row.Values[commune] is not null || row.Values[@class] is not null || (said.Count > 2 && !said.Exists(Signature().IsMatch));
    }

    /// <summary>"I.", "2)" and the like before a title.</summary>
    [GeneratedRegex(@"^\s*(?:[IVXL]+|\d{1,3})\s*[.):\-–]\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(?:thon|ban|to|khu|xom|khu pho|to dan pho)\s+\S", RegexOptions.CultureInvariant)]
    private static partial Regex Hamlet();

    [GeneratedRegex(@"^(?:[ivxl]+\.?$|[ivxl]+\s*[.):]|\d{1,2}[.):]\s*\D|thon |ban |to |khu |xom |xa |phuong |thi tran |huyen |tong|cong)", RegexOptions.CultureInvariant)]
    private static partial Regex Title();

    [GeneratedRegex(@"^(?:tong cong|tong so|tong|cong)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Total();

    [GeneratedRegex(@"ngay \S+ thang \S+ nam|nguoi lap|chu tich|ky ten|xac nhan|tm\. ", RegexOptions.CultureInvariant)]
    private static partial Regex Signature();
}
