using System.IO.Compression;

namespace YenBai.Cases.Import;

/// <summary>
/// Whether a workbook may be opened: a small archive can unpack to more than any memory or disk. An entry never yields more
/// than the size that the archive declares for it (ZipArchive cuts it there), so the sizes may be believed beforehand.
/// </summary>
internal static class WorkbookCheck
{
    public const int MostEntries = 1000;
    public const long MostBytes = 1024L * 1024 * 1024;
    public const int LongestText = 8 * 1024 * 1024;

    // Sheets shrink to a tenth or a thirtieth; what shrinks to less than a hundredth was made for it.
    public const int MostTimes = 100;
    private const long AlwaysTaken = 10 * 1024 * 1024;

    public static void Pass(string path)
    {
        using var archive = Open(path);
        if (archive.Entries.Count > MostEntries) throw new UnreadableFileException("workbook_too_large", MostBytes >> 20);
        long packed = 0, unpacked = 0;
        foreach (var entry in archive.Entries)
        {
            packed += entry.CompressedLength;
            unpacked += entry.Length;
            if (unpacked > MostBytes || (unpacked > AlwaysTaken && unpacked > packed * MostTimes)) throw new UnreadableFileException("workbook_too_large", MostBytes >> 20);
        }
        foreach (var entry in archive.Entries)
            if (entry.Length > LongestText && HasEndlessText(entry)) throw new UnreadableFileException("workbook_text_too_long");
    }

    private static ZipArchive Open(string path)
    {
        try
        {
            return ZipFile.OpenRead(path);
        }
        catch (InvalidDataException)
        {
            throw new UnreadableFileException("workbook_damaged");
        }
    }

    /// <summary>Text or an attribute that the reader would have to hold as a whole: no tag begins for longer than any cell is.</summary>
    private static bool HasEndlessText(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        var buffer = new byte[64 * 1024];
        long since = 0;
        try
        {
            for (int read; (read = content.Read(buffer)) > 0;)
            {
                var first = buffer.AsSpan(0, read).IndexOf((byte)'<');
                since += first < 0 ? read : first;
                if (since > LongestText) return true;
                if (first >= 0) since = read - buffer.AsSpan(0, read).LastIndexOf((byte)'<');
            }
        }
        catch (InvalidDataException)
        {
            throw new UnreadableFileException("workbook_damaged");
        }
        return false;
    }
}
