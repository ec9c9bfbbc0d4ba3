using System.Buffers.Binary;
using System.Text;
using YenBai.Cases.Support;

namespace YenBai.Cases.Tests.Support;

/// <summary>A photograph is known by its bytes, and is kept without what the camera wrote beside the picture.</summary>
public sealed class EvidenceFileFacts
{
    private const string Secret = "21.7167N 104.8786E Nokia";

    private static byte[] Segment(byte marker, params byte[] content) => [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    /// <summary>An Exif directory, little or big endian: which way is up, and where it was taken.</summary>
    private static byte[] Exif(byte orientation, bool little)
    {
        byte[] Short(int v) => little ? [(byte)v, (byte)(v >> 8)] : [(byte)(v >> 8), (byte)v];
        byte[] Long(int v) => little ? [.. Short(v), .. Short(v >> 16)] : [.. Short(v >> 16), .. Short(v)];
        return
        [
            .. "Exif\0\0"u8, .. little ? "II"u8 : "MM"u8, .. Short(42), .. Long(8), .. Short(2), .. Short(0x010F), .. Short(2), .. Long(Secret.Length), .. Long(38),
            .. Short(0x0112), .. Short(3), .. Long(1), .. Short(orientation), .. Short(0), .. Long(0), .. Encoding.ASCII.GetBytes(Secret),
        ];
    }

    private static byte[] AJpeg(byte orientation = 6, bool little = true) =>
    [
        0xFF, 0xD8, .. Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]), .. Segment(0xE1, Exif(orientation, little)), .. Segment(0xE1, Encoding.ASCII.GetBytes("http://ns.adobe.com/xap/1.0/\0" + Secret)),
        .. Segment(0xE2, Encoding.ASCII.GetBytes("ICC_PROFILE\0 colours")), .. Segment(0xE2, Encoding.ASCII.GetBytes("MPF\0" + Secret)), .. Segment(0xED, Encoding.ASCII.GetBytes("Photoshop 3.0\0" + Secret)),
        .. Segment(0xFE, Encoding.ASCII.GetBytes(Secret)), .. Segment(0xDB, 1, 2, 3), .. Segment(0xC0, 8, 0, 1, 0, 1, 1), .. Segment(0xC4, 9, 9), .. Segment(0xDA, 1, 1, 0),
        0x11, 0x22, 0xFF, 0x00, 0x33, 0xFF, 0xD0, 0x44, .. Segment(0xC4, 7, 7), .. Segment(0xDA, 1, 1, 1), 0x55, 0xFF, 0xD9, .. Encoding.ASCII.GetBytes(Secret),
    ];

    private static EvidenceFile Kept(byte[] bytes) => EvidenceFile.Read(bytes).File.ShouldNotBeNull();

    private static bool Tells(EvidenceFile file, string text) => Encoding.Latin1.GetString(file.Bytes).Contains(text, StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_photograph_is_kept_without_where_and_with_what_it_was_taken(bool little)
    {
        var kept = Kept(AJpeg(6, little));

        kept.ContentType.ShouldBe("image/jpeg");
        new[] { Secret, "xap", "MPF", "Photoshop", "ICC_PROFILE" }.Where(text => Tells(kept, text)).ShouldBeEmpty();
        Tells(kept, "JFIF").ShouldBeTrue();
        kept.Bytes[..2].ShouldBe([0xFF, 0xD8]);
        kept.Bytes[^2..].ShouldBe([0xFF, 0xD9]);
    }

    [Fact]
    public void The_picture_itself_is_kept_byte_by_byte()
    {
        byte[] picture = [.. Segment(0xDB, 1, 2, 3), .. Segment(0xC0, 8, 0, 1, 0, 1, 1), .. Segment(0xC4, 9, 9), .. Segment(0xDA, 1, 1, 0), 0x11, 0x22, 0xFF, 0x00, 0x33, 0xFF, 0xD0, 0x44,
            .. Segment(0xC4, 7, 7), .. Segment(0xDA, 1, 1, 1), 0x55, 0xFF, 0xD9];

        Kept(AJpeg()).Bytes[^picture.Length..].ShouldBe(picture);
    }

    [Fact]
    public void Which_way_is_up_is_kept_and_nothing_else_of_it()
    {
        var turned = Kept(AJpeg(orientation: 6)).Bytes;
        var at = turned.AsSpan().IndexOf("Exif\0\0MM\0*"u8);

        at.ShouldBeGreaterThan(0);
        BinaryPrimitives.ReadUInt16BigEndian(turned.AsSpan(at - 2)).ShouldBe((ushort)(2 + 6 + 26));
        (turned[at + 6 + 10], turned[at + 6 + 11], turned[at + 6 + 19]).ShouldBe(((byte)0x01, (byte)0x12, (byte)6));
        Tells(Kept(AJpeg(orientation: 1)), "Exif").ShouldBeFalse();
        Tells(Kept(AJpeg(orientation: 9)), "Exif").ShouldBeFalse();
    }

    [Fact]
    public void What_was_kept_once_is_kept_the_same_again()
    {
        var once = Kept(AJpeg());

        Kept(once.Bytes).Bytes.ShouldBe(once.Bytes);
    }

    [Fact]
    public void A_picture_that_breaks_off_is_refused_wherever_it_breaks()
    {
        var whole = AJpeg()[..^Secret.Length];

        for (var length = 3; length < whole.Length; length++) EvidenceFile.Read(whole.AsSpan(0, length)).Wrong.ShouldBe("attachment_malformed", $"{length} bytes");
        EvidenceFile.Read(whole).Wrong.ShouldBeNull();
    }

    [Fact]
    public void A_picture_of_the_other_kinds_loses_its_metadata_too()
    {
        byte[] Chunk(string name, params byte[] content) => [0, 0, 0, (byte)content.Length, .. Encoding.ASCII.GetBytes(name), .. content, 1, 2, 3, 4];
        byte[] Riff(string name, params byte[] content) => [.. Encoding.ASCII.GetBytes(name), (byte)content.Length, 0, 0, 0, .. content, .. content.Length % 2 == 1 ? new byte[] { 0 } : []];
        var secret = Encoding.ASCII.GetBytes(Secret);
        byte[] signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
        byte[] parts = [.. Riff("VP8X", 0x0C, 0, 0, 0, 0, 0, 0, 0, 0, 0), .. Riff("VP8 ", 1, 2, 3), .. Riff("EXIF", secret), .. Riff("XMP ", secret)];

        var png = Kept([.. signature, .. Chunk("IHDR", 1), .. Chunk("eXIf", secret), .. Chunk("tEXt", secret), .. Chunk("iTXt", secret), .. Chunk("IDAT", 5), .. Chunk("IEND"), .. secret]);
        var webp = Kept([.. "RIFF"u8, (byte)(parts.Length + 4), 0, 0, 0, .. "WEBP"u8, .. parts]);

        (png.ContentType, webp.ContentType).ShouldBe(("image/png", "image/webp"));
        png.Bytes.ShouldBe([.. signature, .. Chunk("IHDR", 1), .. Chunk("IDAT", 5), .. Chunk("IEND")]);
        byte[] plain = [.. Riff("VP8X", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), .. Riff("VP8 ", 1, 2, 3)];
        webp.Bytes.ShouldBe([.. "RIFF"u8, (byte)(plain.Length + 4), 0, 0, 0, .. "WEBP"u8, .. plain]);
    }

    [Theory]
    [InlineData("", "attachment_empty")]
    [InlineData("GIF89a", "attachment_type")]
    [InlineData("<svg onload=alert(1)>", "attachment_type")]
    [InlineData("<html>%PDF-", "attachment_type")]
    [InlineData("MZ%PDF-1.7", "attachment_type")]
    [InlineData("RIFF0000WAVEfmt ", "attachment_type")]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0mif1heic", "attachment_heif")]
    [InlineData("\0\0\0\u0018ftypmp42\0\0\0\0isomavc1", "attachment_type")]
    public void What_is_neither_a_photograph_nor_a_scan_is_refused(string content, string wrong) => EvidenceFile.Read(Encoding.ASCII.GetBytes(content)).Wrong.ShouldBe(wrong);

    [Theory]
    [InlineData(0xE0, "JFXX\0")]
    [InlineData(0xE1, "http://ns.adobe.com/xmp/extension/\0")]
    [InlineData(0xE3, "")]
    [InlineData(0xE8, "SPIFF\0")]
    [InlineData(0xEC, "Ducky")]
    [InlineData(0xEE, "Adobe\0\u0064\0\0\0\0\u0001")]
    [InlineData(0xEF, "")]
    [InlineData(0xFE, "")]
    [InlineData(0xF7, "")]
    [InlineData(0xC8, "")]
    public void No_segment_hides_a_text(byte marker, string name)
    {
        byte[] jpeg = [0xFF, 0xD8, .. Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 2, 2, .. Encoding.ASCII.GetBytes(Secret)]), .. Segment(marker, Encoding.Latin1.GetBytes(name + Secret)), .. Segment(0xDA, 1), 0x11, 0xFF, 0xD9];

        Tells(Kept(jpeg), Secret).ShouldBeFalse();
    }

    [Theory]
    [InlineData("prVt")]
    [InlineData("iCCP")]
    [InlineData("sPLT")]
    [InlineData("hIST")]
    [InlineData("fdAT")]
    [InlineData("tRNS")]
    [InlineData("gAMA")]
    [InlineData("sRGB")]
    [InlineData("caBX")]
    public void No_chunk_of_a_PNG_hides_a_text(string name)
    {
        byte[] Chunk(string chunk, params byte[] content) => [0, 0, (byte)(content.Length >> 8), (byte)content.Length, .. Encoding.ASCII.GetBytes(chunk), .. content, 1, 2, 3, 4];
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Secret, 40)));
        byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", 1), .. Chunk(name, text), .. Chunk("IDAT", 5), .. Chunk("IEND"), .. text];

        Tells(Kept(png), Secret).ShouldBeFalse();
        EvidenceFile.Read([.. png[..8], .. Chunk("XYZW", text), .. png[8..]]).Wrong.ShouldBe("attachment_malformed", "a critical chunk that nobody knows");
    }

    [Fact]
    public void No_part_of_a_WebP_hides_a_text()
    {
        byte[] Riff(string name, params byte[] content) => [.. Encoding.ASCII.GetBytes(name), (byte)content.Length, 0, 0, 0, .. content, .. content.Length % 2 == 1 ? new byte[] { 0 } : []];
        byte[] WebP(params byte[] parts) => [.. "RIFF"u8, (byte)(parts.Length + 4), 0, 0, 0, .. "WEBP"u8, .. parts];
        var secret = Encoding.ASCII.GetBytes(Secret);

        var kept = Kept(WebP([.. Riff("VP8X", 0x3E, 1, 1, 1, 0, 0, 0, 0, 0, 0), .. Riff("ICCP", secret), .. Riff("ALPH", 1), .. Riff("VP8 ", 1, 2, 3), .. Riff("XYZW", secret), .. Riff("EXIF", secret)]));

        Tells(kept, Secret).ShouldBeFalse();
        kept.Bytes.ShouldBe(WebP([.. Riff("VP8X", 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0), .. Riff("ALPH", 1), .. Riff("VP8 ", 1, 2, 3)]));
        EvidenceFile.Read(WebP([.. Riff("ANIM", 0, 0, 0, 0, 0, 0), .. Riff("ANMF", secret)])).Wrong.ShouldBe("attachment_malformed");
    }
}
