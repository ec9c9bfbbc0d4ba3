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
        if (bytes.StartsWith("%PDF-"u8))
        {
            var (plain, wrong) = PlainPdf.Of(bytes.ToArray());
            return plain is null ? (null, wrong) : (new("application/pdf", plain), null);
        }
        var (type, kept) =
            bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? ("image/jpeg", PlainPicture.Jpeg(bytes))
            : bytes.StartsWith(Png) ? ("image/png", PlainPicture.Png(bytes))
            : bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) ? ("image/webp", PlainPicture.Webp(bytes))
            : (null, null);
        if (type is null && IsHeif(bytes)) return (null, "attachment_heif");
        return type is null ? (null, "attachment_type") : kept is null ? (null, "attachment_malformed") : (new(type, kept), null);
    }

    /// <summary>What an iPhone makes unless it is asked for JPEG; no browser but Safari draws it.</summary>
    private static bool IsHeif(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 12 && bytes[4..].StartsWith("ftyp"u8) && System.Text.Encoding.ASCII.GetString(bytes.Slice(8, 4)) is "heic" or "heix" or "hevc" or "heim" or "heis" or "mif1" or "msf1" or "avif";
}
