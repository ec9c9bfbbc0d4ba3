using YenBai.Cases.Households;
using YenBai.Cases.Web.Components.Forms;
using static Microsoft.Playwright.Assertions;

namespace YenBai.Cases.SystemTests.Browser;

/// <summary>What holds of every form of a household's page.</summary>
[Collection(Browsers.Fourth)]
public sealed class EveryForm(BrowserFixture browser)
{
    [Fact]
    public async Task Every_form_is_worded_and_accessible()
    {
        var household = await browser.HouseholdAsync(ListStatus.Poor);
        await using var reader = await browser.OpenAsync($"/ho-dan/{household.Code}", width: 390);
        await reader.AtHouseholdAsync(household.Code);
        var page = reader.Page;
        foreach (var (group, place) in CommandForms.Groups.Select((g, i) => (g, i)))
        {
            var opener = page.Locator(".actions > *").Nth(place);
            for (var i = 0; i < group.Forms.Count; i++)
            {
                if (group.Forms.Count > 1)
                {
                    await opener.Locator("> summary").ClickAsync();
                    await opener.Locator(".rest").EvaluateAllAsync<int>("all => { all.forEach(d => { d.open = true; }); return all.length; }");
                }
                await (group.Forms.Count > 1 ? opener.Locator("li button").Nth(i) : opener).ClickAsync();
                await Expect(reader.Form).ToBeVisibleAsync();
                (await EveryPage.KeysAsync(page)).ShouldBeEmpty();
                if (i == 0)
                {
                    (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390, $"{group.Name} scrolls sideways");
                    (await EveryPage.BarriersAsync(page)).ShouldBeEmpty($"in {group.Name}");
                }
                await reader.Form.Locator(".buttons button[type=button]").ClickAsync();
                await Expect(reader.Form).ToHaveCountAsync(0);
            }
        }
        reader.Complaints.ShouldBeEmpty();
    }
}
