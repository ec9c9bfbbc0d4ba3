using System.Net;
using System.Runtime.Versioning;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using YenBai.Cases.Composition;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Hosting;
using YenBai.Cases.Web.Tests.Accounts;

namespace YenBai.Cases.Web.Tests.Hosting;

/// <summary>No address that is handed out is what the sender of a request called us.</summary>
[UnsupportedOSPlatform("windows")]
[Trait("Tier", "Fast")]
public sealed class PublicAddressFacts
{
    private static PublicAddress Of(params (string Key, string Value)[] settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value)).Build(), new ServiceCollection().BuildServiceProvider());

    [Theory]
    [InlineData("urls", "http://127.0.0.1:5090;http://127.0.0.1:5091", "http://127.0.0.1:5090", true)]
    [InlineData("urls", "http://0.0.0.0:8080", "http://127.0.0.1:8080", false)]
    [InlineData("urls", "http://+:8080", "http://127.0.0.1:8080", false)]
    [InlineData("urls", "http://[::]:8080", "http://127.0.0.1:8080", false)]
    [InlineData("ASPNETCORE_URLS", "http://localhost:5080", "http://localhost:5080", true)]
    [InlineData("Cases:PublicAddress", "https://cases.example.vn/", "https://cases.example.vn", false)]
    [InlineData("other", "x", "http://127.0.0.1:5080", false)]
    public void It_is_what_is_configured_or_what_is_listened_on(string key, string value, string address, bool localOnly) =>
        (Of((key, value)).Value, Of((key, value)).IsLocalOnly).ShouldBe((address, localOnly));

    /// <summary>A link for a password that names the server's own machine reaches nobody; who is handed one is warned.</summary>
    [Theory]
    [InlineData("urls", "http://127.0.0.1:5090", true)]
    [InlineData("urls", "http://0.0.0.0:8080", true)]
    [InlineData("urls", "http://10.1.2.3:8080", false)]
    [InlineData("Cases:PublicAddress", "https://cases.example.vn", false)]
    public void An_address_of_this_machine_alone_is_known_as_one(string key, string value, bool thisMachine) => Of((key, value)).NamesThisMachineOnly.ShouldBe(thisMachine);

    [Theory]
    [InlineData("cases.example.vn")]
    [InlineData("ftp://cases.example.vn")]
    [InlineData("https://cases.example.vn/cases")]
    public void What_is_no_address_is_refused_at_the_start(string value) => Should.Throw<ArgumentException>(() => Of(("Cases:PublicAddress", value))).Message.ShouldContain("Cases__PublicAddress");

    private sealed class Configured(params (string Key, string Value)[] settings) : AccountStore
    {
        protected override bool SignsIn => true;

        protected override void Configure(WebApplicationBuilder builder)
        {
            base.Configure(builder);
            foreach (var (key, value) in settings) builder.Configuration[key] = value;
        }

        public async Task<(HttpStatusCode Status, string Text)> AskAsync(string path, string host)
        {
            using var nobody = Nobody();
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
            using var answer = await (path.StartsWith("/api", StringComparison.Ordinal) ? Http : nobody).SendAsync(request);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://cases.example.vn")]
    public async Task Links_in_files_scripts_and_for_passwords_have_it_whatever_the_host_header_says(string? configured)
    {
        var settings = new List<(string, string)> { ("AllowedHosts", "*") };
        if (configured is not null) settings.Add((PublicAddress.Setting, configured));
        var store = new Configured([.. settings]);
        await using var own = await AccountStoreOfItsOwn.StartAsync(store);
        var expected = configured ?? store.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);

        foreach (var path in new[] { "/api/movement/file?format=csv", "/api/durability/script" })
        {
            var (status, text) = await store.AskAsync(path, "evil.example");
            status.ShouldBe(HttpStatusCode.OK, path);
            text.ShouldNotContain("evil.example");
            text.ShouldContain(expected + "/", Case.Sensitive, path);
        }
        (await store.LinkAsync(await store.AnAccountAsync(password: null))).ShouldStartWith(expected + "/tai-khoan/dat-mat-khau?");
    }

    [Theory]
    [InlineData("evil.example", null, HttpStatusCode.BadRequest)]
    [InlineData("localhost", null, HttpStatusCode.OK)]
    [InlineData("cases.example.vn", null, HttpStatusCode.BadRequest)]
    [InlineData("cases.example.vn", "https://cases.example.vn", HttpStatusCode.OK)]
    [InlineData("evil.example", "https://cases.example.vn", HttpStatusCode.BadRequest)]
    public async Task A_foreign_host_is_not_answered(string host, string? configured, HttpStatusCode status)
    {
        var store = configured is null ? new Configured() : new Configured((PublicAddress.Setting, configured));
        await using var own = await AccountStoreOfItsOwn.StartAsync(store);

        (await store.AskAsync("/health/live", host)).Status.ShouldBe(status);
        (await store.AskAsync("/tai-khoan/dang-nhap", host)).Status.ShouldBe(status);
    }
}
