using System.Globalization;
using System.Text;

namespace YenBai.Cases.Records;

/// <summary>How the person that a list names stands to the person on record.</summary>
public enum PersonMatch { Same, BetterSpelt, Another, Unsure }

/// <summary>
/// Decides whether a list names the person on record: by name, sex, year of birth and identity number. Capitals, blanks, the
/// place of a tone mark and missing marks are no difference; a card of nine digits does not contradict one of twelve.
/// </summary>
public static class PersonComparison
{
    private enum Names { Same, Better, Near, Close, Different }

    public static PersonMatch Compare(Person known, Person told)
    {
        var numbersAgree = known.IdNumber is { Length: > 0 } a && a == told.IdNumber;
        var numbersDiffer = known.IdNumber is { Length: > 0 } x && told.IdNumber is { Length: > 0 } y && x != y && x.Length == y.Length;
        var yearsAgree = known.BirthYear is { } born && born == told.BirthYear;
        var otherwise = (known.Sex is { } sex && told.Sex is { } other && sex != other) || (known.BirthYear is { } year && told.BirthYear is { } then && year != then);
        if (told.Name is null) return !numbersAgree && (otherwise || numbersDiffer) ? PersonMatch.Unsure : PersonMatch.Same;
        if (known.Name is null) return otherwise || numbersDiffer ? PersonMatch.Unsure : PersonMatch.BetterSpelt;

        var contradicted = otherwise || numbersDiffer;
        switch (CompareNames(known.Name, told.Name))
        {
            case var names and (Names.Same or Names.Better):
                // A number that was written wrongly is corrected; with another year or sex it may be a namesake.
                if (!numbersAgree && (otherwise || (numbersDiffer && !yearsAgree))) return PersonMatch.Unsure;
                return names == Names.Better ? PersonMatch.BetterSpelt : PersonMatch.Same;
            case Names.Near:
                return numbersAgree || !contradicted ? PersonMatch.BetterSpelt : PersonMatch.Unsure;
            case Names.Close:
                return numbersAgree || (yearsAgree && !contradicted) ? PersonMatch.BetterSpelt : contradicted ? PersonMatch.Another : PersonMatch.Unsure;
            default:
                if (numbersAgree) return PersonMatch.Unsure;
                if (contradicted) return PersonMatch.Another;
                return !yearsAgree && Distance(Given(known.Name), Given(told.Name)) > 1 ? PersonMatch.Another : PersonMatch.Unsure;
        }
    }

    /// <summary>The record with what the list knows better. What the list leaves out is not thereby unknown.</summary>
    public static Person Merge(Person known, Person told, PersonMatch match) => new(
        known.Id, known.HouseholdId,
        match == PersonMatch.BetterSpelt && told.Name is { } name ? WithoutShouting(name) : known.Name,
        told.Sex ?? known.Sex,
        told.BirthYear ?? known.BirthYear,
        // The card of nine digits is the older one.
        told.IdNumber is { } number && !(number.Length == 9 && known.IdNumber is { Length: 12 }) ? number : known.IdNumber,
        told.Phone ?? known.Phone,
        told.Ethnicity is { } people && VietnameseText.Fold(people) != VietnameseText.Fold(known.Ethnicity ?? "") ? people : known.Ethnicity);

    private static string WithoutShouting(string name) =>
        name == name.ToUpperInvariant() ? CultureInfo.InvariantCulture.TextInfo.ToTitleCase(name.ToLowerInvariant()) : name;

    private static Names CompareNames(string known, string told)
    {
        var (k, t) = (Words(known), Words(told));
        if (k.SequenceEqual(t)) return Names.Same;
        var (kPlain, tPlain) = (k.Select(Plain).ToList(), t.Select(Plain).ToList());
        if (!kPlain.SequenceEqual(tPlain)) return Distance(string.Join(' ', kPlain), string.Join(' ', tPlain)) <= 1 ? Names.Close : Names.Different;

        bool better = false, worse = false;
        for (var i = 0; i < k.Length; i++)
        {
            if (k[i] == t[i]) continue;
            if (IsUnmarked(t[i])) worse = true;
            else if (IsUnmarked(k[i])) better = true;
            else return Names.Near;
        }
        return better && worse ? Names.Near : better ? Names.Better : Names.Same;
    }

    private static bool IsUnmarked(string word) => word == VietnameseText.Fold(word);

    /// <summary>Without marks, and with one letter for i and y, which are written for each other.</summary>
    private static string Plain(string word) => VietnameseText.Fold(word).Replace('y', 'i');

    private static string Given(string name) => Words(name) is [.., var last] ? Plain(last) : "";

    /// <summary>The words of a name in small letters, each with its tone mark at the end: "Hoà" and "Hòa" are one word.</summary>
    private static string[] Words(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        var tone = '\0';
        foreach (var c in VietnameseText.Compose(name).ToLowerInvariant().Normalize(NormalizationForm.FormD).Append(' '))
        {
            if (c is '\u0300' or '\u0301' or '\u0303' or '\u0309' or '\u0323') tone = c;
            else if (char.IsWhiteSpace(c))
            {
                if (tone != '\0') text.Append(tone);
                text.Append(' ');
                tone = '\0';
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format) text.Append(c is '’' or '‘' or '`' or '´' ? '\'' : c);
        }
        return text.ToString().Normalize().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>How many letters must be changed, added or left out (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j < row.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j < row.Length; j++)
                (row[j], corner) = (Math.Min(Math.Min(row[j], row[j - 1]) + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1)), row[j]);
        }
        return row[^1];
    }
}
