using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Runtime.Versioning;
using Microsoft.AspNetCore.Builder;
using YenBai.Cases.Composition;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Hosting;
using YenBai.Cases.Web.Tests.Accounts;

namespace YenBai.Cases.Web.Tests.Dangers;

/// <summary>A page of another site sends the reader's cookie along: it opens no circuit, posts to none and writes nothing.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ForeignOriginFacts(ForeignOriginFacts.Published store) : IClassFixture<ForeignOriginFacts.Published>
{
    public sealed class Published : AccountStore
    {
        protected override void Configure(WebApplicationBuilder builder)
        {
            base.Configure(builder);
            builder.Configuration[PublicAddress.Setting] = "https://cases.example.vn";
        }
    }

    private string Own => store.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);

    public static TheoryData<string> Foreign => ["http://evil.example", "https://cases.example.vn.evil.example", "http://cases.example.vn", "https://cases.example.vn:8443", "http://127.0.0.1:1", "null", "file://", "x"];

    private async Task<HttpStatusCode> OpenAsync(string cookie, params (string Name, string Value)[] headers)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", cookie);
        socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in headers) socket.Options.SetRequestHeader(name, value);
        try
        {
            await socket.ConnectAsync(new Uri(Own.Replace("http://", "ws://", StringComparison.Ordinal) + "/_blazor"), default);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
        }
        catch (WebSocketException) when (socket.HttpStatusCode != 0)
        {
            // The handshake was refused with a status.
        }
        return socket.HttpStatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(string cookie, HttpMethod method, string path, string? origin, string? site = null, string? scheme = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Cookie", cookie);
        if (origin is not null) request.Headers.TryAddWithoutValidation("Origin", origin);
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        if (scheme is not null) request.Headers.Add(AccountStore.SchemeHeader, scheme);
        if (method == HttpMethod.Post) request.Content = new StringContent("x");
        return await store.Http.SendAsync(request);
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task It_opens_no_circuit_by_socket_negotiation_long_poll_or_post(string origin)
    {
        var cookie = await store.CookieAsync(await store.AnAccountAsync());

        (await OpenAsync(cookie, ("Origin", origin))).ShouldBe(HttpStatusCode.Forbidden);
        (await OpenAsync(cookie, ("Origin", origin), ("Sec-Fetch-Site", "same-origin"))).ShouldBe(HttpStatusCode.Forbidden);
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1"), (HttpMethod.Get, "/_blazor?id=x"), (HttpMethod.Post, "/_blazor?id=x"), (HttpMethod.Post, "/_blazor/disconnect"), (HttpMethod.Delete, "/_blazor?id=x"),
        })
            (await SendAsync(cookie, method, path, origin)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{method} {path}");
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task Nor_where_the_browser_says_so_without_an_origin(string site)
    {
        var cookie = await store.CookieAsync(await store.AnAccountAsync());

        (await OpenAsync(cookie, ("Sec-Fetch-Site", site))).ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(cookie, HttpMethod.Get, "/_blazor?id=x", null, site)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_token_does_not_excuse_it()
    {
        var tokens = await store.TokensAsync(await store.AnAccountAsync());

        (await OpenAsync("", ("Origin", "http://evil.example"), ("Authorization", "Bearer " + tokens.AccessToken))).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Our_own_pages_do_by_either_address_and_behind_a_proxy()
    {
        var cookie = await store.CookieAsync(await store.AnAccountAsync());

        foreach (var origin in new[] { Own, "https://cases.example.vn" }) (await OpenAsync(cookie, ("Origin", origin))).ShouldBe(HttpStatusCode.SwitchingProtocols, origin);
        (await OpenAsync(cookie, ("Origin", Own), ("Sec-Fetch-Site", "same-origin"))).ShouldBe(HttpStatusCode.SwitchingProtocols);
        // The reader's page came over TLS, which a proxy ended; a page that came without is none of ours.
        (await SendAsync(cookie, HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", Own.Replace("http://", "https://", StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(cookie, HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", Own, scheme: "https")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("/api/logout")]
    [InlineData("/tai-khoan/dang-xuat")]
    [InlineData("/nhap-du-lieu/tep")]
    [InlineData("/tai-khoan/khoa/tao")]
    public async Task It_writes_nothing(string path)
    {
        var cookie = await store.CookieAsync(await store.AnAccountAsync());

        (await SendAsync(cookie, HttpMethod.Post, path, "http://evil.example")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await store.WhoAsync(cookie)).ShouldNotBeNull();
    }
}
