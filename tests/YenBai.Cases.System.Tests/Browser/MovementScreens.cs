using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using static Microsoft.Playwright.Assertions;

namespace YenBai.Cases.SystemTests.Browser;

/// <summary>The movement table: from the form to all columns, to the households behind a number, to paper.</summary>
[Collection(Browsers.First)]
public sealed class MovementScreens(BrowserFixture browser)
{
    [Theory]
    [InlineData(1440), InlineData(390)]
    public async Task A_manager_goes_from_the_form_to_a_number_to_its_households_and_prints(int width)
    {
        await using var reader = await browser.OpenAsync("/bien-dong?year=2022", width: width);
        var page = reader.Page;
        await Expect(page.Locator("table.movement.official tbody.whole tr")).ToHaveCountAsync(2);
        await Expect(page.Locator(".check")).ToContainTextAsync("Đã kiểm tra");
        await Expect(page.Locator(".change").First).ToContainTextAsync("01/01/2022");

        await page.Locator(".tabs a", new() { HasText = "Đầy đủ các cột" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("layout=full"));
        var number = page.Locator("table.movement.full tbody.whole tr.first td a").First;
        var says = await number.InnerTextAsync();
        await number.ClickAsync();
        await Expect(page.Locator("#ho-dan h2")).ToContainTextAsync($"({says})");
        (await page.Locator("#ho-dan .behind tbody tr").CountAsync()).ShouldBeGreaterThan(0);
        (await page.RunAxe()).Violations.Where(v => v.Impact is "serious" or "critical").SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {n.Html}")).ShouldBeEmpty();

        await page.EvaluateAsync("() => { window.print = () => { document.body.dataset.printed = 'yes'; }; }");
        await page.Locator("[data-print]").ClickAsync();
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-printed", "yes");
        await page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        await Expect(page.Locator(".movement-form")).ToBeHiddenAsync();
        await Expect(page.Locator("nav.menu")).ToBeHiddenAsync();
        await Expect(page.Locator("table.movement")).ToBeVisibleAsync();
        reader.Complaints.ShouldBeEmpty();
    }
}
