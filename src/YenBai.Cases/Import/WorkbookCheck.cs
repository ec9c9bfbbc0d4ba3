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
        try
        {
            using var archive = ZipFile.OpenRead(path);
            Check(archive);
        }
        // A damaged archive makes the reader fail in many ways, also with what otherwise points to a disk.
        catch (Exception e) when (Maintenance.StoreFault.Of(e) is null && e is not (UnreadableFileException or OutOfMemoryException))
        {
            throw new UnreadableFileException("workbook_damaged");
        }
    }

    private static void Check(ZipArchive archive)
    {
        if (archive.Entries.Count > MostEntries) throw new UnreadableFileException("workbook_too_large", MostBytes >> 20);
        long packed = 0, unpacked = 0;
        foreach (var entry in archive.Entries)
        {
            packed += entry.CompressedLength;
            unpacked += entry.Length;
            if (unpacked > MostBytes || (unpacked > AlwaysTaken && unpacked > packed * MostTimes)) throw new UnreadableFileException("workbook_too_large", MostBytes >> 20);
        }
        foreach (var entry in archive.Entries)
            if (IsRead(entry)) Check(entry);
    }

    /// <summary>Pictures and the like are not read.</summary>
    private static bool IsRead(ZipArchiveEntry entry) => entry.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || entry.Name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The part is what the archive's checksum says, which the reader does not look at; and it has no text or attribute that the reader
    /// would have to hold as a whole: no tag begins for longer than any cell is.
    /// </summary>
    private static void Check(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        var buffer = new byte[64 * 1024];
        long since = 0, length = 0;
        var sum = Crc32.Start;
        for (int read; (read = content.Read(buffer)) > 0;)
        {
            var some = buffer.AsSpan(0, read);
            length += read;
            sum = Crc32.Add(sum, some);
            var first = some.IndexOf((byte)'<');
            since += first < 0 ? read : first;
            if (since > LongestText) throw new UnreadableFileException("workbook_text_too_long");
            if (first >= 0) since = read - some.LastIndexOf((byte)'<');
        }
        if (length != entry.Length || Crc32.End(sum) != entry.Crc32) throw new UnreadableFileException("workbook_damaged");
    }
}
