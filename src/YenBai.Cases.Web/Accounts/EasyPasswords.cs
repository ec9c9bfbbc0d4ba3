using System.Text;

namespace YenBai.Cases.Web.Accounts;

/// <summary>
/// Whether a password is made of what guessers try first. What is left of it without common words, the account's own names, rows of
/// digits or keys and repetition must be worth some letters of its own.
/// </summary>
public static class EasyPasswords
{
    private const int OwnLetters = 6, ShortestRow = 3;

    // Chosen by hand from what lists of leaked passwords agree on, and the like in Vietnamese; without marks. No list is copied.
    private static readonly string[] Common =
    [
        .. """
        password passwort passw0rd pass word admin administrator root user guest login welcome letmein changeme secret default master test testing
        iloveyou loveyou love lovely sunshine princess dragon monkey shadow superman batman football baseball soccer hello trustno1 whatever
        freedom computer internet samsung google facebook iphone android windows microsoft starwars pokemon summer winter spring autumn
        monday friday january december michael jordan jessica ashley daniel charlie angel flower mustang access hunter killer qwerty azerty
        matkhau khongbiet khongnho khongco khongcho anhyeuem emyeuanh anhyeu emyeu yeuem yeuanh toiyeuban toiyeu yeunhau yeuthuong maiyeu
        maimaiyeu conyeume conyeubo giadinh hanhphuc vietnam hanoi saigon sapa danang haiphong tphcm hochiminh chaomung xinchao tamtamtam
        motnamhai mothaiba haiba batconbonnam nguyen trantran tranvan hoang phamvan phamthi vuvan dangvan nguyenvan nguyenthi levan lethi
        yenbai laocai thoatngheo giamngheo hongheo canngheo ngheo canbo hosoho hoso quanly quantri taikhoan dangnhap tinhyenbai ubnd chutich cases
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];

    private static readonly string[] Keyboard = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "azertyuiop"];

    private static readonly string[] Rows = [.. Keyboard.SelectMany(row => new[] { row, new string([.. row.Reverse()]) })];

    public static bool IsEasy(string password, params string?[] ownNames)
    {
        string[] known = [.. Common.Concat(ownNames.OfType<string>().SelectMany(Words)).Where(w => w.Length >= ShortestRow).Distinct().OrderByDescending(w => w.Length)];
        // As it stands, and with the usual signs taken for the letters that they stand for.
        return Worth(Plain(password), known) < OwnLetters || Worth(Plain(Unmasked(password)), known) < OwnLetters;
    }

    /// <summary>How many letters it has of its own. A digit, which guessers hang on behind, counts half.</summary>
    private static double Worth(string text, string[] known)
    {
        var own = WithoutRepetition(WithoutRows(Without(text, known)));
        return own.Where(char.IsLetterOrDigit).Sum(c => char.IsDigit(c) ? 0.5 : 1);
    }

    private static string Without(string text, string[] known)
    {
        foreach (var word in known) text = text.Replace(word, " ", StringComparison.Ordinal);
        return text;
    }

    /// <summary>Of "abcd", "4321", "qwer" and "aaa" the first character is left.</summary>
    private static string WithoutRows(string text)
    {
        var own = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            own.Append(text[at]);
            var length = RowAt(text, at);
            at += length >= ShortestRow ? length : 1;
        }
        return own.ToString();
    }

    private static int RowAt(string text, int at)
    {
        var longest = 1;
        foreach (var step in new[] { 0, 1, -1 })
        {
            var end = at + 1;
            while (end < text.Length && text[end] - text[end - 1] == step && char.IsLetterOrDigit(text[end])) end++;
            longest = Math.Max(longest, end - at);
        }
        foreach (var row in Rows)
        {
            var length = 1;
            while (at + length < text.Length && row.Contains(text.AsSpan(at, length + 1), StringComparison.Ordinal)) length++;
            longest = Math.Max(longest, length);
        }
        return longest;
    }

    /// <summary>Of "abcabcabc" one "abc" is left, of "xyxyxy1" "xy1".</summary>
    private static string WithoutRepetition(string text)
    {
        for (var size = 1; size <= text.Length / 2; size++)
            for (var at = 0; at + 2 * size <= text.Length;)
            {
                if (text.AsSpan(at, size).SequenceEqual(text.AsSpan(at + size, size)) && (size > 1 || (at + 2 < text.Length && text[at + 2] == text[at]))) text = text.Remove(at + size, size);
                else at++;
            }
        return text;
    }

    private static string Plain(string text) => new([.. VietnameseText.Fold(text).Where(char.IsLetterOrDigit)]);

    private static string Unmasked(string text) => text.Replace('0', 'o').Replace('1', 'i').Replace('3', 'e').Replace('4', 'a').Replace('5', 's').Replace('7', 't').Replace('@', 'a').Replace('$', 's');

    private static IEnumerable<string> Words(string name) => name.Split([' ', '-', '.', '_'], StringSplitOptions.RemoveEmptyEntries).Append(name).Select(Plain);
}
