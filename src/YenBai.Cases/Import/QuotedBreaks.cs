using System.Text;

namespace YenBai.Cases.Import;

/// <summary>
/// Whether a text file has cells in quotation marks that go over several lines, and can be read so with certainty: every mark that
/// opens a cell is closed within a few lines, and a separator or the end of the line follows it. Where one is not, a mark is taken to
/// cost its own line alone.
/// </summary>
internal static class QuotedBreaks
{
    private const int MostLines = 20;
    private const string Separators = ",;\t|";

    public static bool Occur(string path)
    {
        using var reader = new StreamReader(path, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 1 << 16);
        var buffer = new char[1 << 16];
        var (quoted, closing, atStart, lines, found) = (false, false, true, 0, false);
        for (int read; (read = reader.Read(buffer)) > 0;)
        {
            var text = buffer.AsSpan(0, read);
            for (var i = 0; i < text.Length; i++)
            {
                var c = text[i];
                if (closing)
                {
                    // Two marks are one in the text; blanks may stand behind the closing one.
                    if (c == '"' && text[Math.Max(0, i - 1)] == '"')
                    {
                        (quoted, closing) = (true, false);
                        continue;
                    }
                    if (c is ' ') continue;
                    if (c is not ('\r' or '\n') && !Separators.Contains(c)) return false;
                    (closing, atStart) = (false, true);
                }
                else if (quoted)
                {
                    if (c == '"') (quoted, closing) = (false, true);
                    else if (c == '\n')
                    {
                        found = true;
                        if (++lines > MostLines) return false;
                    }
                }
                else if (c == '"' && atStart)
                {
                    (quoted, lines) = (true, 0);
                }
                else if (c is '\r' or '\n' || Separators.Contains(c))
                {
                    atStart = true;
                }
                else if (c is not (' ' or '\uFEFF'))
                {
                    atStart = false;
                    // What is between here and the next cell that opens says nothing.
                    var next = text[i..].IndexOfAny(",;\t|\r\n");
                    if (next < 0) break;
                    i += next - 1;
                }
            }
        }
        return found && !quoted;
    }
}
