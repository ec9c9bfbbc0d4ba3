using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace YenBai.Cases.SystemTests.Browser;

/// <summary>Indicators of a year and a place, and units against chance.</summary>
[Collection(Browsers.First)]
public sealed class OutcomeScreens(BrowserFixture browser)
{
    [Theory]
    [InlineData("vi", 1440), InlineData("en", 390)]
    public async Task A_year_and_a_measure_are_chosen_and_the_address_holds_them(string language, int width)
    {
        await using var reader = await browser.OpenAsync("/ket-qua", language, width);
        var page = reader.Page;

        await page.Locator("form.filters select[name=year]").SelectOptionAsync("2022");
        await page.Locator("form.filters .button").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"year=2022"));
        await Expect(page.Locator(".stand")).ToContainTextAsync("2022");
        await page.Locator(".funnel select[name=measure]").SelectOptionAsync("gross_exit_rate");
        await page.Locator(".funnel form .button").ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex(@"year=2022&measure=gross_exit_rate"));
        await Expect(page.Locator("svg.funnel-plot")).ToHaveAttributeAsync("aria-label", new Regex(language == "vi" ? "Tỷ lệ thoát nghèo gộp năm 2022. Hình phễu: \\d nơi" : "Gross exit rate of 2022. Funnel plot: \\d units"));
        // A name for each that lies outside, and for no other.
        (await page.Locator("svg.funnel-plot text.name").CountAsync()).ShouldBe(await page.Locator("svg.funnel-plot circle:not(.inside)").CountAsync());
        (await page.Locator("svg.funnel-plot circle").CountAsync()).ShouldBe(await page.Locator(".units tbody tr").CountAsync());
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_may_not_learn_who_anybody_is_is_told_how_figures_are_published()
    {
        await using var reader = await browser.OpenAsync("/ket-qua?year=2022", who: "demo-evaluator");

        await Expect(reader.Page.Locator(".notice")).ToContainTextAsync("Số liệu công bố");
        await Expect(reader.Page.Locator(".funnel select[name=by]")).ToHaveCountAsync(0);
        await Expect(reader.Page.Locator("tr[data-code=confirmation_coverage]")).ToHaveCountAsync(1);
        reader.Complaints.ShouldBeEmpty();
    }
}
