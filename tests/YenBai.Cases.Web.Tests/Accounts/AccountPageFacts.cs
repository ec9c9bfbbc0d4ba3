using System.Net;
using System.Runtime.Versioning;
using Marten;
using YenBai.Cases.Demonstration;
using YenBai.Cases.Web.Accounts;

namespace YenBai.Cases.Web.Tests.Accounts;

/// <summary>The pages of accounts, as a browser without scripts sees them.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class AccountPageFacts(AccountStore store) : IClassFixture<AccountStore>
{
    private const string Profile = "/tai-khoan/ho-so", SecondFactor = "/tai-khoan/xac-thuc-hai-buoc";

    [Fact]
    public async Task Whoever_signs_in_comes_to_the_page_that_was_wanted()
    {
        var user = await store.AnAccountAsync("Lò Thị Mai");
        using var browser = new Browser(store);

        var asked = await browser.GetAsync(Profile);
        browser.LeadsTo(asked).ShouldBe("/tai-khoan/dang-nhap?ReturnUrl=%2Ftai-khoan%2Fho-so");
        browser.LeadsTo(await browser.SignInAsync(user, returnUrl: Profile)).ShouldBe(Profile);

        var page = await browser.ReadAsync(Profile);
        page.ShouldContain("Lò Thị Mai");
        page.ShouldContain(user);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\\\evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example/")]
    [InlineData("evil.example")]
    [InlineData("")]
    public async Task Nobody_is_led_to_another_site(string returnUrl)
    {
        var user = await store.AnAccountAsync();
        using var browser = new Browser(store);

        browser.LeadsTo(await browser.SignInAsync(user, returnUrl: returnUrl)).ShouldBe("/");
        browser.LeadsTo(await browser.GetAsync("/tai-khoan/dang-nhap?ReturnUrl=" + Uri.EscapeDataString(returnUrl))).ShouldBe("/");
    }

    [Fact]
    public async Task A_wrong_password_is_told_as_for_any_other_reason_and_is_not_sent_back()
    {
        var user = await store.AnAccountAsync();
        using var browser = new Browser(store);

        var answer = await browser.SignInAsync(user, "một mật khẩu sai");

        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        page.ShouldContain("mã cán bộ hoặc mật khẩu chưa đúng");
        page.ShouldNotContain("một mật khẩu sai");
        (await browser.WhoAsync()).ShouldBeNull();
    }

    [Theory]
    [InlineData("/tai-khoan/dang-nhap", "password")]
    [InlineData("/tai-khoan/dang-xuat", "sign-out")]
    [InlineData(Profile, "change")]
    [InlineData(SecondFactor, "start")]
    public async Task No_form_is_taken_that_was_not_ours(string address, string form)
    {
        using var browser = new Browser(store);
        await browser.SignInAsync(await store.AnAccountAsync());

        (await browser.PostAsync(address, form, "")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.WhoAsync()).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_a_passkey_is_asked_is_told_to_our_own_page_alone()
    {
        using var browser = new Browser(store);

        (await browser.PostAsync("/tai-khoan/khoa/hoi", "", "")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.PostAsync("/tai-khoan/khoa/tao", "", "")).StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_passkey_that_nobody_asked_for_opens_nothing()
    {
        using var browser = new Browser(store);

        var answer = await browser.SendAsync("/tai-khoan/dang-nhap", "passkey", ("Credential", """{"id":"AAAA"}"""));

        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()).ShouldContain("Thiết bị không xác nhận được");
        (await browser.WhoAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        var user = await store.AnAccountAsync();
        using Browser browser = new(store), other = new(store);
        await browser.SignInAsync(user);
        await other.SignInAsync(user);

        browser.LeadsTo(await browser.SendAsync("/tai-khoan/dang-xuat", "sign-out")).ShouldBe("/tai-khoan/dang-nhap");

        (await browser.WhoAsync()).ShouldBeNull();
        (await other.WhoAsync()).ShouldBe(user);
    }

    [Fact]
    public async Task The_second_step_follows_a_right_password_and_nothing_else()
    {
        var user = await store.AnAccountAsync();
        var secret = await store.TotpAsync(user);
        using Browser browser = new(store), stranger = new(store);

        (await stranger.ReadAsync("/tai-khoan/ma-xac-thuc")).ShouldContain("hãy nhập lại mật khẩu");
        var code = browser.LeadsTo(await browser.SignInAsync(user, returnUrl: Profile));
        code.ShouldStartWith("/tai-khoan/ma-xac-thuc");
        (await browser.WhoAsync()).ShouldBeNull();
        WebUtility.HtmlDecode(await (await browser.SendAsync(code, "code", ("Code", "12345"))).Content.ReadAsStringAsync()).ShouldContain("Mã chưa đúng");
        browser.LeadsTo(await browser.SendAsync(code, "code", ("Code", Totp.At(secret, store.Clock.Now)))).ShouldBe(Profile);
        (await browser.WhoAsync()).ShouldBe(user);
    }

    [Fact]
    public async Task Two_step_sign_in_is_set_up_with_a_code_and_keeps_this_session_alone()
    {
        var user = await store.AnAccountAsync();
        using Browser browser = new(store), other = new(store);
        await browser.SignInAsync(user);
        await other.SignInAsync(user);

        (await browser.ReadAsync(SecondFactor)).ShouldNotContain("<svg");
        browser.LeadsTo(await browser.SendAsync(SecondFactor, "start")).ShouldBe("/tai-khoan/xac-nhan?ReturnUrl=%2Ftai-khoan%2Fxac-thuc-hai-buoc");
        browser.LeadsTo(await browser.ConfirmAsync()).ShouldBe("/");
        var shown = WebUtility.HtmlDecode(await (await browser.SendAsync(SecondFactor, "start")).Content.ReadAsStringAsync());
        shown.ShouldContain("<svg");
        var secret = System.Text.RegularExpressions.Regex.Match(shown, "<code>([A-Z2-7 ]+)</code>").Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        (await (await browser.SendAsync(SecondFactor, "confirm", ("Code", "12345"))).Content.ReadAsStringAsync()).ShouldContain("<svg");
        var codes = await (await browser.SendAsync(SecondFactor, "confirm", ("Code", Totp.At(secret, store.Clock.Now)))).Content.ReadAsStringAsync();

        System.Text.RegularExpressions.Regex.Count(codes, "<li><code>").ShouldBe(10);
        (await AccountStore.CodeOf(await store.LoginAsync(user))).ShouldBe("totp_required");
        (await browser.WhoAsync()).ShouldBe(user);
        (await other.WhoAsync()).ShouldBeNull();

        await store.WithClockAsync(Reauthentication.Serves + TimeSpan.FromSeconds(1), async () =>
        {
            browser.LeadsTo(await browser.SendAsync(SecondFactor, "off")).ShouldStartWith("/tai-khoan/xac-nhan");
            (await AccountStore.CodeOf(await store.LoginAsync(user))).ShouldBe("totp_required");
            (await browser.ConfirmAsync("một mật khẩu sai")).StatusCode.ShouldBe(HttpStatusCode.OK);
            browser.LeadsTo(await browser.SendAsync(SecondFactor, "off")).ShouldStartWith("/tai-khoan/xac-nhan");
            browser.LeadsTo(await browser.ConfirmAsync()).ShouldBe("/");
            await browser.SendAsync(SecondFactor, "off");
        });
        (await store.LoginAsync(user)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.WhoAsync()).ShouldBe(user);
    }

    [Fact]
    public async Task A_changed_password_ends_all_sessions_but_the_one_that_changed_it()
    {
        var user = await store.AnAccountAsync();
        using Browser browser = new(store), other = new(store);
        await browser.SignInAsync(user);
        await other.SignInAsync(user);
        var tokens = await store.TokensAsync(user);

        Task<HttpResponseMessage> ChangeAsync(string old, string first, string second) =>
            browser.SendAsync(Profile, "change", ("Given.Old", old), ("Given.First", first), ("Given.Second", second));
        WebUtility.HtmlDecode(await (await ChangeAsync("một mật khẩu sai", "một mật khẩu mới", "một mật khẩu mới")).Content.ReadAsStringAsync()).ShouldContain("Mật khẩu hiện nay chưa đúng.");
        WebUtility.HtmlDecode(await (await ChangeAsync(AccountStore.Password, "một mật khẩu mới", "một mật khẩu khác")).Content.ReadAsStringAsync()).ShouldContain("Hai lần nhập không giống nhau.");
        WebUtility.HtmlDecode(await (await ChangeAsync(AccountStore.Password, "ngắn", "ngắn")).Content.ReadAsStringAsync()).ShouldContain("Mật khẩu cần ít nhất 12 ký tự.");
        (await other.WhoAsync()).ShouldBe(user);

        browser.LeadsTo(await ChangeAsync(AccountStore.Password, "một mật khẩu mới", "một mật khẩu mới")).ShouldStartWith(Profile);

        (await browser.WhoAsync()).ShouldBe(user);
        (await other.WhoAsync()).ShouldBeNull();
        (await store.WhoAsync(tokens)).ShouldBeNull();
        (await store.RefreshAsync(tokens.RefreshToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_person_ends_sessions_of_their_own_and_sees_no_others()
    {
        var (user, neighbour) = (await store.AnAccountAsync(), await store.AnAccountAsync());
        using Browser browser = new(store), lost = new(store), foreign = new(store);
        await browser.SignInAsync(user);
        await lost.SignInAsync(user);
        await foreign.SignInAsync(neighbour);

        var ends = System.Text.RegularExpressions.Regex.Matches(await browser.ReadAsync(Profile), "value=\"(end-[0-9a-f-]+)\"").Select(m => m.Groups[1].Value).ToList();
        await browser.SendAsync(Profile, ends.ShouldHaveSingleItem());
        var others = await store.AskAsync<Guid>($"select s.id from identity.session s, identity.account a where a.id = s.account and a.user_name = '{neighbour}'");
        await browser.SendAsync(Profile, $"end-{others}");

        (await browser.WhoAsync()).ShouldBe(user);
        (await lost.WhoAsync()).ShouldBeNull();
        (await foreign.WhoAsync()).ShouldBe(neighbour);
    }

    [Fact]
    public async Task A_link_sets_a_password_once_and_says_so_when_it_is_spent()
    {
        var user = await store.AnAccountAsync("Hà Văn Tư", password: null);
        var link = await store.LinkAsync(user);
        using var browser = new Browser(store);

        (await browser.ReadAsync(link)).ShouldContain("Hà Văn Tư");
        WebUtility.HtmlDecode(await (await browser.SendAsync(link, "set", ("Given.First", "ngắn"), ("Given.Second", "ngắn"))).Content.ReadAsStringAsync()).ShouldContain("Mật khẩu cần ít nhất 12 ký tự.");
        WebUtility.HtmlDecode(await (await browser.SendAsync(link, "set", ("Given.First", AccountStore.Password), ("Given.Second", AccountStore.Password))).Content.ReadAsStringAsync()).ShouldContain("Đã đặt mật khẩu");

        (await store.LoginAsync(user)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.ReadAsync(link)).ShouldContain("Liên kết này không dùng được nữa");
        (await browser.ReadAsync($"{AccountDesk.LinkPath}?user=nobody&token=x")).ShouldContain("Liên kết này không dùng được nữa");
        (await browser.ReadAsync(AccountDesk.LinkPath)).ShouldContain("Liên kết này không dùng được nữa");
    }

    [Fact]
    public async Task The_demonstration_accounts_are_shown_where_the_households_are_made_up_and_nowhere_else()
    {
        await using var own = await AccountStoreOfItsOwn.StartAsync();
        using var browser = new Browser(own.Store);

        (await browser.ReadAsync(Schemes.SignInPath)).ShouldNotContain(DemonstrationAccounts.Password);
        await using (var session = own.Store.Get<IDocumentStore>().LightweightSession())
        {
            session.Store(new DemonstrationMark(DemonstrationMark.TheId));
            await session.SaveChangesAsync();
        }
        var page = await browser.ReadAsync(Schemes.SignInPath);
        page.ShouldContain(DemonstrationAccounts.Password);
        foreach (var account in DemonstrationAccounts.All) page.ShouldContain(account.UserName);
    }

    [Fact]
    public async Task The_pages_speak_English_too()
    {
        using var browser = new Browser(store);
        await browser.GetAsync("/preferences/language/en");

        (await browser.ReadAsync(Schemes.SignInPath)).ShouldContain("Staff code");
    }
}
