using System.Globalization;
using System.IO.Compression;
using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace YenBai.Cases.Support;

/// <summary>
/// A PDF written anew from its pages: what they show, by a list of what may stay. Scripts, actions, metadata, earlier revisions and
/// whatever no page needs are not read over. What would be lost though somebody meant it to be seen (forms, notes, embedded files) is
/// refused instead. Reading is PdfPig's: names in disguise, object streams and revisions are resolved before anything is decided.
/// </summary>
internal sealed class PlainPdf
{
    private const int MostPages = 500, MostObjects = 50_000, DeepestNesting = 64;
    private const long LongestStream = 256L * 1024 * 1024;

    private static readonly string[] OfAPage = ["MediaBox", "CropBox", "Rotate", "UserUnit", "Resources", "Contents", "Group"];
    private static readonly string[] Inherited = ["MediaBox", "CropBox", "Rotate", "Resources"];
    private static readonly HashSet<string> OfResources = ["Font", "XObject", "ExtGState", "ColorSpace", "Pattern", "Shading", "ProcSet"];

    // Their keys are names that the document gave, not words of the format.
    private static readonly HashSet<string> Maps = ["Font", "XObject", "ExtGState", "ColorSpace", "Pattern", "Shading", "CharProcs", "Colorants"];

    // In fonts, pictures, patterns: words of the format that do not show anything, or lead out of the page or the file.
    private static readonly HashSet<string> Never =
    [
        "Metadata", "PieceInfo", "LastModified", "AA", "A", "JS", "OpenAction", "Names", "AF", "EF", "Thumb", "OPI", "Alternates", "Annots", "StructParent", "StructParents", "OC",
        "URI", "F", "FFilter", "FDecodeParms", "Parent", "Ref", "Properties", "ID", "Measure", "PtData", "Length", "PTEX.FileName", "PTEX.InfoDict", "PTEX.PageNumber",
    ];

    private readonly PdfDocument source;
    private readonly Dictionary<IndirectReference, int> numbers = [];
    private readonly Queue<(int Number, IndirectReference From)> waiting = [];
    private readonly MemoryStream written = new();
    private readonly SortedDictionary<int, long> offsets = [];
    private int next = 3;

    private sealed class NotPlainException(string code) : Exception(code)
    {
        public string Code { get; } = code;
    }

    private PlainPdf(PdfDocument source) => this.source = source;

    /// <returns>The document as it is kept, or the code of what is wrong with it.</returns>
    public static (byte[]? Plain, string? Wrong) Of(byte[] bytes)
    {
        if (UnpacksToTooMuch(bytes)) return (null, "attachment_malformed");
        try
        {
            using var source = PdfDocument.Open(bytes, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
            if (source.IsEncrypted) return (null, "attachment_pdf_locked");
            return (new PlainPdf(source).Write(), null);
        }
        catch (NotPlainException e)
        {
            return (null, e.Code);
        }
        catch (UglyToad.PdfPig.Exceptions.PdfDocumentEncryptedException)
        {
            return (null, "attachment_pdf_locked");
        }
        // A reader meets a damaged file with exceptions of every kind.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return (null, "attachment_malformed");
        }
    }

    private byte[] Write()
    {
        var catalog = source.Structure.Catalog.CatalogDictionary;
        RefuseParts(catalog);
        var pages = new List<(DictionaryToken Page, Dictionary<string, IToken> From)>();
        Collect(Dictionary(catalog, "Pages") ?? throw new NotPlainException("attachment_malformed"), [], pages, 0, []);
        if (pages.Count == 0) throw new NotPlainException("attachment_malformed");

        Text("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        var first = next;
        next += pages.Count;
        Object(1, () => Text("<</Type/Catalog/Pages 2 0 R>>"));
        Object(2, () => Text($"<</Type/Pages/Count {pages.Count}/Kids[{string.Join(' ', pages.Select((_, i) => $"{first + i} 0 R"))}]>>"));
        for (var i = 0; i < pages.Count; i++)
        {
            var (page, from) = pages[i];
            Object(first + i, () => WritePage(page, from));
        }
        while (waiting.TryDequeue(out var one)) Object(one.Number, () => Token(source.Structure.GetObject(one.From).Data, 0, isMap: false));
        WriteEnd();
        return written.ToArray();
    }

    private void RefuseParts(DictionaryToken catalog)
    {
        var form = Dictionary(catalog, "AcroForm");
        if (form is not null && (form.ContainsKey(NameToken.Create("XFA")) || (Resolve(form, "Fields") is ArrayToken { Length: > 0 }))) throw new NotPlainException("attachment_pdf_parts");
        if (catalog.ContainsKey(NameToken.Create("Collection")) || catalog.ContainsKey(NameToken.Create("AF"))) throw new NotPlainException("attachment_pdf_parts");
        if (Dictionary(catalog, "Names") is { } names && names.ContainsKey(NameToken.Create("EmbeddedFiles"))) throw new NotPlainException("attachment_pdf_parts");
    }

    private void Collect(DictionaryToken node, Dictionary<string, IToken> above, List<(DictionaryToken, Dictionary<string, IToken>)> pages, int depth, HashSet<DictionaryToken> seen)
    {
        if (depth > DeepestNesting || pages.Count > MostPages || !seen.Add(node)) throw new NotPlainException("attachment_malformed");
        var here = new Dictionary<string, IToken>(above);
        foreach (var key in Inherited)
            if (node.TryGet(NameToken.Create(key), out var value)) here[key] = value;
        if (Resolve(node, "Kids") is not ArrayToken kids)
        {
            RefuseNotes(node);
            pages.Add((node, here));
            return;
        }
        foreach (var kid in kids.Data)
            if (Resolve(kid) is DictionaryToken child) Collect(child, here, pages, depth + 1, seen);
        seen.Remove(node);
    }

    /// <summary>A link shows nothing of its own; every other annotation is a note, a stamp or a field that somebody put there to be seen.</summary>
    private void RefuseNotes(DictionaryToken page)
    {
        if (Resolve(page, "Annots") is not ArrayToken annotations) return;
        foreach (var annotation in annotations.Data)
            if (Resolve(annotation) is DictionaryToken a && (Resolve(a, "Subtype") as NameToken)?.Data is not ("Link" or "Popup" or null)) throw new NotPlainException("attachment_pdf_parts");
    }

    private void WritePage(DictionaryToken page, Dictionary<string, IToken> from)
    {
        Text("<</Type/Page/Parent 2 0 R");
        foreach (var key in OfAPage)
        {
            var value = from.GetValueOrDefault(key) ?? (page.TryGet(NameToken.Create(key), out var own) ? own : null);
            if (value is null) continue;
            Text("/" + key + " ");
            if (key == "Resources") WriteResources(value, 0);
            else Token(value, 1, isMap: false);
        }
        Text(">>");
    }

    private void WriteResources(IToken token, int depth)
    {
        Text("<<");
        if (Resolve(token) is DictionaryToken resources)
            foreach (var (key, value) in resources.Data)
            {
                if (!OfResources.Contains(key)) continue;
                Name(key);
                Token(Maps.Contains(key) ? Resolve(value) ?? NullToken.Instance : value, depth + 1, Maps.Contains(key));
            }
        Text(">>");
    }

    private void Token(IToken token, int depth, bool isMap)
    {
        if (depth > DeepestNesting) throw new NotPlainException("attachment_malformed");
        switch (token)
        {
            case IndirectReferenceToken reference:
                Text($"{NumberOf(reference.Data)} 0 R");
                break;
            case StreamToken stream:
                Stream(stream, depth);
                break;
            case DictionaryToken dictionary:
                Text("<<");
                Entries(dictionary, depth, isMap);
                Text(">>");
                break;
            case ArrayToken array:
                Text("[");
                foreach (var item in array.Data)
                {
                    Token(item, depth + 1, isMap: false);
                    Text(" ");
                }
                Text("]");
                break;
            case NameToken name:
                Name(name.Data);
                break;
            case NumericToken number:
                Text(number.Data.ToString("0.##########", CultureInfo.InvariantCulture));
                break;
            case StringToken text:
                Text($"<{Convert.ToHexString(text.GetBytes())}>");
                break;
            case HexToken hex:
                Text($"<{Convert.ToHexString(hex.Bytes.ToArray())}>");
                break;
            case BooleanToken truth:
                Text(truth.Data ? "true" : "false");
                break;
            default:
                Text("null");
                break;
        }
    }

    private void Entries(DictionaryToken dictionary, int depth, bool isMap)
    {
        foreach (var (key, value) in dictionary.Data)
        {
            if (!isMap && Never.Contains(key)) continue;
            Name(key);
            if (!isMap && key == "Resources") WriteResources(value, depth + 1);
            // What a map holds must be known to be one where it is written.
            else if (!isMap && Maps.Contains(key) && Resolve(value) is DictionaryToken map) Token(map, depth + 1, isMap: true);
            else Token(value, depth + 1, isMap: false);
        }
    }

    private void Stream(StreamToken stream, int depth)
    {
        var data = stream.Data.ToArray();
        var filters = Resolve(stream.StreamDictionary, "Filter") switch { NameToken one => [one.Data], ArrayToken several => several.Data.Select(f => (Resolve(f) as NameToken)?.Data).ToArray(), _ => [] };
        var plain = filters switch
        {
            ["DCTDecode" or "DCT"] => PlainPicture.Jpeg(data),
            ["JPXDecode"] => PlainPicture.Jpeg2000(data),
            _ => filters.Any(f => f is "DCTDecode" or "DCT" or "JPXDecode" or "Crypt") ? null : data,
        };
        if (plain is null) throw new NotPlainException("attachment_malformed");
        Text("<<");
        Entries(stream.StreamDictionary, depth, isMap: false);
        Text($"/Length {plain.Length}>>\nstream\n");
        written.Write(plain);
        Text("\nendstream");
    }

    private int NumberOf(IndirectReference reference)
    {
        if (numbers.TryGetValue(reference, out var number)) return number;
        if (numbers.Count >= MostObjects) throw new NotPlainException("attachment_malformed");
        numbers[reference] = number = next++;
        waiting.Enqueue((number, reference));
        return number;
    }

    private void Object(int number, Action content)
    {
        offsets[number] = written.Position;
        Text($"{number} 0 obj\n");
        content();
        Text("\nendobj\n");
    }

    private void WriteEnd()
    {
        var at = written.Position;
        Text($"xref\n0 {next}\n0000000000 65535 f \n");
        foreach (var offset in offsets.Values) Text(string.Create(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        Text($"trailer\n<</Size {next}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n");
    }

    private void Name(string name)
    {
        Text("/");
        foreach (var b in Encoding.UTF8.GetBytes(name))
            Text(b is > 0x20 and < 0x7F && !"#/()<>[]{}%".Contains((char)b) ? ((char)b).ToString() : $"#{b:X2}");
        Text(" ");
    }

    private void Text(string text) => written.Write(Encoding.Latin1.GetBytes(text));

    private DictionaryToken? Dictionary(DictionaryToken of, string key) => Resolve(of, key) as DictionaryToken;

    private IToken? Resolve(DictionaryToken of, string key) => of.TryGet(NameToken.Create(key), out var value) ? Resolve(value) : null;

    private IToken? Resolve(IToken? token)
    {
        for (var hops = 0; token is IndirectReferenceToken reference && hops < DeepestNesting; hops++) token = source.Structure.GetObject(reference.Data)?.Data;
        return token;
    }

    /// <summary>The reader unpacks object streams as a whole: one that grows beyond any scan is refused before it is opened.</summary>
    private static bool UnpacksToTooMuch(byte[] bytes)
    {
        var buffer = new byte[64 * 1024];
        for (var at = 0; bytes.AsSpan(at).IndexOf("stream"u8) is >= 0 and var found;)
        {
            at += found + 6;
            while (at < bytes.Length && bytes[at] is (byte)'\r' or (byte)'\n') at++;
            if (at + 2 > bytes.Length || (bytes[at] & 0x0F) != 8 || ((bytes[at] << 8) | bytes[at + 1]) % 31 != 0) continue;
            using var unpacked = new ZLibStream(new MemoryStream(bytes, at, bytes.Length - at), CompressionMode.Decompress);
            try
            {
                long length = 0;
                for (int read; (read = unpacked.Read(buffer)) > 0;)
                    if ((length += read) > LongestStream) return true;
            }
            catch (InvalidDataException)
            {
                // No stream of this kind, or a damaged one: the reader will say.
            }
        }
        return false;
    }
}
