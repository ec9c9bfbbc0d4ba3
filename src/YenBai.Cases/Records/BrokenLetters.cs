using System.Text.RegularExpressions;

namespace YenBai.Cases.Records;

/// <summary>
/// Recognizes Vietnamese letters of former code pages that were read as Western ones, letters lost to question marks, and
/// UTF-8 that was read as something else. Only combinations count that no Vietnamese word and no people's name has.
/// </summary>
public static partial class BrokenLetters
{
    /// <returns>The reason's code; none where the letters are right.</returns>
    public static string? WrongOf(string text, bool isName)
    {
        if ((isName ? LostInName() : LostInside()).IsMatch(text)) return "letters_lost";
        if (System.Text.Ascii.IsValid(text)) return null;
        if (ReadTwice().IsMatch(text)) return "letters_read_twice";
        if (Windows1258().IsMatch(text)) return "letters_windows1258";
        if (Vni().IsMatch(text)) return "letters_vni";
        return Tcvn3().IsMatch(text) || Tcvn3Letter().Count(text) > 1 ? "letters_tcvn3" : null;
    }

    // A question mark in the place of a letter has a letter before or after it.
    [GeneratedRegex(@"\p{L}\?|\?\p{L}", RegexOptions.CultureInvariant)]
    private static partial Regex LostInName();

    [GeneratedRegex(@"\p{L}\?\p{L}", RegexOptions.CultureInvariant)]
    private static partial Regex LostInside();

    /// <summary>The bytes of a Vietnamese letter in UTF-8, each read as a character of Windows-1252 or Latin-1.</summary>
    [GeneratedRegex("á[»º]|Ã[\u0080-\u009F\u00A1-\u00BF\u0192\u02C6\u02DC\u0152\u0153\u0160\u0161\u0178\u017D\u017E\u2013-\u203A\u20AC\u2122]|Ã\u00A0\\p{L}|Ä[\u0082\u0083\u0090\u0091\u0192\u2018\u201A©¨]|Æ[°¡¯]|Å[©¨]|â€", RegexOptions.CultureInvariant)]
    private static partial Regex ReadTwice();

    /// <summary>Windows-1258 writes a tone mark as a character behind the letter; read as a Western page these are other letters.</summary>
    [GeneratedRegex("[âêôÂÊÔ][ìòþÌÒÞ]|[ãýAEIOUYaeiouy]Þ|ý[ìòÌÒ]", RegexOptions.CultureInvariant)]
    private static partial Regex Windows1258();

    /// <summary>VNI writes a letter's marks as a character behind it.</summary>
    [GeneratedRegex("[AEOUYaeouyÔÖôö][øØûÛïÏåÅäÄëËüÜ]|[Aa][êÊéÉèÈâÂúÚùÙõÕãÃáÁàÀ]|[Ee][âÂãÃ]|[UuOo][ùÙõÕ]|öô|ÖÔ|[ôö][ùõ]|[Oo][âÂåÅ]", RegexOptions.CultureInvariant)]
    private static partial Regex Vni();

    /// <summary>Signs inside of words, Western letters at their end, and capitals after small letters.</summary>
    [GeneratedRegex("(?<=\\p{L})[µ¸¶·¹¨»¾¼½©®ª«¬§¤¥¦£¢¡×÷](?=\\p{Ll}|[µ¸¶·¹¨©®ª¬­])|(?<![\\p{L}\\p{N}])[§®¬¦¥][\\p{L}µ¸¶·¹¨»¾¼½©ª«¬]|(?<=\\p{L})[µ¸¶ßÞþ×÷¬](?!\\p{L})|[Þþß]|\\p{Ll}[ÇÈÉÊËÌÎÏÑÒÓÔÕÖØÜÆ](?:\\p{Ll}|(?!\\p{L}))", RegexOptions.CultureInvariant)]
    private static partial Regex Tcvn3();

    [GeneratedRegex("[äåæçëîïñøöûü]", RegexOptions.CultureInvariant)]
    private static partial Regex Tcvn3Letter();
}
