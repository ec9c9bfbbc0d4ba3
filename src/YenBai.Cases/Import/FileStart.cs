using System.Buffers.Binary;

namespace YenBai.Cases.Import;

/// <summary>What the first bytes of a file say it is, whatever its name says.</summary>
internal static class FileStart
{
    private const int Length = 4096;

    /// <returns>Whether it is a workbook; else it is text.</returns>
    /// <exception cref="UnreadableFileException">It is neither, and what it is instead.</exception>
    public static bool IsWorkbook(string path)
    {
        Span<byte> start = stackalloc byte[Length];
        using (var file = File.OpenRead(path)) start = start[..file.ReadAtLeast(start, Length, throwOnEndOfStream: false)];
        if (start is [0x50, 0x4B, 0x03, 0x04, ..]) return true;
        return WrongOf(start) is { } wrong ? throw new UnreadableFileException(wrong) : false;
    }

    private static string? WrongOf(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty) return "no_rows";
        // An OLE container: an old workbook, or a new one behind a password (MS-OFFCRYPTO); or an old workbook without its container.
        if (start is [0xD0, 0xCF, 0x11, 0xE0, ..] || IsBiff(start)) return "workbook_old_or_locked";
        if (start is [0x50, 0x4B, 0x05, 0x06, ..] or [0x50, 0x4B, 0x07, 0x08, ..]) return "workbook_damaged";
        if (start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return null;
        var text = start is [0xEF, 0xBB, 0xBF, ..] ? start[3..] : start;
        if (text.TrimStart(" \t\r\n"u8) is [(byte)'<', ..]) return "file_is_a_web_page";
        if (IsWide(text)) return "text_utf16";
        // Exchange formats of spreadsheets that are text: SYLK and DIF.
        if (text.StartsWith("ID;P"u8) || text.StartsWith("TABLE\r\n0,1"u8) || text.StartsWith("TABLE\n0,1"u8)) return "file_is_no_table";
        return text.StartsWith("%PDF"u8) || text.StartsWith("{\\rtf"u8) || text is [0x1F, 0x8B, ..] or [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..] or [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..]
            ? "file_is_no_table" : null;
    }

    /// <summary>A worksheet of Excel 2 to 4, or a bare stream of Excel 5 to 2003: a BOF record, and its length.</summary>
    private static bool IsBiff(ReadOnlySpan<byte> start) =>
        start.Length > 4 && start[0] == 0x09 && start[1] is 0x00 or 0x02 or 0x04 or 0x08 && BinaryPrimitives.ReadUInt16LittleEndian(start[2..]) is 4 or 6 or 8 or 16;

    /// <summary>Two bytes a character without a mark: of what stands in a header nearly every second byte is zero, and none of the others.</summary>
    private static bool IsWide(ReadOnlySpan<byte> start)
    {
        if (start.Length < 8) return false;
        int even = 0, odd = 0;
        for (var i = 0; i < start.Length; i++)
            if (start[i] == 0) _ = i % 2 == 0 ? even++ : odd++;
        return Math.Max(even, odd) > start.Length / 4 && Math.Min(even, odd) <= start.Length / 16;
    }

    private static ReadOnlySpan<byte> TrimStart(this ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> of)
    {
        var first = bytes.IndexOfAnyExcept(of);
        return first < 0 ? [] : bytes[first..];
    }
}
