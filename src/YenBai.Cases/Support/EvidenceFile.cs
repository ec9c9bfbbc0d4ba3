using System.Buffers.Binary;

namespace YenBai.Cases.Support;

/// <summary>
/// A photograph or a scan as it is kept. What it is, its bytes tell, not its name; and what a camera wrote into it beside
/// the picture (where it was taken, with which telephone, when) goes, since nobody agreed to be located.
/// </summary>
public sealed record EvidenceFile(string ContentType, byte[] Bytes)
{
    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <returns>The file as it may be kept, or the code of what is wrong with it.</returns>
    public static (EvidenceFile? File, string? Wrong) Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return (null, "attachment_empty");
        var (type, kept) =
            bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? ("image/jpeg", PlainJpeg(bytes))
            : bytes.StartsWith(Png) ? ("image/png", PlainPng(bytes))
            : bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) ? ("image/webp", PlainWebp(bytes))
            : bytes.StartsWith("%PDF-"u8) ? ("application/pdf", bytes.ToArray())
            : (null, null);
        return type is null ? (null, "attachment_type") : kept is null ? (null, "attachment_malformed") : (new(type, kept), null);
    }

    /// <summary>ITU-T T.81, annex B. Kept are the picture, its colours (JFIF, ICC, Adobe) and which way is up.</summary>
    private static byte[]? PlainJpeg(ReadOnlySpan<byte> bytes)
    {
        var kept = new MemoryStream(bytes.Length);
        kept.Write(bytes[..2]);
        var (at, orientation) = (2, 1);
        while (at + 4 <= bytes.Length || (at + 2 <= bytes.Length && bytes[at + 1] == 0xD9))
        {
            if (bytes[at] != 0xFF) return null;
            var marker = bytes[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }
            if (marker == 0xD9)
            {
                kept.Write(bytes.Slice(at, 2));
                return kept.ToArray();
            }
            var length = 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (length < 4 || at + length > bytes.Length) return null;
            var segment = bytes.Slice(at, length);
            if (marker == 0xE1 && orientation == 1 && segment[4..].StartsWith("Exif\0\0"u8) && OrientationOf(segment[10..]) is > 1 and <= 8 and var turned)
            {
                orientation = turned;
                kept.Write([0xFF, 0xE1, 0x00, 0x22, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)turned, 0, 0, 0, 0, 0, 0]);
            }
            var isMetadata = marker is >= 0xE1 and <= 0xEF and not 0xEE || marker == 0xFE;
            if (!isMetadata || (marker == 0xE2 && segment[4..].StartsWith("ICC_PROFILE\0"u8))) kept.Write(segment);
            at += length;
            if (marker != 0xDA) continue;
            // The scan itself, up to the next marker that is none of its own.
            var end = at;
            while (end + 1 < bytes.Length && !(bytes[end] == 0xFF && bytes[end + 1] is not (0x00 or >= 0xD0 and <= 0xD7))) end++;
            kept.Write(bytes[at..end]);
            at = end;
        }
        return null;
    }

    /// <summary>Tag 0x0112 of the first directory (Exif 2.3, 4.6.4).</summary>
    private static int OrientationOf(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 10) return 1;
        var little = tiff[0] == (byte)'I';
        ushort Short(ReadOnlySpan<byte> b) => little ? BinaryPrimitives.ReadUInt16LittleEndian(b) : BinaryPrimitives.ReadUInt16BigEndian(b);
        var offset = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (offset > tiff.Length - 2) return 1;
        var directory = tiff[(int)offset..];
        for (var (i, count) = (0, Short(directory)); i < count && 2 + 12 * (i + 1) <= directory.Length; i++)
            if (Short(directory[(2 + 12 * i)..]) == 0x0112) return Short(directory[(2 + 12 * i + 8)..]);
        return 1;
    }

    private static byte[]? PlainPng(ReadOnlySpan<byte> bytes)
    {
        var kept = new MemoryStream(bytes.Length);
        kept.Write(bytes[..8]);
        for (var at = 8; at + 12 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > bytes.Length - at - 12) return null;
            var chunk = bytes.Slice(at, (int)length + 12);
            var name = chunk.Slice(4, 4);
            if (!(name.SequenceEqual("eXIf"u8) || name.SequenceEqual("tEXt"u8) || name.SequenceEqual("zTXt"u8) || name.SequenceEqual("iTXt"u8) || name.SequenceEqual("tIME"u8))) kept.Write(chunk);
            if (name.SequenceEqual("IEND"u8)) return kept.ToArray();
            at += chunk.Length;
        }
        return null;
    }

    private static byte[]? PlainWebp(ReadOnlySpan<byte> bytes)
    {
        var kept = new MemoryStream(bytes.Length);
        kept.Write(bytes[..12]);
        var all = Math.Min(bytes.Length, 8L + BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
        var at = 12;
        while (at + 8 <= all)
        {
            var length = (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            length += 8 + (length & 1);
            if (at + length > all) return null;
            var chunk = bytes.Slice(at, (int)length).ToArray();
            // The header says whether metadata follow.
            if (chunk.AsSpan().StartsWith("VP8X"u8) && chunk.Length > 8) chunk[8] &= 0xF3;
            if (!chunk.AsSpan().StartsWith("EXIF"u8) && !chunk.AsSpan().StartsWith("XMP "u8)) kept.Write(chunk);
            at += (int)length;
        }
        if (kept.Length < 20) return null;
        var plain = kept.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(plain.AsSpan(4), (uint)plain.Length - 8);
        return plain;
    }
}
