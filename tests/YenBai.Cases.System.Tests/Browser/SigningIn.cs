using System.Text.RegularExpressions;
using Microsoft.Playwright;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Web.Accounts;
using static Microsoft.Playwright.Assertions;

namespace YenBai.Cases.SystemTests.Browser;

/// <summary>The demonstration accounts at the door, and what each finds behind it.</summary>
[Collection(Browsers.First)]
public sealed class SigningIn(BrowserFixture browser)
{
    public static TheoryData<string, string> Accounts
    {
        get
        {
            var accounts = new TheoryData<string, string>();
            foreach (var account in DemonstrationAccounts.All)
            {
                accounts.Add(account.UserName, "vi");
                accounts.Add(account.UserName, "en");
            }
            return accounts;
        }
    }

    [Theory]
    [MemberData(nameof(Accounts))]
    public async Task Each_demonstration_account_signs_in_and_out(string user, string language)
    {
        await using var reader = await browser.OpenAsync("/ke-hoach", language, who: null);
        var page = reader.Page;
        await Expect(page).ToHaveURLAsync(new Regex("/tai-khoan/dang-nhap"));
        await Expect(page.Locator("main")).ToContainTextAsync(user);

        await page.Locator("input[autocomplete~=username]").FillAsync(user);
        await page.Locator("input[type=password]").FillAsync(DemonstrationAccounts.Password);
        await page.Keyboard.PressAsync("Enter");

        // A sponsor has no plan; everybody else comes to the page that was wanted.
        await Expect(page.Locator("h1")).ToHaveCountAsync(1);
        await Expect(page).ToHaveURLAsync(new Regex("/ke-hoach"));
        await page.GotoAsync("/");
        await Expect(page.Locator("header.top")).ToContainTextAsync(DemonstrationAccounts.All.First(a => a.UserName == user).FullName);

        await page.Locator("header.top form[action*='dang-xuat'] button").ClickAsync();
        await page.GotoAsync("/");
        await Expect(page).ToHaveURLAsync(new Regex("/tai-khoan/dang-nhap"));
    }

    [Fact]
    public async Task An_account_that_is_disabled_is_led_out_of_a_page_that_is_open()
    {
        var household = await browser.HouseholdAsync(ListStatus.Poor);
        await browser.AccountAsync("se-bi-khoa", new GrantRequest(Role.Manager, "15", null, [], null, null, "thử nghiệm"));
        await using var reader = await browser.OpenAsync($"/ho-dan/{household.Code}", who: "se-bi-khoa");
        await reader.AtHouseholdAsync(household.Code);

        await browser.DisableAsync("se-bi-khoa");

        // Looked after every twenty seconds: sixty are allowed.
        await Expect(reader.Page).ToHaveURLAsync(new Regex("/tai-khoan/dang-nhap"), new() { Timeout = 60_000 });
    }

    [Fact]
    public async Task An_evaluator_opens_a_household_as_nobody()
    {
        await using var reader = await browser.OpenAsync("/ho-dan", who: "demo-evaluator");
        var page = reader.Page;

        await page.Locator("table.list tbody tr").First.GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(page.Locator("main h1")).ToContainTextAsync("Hộ ẩn danh");
        await Expect(page.Locator("main .notice")).ToContainTextAsync("ít nhất 5 hộ");
        await Expect(page.Locator(".timeline")).ToHaveCountAsync(0);

        await Expect(page.Locator(".actions")).ToHaveCountAsync(0);
        (await page.ContentAsync()).ShouldNotContain("DEMO-");
        reader.Complaints.ShouldBeEmpty();
    }
}
