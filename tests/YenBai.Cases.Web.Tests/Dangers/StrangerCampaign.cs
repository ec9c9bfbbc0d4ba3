using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using YenBai.Cases.Access;
using YenBai.Cases.Web.Accounts;
using YenBai.Cases.Web.Tests.Accounts;

namespace YenBai.Cases.Web.Tests.Dangers;

/// <summary>
/// Two actors of the threat model play what they have. The outsider has an address and the staff codes of everybody; the thief has a
/// manager's password, or a signed-in browser, or a token. The owners go on working meanwhile.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class StrangerCampaign(AccountStore store) : IClassFixture<AccountStore>
{
    private static readonly string[] Wordlist = ["123456789012", "matkhau12345", "iloveyou1234", "qwertyuiop12", "password1234", "yenbaicases1", "anhyeuem1314", "giamngheo2026"];

    [Fact]
    public async Task An_outsider_learns_nothing_gets_nowhere_and_keeps_nobody_out()
    {
        var staff = new List<string>();
        for (var i = 0; i < 3; i++) staff.Add(await store.AnAccountAsync("Lò Thị Mai"));
        foreach (var user in staff) await store.GrantAsync(user, Role.Caseworker, "04456");
        using var officer = new Browser(store, "198.51.100.7");
        await officer.SignInAsync(staff[0]);
        await officer.SendAsync("/tai-khoan/dang-xuat", "sign-out");

        // What everybody tries first could not be chosen as a password.
        foreach (var word in Wordlist)
            (await store.WithAsync(s => s.GetRequiredService<AccountDesk>().CreateAsync(new() { UserName = AccountStore.NewUser() }, word))).Succeeded.ShouldBeFalse(word);

        // Everybody's account is guessed at, from many addresses; names that are none are answered alike.
        var answers = new HashSet<string>();
        foreach (var user in staff.Append("khong-co-ai"))
            for (var host = 1; host <= 6; host++)
                foreach (var word in Wordlist)
                {
                    var answer = await store.LoginFromAsync($"203.0.113.{host}", user, word);
                    answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
                    answers.Add(System.Text.RegularExpressions.Regex.Replace(await answer.Content.ReadAsStringAsync(), "\"traceId\":\"[^\"]*\"", ""));
                }
        answers.Count.ShouldBe(1);
        // So many were heard that not even the right one serves from a device that nobody knows.
        foreach (var user in staff) (await store.LoginFromAsync("203.0.113.99", user)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        // The officer signs in from the own browser as on every day.
        await officer.SignInAsync(staff[0]);
        (await officer.WhoAsync()).ShouldBe(staff[0]);

        // A page that lures the officer sends the cookie along.
        var cookie = officer.Cookies.GetCookieHeader(store.Http.BaseAddress!);
        foreach (var (method, path) in new[] { (HttpMethod.Post, "/api/logout"), (HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1"), (HttpMethod.Get, "/_blazor?id=x"), (HttpMethod.Post, "/tai-khoan/dang-xuat") })
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Add("Cookie", cookie);
            request.Headers.Add("Origin", "http://evil.example");
            if (method == HttpMethod.Post) request.Content = JsonContent.Create(new { });
            (await store.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        }
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", cookie);
        socket.Options.SetRequestHeader("Origin", "http://evil.example");
        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(new Uri(store.Http.BaseAddress!.AbsoluteUri.Replace("http://", "ws://", StringComparison.Ordinal) + "_blazor"), default));
        (await officer.WhoAsync()).ShouldBe(staff[0]);

        // A name in the Host header gets no answer, and so into no link.
        using var renamed = new HttpRequestMessage(HttpMethod.Get, "/tai-khoan/dang-nhap") { Headers = { Host = "evil.example" } };
        (await store.Http.SendAsync(renamed)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_thief_of_a_managers_password_does_not_get_past_the_second_factor()
    {
        var manager = await store.AnAccountAsync();
        await store.GrantAsync(manager, Role.Manager);
        var secret = await store.TotpAsync(manager);
        var seen = Totp.At(secret, store.Clock.Now);
        (await store.LoginAsync(manager, code: seen)).StatusCode.ShouldBe(HttpStatusCode.OK);

        // The code that the manager typed a moment ago, and many guesses of the next one.
        (await AccountStore.CodeOf(await store.LoginAsync(manager, code: seen))).ShouldBe("totp_required");
        var codes = new List<string>();
        for (var guess = 0; guess < 30; guess++) codes.Add(await AccountStore.CodeOf(await store.LoginAsync(manager, code: $"{guess * 31337 % 1_000_000:D6}")));
        codes.Take(SignInThrottle.FailuresAllowed - 1).ShouldAllBe(c => c == "totp_required");
        codes.Skip(SignInThrottle.FailuresAllowed).ShouldAllBe(c => c == "sign_in_failed");
    }

    [Fact]
    public async Task A_thief_of_a_managers_session_cannot_make_the_account_theirs_and_loses_it_in_time()
    {
        var manager = await store.AnAccountAsync();
        await store.GrantAsync(manager, Role.Manager);
        using var browser = new Browser(store);
        await browser.SignInAsync(manager);
        var tokens = await store.TokensAsync(manager);

        // Neither a factor nor the password changes without a proof that the thief cannot give; five guesses end what was stolen.
        browser.LeadsTo(await browser.SendAsync("/tai-khoan/xac-thuc-hai-buoc", "start")).ShouldStartWith("/tai-khoan/xac-nhan");
        (await browser.PostAsync("/tai-khoan/ho-so", "add-passkey", "")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        foreach (var word in Wordlist.Take(Reauthentication.FailuresAllowed)) await browser.ConfirmAsync(word);
        (await browser.WhoAsync()).ShouldBeNull();

        // A stolen refresh token serves until the owner uses the next one, and never beyond the absolute end.
        var stolen = tokens.RefreshToken;
        var owners = (await (await store.RefreshAsync(stolen)).Content.ReadFromJsonAsync<AccountStore.Tokens>())!;
        (await store.RefreshAsync(stolen)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await store.WhoAsync(owners)).ShouldBeNull();
        var another = await store.TokensAsync(manager);
        await store.WithClockAsync(Schemes.RefreshLasts, async () => (await store.RefreshAsync(another.RefreshToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized));

        // After the days of grace, a password alone reads no household at all.
        await store.WithClockAsync(SecondFactorPolicy.Grace, async () =>
        {
            var answer = await store.LoginAsync(manager);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["accessToken"].ShouldBeNull();
        });
    }
}
