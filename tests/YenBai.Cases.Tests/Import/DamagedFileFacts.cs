using System.Globalization;
using System.IO.Compression;
using System.Text;
using MiniExcelLibs;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Places;

namespace YenBai.Cases.Tests.Import;

/// <summary>A file that is damaged, or no such file at all, is answered in words, and never with a failure of the program.</summary>
public sealed class DamagedFileFacts : IDisposable
{
    private const int Damaged = 300;

    private static readonly string[] Header = ["household_code", "commune_code", "head_name", "class"];

    private readonly string directory = Directory.CreateTempSubdirectory("damaged-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private static string Text => string.Join('\n', Enumerable.Range(0, 40).Select(i => $"H{i},04375,Lò Thị {i},poor").Prepend(string.Join(',', Header)));

    private static byte[] Workbook()
    {
        using var memory = new MemoryStream();
        memory.SaveAs(Enumerable.Range(0, 40).Select(i => new { household_code = $"H{i}", commune_code = "04375", head_name = $"Lò Thị {i}", @class = "poor" }));
        return memory.ToArray();
    }

    private static readonly Dictionary<string, Func<byte[]>> Kinds = new()
    {
        ["CSV"] = () => Encoding.UTF8.GetBytes(Text),
        ["CSV with a mark"] = () => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Text)],
        ["UTF-16"] = () => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Text)],
        ["UTF-16 without a mark"] = () => Encoding.Unicode.GetBytes(Text),
        ["big-endian UTF-16"] = () => [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(Text)],
        ["big-endian UTF-16 without a mark"] = () => Encoding.BigEndianUnicode.GetBytes(Text),
        ["UTF-32"] = () => [.. Encoding.UTF32.GetPreamble(), .. Encoding.UTF32.GetBytes(Text)],
        ["Latin letters"] = () => Encoding.Latin1.GetBytes(Text),
        ["workbook"] = Workbook,
        ["OLE"] = () => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[4000]],
        ["BIFF"] = () => [0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00, .. new byte[400]],
        ["web page"] = () => Encoding.UTF8.GetBytes("<html><table><tr><td>household_code</td></tr></table></html>"),
        ["PDF"] = () => Encoding.ASCII.GetBytes("%PDF-1.7\n" + Text),
    };

    public static TheoryData<string> All => [.. Kinds.Keys];

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(directory, $"{Guid.NewGuid():N}.csv");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <returns>The reason's code where the file cannot be read; none where it can.</returns>
    private string? Read(byte[] bytes)
    {
        try
        {
            var file = new SourceFile(Write(bytes));
            IHouseholdFile rows = file.Kind == FileKind.Register ? new RegisterFile(file, PlaceCatalog.Default, new(2023, 12, 31), new(2024, 6, 15)) : new HistoryFile(file, PlaceCatalog.Default, new(2024, 6, 15));
            if (file.Kind is not (FileKind.Register or FileKind.History)) return null;
            using var groups = new HouseholdGroups(file, rows.KeyColumn, default);
            foreach (var group in groups.Read())
                foreach (var problem in rows.Decide(group, Household.Nobody(Ids.Household(group.Code)), DateTimeOffset.UnixEpoch).Problems)
                    InWords(problem.Reason, problem.Data);
            return null;
        }
        catch (UnreadableFileException e)
        {
            InWords(e.Code, e.Details);
            return e.Code;
        }
    }

    private static void InWords(string code, object?[] data)
    {
        foreach (var language in new[] { "vi", "en" })
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            var says = new Reasons().Text(code, data);
            says.ShouldNotBe(code, language);
            says.ShouldNotContain("{0}");
            says.ShouldAllBe(c => !char.IsControl(c));
        }
    }

    [Theory]
    [InlineData("CSV", null)]
    [InlineData("CSV with a mark", null)]
    [InlineData("UTF-16", null)]
    [InlineData("UTF-16 without a mark", "text_utf16")]
    [InlineData("big-endian UTF-16", null)]
    [InlineData("big-endian UTF-16 without a mark", "text_utf16")]
    [InlineData("workbook", null)]
    [InlineData("OLE", "workbook_old_or_locked")]
    [InlineData("BIFF", "workbook_old_or_locked")]
    [InlineData("web page", "file_is_a_web_page")]
    [InlineData("PDF", "file_is_no_table")]
    public void What_a_file_is_is_known_by_its_bytes(string kind, string? reason) => Read(Kinds[kind]()).ShouldBe(reason);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\n")]
    [InlineData(",,,\n,,,\n")]
    public void A_file_with_nothing_in_it_has_no_rows(string text) => Read(Encoding.UTF8.GetBytes(text)).ShouldBe("no_rows");

    [Theory]
    [MemberData(nameof(All))]
    public void A_damaged_file_is_answered_in_words(string kind)
    {
        var whole = Kinds[kind]();
        for (var seed = 0; seed < Damaged; seed++)
        {
            var random = new Random(seed);
            var bytes = (byte[])whole.Clone();
            switch (seed % 4)
            {
                case 0:
                    bytes = bytes[..random.Next(bytes.Length)];
                    break;
                case 1:
                    for (var n = random.Next(1, 20); n > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                    break;
                case 2:
                    Array.Fill(bytes, (byte)random.Next(256), random.Next(bytes.Length), 0);
                    var at = random.Next(bytes.Length);
                    Array.Fill(bytes, (byte)random.Next(256), at, Math.Min(bytes.Length - at, random.Next(1, 400)));
                    break;
                default:
                    var cut = random.Next(bytes.Length);
                    bytes = [.. bytes[..cut], .. bytes[Math.Min(bytes.Length, cut + random.Next(1, 200))..]];
                    break;
            }

            Should.NotThrow(() => Read(bytes), $"seed {seed}");
        }
    }

    /// <summary>The end of a zip archive holds its directory: damaged there, nothing else of it is found.</summary>
    [Fact]
    public void A_workbook_whose_directory_is_damaged_is_answered_in_words_wherever_the_damage_is()
    {
        var whole = Workbook();
        var start = whole.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x50, 0x4B, 0x01, 0x02]);
        start.ShouldBeGreaterThan(0);
        var refused = 0;
        for (var at = start; at < whole.Length; at++)
            foreach (var value in new byte[] { 0x00, 0xFF, (byte)(whole[at] ^ 1) })
            {
                var bytes = (byte[])whole.Clone();
                bytes[at] = value;
                if (Should.NotThrow(() => Read(bytes), $"byte {at - start} is {value}") is not null) refused++;
            }
        refused.ShouldBeGreaterThan((whole.Length - start) / 2);
    }

    [Fact]
    public void A_workbook_with_another_content_than_its_checksum_says_is_refused()
    {
        using var memory = new MemoryStream();
        var whole = Workbook();
        memory.Write(whole);
        // Packed without compression, a byte that changes changes the text alone.
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Update, leaveOpen: true))
        {
            var old = zip.GetEntry("xl/worksheets/sheet1.xml")!;
            string text;
            using (var reader = new StreamReader(old.Open())) text = reader.ReadToEnd();
            old.Delete();
            using var writer = new StreamWriter(zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.NoCompression).Open());
            writer.Write(text);
        }
        var bytes = memory.ToArray();
        Read(bytes).ShouldBeNull();
        var name = bytes.AsSpan().IndexOf("H39"u8);
        name.ShouldBeGreaterThan(0);
        bytes[name + 1] = (byte)'9';

        Read(bytes).ShouldBe("workbook_damaged");
    }
}
