using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Web.Accounts;
using static Microsoft.Playwright.Assertions;

namespace YenBai.Cases.SystemTests.Browser;

/// <summary>Two officers of a commune use one computer, one browser, one tab.</summary>
[Collection(Browsers.First)]
public sealed class SharedComputer(BrowserFixture browser)
{
    private const string Note = "Chồng bỏ đi, nợ tín dụng đen.";

    private async Task<(string First, string Second)> OfficersAsync(string test)
    {
        var (first, second) = ($"can-bo-mot-{test}", $"can-bo-hai-{test}");
        foreach (var user in new[] { first, second }) await browser.AccountAsync(user, new GrantRequest(Role.Manager, "15", null, [], null, null, "thử nghiệm"));
        return (first, second);
    }

    private static async Task SignInAsync(IPage page, string user)
    {
        await page.GotoAsync("/tai-khoan/dang-nhap");
        await page.Locator("input[autocomplete~=username]").FillAsync(user);
        await page.Locator("input[type=password]").FillAsync(DemonstrationAccounts.Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("header.top .signed-in")).ToBeVisibleAsync();
    }

    private static async Task SignOutAsync(IPage page)
    {
        // A form that is open lies over the top bar.
        await page.GotoAsync(new Uri(new Uri(page.Url), "/").ToString());
        await page.Locator("header.top form[action*='dang-xuat'] button").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/tai-khoan/dang-nhap"));
    }

    private static async Task<ILocator> NoteFieldAsync(Reader reader, string code)
    {
        await reader.Page.GotoAsync($"/ho-dan/{code}");
        await reader.AtHouseholdAsync(code);
        await reader.OpenFormAsync("Ghi thăm hộ");
        return reader.Form.Locator("#f-note");
    }

    private static async Task TypeNoteAsync(Reader reader, string code)
    {
        var field = await NoteFieldAsync(reader, code);
        await field.FillAsync(Note);
        await field.PressAsync("Tab");
        await reader.Page.WaitForFunctionAsync("() => Object.keys(sessionStorage).some(k => k.startsWith('draft:'))");
    }

    /// <summary>Whatever a browser keeps of us that a script of the next page could read, but for the draft's random bytes.</summary>
    private static Task<string> KeptAsync(IPage page) => page.EvaluateAsync<string>(
        "async () => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie, (await indexedDB.databases()).map(d => d.name), (await caches.keys()), (await navigator.serviceWorker.getRegistrations()).length])");

    private const string Nothing = """[{},{},"",[],[],0]""";

    [Fact]
    public async Task A_note_is_encrypted_for_its_officer_and_gone_when_they_sign_out()
    {
        var household = await browser.HouseholdAsync(ListStatus.Poor);
        var (first, second) = await OfficersAsync("dang-xuat");
        await using var reader = await browser.OpenAsync("/tai-khoan/dang-nhap", who: null);
        var page = reader.Page;
        await SignInAsync(page, first);
        await TypeNoteAsync(reader, household.Code);

        var kept = await KeptAsync(page);
        foreach (var told in new[] { Note, "tín dụng", household.Code, first, "note" }) kept.ShouldNotContain(told);
        await Expect(await NoteFieldAsync(reader, household.Code)).ToHaveValueAsync(Note);

        await SignOutAsync(page);
        (await KeptAsync(page)).ShouldBe(Nothing);
        await page.GoBackAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/tai-khoan/dang-nhap"));
        (await page.ContentAsync()).ShouldNotContain(household.Code);

        await SignInAsync(page, second);
        await Expect(await NoteFieldAsync(reader, household.Code)).ToHaveValueAsync("");
        (await page.ContentAsync()).ShouldNotContain(Note);
        await SignOutAsync(page);
        await SignInAsync(page, first);
        await Expect(await NoteFieldAsync(reader, household.Code)).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_note_outlives_the_end_of_a_session_for_its_officer_alone()
    {
        var household = await browser.HouseholdAsync(ListStatus.Poor);
        var (first, second) = await OfficersAsync("het-phien");
        await using var reader = await browser.OpenAsync("/tai-khoan/dang-nhap", who: null);
        var page = reader.Page;
        await SignInAsync(page, first);
        await TypeNoteAsync(reader, household.Code);

        await EndSessionsAsync(first);
        await page.GotoAsync("/");
        await Expect(page).ToHaveURLAsync(new Regex("/tai-khoan/dang-nhap"));
        await SignInAsync(page, first);
        await Expect(await NoteFieldAsync(reader, household.Code)).ToHaveValueAsync(Note);

        await EndSessionsAsync(first);
        await page.GotoAsync("/");
        await SignInAsync(page, second);
        await Expect(await NoteFieldAsync(reader, household.Code)).ToHaveValueAsync("");
        (await KeptAsync(page)).ShouldBe(Nothing);
    }

    [Fact]
    public async Task Signing_out_in_one_tab_empties_and_closes_the_others()
    {
        var household = await browser.HouseholdAsync(ListStatus.Poor);
        var (first, _) = await OfficersAsync("hai-the");
        await using var reader = await browser.OpenAsync("/tai-khoan/dang-nhap", who: null);
        await SignInAsync(reader.Page, first);
        await TypeNoteAsync(reader, household.Code);
        var other = await reader.Page.Context.NewPageAsync();
        await other.GotoAsync("/");

        await SignOutAsync(other);

        await Expect(reader.Page).ToHaveURLAsync(new Regex("/tai-khoan/dang-nhap"), new() { Timeout = 10_000 });
        (await KeptAsync(reader.Page)).ShouldBe(Nothing);
    }

    private async Task EndSessionsAsync(string user)
    {
        await using var scope = browser.Get<IServiceScopeFactory>().CreateAsyncScope();
        var account = await scope.ServiceProvider.GetRequiredService<UserManager<StaffAccount>>().FindByNameAsync(user);
        await browser.Get<Sessions>().EndAllAsync(account!.Id, CancellationToken.None);
    }

    [Fact]
    public async Task A_passkey_is_added_after_the_password_was_asked_again_and_opens_the_account_whatever_failed()
    {
        var (user, _) = await OfficersAsync("passkey");
        await using var reader = await browser.OpenAsync("/tai-khoan/dang-nhap", who: null);
        var page = reader.Page;
        // A passkey belongs to a name, not to an address.
        var address = browser.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        var devices = await page.Context.NewCDPSessionAsync(page);
        await devices.SendAsync("WebAuthn.enable");
        await devices.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
        });
        async Task PasswordAsync(string password)
        {
            await page.GotoAsync(address + "/tai-khoan/dang-nhap");
            await page.Locator("input[autocomplete~=username]").FillAsync(user);
            await page.Locator("input[type=password]").FillAsync(password);
            // The next address would otherwise be asked for before this answer is there.
            await page.EvaluateAsync("() => { window.asked = true; }");
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForFunctionAsync("() => !window.asked");
        }
        await PasswordAsync(DemonstrationAccounts.Password);
        await Expect(page.Locator("header.top .signed-in")).ToBeVisibleAsync();

        await page.GotoAsync(address + "/tai-khoan/ho-so");
        await page.GetByRole(AriaRole.Link, new() { Name = "Thêm khoá truy cập" }).ClickAsync();
        await Expect(page.Locator("input[type=password]")).ToHaveCountAsync(1);
        await page.Locator("input[type=password]").FillAsync(DemonstrationAccounts.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#passkey-name").FillAsync("điện thoại của tôi");
        await page.GetByRole(AriaRole.Button, new() { Name = "Thêm khoá truy cập" }).ClickAsync();
        await Expect(page.Locator("input[value='điện thoại của tôi']")).ToBeVisibleAsync();
        await SignOutAsync(page);

        for (var i = 0; i <= SignInThrottle.FailuresAllowed; i++) await PasswordAsync("một mật khẩu sai");
        await PasswordAsync(DemonstrationAccounts.Password);
        await Expect(page.Locator(".notice.stale")).ToContainTextAsync("thử sai quá nhiều lần");
        await page.GetByRole(AriaRole.Button, new() { Name = "Đăng nhập bằng khoá truy cập (passkey)" }).ClickAsync();
        await Expect(page.Locator("header.top .signed-in")).ToBeVisibleAsync();

        // It proves anew who it is, too.
        await page.GotoAsync(address + "/tai-khoan/xac-nhan?ReturnUrl=%2Ftai-khoan%2Fho-so");
        await page.GetByRole(AriaRole.Button, new() { Name = "Xác nhận bằng khoá truy cập (passkey)" }).ClickAsync();
        await Expect(page.Locator("#passkey-name")).ToBeVisibleAsync();
    }
}
