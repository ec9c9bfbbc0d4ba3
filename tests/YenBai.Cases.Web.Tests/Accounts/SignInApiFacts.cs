using System.Net;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using YenBai.Cases.Web.Accounts;

namespace YenBai.Cases.Web.Tests.Accounts;

/// <summary>Signing in and out over HTTP.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SignInApiFacts(AccountStore store) : IClassFixture<AccountStore>
{
    [Fact]
    public async Task A_right_password_gives_tokens_that_name_the_staff_code()
    {
        var user = await store.AnAccountAsync();

        var tokens = await store.TokensAsync(user);

        (tokens.TokenType, tokens.ExpiresIn).ShouldBe(("Bearer", 900));
        (await store.WhoAsync(tokens)).ShouldBe(user);
        (await store.WhoAsync(await store.TokensAsync(user.ToUpperInvariant()))).ShouldBe(user);
    }

    [Fact]
    public async Task A_right_password_gives_a_cookie_where_one_is_asked_for()
    {
        var user = await store.AnAccountAsync();

        var answer = await store.LoginAsync(user, cookie: true);

        (await answer.Content.ReadAsStringAsync()).ShouldBe("{}");
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldStartWith("cases=");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        (await store.WhoAsync(cookie.Split(';')[0])).ShouldBe(user);
    }

    [Fact]
    public async Task Behind_https_the_cookie_never_travels_without()
    {
        var user = await store.AnAccountAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/login?cookie=true") { Content = JsonContent.Create(new { userName = user, password = AccountStore.Password }) };
        request.Headers.Add(AccountStore.SchemeHeader, "https");

        (await store.Http.SendAsync(request)).Headers.GetValues("Set-Cookie").Single().ShouldContain("; secure");
        (await store.LoginAsync(user, cookie: true)).Headers.GetValues("Set-Cookie").Single().ShouldNotContain("; secure");
    }

    [Fact]
    public async Task Why_a_sign_in_failed_nobody_is_told()
    {
        var (right, disabled, locked, without) = (await store.AnAccountAsync(), await store.AnAccountAsync(), await store.AnAccountAsync(), await store.AnAccountAsync(password: null));
        await store.SetDisabledAsync(disabled, true);
        for (var i = 0; i < SignInDesk.FailuresAllowed; i++) await store.LoginAsync(locked, "wrong");

        var answers = new List<string>();
        foreach (var (user, password) in new[] { (right, "wrong"), (right, ""), ("nobody", AccountStore.Password), ("", ""), ("a\0b", "x"), (disabled, AccountStore.Password), (locked, AccountStore.Password), (without, "") })
        {
            var answer = await store.LoginAsync(user, password);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await AccountStore.CodeOf(answer)).ShouldBe("sign_in_failed");
            answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
            answers.Add(System.Text.RegularExpressions.Regex.Replace(await answer.Content.ReadAsStringAsync(), "\"traceId\":\"[^\"]*\"", ""));
        }
        answers.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Five_failures_lock_an_account_for_a_quarter_of_an_hour()
    {
        var user = await store.AnAccountAsync();
        for (var i = 0; i < SignInDesk.FailuresAllowed - 1; i++) await store.LoginAsync(user, "wrong");
        (await store.LoginAsync(user)).StatusCode.ShouldBe(HttpStatusCode.OK);
        for (var i = 0; i < SignInDesk.FailuresAllowed; i++) await store.LoginAsync(user, "wrong");

        var now = store.Clock.Now;
        try
        {
            (await store.LoginAsync(user)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            store.Clock.Now = now + SignInDesk.LockedFor - TimeSpan.FromSeconds(1);
            (await store.LoginAsync(user)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            store.Clock.Now = now + SignInDesk.LockedFor;
            (await store.LoginAsync(user)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            store.Clock.Now = now;
        }
    }

    [Fact]
    public async Task Guesses_that_arrive_together_are_counted_like_those_that_come_one_by_one()
    {
        var user = await store.AnAccountAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.LoginAsync(user, "wrong")));

        (await store.LoginAsync(user)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_second_factor_is_asked_for_only_after_a_right_password()
    {
        var user = await store.AnAccountAsync();
        var secret = await store.TotpAsync(user);

        (await AccountStore.CodeOf(await store.LoginAsync(user, "wrong"))).ShouldBe("sign_in_failed");
        (await AccountStore.CodeOf(await store.LoginAsync(user, "wrong", Totp.At(secret, store.Clock.Now)))).ShouldBe("sign_in_failed");
        (await AccountStore.CodeOf(await store.LoginAsync(user))).ShouldBe("totp_required");
        (await AccountStore.CodeOf(await store.LoginAsync(user, code: "12345"))).ShouldBe("totp_required");
        (await store.LoginAsync(user, code: Totp.At(secret, store.Clock.Now))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_code_serves_once_however_many_bring_it()
    {
        var user = await store.AnAccountAsync();
        var code = Totp.At(await store.TotpAsync(user), store.Clock.Now);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => store.LoginAsync(user, code: code)));

        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        (await AccountStore.CodeOf(await store.LoginAsync(user, code: code))).ShouldBe("totp_required");
    }

    [Fact]
    public async Task Wrong_codes_lock_the_account_too_however_often_the_password_was_right()
    {
        var user = await store.AnAccountAsync();
        var secret = await store.TotpAsync(user);
        for (var i = 0; i < SignInDesk.FailuresAllowed; i++)
        {
            await store.LoginAsync(user);
            await store.LoginAsync(user, code: "12345");
        }

        (await AccountStore.CodeOf(await store.LoginAsync(user, code: Totp.At(secret, store.Clock.Now)))).ShouldBe("sign_in_failed");
    }

    [Fact]
    public async Task A_recovery_code_serves_once_in_place_of_the_second_factor()
    {
        var user = await store.AnAccountAsync();
        await store.TotpAsync(user);
        var code = await store.WithAsync(async s =>
        {
            var users = s.GetRequiredService<UserManager<StaffAccount>>();
            return (await users.GenerateNewTwoFactorRecoveryCodesAsync((await users.FindByNameAsync(user))!, 3))!.First();
        });

        (await store.LoginAsync(user, code: code)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AccountStore.CodeOf(await store.LoginAsync(user, code: code))).ShouldBe("totp_required");
    }

    [Fact]
    public async Task A_refresh_token_serves_once_and_presented_again_ends_the_session()
    {
        var first = await store.TokensAsync(await store.AnAccountAsync());

        var renewed = await store.RefreshAsync(first.RefreshToken);
        var second = (await renewed.Content.ReadFromJsonAsync<AccountStore.Tokens>())!;
        (await store.WhoAsync(second)).ShouldNotBeNull();
        (second.TokenType, second.ExpiresIn).ShouldBe(("Bearer", 900));

        var again = await store.RefreshAsync(first.RefreshToken);
        again.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await AccountStore.CodeOf(again)).ShouldBe("sign_in_failed");
        (await store.WhoAsync(second)).ShouldBeNull();
        (await store.RefreshAsync(second.RefreshToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_refresh_token_is_no_access_token_and_the_other_way_round()
    {
        var tokens = await store.TokensAsync(await store.AnAccountAsync());

        (await store.WhoAsync(tokens with { AccessToken = tokens.RefreshToken })).ShouldBeNull();
        (await store.RefreshAsync(tokens.AccessToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await store.RefreshAsync("x")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_that_ran_out_says_so_and_none_does_not()
    {
        var tokens = await store.TokensAsync(await store.AnAccountAsync());
        var now = store.Clock.Now;
        async Task<(string? Code, string Challenge)> AskAsync(string? token)
        {
            using var client = store.Nobody();
            if (token is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", token);
            using var answer = await client.GetAsync("/api/households");
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            return ((await answer.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonNode>())!["code"]!.GetValue<string>(), answer.Headers.WwwAuthenticate.ToString());
        }
        try
        {
            store.Clock.Now = now + Schemes.TokenLasts + TimeSpan.FromSeconds(1);
            var (code, challenge) = await AskAsync(tokens.AccessToken);
            code.ShouldBe("token_expired");
            challenge.ShouldContain("invalid_token");
            (await AskAsync(null)).ShouldBe(("not_signed_in", "Bearer"));
            (await AskAsync("x")).Code.ShouldBe("not_signed_in");
            (await AskAsync(tokens.RefreshToken)).Code.ShouldBe("not_signed_in");
        }
        finally
        {
            store.Clock.Now = now;
        }
    }

    [Fact]
    public async Task Tokens_run_out()
    {
        var tokens = await store.TokensAsync(await store.AnAccountAsync());
        var now = store.Clock.Now;
        try
        {
            store.Clock.Now = now + Schemes.TokenLasts + TimeSpan.FromSeconds(1);
            (await store.WhoAsync(tokens)).ShouldBeNull();
            store.Clock.Now = now + Schemes.RefreshLasts + TimeSpan.FromSeconds(1);
            (await store.RefreshAsync(tokens.RefreshToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            store.Clock.Now = now + Schemes.RefreshLasts - TimeSpan.FromSeconds(1);
            (await store.RefreshAsync(tokens.RefreshToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            store.Clock.Now = now;
        }
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_all_that_belongs_to_it_and_no_other()
    {
        var user = await store.AnAccountAsync();
        var (tokens, others, cookie) = (await store.TokensAsync(user), await store.TokensAsync(user), await store.CookieAsync(user));

        (await LogoutAsync(r => r.Headers.Authorization = new("Bearer", tokens.AccessToken))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await store.WhoAsync(tokens)).ShouldBeNull();
        (await store.RefreshAsync(tokens.RefreshToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        (await LogoutAsync(r => r.Headers.Add("Cookie", cookie))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await store.WhoAsync(cookie)).ShouldBeNull();

        (await store.WhoAsync(others)).ShouldBe(user);
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_told_so_as_the_API_tells_things()
    {
        var answer = await LogoutAsync(_ => { });

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        (await AccountStore.CodeOf(answer)).ShouldBe("not_signed_in");
    }

    [Fact]
    public async Task A_disabled_account_is_out_at_its_next_call_and_stays_out_when_enabled_again()
    {
        var user = await store.AnAccountAsync();
        var (tokens, cookie) = (await store.TokensAsync(user), await store.CookieAsync(user));

        await store.SetDisabledAsync(user, true);
        (await store.WhoAsync(tokens)).ShouldBeNull();
        (await store.WhoAsync(cookie)).ShouldBeNull();
        (await store.RefreshAsync(tokens.RefreshToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        await store.SetDisabledAsync(user, false);
        (await store.WhoAsync(tokens)).ShouldBeNull();
        (await store.WhoAsync(cookie)).ShouldBeNull();
        (await store.LoginAsync(user)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_new_password_ends_every_session()
    {
        var user = await store.AnAccountAsync();
        var (tokens, cookie) = (await store.TokensAsync(user), await store.CookieAsync(user));

        await store.WithAsync(async s =>
        {
            var desk = s.GetRequiredService<AccountDesk>();
            return await desk.SetPasswordAsync((await desk.FindAsync(user))!, "một mật khẩu khác");
        });

        (await store.WhoAsync(tokens)).ShouldBeNull();
        (await store.WhoAsync(cookie)).ShouldBeNull();
        (await store.LoginAsync(user)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await store.LoginAsync(user, "một mật khẩu khác")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task With_a_cookie_another_site_writes_nothing(string header, string value)
    {
        var cookie = await store.CookieAsync(await store.AnAccountAsync());

        var answer = await LogoutAsync(r =>
        {
            r.Headers.Add("Cookie", cookie);
            r.Headers.Add(header, value);
        });

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await AccountStore.CodeOf(answer)).ShouldBe("cross_site");
        (await store.WhoAsync(cookie)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Our_own_pages_write_with_a_cookie_and_a_token_comes_from_anywhere()
    {
        var user = await store.AnAccountAsync();
        var (cookie, tokens) = (await store.CookieAsync(user), await store.TokensAsync(user));

        (await LogoutAsync(r =>
        {
            r.Headers.Add("Cookie", cookie);
            r.Headers.Add("Origin", store.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
            r.Headers.Add("Sec-Fetch-Site", "same-origin");
        })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await LogoutAsync(r =>
        {
            r.Headers.Authorization = new("Bearer", tokens.AccessToken);
            r.Headers.Add("Origin", "https://evil.example");
        })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_token_that_is_none_is_not_helped_by_a_cookie()
    {
        var cookie = await store.CookieAsync(await store.AnAccountAsync());

        (await LogoutAsync(r =>
        {
            r.Headers.Add("Cookie", cookie);
            r.Headers.Authorization = new("Bearer", "x");
            r.Headers.Add("Origin", "https://evil.example");
        })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await store.WhoAsync(cookie)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "userName=a&password=b", 415, "json_only")]
    [InlineData("text/plain", """{"userName":"a","password":"b"}""", 415, "json_only")]
    [InlineData("application/json", """{"userName":"a"}""", 400, "body_malformed")]
    [InlineData("application/json", """{"userName":null,"password":"b"}""", 400, "body_malformed")]
    [InlineData("application/json", """{"userName":"a","password":"b","role":"administrator"}""", 401, "sign_in_failed")]
    [InlineData("application/json", "{", 400, "body_malformed")]
    [InlineData("application/json", "null", 400, "body_malformed")]
    public async Task Only_what_was_agreed_is_taken(string type, string body, int status, string code)
    {
        var answer = await store.Http.PostAsync("/api/login", new StringContent(body, Encoding.UTF8, type));

        ((int)answer.StatusCode).ShouldBe(status);
        (await AccountStore.CodeOf(answer)).ShouldBe(code);
    }

    [Fact]
    public async Task A_body_of_any_length_is_not_read()
    {
        var answer = await store.LoginAsync("a", new string('x', 20_000));

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await AccountStore.CodeOf(answer)).ShouldBe("body_too_large");
    }

    [Fact]
    public async Task A_restart_signs_nobody_out()
    {
        await using var own = await AccountStoreOfItsOwn.StartAsync();
        var user = await own.Store.AnAccountAsync();
        var (tokens, cookie) = (await own.Store.TokensAsync(user), await own.Store.CookieAsync(user));

        await own.Store.RestartAsync();

        (await own.Store.WhoAsync(tokens)).ShouldBe(user);
        (await own.Store.WhoAsync(cookie)).ShouldBe(user);
        (await own.Store.RefreshAsync(tokens.RefreshToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Passwords_and_tokens_are_in_no_log()
    {
        var user = await store.AnAccountAsync();
        var tokens = await store.TokensAsync(user);
        await store.LoginAsync(user, "mật khẩu gõ nhầm");
        await store.LoginAsync(user, "mật khẩu gõ nhầm", cookie: true);
        await store.RefreshAsync(tokens.RefreshToken);
        var link = await store.LinkAsync(user);

        store.Logged.ShouldContain(line => line.Contains("/api/login", StringComparison.Ordinal));
        foreach (var secret in new[] { AccountStore.Password, "mật khẩu gõ nhầm", tokens.AccessToken, tokens.RefreshToken, link.Split("token=")[1] })
            store.Logged.ShouldNotContain(line => line.Contains(secret, StringComparison.Ordinal));
    }

    private async Task<HttpResponseMessage> LogoutAsync(Action<HttpRequestMessage> bring)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/logout");
        bring(request);
        return await store.Http.SendAsync(request);
    }
}

/// <summary>For a test that restarts what others use.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class AccountStoreOfItsOwn(AccountStore store) : IAsyncDisposable
{
    public AccountStore Store => store;

    public static async Task<AccountStoreOfItsOwn> StartAsync(AccountStore? store = null)
    {
        store ??= new();
        await store.InitializeAsync();
        return new(store);
    }

    public async ValueTask DisposeAsync() => await store.DisposeAsync();
}
