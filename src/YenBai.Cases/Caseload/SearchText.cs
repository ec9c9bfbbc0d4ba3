using System.Text.RegularExpressions;

namespace YenBai.Cases.Caseload;

/// <summary>A typed text read as a number: an identity number, a phone, or neither.</summary>
internal readonly record struct SearchNumbers(string? IdNumber, string? Phone);

/// <param name="Spellings">Folded spellings of the same name; apostrophes are all of one kind.</param>
internal readonly record struct SearchPatterns(IReadOnlyList<string> Spellings);

/// <summary>How a text that people type into the search is read.</summary>
internal static partial class SearchText
{
    /// <summary>More syllables with i or y than this are searched as typed: each doubles the spellings.</summary>
    private const int MostSyllables = 4;

    private const string Apostrophes = "\u2019\u2018\u02BC\u00B4`";

    /// <summary>The folded name of a person <c>p</c> with apostrophes of one kind.</summary>
    public static readonly string ApostrophesSql = $"translate(p.search_name, '{Apostrophes}', '{new string('\'', Apostrophes.Length * 2)}')";

    /// <summary>The phone of a person <c>p</c> as digits, with 0 for the code of the country.</summary>
    public const string PhoneSql = @"regexp_replace(regexp_replace(p.data ->> 'phone', '[^0-9]', '', 'g'), '^(00|)84([0-9]{9,10})$', '0\2')";

    /// <summary>The old identity card has nine digits, the citizen's card twelve; a phone begins with 0 or the code of the country.</summary>
    public static SearchNumbers Numbers(string text)
    {
        if (!Number().IsMatch(text)) return default;
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        var international = text.StartsWith('+');
        if (!international && digits.Length is 9 or 12) return new(digits, null);
        if (CountryCode().Match(digits) is { Success: true } code) digits = "0" + digits[code.Length..];
        else if (international) return default;
        return digits is ['0', ..] && digits.Length is 10 or 11 ? new(null, digits) : default;
    }

    /// <summary>i and y are written for each other at the end of a syllable without another vowel (Quí, Quý; Lí, Lý).</summary>
    public static SearchPatterns Patterns(string text)
    {
        var folded = VietnameseText.Fold(text);
        foreach (var c in Apostrophes) folded = folded.Replace(c, '\'');
        var places = Syllable().Matches(folded).Select(m => m.Index + m.Length - 1).ToList();
        if (places.Count is 0 or > MostSyllables) return new([folded]);
        var spellings = new List<string>();
        for (var choice = 0; choice < 1 << places.Count; choice++)
        {
            var letters = folded.ToCharArray();
            for (var i = 0; i < places.Count; i++) letters[places[i]] = (choice >> i & 1) == 0 ? 'i' : 'y';
            spellings.Add(new string(letters));
        }
        return new(spellings);
    }

    [GeneratedRegex(@"^\+?[0-9][0-9 .\-]*$")]
    private static partial Regex Number();

    [GeneratedRegex("^(00)?84(?=[0-9]{9,10}$)")]
    private static partial Regex CountryCode();

    [GeneratedRegex(@"\b(qu|[bcdghklmnpqrstvx]+)[iy](?![aeiou])")]
    private static partial Regex Syllable();
}
