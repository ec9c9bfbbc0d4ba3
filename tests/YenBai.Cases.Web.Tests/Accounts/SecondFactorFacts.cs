using System.Net;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using YenBai.Cases.Access;
using YenBai.Cases.Composition;
using YenBai.Cases.Places;
using YenBai.Cases.Web.Accounts;

namespace YenBai.Cases.Web.Tests.Accounts;

/// <summary>Who must have a second factor, what can be done without it, and that a code serves once.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class SecondFactorFacts(AccountStore store) : IClassFixture<AccountStore>
{
    private const string Page = "/tai-khoan/xac-thuc-hai-buoc", Commune = "04456", OtherCommune = "04375";

    private static readonly DateTimeOffset Now = new(2024, 6, 15, 0, 0, 0, TimeSpan.Zero);

    private static Grant Granted(Role role, string? place, bool emergency = false) =>
        new(Guid.NewGuid(), role, place is null ? null : PlaceCatalog.Default.Resolve(place, new(2024, 6, 15))!.Id, null, place is null ? [Guid.NewGuid()] : [], DateTimeOffset.MinValue, null) { Emergency = emergency };

    private static SecondFactorDuty DutyOf(int daysSinceFirstSignIn, bool required, params Grant[] grants) => SecondFactorPolicy.StandingOf(
        new Actor("somebody", grants, Now, PlaceCatalog.Default), false, Now.AddDays(-daysSinceFirstSignIn), Now, required, PlaceCatalog.Default).Duty;

    [Fact]
    public void Whoever_sees_names_beyond_a_commune_has_fourteen_days_and_an_administrator_none()
    {
        DutyOf(0, false, Granted(Role.Administrator, "15")).ShouldBe(SecondFactorDuty.Needed);
        foreach (var grants in new Grant[][]
        {
            [Granted(Role.Manager, "15")], [Granted(Role.Manager, "137")], [Granted(Role.Auditor, "15")], [Granted(Role.Sponsor, null)],
            [Granted(Role.Caseworker, Commune), Granted(Role.Caseworker, OtherCommune)], [Granted(Role.Caseworker, Commune), Granted(Role.Manager, OtherCommune)],
        })
        {
            DutyOf(0, true, grants).ShouldBe(SecondFactorDuty.Grace);
            DutyOf(13, true, grants).ShouldBe(SecondFactorDuty.Grace);
            DutyOf(14, true, grants).ShouldBe(SecondFactorDuty.Needed);
            DutyOf(14, false, grants).ShouldBe(SecondFactorDuty.None);
        }
        foreach (var grants in new Grant[][]
        {
            [], [Granted(Role.Evaluator, "15")], [Granted(Role.Caseworker, Commune)], [Granted(Role.Manager, Commune), Granted(Role.Caseworker, Commune)],
            [Granted(Role.Caseworker, Commune), Granted(Role.Caseworker, null, emergency: true)],
        })
            DutyOf(100, true, grants).ShouldBe(SecondFactorDuty.None);
    }

    private async Task<string> AnAdministratorAsync()
    {
        var user = await store.AnAccountAsync(test: "admin");
        await store.GrantAsync(user, Role.Administrator);
        return user;
    }

    [Fact]
    public async Task No_token_and_no_cookie_is_given_to_an_administrator_without_it()
    {
        var user = await AnAdministratorAsync();
        foreach (var cookie in new[] { false, true })
        {
            var answer = await store.LoginAsync(user, cookie: cookie);

            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            body["code"]!.GetValue<string>().ShouldBe("second_factor_needed");
            body["enrolAt"]!.GetValue<string>().ShouldBe(store.Http.BaseAddress!.GetLeftPart(UriPartial.Authority) + Page);
            body["accessToken"].ShouldBeNull();
        }
        (await AccountStore.CodeOf(await store.LoginAsync(user, "một mật khẩu sai"))).ShouldBe("sign_in_failed");
        (await store.AskAsync<long>($"select count(*) from identity.session s, identity.account a where a.id = s.account and a.user_name = '{user}'")).ShouldBe(0);

        var secret = await store.TotpAsync(user);
        (await store.LoginAsync(user, code: Totp.At(secret, store.Clock.Now))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_it_an_administrator_uses_nothing_but_the_page_that_sets_it_up()
    {
        // A token and a cookie from before the grant; and a sign-in on the page after it.
        var user = await store.AnAccountAsync();
        var (tokens, cookie) = (await store.TokensAsync(user), await store.CookieAsync(user));
        await store.GrantAsync(user, Role.Administrator);
        using var browser = new Browser(store);
        browser.LeadsTo(await browser.SignInAsync(user)).ShouldBe("/");
        browser.LeadsTo(await browser.GetAsync("/")).ShouldBe(Page);
        var signedIn = browser.Cookies.GetCookieHeader(store.Http.BaseAddress!);

        var asked = 0;
        foreach (var (method, path, isPage) in Endpoints())
            foreach (var bring in new[] { ("Authorization", "Bearer " + tokens.AccessToken), ("Cookie", cookie), ("Cookie", signedIn) })
            {
                using var request = new HttpRequestMessage(new(method), path);
                request.Headers.TryAddWithoutValidation(bring.Item1, bring.Item2);
                if (method == "POST") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
                using var answer = await store.Http.SendAsync(request);
                if (path.StartsWith("/api/", StringComparison.Ordinal))
                {
                    answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{method} {path}");
                    (await AccountStore.CodeOf(answer)).ShouldBe("second_factor_needed", $"{method} {path}");
                }
                else if (method == "GET" && !path.StartsWith("/_blazor", StringComparison.Ordinal)) (answer.StatusCode, answer.Headers.Location?.ToString()).ShouldBe((HttpStatusCode.Found, Page), $"{method} {path}");
                else answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{method} {path}");
                asked++;
            }
        asked.ShouldBeGreaterThan(100);

        (await browser.ReadAsync(Page)).ShouldContain("phải bật xác thực hai bước");
        (await browser.GetAsync("/tai-khoan/xac-nhan")).StatusCode.ShouldBe(HttpStatusCode.OK);
        browser.LeadsTo(await browser.SendAsync("/tai-khoan/dang-xuat", "sign-out")).ShouldBe("/tai-khoan/dang-nhap");
    }

    /// <summary>All that the server answers to, but what is open to everybody or serves to set it up.</summary>
    private List<(string Method, string Path, bool IsPage)> Endpoints() =>
    [
        .. store.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => !e.RoutePattern.RawText!.Contains(":file", StringComparison.Ordinal) && e.Metadata.GetMetadata<IAllowAnonymous>() is null && e.Metadata.GetMetadata<WithoutSecondFactorAttribute>() is null)
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"])
                .Select(m => (m, Path("/" + e.RoutePattern.RawText!.TrimStart('/')), e.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is not null)))
            .Where(e => e.m is "GET" or "POST" && !(e.Item3 && e.m == "POST"))
            .Append(("POST", "/_blazor/negotiate?negotiateVersion=1", false)).Append(("GET", "/_blazor?id=x", false))
            .DistinctBy(e => (e.Item1, e.Item2)),
    ];

    private static string Path(string pattern) => Parameter().Replace(pattern, m => m.Value.Contains(":guid", StringComparison.Ordinal) ? Guid.Empty.ToString() : m.Value.Contains(":int", StringComparison.Ordinal) ? "2024" : "x");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    [Fact]
    public async Task A_manager_of_the_province_is_reminded_for_fourteen_days_and_then_led_there()
    {
        var user = await store.AnAccountAsync();
        await store.GrantAsync(user, Role.Manager);
        using var browser = new Browser(store);
        await browser.SignInAsync(user);

        (await browser.ReadAsync("/")).ShouldContain("hạn đến ngày 29/06/2024");
        await store.WithClockAsync(SecondFactorPolicy.Grace - TimeSpan.FromMinutes(1), async () =>
        {
            var tokens = await store.TokensAsync(user);
            (await GetAsync("/api/households", tokens)).StatusCode.ShouldBe(HttpStatusCode.OK);
            store.Clock.Now += TimeSpan.FromMinutes(2);
            (await AccountStore.CodeOf(await GetAsync("/api/households", tokens))).ShouldBe("second_factor_needed");
            (await AccountStore.CodeOf(await store.RefreshAsync(tokens.RefreshToken))).ShouldBe("second_factor_needed");
            (await AccountStore.CodeOf(await store.LoginAsync(user))).ShouldBe("second_factor_needed");
            using var later = new Browser(store);
            await later.SignInAsync(user);
            later.LeadsTo(await later.GetAsync("/ho-dan")).ShouldBe(Page);
        });
    }

    [Fact]
    public async Task An_officer_of_one_commune_is_not_asked_for_it()
    {
        var user = await store.AnAccountAsync();
        await store.GrantAsync(user, Role.Caseworker, Commune);
        await store.TokensAsync(user);

        await store.WithClockAsync(TimeSpan.FromDays(400), async () => (await GetAsync("/api/households", await store.TokensAsync(user))).StatusCode.ShouldBe(HttpStatusCode.OK));
    }

    private async Task<HttpResponseMessage> GetAsync(string path, AccountStore.Tokens tokens)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", tokens.AccessToken);
        return await store.Http.SendAsync(request);
    }

    private sealed class Configured(params (string Key, string Value)[] settings) : AccountStore
    {
        protected override void Configure(WebApplicationBuilder builder)
        {
            base.Configure(builder);
            foreach (var (key, value) in settings) builder.Configuration[key] = value;
        }
    }

    [Fact]
    public async Task The_setting_excuses_all_but_administrators()
    {
        await using var own = await AccountStoreOfItsOwn.StartAsync(new Configured((SecondFactor.Setting, "false")));
        var (manager, administrator) = (await own.Store.AnAccountAsync(), await own.Store.AnAccountAsync());
        await own.Store.GrantAsync(manager, Role.Manager);
        await own.Store.GrantAsync(administrator, Role.Administrator);
        await own.Store.TokensAsync(manager);

        await own.Store.WithClockAsync(TimeSpan.FromDays(400), async () => (await own.Store.LoginAsync(manager)).StatusCode.ShouldBe(HttpStatusCode.OK));
        (await AccountStore.CodeOf(await own.Store.LoginAsync(administrator))).ShouldBe("second_factor_needed");
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("http://localhost:5080", true)]
    [InlineData("https://cases.example", false)]
    public async Task A_demonstration_is_exempt_on_this_machine_alone(string? publicAddress, bool exempt)
    {
        await using var own = await AccountStoreOfItsOwn.StartAsync(publicAddress is null ? new() : new Configured((Web.Gate.PublicAddress.Setting, publicAddress)));
        var user = await own.Store.AnAccountAsync();
        await own.Store.GrantAsync(user, Role.Administrator);
        (await own.Store.LoginAsync(user)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        await own.Store.MakeDemonstrationAsync();

        (await own.Store.LoginAsync(user)).StatusCode.ShouldBe(exempt ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Setting_it_up_on_the_page_opens_the_rest_to_this_session()
    {
        var user = await AnAdministratorAsync();
        using var browser = new Browser(store);
        await browser.SignInAsync(user);
        await browser.ConfirmAsync();
        var shown = WebUtility.HtmlDecode(await (await browser.SendAsync(Page, "start")).Content.ReadAsStringAsync());
        var secret = Regex.Match(shown, "<code>([A-Z2-7 ]+)</code>").Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);

        (await browser.SendAsync(Page, "confirm", ("Code", Totp.At(secret, store.Clock.Now)))).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await browser.GetAsync("/quan-tri/tai-khoan")).StatusCode.ShouldBe(HttpStatusCode.OK);
        // The code that set it up has served.
        (await AccountStore.CodeOf(await store.LoginAsync(user, code: Totp.At(secret, store.Clock.Now)))).ShouldBe("totp_required");
        // Turned off again, nothing else is open.
        await browser.SendAsync(Page, "off");
        browser.LeadsTo(await browser.GetAsync("/quan-tri/tai-khoan")).ShouldBe(Page);
    }

    [Fact]
    public async Task A_time_step_serves_once_and_after_it_no_earlier_one()
    {
        var user = await store.AnAccountAsync();
        var secret = await store.TotpAsync(user);
        async Task<bool> PassesAsync(string code) => (await store.LoginAsync(user, code: code)).StatusCode == HttpStatusCode.OK;
        var (before, a, b) = (Totp.At(secret, store.Clock.Now, -1), Totp.At(secret, store.Clock.Now), Totp.At(secret, store.Clock.Now, 1));

        (await PassesAsync(a)).ShouldBeTrue();
        (await PassesAsync(a)).ShouldBeFalse();
        (await PassesAsync(b)).ShouldBeTrue();
        (await PassesAsync(a)).ShouldBeFalse();
        (await PassesAsync(before)).ShouldBeFalse();
        await store.WithClockAsync(TimeSpan.FromSeconds(30), async () =>
        {
            (await PassesAsync(b)).ShouldBeFalse();
            (await PassesAsync(Totp.At(secret, store.Clock.Now, 1))).ShouldBeTrue();
        });
        // Two steps away is no tolerance any more.
        await store.WithClockAsync(TimeSpan.FromMinutes(5), async () => (await PassesAsync(Totp.At(secret, store.Clock.Now, -2))).ShouldBeFalse());
    }

    [Fact]
    public async Task A_code_that_arrives_twice_at_once_passes_once_and_those_of_two_steps_only_as_they_rise()
    {
        var user = await store.AnAccountAsync();
        var secret = await store.TotpAsync(user);
        var newer = Totp.At(secret, store.Clock.Now, 1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => store.LoginAsync(user, code: newer)));

        answers.Count(x => x.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        (await store.LoginAsync(user, code: Totp.At(secret, store.Clock.Now))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Factors_change_only_after_a_new_proof_of_who_it_is()
    {
        var user = await store.AnAccountAsync();
        using var browser = new Browser(store);
        await browser.SignInAsync(user);

        browser.LeadsTo(await browser.SendAsync(Page, "start")).ShouldStartWith("/tai-khoan/xac-nhan");
        (await PasskeyOptionsAsync(browser)).ShouldBe(HttpStatusCode.Forbidden);
        (await browser.ReadAsync("/tai-khoan/ho-so")).ShouldNotContain("add-passkey");
        (await store.AskAsync<long>($"select count(*) from identity.account_token t, identity.account a where a.id = t.user_id and a.user_name = '{user}'")).ShouldBe(0);

        browser.LeadsTo(await browser.ConfirmAsync()).ShouldBe("/");
        (await PasskeyOptionsAsync(browser)).ShouldBe(HttpStatusCode.OK);
        (await (await browser.SendAsync(Page, "start")).Content.ReadAsStringAsync()).ShouldContain("<svg");
        await store.WithClockAsync(Reauthentication.Serves, async () =>
        {
            (await PasskeyOptionsAsync(browser)).ShouldBe(HttpStatusCode.Forbidden);
            // The key is not shown to anyone who comes later.
            (await browser.ReadAsync(Page)).ShouldNotContain("<svg");
        });
    }

    [Theory]
    [InlineData("/tai-khoan/xac-nhan", "password")]
    [InlineData("/tai-khoan/ho-so", "change")]
    public async Task Five_wrong_passwords_end_the_session_that_was_to_be_made_ones_own(string address, string form)
    {
        var user = await store.AnAccountAsync();
        using Browser thief = new(store), owner = new(store);
        await thief.SignInAsync(user);
        await owner.SignInAsync(user);
        Task<HttpResponseMessage> GuessAsync(string password) => thief.SendAsync(address, form, ("Password", password), ("Given.Old", password), ("Given.First", "ngựa đá cầu vồng"), ("Given.Second", "ngựa đá cầu vồng"));
        for (var i = 0; i < Reauthentication.FailuresAllowed - 1; i++) await GuessAsync("một mật khẩu sai");
        (await thief.WhoAsync()).ShouldBe(user);

        thief.LeadsTo(await GuessAsync("một mật khẩu sai")).ShouldBe("/tai-khoan/dang-nhap");

        (await thief.WhoAsync()).ShouldBeNull();
        (await owner.WhoAsync()).ShouldBe(user);
        (await store.LoginAsync(user)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_that_knows_the_password_alone_adds_nothing_beside_a_factor_that_is_there()
    {
        var user = await store.AnAccountAsync();
        using var browser = new Browser(store);
        await browser.SignInAsync(user);
        // The password once more is a new proof, and enough while there is no factor.
        await browser.ConfirmAsync();
        (await PasskeyOptionsAsync(browser)).ShouldBe(HttpStatusCode.OK);
        // As if the account had had a passkey before.
        await store.ExecuteAsync($"insert into identity.account_passkey (credential_id, user_id, \"Data\") select '\\x01', id, '{{\"Transports\":[],\"IsUserVerified\":true,\"IsBackupEligible\":false,\"IsBackedUp\":false,\"Name\":\"x\",\"PublicKey\":\"AA==\",\"CreatedAt\":\"2024-01-01T00:00:00Z\",\"SignCount\":0,\"AttestationObject\":\"AA==\",\"ClientDataJson\":\"AA==\"}}' from identity.account where user_name = '{user}'");

        var page = await browser.ReadAsync("/tai-khoan/xac-nhan");
        page.ShouldContain("Xác nhận bằng khoá truy cập (passkey)");
        page.ShouldNotContain("type=\"password\"");
        (await browser.ReadAsync(Page)).ShouldNotContain("value=\"start\"");
        (await PasskeyOptionsAsync(browser)).ShouldBe(HttpStatusCode.Forbidden);
    }

    /// <summary>Asks for what the browser needs to make a passkey of the account, without the page that offers it.</summary>
    private static async Task<HttpStatusCode> PasskeyOptionsAsync(Browser browser)
    {
        var token = Regex.Match(await browser.ReadAsync("/tai-khoan/ho-so"), "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        return (await browser.PostAsync("/tai-khoan/khoa/tao", "", token)).StatusCode;
    }
}
