using System.Net;
using System.Net.Http.Headers;
using System.Runtime.Versioning;
using System.Text;
using System.Text.RegularExpressions;
using YenBai.Cases.Web.Components.Import;

namespace YenBai.Cases.Web.Tests.Dangers;

/// <summary>A file comes in from somewhere, under a name that somebody chose.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class UploadFacts(WatchedStore store) : IClassFixture<WatchedStore>
{
    private string Imports => Path.Combine(store.Directory, "data", "imports");

    [Theory]
    [InlineData("../../../../etc/cron.d/evil")]
    [InlineData("..\\..\\windows\\system32\\evil.csv")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\Users\\x\\sổ hộ.csv")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("   ")]
    [InlineData(".ssh")]
    [InlineData("a/../b")]
    [InlineData("a\0.csv")]
    [InlineData("a\r\nX-Evil: 1.csv")]
    [InlineData("a\u202evsc.exe")]
    [InlineData("a;rm -rf ~.csv")]
    [InlineData("$(reboot)`reboot`|x.csv")]
    [InlineData("\"><script>alert(1)</script>.csv")]
    [InlineData("%2e%2e%2fevil.csv")]
    [InlineData("CON")]
    [InlineData("con.csv")]
    [InlineData("NUL.tar.csv")]
    [InlineData("LPT1 .csv")]
    [InlineData("COM³.csv")]
    [InlineData("x.csv:stream")]
    [InlineData("tệp\ud800.csv")]
    [InlineData("👪.csv")]
    [InlineData("x.rejects.csv")]
    [InlineData(".rejects.csv")]
    [InlineData("x.REJECTS.CSV.rejects.csv")]
    public void A_name_becomes_one_that_no_file_system_reads_as_anything_else(string? name)
    {
        var safe = ImportFolders.SafeName(name);

        safe.ShouldNotBeNullOrWhiteSpace();
        safe.ShouldAllBe(c => char.IsLetterOrDigit(c) || "._- ()".Contains(c));
        safe[0].ShouldNotBe('.');
        safe[^1].ShouldNotBe('.');
        safe.ShouldNotEndWith(".rejects.csv", Case.Insensitive);
        Device().IsMatch(safe).ShouldBeFalse(safe);
        Path.GetFullPath(Path.Combine("/data/imports/x", safe)).ShouldBe("/data/imports/x/" + safe);
        ImportFolders.SafeName(safe).ShouldBe(safe);
    }

    [Fact]
    public void A_name_has_its_limit_and_keeps_its_ending()
    {
        foreach (var name in new[] { new string('x', 5000) + ".csv", new string('ộ', 5000) + ".csv", string.Concat(Enumerable.Repeat("..%2f", 900)) + ".csv" })
        {
            var safe = ImportFolders.SafeName(name);
            Encoding.UTF8.GetByteCount(safe + ".rejects.csv").ShouldBeLessThan(255);
            safe.ShouldEndWith(".csv");
        }
    }

    [Theory]
    [InlineData("../../../evil.csv")]
    [InlineData("/tmp/evil.csv")]
    [InlineData("..%5c..%5cevil.csv")]
    public async Task An_upload_stays_in_its_folder_whatever_it_is_called(string name)
    {
        using var http = await RequestFacts.NewBrowserAsync(store);

        using var answer = await UploadAsync(http, name, new StringContent("a,b\n"));

        var id = Uploaded(answer);
        var file = Directory.EnumerateFiles(Imports, "*", SearchOption.AllDirectories).Where(f => f.Contains(id)).ShouldHaveSingleItem();
        Path.GetDirectoryName(file).ShouldBe(Path.Combine(Imports, id));
        File.GetUnixFileMode(Path.GetDirectoryName(file)!).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../../etc")]
    [InlineData("%2e%2e%2f%2e%2e")]
    [InlineData("00000000000000000000000000000000/../..")]
    [InlineData("{00000000-0000-0000-0000-000000000000}")]
    public async Task Only_what_an_upload_is_called_by_us_finds_one(string id)
    {
        store.Get<ImportFolders>().FileOf(id).ShouldBeNull();
        (await store.GetAsync($"/nhap-du-lieu/{Uri.EscapeDataString(id)}/tu-choi")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_foreign_page_uploads_nothing()
    {
        using var http = await RequestFacts.NewBrowserAsync(store);

        using var answer = await UploadAsync(http, "x.csv", new StringContent("a,b\n"), token: "made up");

        answer.Headers.Location!.ToString().ShouldContain("loi=not_trusted");
    }

    [Fact]
    public async Task What_says_that_it_is_too_large_is_not_even_read()
    {
        using var http = await RequestFacts.NewBrowserAsync(store);
        using var content = new Zeros(ImportUploads.Largest + 1024 * 1024, saysSo: true);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/nhap-du-lieu/tep") { Content = content };
        request.Headers.ExpectContinue = true;

        using var answer = await http.SendAsync(request);

        answer.Headers.Location!.ToString().ShouldContain("loi=too_large");
        content.Sent.ShouldBe(0);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(64 * 1024 + 1, false)]
    public async Task A_file_up_to_the_limit_is_taken_and_of_a_larger_one_nothing_is_left(int more, bool taken)
    {
        using var http = await RequestFacts.NewBrowserAsync(store);
        var before = Folders();

        using var answer = await UploadAsync(http, "zeros.csv", new Zeros(ImportUploads.Largest + more, saysSo: false));

        if (taken)
        {
            var id = Uploaded(answer);
            new FileInfo(store.Get<ImportFolders>().FileOf(id)!).Length.ShouldBe(ImportUploads.Largest);
            store.Get<ImportFolders>().Remove(id);
        }
        else
        {
            answer.Headers.Location!.ToString().ShouldContain("loi=too_large");
        }
        Folders().ShouldBe(before);
    }

    private string[] Folders() => Directory.Exists(Imports) ? [.. Directory.EnumerateDirectories(Imports).Order(StringComparer.Ordinal)] : [];

    private static string Uploaded(HttpResponseMessage answer) => Upload().Match(answer.Headers.Location.ShouldNotBeNull().ToString()).Groups[1].Value;

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient http, string name, HttpContent file, string? token = null)
    {
        token ??= Token().Match(await http.GetStringAsync("/nhap-du-lieu")).Groups[1].Value;
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" } };
        file.Headers.ContentDisposition = new("form-data") { Name = "file", FileName = $"\"{name}\"" };
        form.Add(file);
        return await http.PostAsync("/nhap-du-lieu/tep", form);
    }

    /// <summary>Many bytes that nobody holds.</summary>
    private sealed class Zeros(long length, bool saysSo) : HttpContent
    {
        private static readonly byte[] Some = new byte[64 * 1024];

        public long Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var left = length; left > 0; left -= Some.Length)
            {
                await stream.WriteAsync(Some.AsMemory(0, (int)Math.Min(left, Some.Length)));
                Sent += Math.Min(left, Some.Length);
            }
        }

        protected override bool TryComputeLength(out long says)
        {
            says = length;
            return saysSo;
        }
    }

    [GeneratedRegex(@"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Device();

    [GeneratedRegex("tep=([0-9a-f]{32})$")]
    private static partial Regex Upload();

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex Token();
}
