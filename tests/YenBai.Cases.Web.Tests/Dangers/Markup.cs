using System.Text.RegularExpressions;

namespace YenBai.Cases.Web.Tests.Dangers;

/// <summary>A page as a browser takes it apart, as far as it takes to see what would run.</summary>
internal static partial class Markup
{
    /// <summary>Whatever in the page would run without being a file of ours.</summary>
    public static IEnumerable<string> WhatWouldRun(string html)
    {
        foreach (Match tag in Tag().Matches(html))
        {
            var name = tag.Groups["name"].Value.ToLowerInvariant();
            var attributes = Attribute().Matches(tag.Groups["attributes"].Value)
                .Select(a => (Name: a.Groups["name"].Value.ToLowerInvariant(), Value: System.Net.WebUtility.HtmlDecode(a.Groups["value"].Value.Trim('"', '\''))))
                .ToList();
            if (name == "script" && !attributes.Any(a => a.Name == "src" && !a.Value.Contains("//", StringComparison.Ordinal))) yield return tag.Value;
            if (name is "iframe" or "object" or "embed") yield return tag.Value;
            foreach (var a in attributes)
                if (a.Name.StartsWith("on", StringComparison.Ordinal) || a.Name == "srcdoc" || Scheme().IsMatch(a.Value)) yield return $"{a.Name} in {tag.Value}";
        }
    }

    /// <summary>The names of the tags.</summary>
    public static IEnumerable<string> Tags(string html) => Tag().Matches(html).Select(t => t.Groups["name"].Value.ToLowerInvariant()).Where(n => n.Length > 0);

    // A comment is passed over as a whole; a quoted value may hold a >.
    [GeneratedRegex("""<!--.*?-->|<(?<name>[a-zA-Z][^\s/>]*)(?<attributes>(?:"[^"]*"|'[^']*'|[^'">])*)>""", RegexOptions.Singleline)]
    private static partial Regex Tag();

    [GeneratedRegex("""(?<name>[^\s"'>/=]+)(?:\s*=\s*(?<value>"[^"]*"|'[^']*'|[^\s"'>]+))?""")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"^[\s\u0000-\u0020]*(javascript|vbscript|data\s*:\s*text/html)\s*:?", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();
}
