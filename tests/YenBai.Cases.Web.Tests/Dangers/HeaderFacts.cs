using System.Net;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using YenBai.Cases.Web.Components;
using YenBai.Cases.Web.Hosting;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Dangers;

/// <summary>What a browser is told about each answer.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class HeaderFacts(WatchedStore store) : IClassFixture<WatchedStore>
{
    private const string Household = "/ho-dan/{Code}";

    /// <summary>Every address that a page has, a household, one that is not there, and a page that is not.</summary>
    public static TheoryData<string> Pages
    {
        get
        {
            var routes = typeof(App).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes(typeof(RouteAttribute), false)).Select(r => ((RouteAttribute)r).Template);
            return [.. routes.Select(r => Optional().Replace(r, "")).Where(r => !r.Contains('{')).Distinct().Order(StringComparer.Ordinal), Household, "/ho-dan/KHONG-CO", "/khong-co"];
        }
    }

    private async Task<string> AHouseholdAsync()
    {
        var code = TestStore.NewCode();
        await store.RegisterAsync(code, "Lò Thị Mai");
        return code;
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task No_page_has_a_script_a_handler_or_a_sheet_inside_it(string path)
    {
        if (path == Household) path = $"/ho-dan/{await AHouseholdAsync()}";

        // Whoever is signed in is led past the door.
        using var nobody = store.Nobody();
        var html = path.StartsWith("/tai-khoan/dang-nhap", StringComparison.Ordinal) ? await nobody.GetStringAsync(path) : (await store.GetAsync(path)).Text;

        Markup.WhatWouldRun(html).ShouldBeEmpty();
        Markup.Tags(html).ShouldNotContain("style");
        Markup.Tags(html).ShouldContain("script", "the page has no script at all: what is tested?");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task No_page_is_translated_by_the_browser(string path)
    {
        if (path == Household) path = $"/ho-dan/{await AHouseholdAsync()}";
        using var nobody = store.Nobody();
        var html = path.StartsWith("/tai-khoan/dang-nhap", StringComparison.Ordinal) ? await nobody.GetStringAsync(path) : (await store.GetAsync(path)).Text;

        HtmlTag().Match(html).Value.ShouldContain(" translate=\"no\"");
        html.ShouldContain("<meta name=\"google\" content=\"notranslate\"");
    }

    [GeneratedRegex("<html[^>]*>")]
    private static partial Regex HtmlTag();

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_page_is_shown_once_to_one_reader_and_runs_nothing_foreign(string path)
    {
        if (path == Household) path = $"/ho-dan/{await AHouseholdAsync()}";

        using var answer = await store.Http.GetAsync(path);

        ShouldBeGuarded(answer);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task What_the_API_says_and_what_is_exported_is_kept_by_nobody()
    {
        var code = await AHouseholdAsync();
        foreach (var path in new[]
        {
            "/api/households", $"/api/households/{code}", $"/api/households/{code}/events", "/api/households/nobody", "/api/no-such-thing", "/openapi/v1.json",
            "/ho-dan/xuat.csv", "/ho-dan/xuat.xlsx", "/preferences/language/en",
        })
        {
            using var answer = await store.Http.GetAsync(path);
            ShouldBeGuarded(answer);
            answer.Headers.CacheControl.ShouldNotBeNull(path).NoStore.ShouldBeTrue(path);
        }
    }

    [Fact]
    public async Task Our_own_files_may_be_kept()
    {
        var page = (await store.GetAsync("/ho-dan")).Text;
        var files = File().Matches(page).Select(m => m.Groups[1].Value).ToList();
        files.Count.ShouldBeGreaterThan(4);
        foreach (var file in files)
        {
            using var answer = await store.Http.GetAsync(file);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, file);
            ShouldBeGuarded(answer);
            answer.Headers.CacheControl.ShouldNotBeNull(file).NoStore.ShouldBeFalse(file);
        }
        using var package = await store.Http.GetAsync(files.First(f => f.Contains("_content") && f.Contains("?v=")));
        package.Headers.CacheControl!.ToString().ShouldContain("immutable");
    }

    [Fact]
    public async Task A_page_may_be_framed_by_nobody_and_shares_its_window_with_nobody()
    {
        using var answer = await store.Http.GetAsync("/");

        var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("frame-ancestors 'none'");
        policy.Split("; ").Single(p => p.StartsWith("script-src ", StringComparison.Ordinal)).ShouldBe("script-src 'self'");
        policy.Split("; ").Single(p => p.StartsWith("style-src ", StringComparison.Ordinal)).ShouldBe("style-src 'self'");
        policy.ShouldNotContain("unsafe-eval");
        answer.Headers.GetValues("Cross-Origin-Opener-Policy").ShouldBe(["same-origin"]);
    }

    [Theory]
    [InlineData("https", true)]
    [InlineData("http", false)]
    public async Task Behind_the_proxy_the_scheme_is_the_readers_and_a_failure_is_guarded_like_any_answer(string scheme, bool strict)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production", Args = ["--ForwardedHeaders_Enabled=true"] });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddRequestLimits();
        await using var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseExceptionHandler(failed => failed.Run(context => context.Response.WriteAsync("failed")));
        app.MapGet("/fails", string () => throw new InvalidOperationException("made to fail"));
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);

        using var answer = await http.GetAsync("/fails");

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        ShouldBeGuarded(answer);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.Contains("Strict-Transport-Security").ShouldBe(strict);
    }

    private static void ShouldBeGuarded(HttpResponseMessage answer)
    {
        var headers = answer.Headers;
        headers.Contains("Content-Security-Policy").ShouldBeTrue();
        headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["same-origin"]);
        headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
        headers.Server.ShouldBeEmpty();
        headers.Contains("X-Powered-By").ShouldBeFalse();
    }

    [GeneratedRegex(@"/\{[^}]*\?\}")]
    private static partial Regex Optional();

    [GeneratedRegex("""(?:src|rel="stylesheet" href)="([^"]+\.(?:js|css)[^"]*)""")]
    private static partial Regex File();
}
