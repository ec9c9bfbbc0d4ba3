using System.Buffers.Binary;

namespace YenBai.Cases.Support;

/// <summary>
/// Pictures as they are kept: what shows the picture, by a list of what may stay. Everything else goes, known or not: where it was taken,
/// thumbnails of what was cut away, second pictures, private chunks, what follows the end. None where it cannot be read.
/// </summary>
internal static class PlainPicture
{
    /// <summary>ITU-T T.81, annex B. Kept are the picture, its resolution and colours (JFIF, Adobe) and which way is up.</summary>
    public static byte[]? Jpeg(ReadOnlySpan<byte> bytes)
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
            kept.Write(SegmentOf(marker, segment));
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

    /// <summary>A segment as it is kept: frames, tables and scans; of JFIF and Adobe what says how to show the picture, without a thumbnail; nothing else.</summary>
    private static ReadOnlySpan<byte> SegmentOf(byte marker, ReadOnlySpan<byte> segment)
    {
        switch (marker)
        {
            case 0xDA or 0xDB or 0xDC or 0xDD or >= 0xC0 and <= 0xCF and not 0xC8:
                return segment;
            case 0xE0 when segment.Length >= 18 && segment[4..].StartsWith("JFIF\0"u8):
                return (byte[])[0xFF, 0xE0, 0, 16, .. segment[4..16], 0, 0];
            case 0xEE when segment.Length >= 16 && segment[4..].StartsWith("Adobe"u8):
                return (byte[])[0xFF, 0xEE, 0, 14, .. segment[4..16]];
            default:
                return [];
        }
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

    /// <summary>Chunks without which a picture is shown otherwise, with the most that each may hold: what is longer would hide a text.</summary>
    private static int MostOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("IHDR"u8) ? 13
        : name.SequenceEqual("PLTE"u8) ? 768
        : name.SequenceEqual("IDAT"u8) ? int.MaxValue
        : name.SequenceEqual("IEND"u8) ? 0
        : name.SequenceEqual("tRNS"u8) ? 256
        : name.SequenceEqual("gAMA"u8) ? 4
        : name.SequenceEqual("cHRM"u8) ? 32
        : name.SequenceEqual("sRGB"u8) ? 1
        : -1;

    /// <summary>PNG, third edition, 4.8: a chunk that is not known and is critical makes the picture unreadable; one that is not is left out.</summary>
    public static byte[]? Png(ReadOnlySpan<byte> bytes)
    {
        var kept = new MemoryStream(bytes.Length);
        kept.Write(bytes[..8]);
        for (var at = 8; at + 12 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > bytes.Length - at - 12) return null;
            var chunk = bytes.Slice(at, (int)length + 12);
            var name = chunk.Slice(4, 4);
            if (length <= MostOf(name)) kept.Write(chunk);
            else if ((name[0] & 0x20) == 0) return null;
            if (name.SequenceEqual("IEND"u8)) return kept.ToArray();
            at += chunk.Length;
        }
        return null;
    }

    /// <summary>One still picture: its header, its transparency, its data. A moving one has parts inside its parts and is not taken.</summary>
    public static byte[]? Webp(ReadOnlySpan<byte> bytes)
    {
        var kept = new MemoryStream(bytes.Length);
        kept.Write(bytes[..12]);
        var all = Math.Min(bytes.Length, 8L + BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
        var at = 12;
        var pictures = 0;
        while (at + 8 <= all)
        {
            var length = (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            length += 8 + (length & 1);
            if (at + length > all) return null;
            var chunk = bytes.Slice(at, (int)length).ToArray();
            var name = chunk.AsSpan(0, 4);
            if (name.SequenceEqual("ANMF"u8)) return null;
            if (name.SequenceEqual("VP8 "u8) || name.SequenceEqual("VP8L"u8)) pictures++;
            else if (name.SequenceEqual("VP8X"u8))
            {
                if (chunk.Length != 18) return null;
                // Of what follows, only transparency.
                chunk[8] &= 0x10;
                chunk.AsSpan(9, 3).Clear();
            }
            else if (!name.SequenceEqual("ALPH"u8)) chunk = [];
            kept.Write(chunk);
            at += (int)length;
        }
        if (pictures != 1) return null;
        var plain = kept.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(plain.AsSpan(4), (uint)plain.Length - 8);
        return plain;
    }

    /// <summary>JPEG 2000 (ISO 15444-1, annex I): without the boxes that hold XML, foreign data or addresses.</summary>
    public static byte[]? Jpeg2000(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51])) return bytes.ToArray();
        var kept = new MemoryStream(bytes.Length);
        for (var at = 0; at + 8 <= bytes.Length;)
        {
            var said = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            // Nothing: to the end. One: the length is longer than any picture here.
            var length = said == 0 ? bytes.Length - at : (long)said;
            if (length < 8 || length > bytes.Length - at) return null;
            var box = bytes.Slice(at, (int)length);
            var name = box.Slice(4, 4);
            if (name.SequenceEqual("jP  "u8) || name.SequenceEqual("ftyp"u8) || name.SequenceEqual("jp2h"u8) || name.SequenceEqual("jp2c"u8)) kept.Write(box);
            at += box.Length;
        }
        return kept.ToArray();
    }
}
