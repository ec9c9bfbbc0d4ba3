using System.Text.RegularExpressions;
using Microsoft.Playwright;
using YenBai.Cases.Households;
using YenBai.Cases.Registering;
using static Microsoft.Playwright.Assertions;

namespace YenBai.Cases.SystemTests.Browser;

/// <summary>The list of households: filters, files, and the way there without a mouse.</summary>
[Collection(Browsers.First)]
public sealed partial class CaseloadAndKeys(BrowserFixture browser)
{
    [Fact]
    public async Task Filters_live_in_the_address_and_the_file_holds_what_the_list_found()
    {
        await using var reader = await browser.OpenAsync("/ho-dan");
        var page = reader.Page;
        var rows = page.Locator("table.list tbody tr");
        await Expect(rows).ToHaveCountAsync(25);

        await page.Locator("select[name=class]").SelectOptionAsync("poor");
        await Expect(page).ToHaveURLAsync(new Regex(@"/ho-dan\?class=poor$"));
        await Expect(rows.Locator(".class:not(.poor)")).ToHaveCountAsync(0);
        // While the list is being read it has no rows, and the count is still that of the former list.
        await Expect(rows.Locator(".class.poor").First).ToBeVisibleAsync();
        var total = await FoundAsync(page);
        total.ShouldBeInRange(1, 299);

        await rows.First.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.Locator("main h1 .code")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"/ho-dan\?class=poor$"));
        await Expect(page.Locator("select[name=class]")).ToHaveValueAsync("poor");
        await Expect(rows.Locator(".class.poor").First).ToBeVisibleAsync();
        await Expect(rows.Locator(".class:not(.poor)")).ToHaveCountAsync(0);
        (await FoundAsync(page)).ShouldBe(total);

        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator(".export a", new() { HasText = "CSV" }).ClickAsync());
        download.SuggestedFilename.ShouldBe($"ho-dan-{browser.Today:yyyy-MM-dd}.csv");
        using var lines = new StreamReader(await download.CreateReadStreamAsync());
        var records = (await lines.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        records[0].ShouldStartWith("Mã hộ,Chủ hộ,");
        records.Length.ShouldBe(1 + total);
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/", "header [data-search]")]
    [InlineData("/ho-dan", "main [data-search]")]
    public async Task The_slash_key_leads_to_the_search(string path, string box)
    {
        await using var reader = await browser.OpenAsync(path);
        await Expect(reader.Page.Locator(".skeleton")).ToHaveCountAsync(0);

        await reader.Page.Keyboard.PressAsync("/");

        await Expect(reader.Page.Locator(box)).ToBeFocusedAsync();
        await Expect(reader.Page.Locator(box)).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Escape_closes_the_panel_and_what_was_typed_is_there_again()
    {
        var household = await browser.HouseholdAsync(ListStatus.Poor);
        await using var reader = await browser.OpenAsync($"/ho-dan/{household.Code}");
        await reader.AtHouseholdAsync(household.Code);
        await reader.OpenFormAsync("Ghi thăm hộ");
        await reader.Form.Locator("#f-note").PressSequentiallyAsync("Chưa xong");

        await reader.Page.Keyboard.PressAsync("Escape");
        await Expect(reader.Form).ToHaveCountAsync(0);

        await reader.OpenFormAsync("Ghi thăm hộ");
        await Expect(reader.Form.Locator("#f-note")).ToHaveValueAsync("Chưa xong");
        reader.Complaints.ShouldBeEmpty();
    }

    private static async Task<int> FoundAsync(IPage page) =>
        int.Parse(NotADigit().Replace(await page.Locator(".found").InnerTextAsync(), ""), System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\D")]
    private static partial Regex NotADigit();
}
