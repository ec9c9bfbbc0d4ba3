using System.Collections.Concurrent;
using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using YenBai.Cases.Composition;
using YenBai.Cases.Web.Accounts;

namespace YenBai.Cases.Web.Tests.Accounts;

/// <summary>Signing in with the account of another authority: a made-up one that vouches for whomever the test names.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OtherAuthorityFacts : IAsyncLifetime
{
    private readonly Authority authority = new();
    private AccountStore store = null!;

    public async Task InitializeAsync()
    {
        await authority.StartAsync();
        store = new Linked(authority.Address);
        // The browser's cookies and the authority's tokens run out by the clock on the wall.
        store.Clock.Now = DateTimeOffset.Now;
        await store.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        await authority.DisposeAsync();
    }

    [Fact]
    public async Task It_opens_the_account_of_that_code_and_makes_none()
    {
        var (user, disabled) = (await store.AnAccountAsync(password: null), await store.AnAccountAsync());
        await store.SetDisabledAsync(disabled, true);

        using (var browser = new Browser(store))
        {
            (await browser.ReadAsync(Schemes.SignInPath)).ShouldContain("Đăng nhập bằng tài khoản cơ quan");
            (await ThroughAsync(browser, user, "/tai-khoan/ho-so")).ShouldBe("/tai-khoan/ho-so");
            (await browser.WhoAsync()).ShouldBe(user);
        }
        using (var browser = new Browser(store)) (await ThroughAsync(browser, user, "https://evil.example/")).ShouldBe("/");
        foreach (var other in new[] { disabled, "nobody" })
        {
            using var browser = new Browser(store);
            (await ThroughAsync(browser, other, "/")).ShouldBe("/tai-khoan/dang-nhap?loi=khac");
            (await browser.ReadAsync("/tai-khoan/dang-nhap?loi=khac")).ShouldContain("chưa được nối với mã cán bộ nào");
            (await browser.WhoAsync()).ShouldBeNull();
        }
        (await store.AskAsync<long>("select count(*) from identity.account")).ShouldBe(2);
    }

    [Fact]
    public async Task Our_own_code_is_asked_for_where_the_authority_asked_for_one_factor_alone()
    {
        var user = await store.AnAccountAsync(password: null);
        await store.TotpAsync(user);

        using (var browser = new Browser(store))
        {
            (await ThroughAsync(browser, user, "/")).ShouldStartWith("/tai-khoan/ma-xac-thuc");
            (await browser.WhoAsync()).ShouldBeNull();
        }
        authority.Asked = ["pwd", "mfa"];
        using (var browser = new Browser(store))
        {
            (await ThroughAsync(browser, user, "/")).ShouldBe("/");
            (await browser.WhoAsync()).ShouldBe(user);
        }
    }

    [Fact]
    public async Task An_answer_that_nobody_asked_for_opens_nothing()
    {
        using var browser = new Browser(store);

        browser.LeadsTo(await browser.GetAsync("/tai-khoan/oidc/tra-loi?code=x&state=y")).ShouldBe("/tai-khoan/dang-nhap?loi=khac");
        browser.LeadsTo(await browser.GetAsync("/tai-khoan/oidc/ket-qua")).ShouldBe("/tai-khoan/dang-nhap?loi=khac");
    }

    [Fact]
    public async Task Without_one_there_is_no_such_button_and_no_such_address()
    {
        await using var own = await AccountStoreOfItsOwn.StartAsync();
        using var browser = new Browser(own.Store);

        (await browser.ReadAsync(Schemes.SignInPath)).ShouldNotContain("/tai-khoan/oidc");
        (await browser.GetAsync("/tai-khoan/oidc")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>From the button to the page where the person ends up.</summary>
    private async Task<string> ThroughAsync(Browser browser, string user, string returnUrl)
    {
        authority.Vouches = user;
        var away = await browser.GetAsync("/tai-khoan/oidc?ReturnUrl=" + Uri.EscapeDataString(returnUrl));
        away.StatusCode.ShouldBe(HttpStatusCode.Found);
        using var there = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var back = (await there.GetAsync(away.Headers.Location)).Headers.Location!;
        var result = browser.LeadsTo(await browser.GetAsync(back.PathAndQuery));
        return result.StartsWith("/tai-khoan/oidc", StringComparison.Ordinal) ? browser.LeadsTo(await browser.GetAsync(result)) : result;
    }

    private sealed class Linked(string authority) : AccountStore
    {
        protected override void Configure(WebApplicationBuilder builder)
        {
            base.Configure(builder);
            builder.Configuration["Oidc:Authority"] = authority;
            builder.Configuration["Oidc:ClientId"] = "cases";
            builder.Configuration["Oidc:ClientSecret"] = "secret";
            OtherAuthority.Add(builder.Services.AddAuthentication(), builder.Configuration);
            builder.Services.Configure<OpenIdConnectOptions>(OtherAuthority.Scheme, o => o.RequireHttpsMetadata = false);
        }
    }

    /// <summary>As much of OpenID Connect as a code for a token takes.</summary>
    private sealed class Authority : IAsyncDisposable
    {
        private readonly RSA key = RSA.Create(2048);
        private readonly ConcurrentDictionary<string, (string User, string Nonce)> codes = new();
        private WebApplication app = null!;

        public string Vouches { get; set; } = "";

        /// <summary>What it asked of the person (RFC 8176).</summary>
        public string[] Asked { get; set; } = ["pwd"];
        public string Address => app.Urls.First();

        public async Task StartAsync()
        {
            var builder = WebApplication.CreateBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            app = builder.Build();
            app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
            {
                issuer = Address,
                authorization_endpoint = Address + "/authorize",
                token_endpoint = Address + "/token",
                jwks_uri = Address + "/keys",
                response_types_supported = new[] { "code" },
                subject_types_supported = new[] { "public" },
                id_token_signing_alg_values_supported = new[] { "RS256" },
            }));
            app.MapGet("/keys", () =>
            {
                var k = key.ExportParameters(false);
                return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = "1", n = WebEncoders.Base64UrlEncode(k.Modulus!), e = WebEncoders.Base64UrlEncode(k.Exponent!) } } });
            });
            app.MapGet("/authorize", (HttpRequest request) =>
            {
                var code = Guid.NewGuid().ToString("N");
                codes[code] = (Vouches, request.Query["nonce"]!);
                return Results.Redirect(QueryHelpers.AddQueryString(request.Query["redirect_uri"]!, new Dictionary<string, string?> { ["code"] = code, ["state"] = request.Query["state"] }));
            });
            app.MapPost("/token", async (HttpRequest request) =>
            {
                var form = await request.ReadFormAsync();
                if (form["client_secret"] != "secret" || !codes.TryRemove(form["code"]!, out var asked)) return Results.BadRequest(new { error = "invalid_grant" });
                var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
                return Results.Json(new
                {
                    access_token = "x",
                    token_type = "Bearer",
                    id_token = Signed(new { iss = Address, aud = "cases", sub = "1", iat = now, exp = now + 300, nonce = asked.Nonce, preferred_username = asked.User, amr = Asked }),
                });
            });
            await app.StartAsync();
        }

        private string Signed(object claims)
        {
            static string Part(object value) => WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(value));
            var text = $"{Part(new { alg = "RS256", typ = "JWT", kid = "1" })}.{Part(claims)}";
            return $"{text}.{WebEncoders.Base64UrlEncode(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
        }

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            key.Dispose();
        }
    }
}
